"""The head of the RT hides a camera while somebody watches: it bites at once, everywhere."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .frames import frame, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0001"


def test_the_viewer_loses_the_picture_within_two_seconds_and_its_addresses_are_dead(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    stranger = portal.visitor()
    viewer = open_page(f"/kamera/{CAMERA}/")
    playlist = stranger.watch(CAMERA).json["playlist_url"]
    wait_until_live(viewer)
    text = stranger.ask(playlist).body.decode()
    base = playlist.rsplit("/", 1)[0]
    segments = [f"{base}/{line}" for line in text.splitlines() if line.endswith(".m4s")]
    init = f"{base}/{text.partition('#EXT-X-MAP:URI=')[2].split(chr(34))[1]}"
    assert stranger.ask(segments[-1]).status == 200
    head = open_page(f"/kamera/{CAMERA}/", as_="ketua")
    try:
        choose(head, "petugas")
        clicked = time.monotonic()
        eventually(lambda: frame(viewer) is None, "the viewer's picture is gone", seconds=5)
        took = time.monotonic() - clicked
        assert took <= 2.0, f"the picture ended after {took:.1f} s"
        for address in (playlist, init, *segments):
            assert stranger.ask(address).status in {403, 404}
        expect(viewer.locator("#tonton")).to_contain_text("disembunyikan")
        assert stranger.watch(CAMERA).status == 404
        assert portal.visitor("warga").watch(CAMERA).status == 403
    finally:
        answer = portal.visitor("ketua").post(f"/api/v1/cameras/{CAMERA}/visibility/", {"visibility": "publik"})
    assert answer.status == 200
    wait_until_live(viewer)
    for address in (playlist, init, *segments):
        assert stranger.ask(address).status in {403, 404}, "what was given out before the change stays dead"


def choose(page: Page, level: str) -> None:
    """Switches as a head does: opens the switch, picks, and saves."""
    page.locator("details.switch > summary").click()
    page.locator("label.choice", has=page.locator(f"input[value={level}]")).click()
    page.locator("form[data-switch] button").click()
