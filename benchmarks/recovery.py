"""How long the picture stands still when a part dies or goes away, on an open page that nobody touches."""

from __future__ import annotations

import signal
import time

from playwright.sync_api import Browser, Page

from tests.journeys.browser import chromium
from tests.journeys.portal import Portal, eventually

from .screen import page, until_frames
from .stage import Stage, stage
from .table import show


def main() -> None:
    with stage() as here, chromium() as browser:
        here.add(["kamera"], gop=2)
        rows = [_worker(here, browser), _camera(here, browser), _redis(here, browser)]
    show(["what happened", "measured s", "bar s", "also"], rows)


def _worker(here: Stage, browser: Browser) -> list[object]:
    with page(browser) as opened:
        _watch(here, opened)
        orphans = here.portal.pulling()
        _kill(here.portal, "streams@%h")
        began = time.monotonic()
        eventually(
            lambda: not any(one.is_running() and one.status() != "zombie" for one in orphans), "no orphan", seconds=10
        )
        gone = time.monotonic() - began
        still = _standstill(opened, 30)
    return ["stream worker killed: picture stood still", still, 10, f"orphans gone after {gone:.2f} s (bar 2)"]


def _camera(here: Stage, browser: Browser) -> list[object]:
    with page(browser) as opened:
        _watch(here, opened)
        first = _sequence(here, opened)
        here.simulator.fault("kamera", "cut")
        time.sleep(20)
        here.simulator.clear("kamera")
        back = time.monotonic()
        count = opened.evaluate("notes.frames")
        eventually(lambda: opened.evaluate("notes.frames") > count + 10, "the picture moves again", seconds=60)
        after = time.monotonic() - back
        last = _sequence(here, opened)
    return ["camera cut for 20 s: moves again after it is back", after, 8, f"media sequence {first} → {last}"]


def _redis(here: Stage, browser: Browser) -> list[object]:
    with page(browser) as opened:
        _watch(here, opened)
        _kill(here.portal, "redis-server")
        still = _standstill(opened, 40)
        live = opened.locator("#tonton").get_attribute("data-state")
    return ["Redis killed and restarted: picture stood still", still, 3, f"page says {live} after 40 s"]


def _watch(here: Stage, opened: Page) -> None:
    opened.goto(f"{here.portal.base}/kamera/{here.cameras['kamera']}/")
    until_frames(opened, 50)
    time.sleep(5)
    opened.evaluate("notes.longest = 0")


def _standstill(opened: Page, seconds: float) -> float:
    """The longest time between two frames within *seconds*, one that lasts still included."""
    time.sleep(seconds)
    longest = opened.evaluate("Math.max(notes.longest, performance.timeOrigin + performance.now() - notes.last)")
    return float(longest) / 1000


def _sequence(here: Stage, opened: Page) -> int:
    answer = here.visitor.watch(here.cameras["kamera"]).json["playlist_url"]
    text = here.visitor.ask(answer).body.decode()
    return int(text.partition("#EXT-X-MEDIA-SEQUENCE:")[2].split()[0])


def _kill(portal: Portal, word: str) -> None:
    for process in portal.running(word):
        process.send_signal(signal.SIGKILL)
