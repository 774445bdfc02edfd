"""The status river, seen by somebody who has a page open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .frames import wait_until_live
from .map import click_on_the_map
from .portal import Portal, eventually

pytestmark = pytest.mark.browser


def test_the_open_map_shows_a_camera_go_and_come_back(portal: Portal, open_page: Callable[..., Page]) -> None:
    camera = portal.visitor().ask("/api/v1/cameras/contoh0012/").json
    page = open_page(f"/#peta=17/{camera['latitude']}/{camera['longitude']}", viewport={"width": 1440, "height": 900})
    row = page.locator("#daftar li", has_text=camera["name"])
    expect(row).to_contain_text("Menyala", timeout=60_000)
    click_on_the_map(page, "contoh0012")
    expect(page.locator("#kartu")).to_contain_text("Menyala")
    portal.break_("kamera-0012", "cut")
    try:
        expect(row).to_contain_text("Mati", timeout=60_000)
        expect(page.locator("#kartu")).to_contain_text("Kamera menolak sambungan")
        answer = portal.visitor().ask("/api/v1/cameras/contoh0012/").json
        assert (answer["status"], answer["reason_text"]) == ("offline", "Kamera menolak sambungan")
        watching = page.context.new_page()
        watching.goto(portal.base + "/kamera/contoh0012/")
        expect(watching.locator("#tonton")).to_contain_text("Kamera menolak sambungan")
        expect(watching.locator("#tonton")).to_contain_text("Dinas pemilik kamera perlu memeriksa")
    finally:
        portal.mend("kamera-0012")
    expect(row).to_contain_text("Menyala", timeout=60_000)
    expect(page.locator("#kartu")).to_contain_text("Menyala")
    wait_until_live(watching)


def test_a_list_changes_without_a_reload(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/rt-saya/", as_="warga")
    card = page.locator('[data-camera="contoh0003"]').first
    expect(card).to_contain_text("Menyala", timeout=60_000)
    portal.break_("kamera-0003", "silent")
    try:
        # A camera that was watched a moment ago is looked at a little later.
        expect(card).to_contain_text("Kamera tidak menjawab", timeout=120_000)
    finally:
        portal.mend("kamera-0003")
    expect(card).to_contain_text("Menyala", timeout=60_000)


def test_what_happened_while_the_socket_was_lost_is_seen_when_it_is_found(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    page = open_page("/healthz", as_="warga")
    lost, sockets = False, []

    def connect(socket: WebSocketRoute) -> None:
        if lost:
            socket.close()
            return
        sockets.append(socket)
        socket.connect_to_server()

    page.route_web_socket(re.compile("/ws/status/"), connect)
    page.goto(f"{portal.base}/rt-saya/")
    card = page.locator('[data-camera="contoh0002"]').first
    word = card.locator("[data-part=closed]")
    expect(card.locator("[data-still][data-shown]")).to_be_visible(timeout=60_000)
    expect(word).to_be_hidden()
    try:
        for level, closed in (("petugas", True), ("warga_rt", False)):
            lost = True
            eventually(lambda: bool(sockets), "it listens")
            for socket in sockets:
                socket.close()
            sockets.clear()
            answer = portal.visitor("ketua").post("/api/v1/cameras/contoh0002/visibility/", {"visibility": level})
            assert answer.status == 200
            lost = False
            page.evaluate("dispatchEvent(new Event('online'))")
            expect(word).to_be_visible() if closed else expect(word).to_be_hidden()
    finally:
        portal.visitor("ketua").post("/api/v1/cameras/contoh0002/visibility/", {"visibility": "warga_rt"})
    expect(card.locator("[data-still][data-shown]")).to_be_visible(timeout=60_000)


def test_a_picture_that_stands_still_is_never_called_live(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/kamera/contoh0011/")
    wait_until_live(page)
    portal.break_("kamera-0011", "cut")
    try:
        stage = page.locator("#tonton")
        eventually(lambda: stage.get_attribute("data-state") != "live", "the page notices")
        states = set()
        for _ in range(40):
            states.add(stage.get_attribute("data-state"))
            page.wait_for_timeout(300)
        assert "live" not in states
    finally:
        portal.mend("kamera-0011")
    wait_until_live(page)
