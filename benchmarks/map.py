"""The public map with 20,000 cameras: when it can be used on a slow phone far away, what it fetches, how smoothly it moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import DESK, PHONE, chromium

from . import city
from .stage import Stage, stage
from .table import percentile, show

CAMERAS = 20_000
RUNS = 8
COLD_SECONDS, WARM_SECONDS, FIRST_KILOBYTES, FRAMES = 3.5, 1.5, 400, 30
SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}

_MARK = "name => performance.getEntriesByName(name)[0]?.startTime ?? 0"
# Somebody who presses an arrow key as soon as the map is drawn.
_EAGER = """
new PerformanceObserver((list) => {
  if (!list.getEntriesByName("peta-siap").length) return;
  const map = document.querySelector("#peta");
  map.focus();
  map.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", keyCode: 39, bubbles: true }));
}).observe({ entryTypes: ["mark"] });
"""
# Notes when each frame came, while `window.noting`.
_FRAMES = """() => {
  window.frames_ = [];
  window.noting = true;
  const note = (now) => {
    window.frames_.push(now);
    if (window.noting) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""


def main() -> None:
    with stage(PROBE_INTERVAL="3600") as here, chromium() as browser:
        city.fill(here.portal.environ, CAMERAS)
        rows, fetched = _starts(browser, here)
        show(
            [
                "start (CPU 4× slower, 1.6 Mbit/s, 150 ms)",
                "runs",
                "median s",
                "p95 s",
                "worst s",
                "bar s",
                "of the bar",
            ],
            rows,
        )
        print()
        show(["fetched until nothing more comes", "requests", "kB over the wire", "bar kB", "of the bar"], fetched)
        print()
        head = ["movement", "frames", "frames a second", "p95 gap ms", "longest gap ms", "bar frames a second"]
        show(head, [row for size in ("phone", "desk") for row in _movements(browser, here, size)])


def _starts(browser: Browser, here: Stage) -> tuple[list[list[object]], list[list[object]]]:
    """Cold: a browser that was never here. Warm: the same browser comes back."""
    cold: list[float] = []
    warm: list[float] = []
    bytes_: list[tuple[int, float]] = []
    for _ in range(RUNS):
        with _context(browser, PHONE) as context:
            seconds, requests, kilobytes = _usable(context, here)
            cold.append(seconds)
            bytes_.append((requests, kilobytes))
            warm.append(_usable(context, here)[0])
    worst = max(bytes_, key=lambda one: one[1])
    fetched: list[object] = ["cold start, the worst run", *worst, FIRST_KILOBYTES, worst[1] / FIRST_KILOBYTES]
    return [_row("cold cache", cold, COLD_SECONDS), _row("warm cache", warm, WARM_SECONDS)], [fetched]


def _usable(context: BrowserContext, here: Stage) -> tuple[float, int, float]:
    """Seconds from the navigation until the map was drawn and had answered a key that moves it; requests and kB until it was quiet."""
    page = context.new_page()
    page.add_init_script(_EAGER)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(here.portal.base + "/", wait_until="commit")
    _until(page, "peta-digeser")
    seconds = float(page.evaluate(_MARK, "peta-digeser")) / 1000
    page.wait_for_load_state("networkidle")
    page.close()
    return seconds, len(sizes), sum(sizes) / 1000


def _movements(browser: Browser, here: Stage, size: str) -> Iterator[list[object]]:
    with _context(browser, PHONE if size == "phone" else DESK) as context:
        page = context.new_page()
        page.goto(here.portal.base + "/")
        _until(page, "peta-siap")
        page.wait_for_load_state("networkidle")
        box = page.locator("#peta").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        yield _moved(f"{size}, whole city, drag", page, lambda: _drag(page, x, y))
        yield _moved(f"{size}, wheel from the city to the street and back", page, lambda: _wheel(page, x, y))
        for zoom in (15, 17):
            page.evaluate(
                "zoom => document.querySelector('#peta').map.setView([-6.985, 110.41], zoom, {animate: false})", zoom
            )
            page.wait_for_load_state("networkidle")
            yield _moved(f"{size}, zoom {zoom}, drag", page, lambda: _drag(page, x, y))


def _drag(page: Page, x: float, y: float) -> None:
    for turn in range(6):
        way = 120 if turn % 2 else -120
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(30):
            page.mouse.move(x + way * step / 30, y + way * step / 60)
            time.sleep(1 / 60)
        page.mouse.up()


def _wheel(page: Page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    for delta in [-240] * 6 + [240] * 6:
        page.mouse.wheel(0, delta)
        time.sleep(0.35)


def _moved(name: str, page: Page, move: Callable[[], None]) -> list[object]:
    page.evaluate(_FRAMES)
    move()
    times: list[float] = page.evaluate("() => { window.noting = false; return window.frames_; }")
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return [name, len(times), 1000 * len(gaps) / sum(gaps), percentile(gaps, 0.95), max(gaps), FRAMES]


@contextmanager
def _context(browser: Browser, size: dict[str, int]) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=size, locale="id-ID")  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    yield context
    context.close()


def _until(page: Page, mark: str) -> None:
    end = time.monotonic() + 60
    while not page.evaluate(_MARK, mark):
        if time.monotonic() > end:
            raise TimeoutError(f"{mark}: not in 60 s")
        time.sleep(0.05)


def _row(name: str, taken: list[float], bar: float) -> list[Any]:
    worst = percentile(taken, 0.95)
    return [name, len(taken), median(taken), worst, max(taken), bar, worst / bar]
