"""RT saya with twelve cameras: what the first view costs, what an hour on stills does, and what a hidden tab moves.

Every byte is counted on the wire, both ways, headers and sockets included. All twelve cameras stream meanwhile, for somebody else: so
there is a new picture of each every five seconds, which is the dearest case. An hour is two minutes, taken thirty times.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.browser import PHONE, chromium
from tests.journeys.portal import eventually

from .stage import Stage, kept_running, stage
from .table import show
from .wire import Wire

CAMERAS = 12
PLACE = ("33.74.12.1009", "005", "003")  # where the demo's resident lives
SETTLES = 20.0  # seconds
WATCHED = 120.0
HIDDEN = 60.0
DESK = {"width": 1440, "height": 900}
_HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""

_MISSING = """() => [...document.querySelectorAll("[data-still]")].filter((one) =>
  one.getBoundingClientRect().top < innerHeight && !one.hasAttribute("data-shown")).length"""


def main() -> None:
    rows: list[list[object]] = []
    with stage() as here, chromium() as browser, Wire(here.portal.port) as wire:
        cameras = _twelve(here)
        with kept_running(here, cameras, visitor=here.portal.visitor("warga")):
            for name, size, saving in (("phone", PHONE, False), ("desk", DESK, False), ("phone, saving", PHONE, True)):
                rows += _measure(here, browser, wire, name, size, saving=saving)
    show(["what", "screen", "measured", "bar", "of the bar"], rows)


def _twelve(here: Stage) -> list[str]:
    """The public ids of the RT's cameras, of which the demo city brings some."""
    resident = here.portal.visitor("warga")
    address = "/api/v1/cameras/?kelurahan={}&rw={}&rt={}".format(*PLACE)
    known = [one for one in resident.ask(address).json["results"] if one["watchable"]]
    here.add([f"Gang {number}, arah utara" for number in range(len(known), CAMERAS)], place=PLACE)
    found = [one["id"] for one in resident.ask(address).json["results"] if one["watchable"]]
    assert len(found) >= CAMERAS, "the resident's RT has twelve cameras to look at"
    return found


def _measure(
    here: Stage, browser: Browser, wire: Wire, name: str, size: dict[str, int], *, saving: bool
) -> list[list[object]]:
    context = browser.new_context(viewport=size, locale="id-ID")  # type: ignore[arg-type]
    cookies: Any = [{"name": "sessionid", "value": here.portal.visitor("warga").cookie("sessionid"), "url": wire.base}]
    if saving:
        cookies.append({"name": "hemat", "value": "1", "url": wire.base})
    context.add_cookies(cookies)
    page = context.new_page()
    before = wire.moved
    page.goto(f"{wire.base}/rt-saya/")
    _until_shown(page)
    first = wire.moved - before
    time.sleep(SETTLES)
    before, began = wire.moved, time.monotonic()
    time.sleep(WATCHED)
    hour = (wire.moved - before) / (time.monotonic() - began) * 3600
    page.evaluate(_HIDE)
    time.sleep(1)  # what was on its way
    before = wire.moved
    time.sleep(HIDDEN)
    hidden = wire.moved - before
    context.close()
    return [
        ["first view, cold, kB", name, first / 1000, 250, first / 250_000],
        ["an hour on stills, MB", name, hour / 1e6, 20, hour / 20e6],
        ["hidden for a minute, bytes", name, hidden, 0, "met" if hidden == 0 else "NOT MET"],
    ]


def _until_shown(page: Page) -> None:
    """Until every still on the screen shows its picture and nothing more is fetched."""
    page.locator("[data-still][data-shown]").first.wait_for()
    eventually(lambda: page.evaluate(_MISSING) == 0, "the stills on the screen are shown", seconds=60)
    page.wait_for_load_state("networkidle")
