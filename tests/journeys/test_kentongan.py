"""A button held for two seconds, and a whole RT knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from .axe import no_violations
from .browser import SIZES
from .portal import Portal

pytestmark = pytest.mark.browser
_SHOWN = """() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
  .then((all) => all.map(({ title, body }) => [title, body]))"""


def _middle(page: Page, button: Locator) -> None:
    """Puts the pointer there."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("size", SIZES)
def test_a_held_button_rings_on_a_neighbour_s_page_who_comes_until_all_is_well(
    portal: Portal, open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    phone = size["width"] < 500
    neighbour = open_page("/akun/", as_="penjaga", viewport=size)
    caller = open_page("/rt-saya/", as_="warga", viewport=size)
    caller.get_by_role("link", name="Kentongan RT 003 / RW 005").click()
    expect(caller.get_by_role("link", name="112 Darurat")).to_have_attribute("href", "tel:112")
    no_violations(caller)
    assert caller.evaluate("document.documentElement.scrollWidth <= innerWidth")

    kind = "Kebakaran" if phone else "Orang sakit"
    caller.get_by_role("radio", name=kind).check()
    caller.get_by_label("Keterangan (boleh kosong)").fill("dapur nomor 7")
    button = caller.get_by_role("button", name="Tahan 2 detik untuk membunyikan")
    _middle(caller, button)
    caller.mouse.down()
    expect(caller.locator("[data-hold]")).to_contain_text("Tahan terus")
    caller.mouse.up()
    expect(caller.locator("[data-part=says]")).to_contain_text("Dibatalkan")
    assert "/bunyi/" not in caller.url

    if phone:
        _middle(caller, button)
        caller.mouse.down()
    else:
        button.focus()
        caller.keyboard.down("Space")
    caller.wait_for_url("**/kentongan/bunyi/*/")
    expect(caller.get_by_role("heading", name=kind)).to_be_visible()

    banner = neighbour.locator(".news-alarm")
    expect(banner).to_contain_text(f"Kentongan RT 003 / RW 005: {kind}")
    expect(banner).to_contain_text("dapur nomor 7")
    no_violations(neighbour)
    banner.get_by_role("button", name="Saya datang").click()
    neighbour.wait_for_url("**/kentongan/bunyi/*/")
    expect(caller.locator("[data-part=state]")).to_have_text("Ada yang datang")
    expect(caller.locator("[data-part=coming]")).to_contain_text("Joko Susilo")
    no_violations(caller)

    caller.get_by_label("Sudah aman").check()
    caller.get_by_role("button", name="Selesai").click()
    expect(caller.locator(".message")).to_contain_text("Kentongan selesai")
    expect(neighbour.locator("[data-part=state]")).to_have_text("Sudah aman")
    neighbour.goto(portal.base + "/kentongan/")
    expect(neighbour.locator("section", has_text="Yang sudah lewat")).to_contain_text("dapur nomor 7")


def test_without_javascript_it_asks_once_more(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/kentongan/", as_="ketua", java_script_enabled=False)
    page.get_by_role("radio", name="Banjir").check()
    page.get_by_role("button", name="Bunyikan kentongan").click()
    expect(page.get_by_role("heading", name="Bunyikan kentongan: Banjir?")).to_be_visible()
    page.get_by_role("button", name="Ya, bunyikan").click()
    assert re.search(r"/kentongan/bunyi/\d+/$", page.url)
    page.get_by_label("Alarm keliru").check()
    page.get_by_role("button", name="Selesai").click()
    expect(page.locator(".message")).to_contain_text("Kentongan selesai")


def test_what_is_pushed_appears_on_the_device(portal: Portal, open_page: Callable[..., Page]) -> None:
    """Handed to the service worker by the browser's debugger: no push service reaches a test."""
    page = open_page("/kentongan/", as_="warga", permissions=["notifications"])
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    session: CDPSession = page.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    session.send("ServiceWorker.enable")

    def wait(true: Callable[[], bool], what: str) -> None:
        for _ in range(200):
            if true():
                return
            page.wait_for_timeout(50)  # lets the browser's events in
        raise AssertionError(what)

    wait(lambda: bool(known), "the service worker is known")
    word = {
        "title": "Kentongan RT 003 / RW 005: Maling!",
        "body": "Siti",
        "url": "https://jahat.id/",
        "tag": "kentongan-1",
    }
    for data in (json.dumps(word), "no JSON"):
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": portal.base, "registrationId": known[0]["registrationId"], "data": data},
        )
    shown: list[list[str]] = []

    def two() -> bool:
        shown[:] = page.evaluate(_SHOWN)
        return len(shown) == 2

    wait(two, "both appear")
    assert sorted(shown) == [["Kentongan RT 003 / RW 005: Maling!", "Siti"], ["Tilik Semar", ""]]
