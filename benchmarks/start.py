"""From the click to the first frame: of a stream that does not run yet, and of one that does."""

from __future__ import annotations

import random
import time
from statistics import median

from tests.journeys.browser import chromium

from .screen import click_to_first_frame, page
from .stage import Stage, kept_running, stage
from .table import percentile, show

RUNS = 30


def main() -> None:
    """Cold: the camera sends a keyframe as soon as it is asked, so that there is no wait for one to take off. Warm: joins at
    random moments of the GOP."""
    with stage() as here, chromium() as browser:
        here.add([f"dingin-{number}" for number in range(RUNS)], gop=2, start="now")
        for gop in (1, 2, 4, 10):
            here.add([f"hangat-{gop}"], gop=gop)
        rows = [_cold(here, browser)]
        rows += [_warm(here, browser, gop) for gop in (1, 2, 4, 10)]
    show(["start", "runs", "median s", "p95 s", "worst s", "bar p95 s", "of the bar"], rows)


def _cold(here: Stage, browser: object) -> list[object]:
    taken = []
    for number in range(RUNS):
        with page(browser) as opened:  # type: ignore[arg-type]
            camera = here.cameras[f"dingin-{number}"]
            taken.append(click_to_first_frame(opened, _list(here, camera), camera, reading=1.0))
    return _row("cold", taken, 0.9)


def _warm(here: Stage, browser: object, gop: int) -> list[object]:
    taken = []
    camera = here.cameras[f"hangat-{gop}"]
    with kept_running(here, [camera]):
        time.sleep(gop)  # the stream has a whole GOP behind it, as a running one has
        for _ in range(RUNS):
            with page(browser) as opened:  # type: ignore[arg-type]
                reading = 1.0 + random.uniform(0, min(gop, 4))
                taken.append(click_to_first_frame(opened, _list(here, camera), camera, reading=reading))
    return _row(f"warm, GOP {gop} s", taken, 0.5)


def _list(here: Stage, camera: str) -> str:
    """The page of the kelurahan's list on which this camera stands."""
    pages = (f"/wilayah/33.74.12.1009/?hal={number}" for number in range(1, 10))
    return here.portal.base + next(one for one in pages if f"/kamera/{camera}/".encode() in here.visitor.ask(one).body)


def _row(name: str, taken: list[float], bar: float) -> list[object]:
    worst = percentile(taken, 0.95)
    return [name, len(taken), median(taken), worst, max(taken), bar, worst / bar]
