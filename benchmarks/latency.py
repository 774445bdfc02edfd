"""How far behind the street the picture is, and how smoothly it moves."""

from __future__ import annotations

import time
from statistics import median

from playwright.sync_api import Browser, Page

from tests.journeys.browser import chromium
from tests.journeys.frames import clock_age, frame

from .screen import page, until_frames
from .stage import Stage, kept_running, stage
from .table import show

SMOOTH_SECONDS = 300
POOR_SECONDS = 120


def main() -> None:
    with stage() as here, chromium() as browser:
        for gop in (1, 2, 4, 10):
            here.add([f"kamera-{gop}"], gop=gop)
        show(
            ["camera", "median s behind after 10 s", "bar s", "of the bar"],
            [_behind(here, browser, gop, 1.5 if gop == 2 else 2.0) for gop in (1, 2, 4, 10)],
        )
        print()
        show(
            ["network", "seconds", "longest gap ms", "player let go", "bar ms"],
            [_smooth(here, browser), _poor(here, browser)],
        )


def _behind(here: Stage, browser: Browser, gop: int, bar: float) -> list[object]:
    camera = here.cameras[f"kamera-{gop}"]
    with kept_running(here, [camera]), page(browser) as opened:
        _watch(here, opened, camera)
        time.sleep(10)
        ages = []
        for _ in range(20):
            ages.append(clock_age(frame(opened)))
            time.sleep(0.23)
    return [f"GOP {gop} s", median(ages), bar, median(ages) / bar]


def _smooth(here: Stage, browser: Browser) -> list[object]:
    with page(browser) as opened:
        longest, lost = _longest_gap(here, opened, SMOOTH_SECONDS)
    return ["good", SMOOTH_SECONDS, longest, lost, 250]


def _poor(here: Stage, browser: Browser) -> list[object]:
    with page(browser) as opened:
        network = opened.context.new_cdp_session(opened)
        network.send("Network.enable")
        network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 1.5e6 / 8, "uploadThroughput": 0.75e6 / 8},
        )
        longest, lost = _longest_gap(here, opened, POOR_SECONDS)
    return ["1.5 Mbit/s, 150 ms", POOR_SECONDS, longest, lost, 3000]


def _longest_gap(here: Stage, opened: Page, seconds: float) -> tuple[float, int]:
    """Milliseconds, after ten seconds of settling; and how often the page had to begin anew."""
    _watch(here, opened, here.cameras["kamera-2"])
    time.sleep(10)
    opened.evaluate(
        """() => {
          notes.longest = 0;
          notes.lost = 0;
          document.querySelector("#tonton").addEventListener("keadaan", (event) => { if (event.detail !== "live") notes.lost++; });
        }"""
    )
    time.sleep(seconds)
    longest, lost = opened.evaluate(
        "[Math.max(notes.longest, performance.timeOrigin + performance.now() - notes.last), notes.lost]"
    )
    return float(longest), int(lost)


def _watch(here: Stage, opened: Page, camera: str) -> None:
    opened.goto(f"{here.portal.base}/kamera/{camera}/")
    until_frames(opened)
