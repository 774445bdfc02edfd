"""Stills in the pages of a running portal: there, of now, and gone at once when the head hides the camera."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .frames import clock_age
from .portal import Portal, Visitor, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0002"
STILL = f"/api/v1/cameras/{CAMERA}/still/"


def age_by_clock(visitor: Visitor) -> float:
    """Seconds by which the clock in the large still is behind now."""
    answer = visitor.ask(f"{STILL}?size=large")
    return clock_age(Image.open(io.BytesIO(answer.body))) if answer.status == 200 else float("inf")


def test_a_resident_sees_stills_of_their_rt_and_loses_one_at_once_when_the_head_hides_it(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    page = open_page("/rt-saya/", as_="warga")
    card = page.locator(f"article[data-camera={CAMERA}]")
    card.scroll_into_view_if_needed()
    expect(card.locator("[data-still][data-shown] img")).to_be_visible(timeout=60_000)
    eventually(lambda: card.locator("img").evaluate("(picture) => picture.naturalWidth") == 320, "it is the small one")
    resident, head = portal.visitor("warga"), portal.visitor("ketua")
    eventually(lambda: age_by_clock(resident) < 20, "the still is of now")
    assert portal.visitor().ask(STILL).status == 404
    try:
        head.post(f"/api/v1/cameras/{CAMERA}/visibility/", {"visibility": "petugas"})
        answered = resident.ask(STILL)
        assert (answered.status, answered.json["code"]) == (403, "hidden")
        assert head.ask(f"{STILL}?wish=false").status == 404, "what was taken before the switch is gone for all"
        expect(card.locator("[data-shown]")).to_have_count(0)
        expect(card.locator("img[src]")).to_have_count(0)
    finally:
        assert head.post(f"/api/v1/cameras/{CAMERA}/visibility/", {"visibility": "warga_rt"}).status == 200
    expect(card.locator("[data-still][data-shown] img")).to_be_visible(timeout=60_000)


def test_stills_of_a_watched_camera_come_from_its_stream_and_connect_no_second_time(portal: Portal) -> None:
    visitor = portal.visitor()
    camera, name = "contoh0001", "kamera-0001"
    played = _played(portal, name)

    def live() -> bool:
        return bool(visitor.watch(camera).json["stream"]["state"] == "live")

    eventually(live, "the stream runs")
    ages: list[float] = []
    while len(ages) < 4:
        visitor.watch(camera)
        answer = visitor.ask(f"/api/v1/cameras/{camera}/still/")
        ages += [float(answer.headers["X-Picture-Age"])] if answer.status == 200 else []
        time.sleep(2.0)  # as a page does
    assert min(ages) < 6
    assert max(ages[1:]) < 15, "the first may be what was kept from before"
    assert _played(portal, name) <= played + 1


def _played(portal: Portal, name: str) -> int:
    cameras = portal.simulator(do="sessions")["cameras"]
    return int(cameras.get(name, {}).get("played", 0))
