"""Many at once: a hundred viewers of one idle camera, and sixty different cameras within two seconds."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from tests.journeys.portal import Visitor, eventually

from .stage import Stage, is_live, stage
from .table import show

CAMERAS = 60


def main() -> None:
    with stage() as here:
        names = [f"kamera-{number}" for number in range(CAMERAS)]
        ids = here.add([*names, "bersama"], gop=2)
        shared = _together(here, ids[-1])
        seconds, failed = _sixty(here, ids[:-1])
    show(
        ["storm", "measured", "bar"],
        [
            ["100 viewers ask for one idle camera: connections to it", shared, "1"],
            [f"{CAMERAS} cameras in 2 s: seconds until all are live", seconds, "15"],
            [f"{CAMERAS} cameras in 2 s: failed", failed, "0"],
        ],
    )


def _together(here: Stage, camera: str) -> int:
    visitors = [Visitor(here.portal.base) for _ in range(100)]
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda visitor: visitor.watch(camera).status, visitors))
    if set(answers) != {200}:
        raise SystemExit(f"answers: {sorted(set(answers))}")
    eventually(lambda: is_live(here, camera), "it is live", seconds=30)
    time.sleep(6)  # a second start would come with the next message at the latest
    return here.simulator.count("bersama", "opened")


def _sixty(here: Stage, ids: list[str]) -> tuple[float, int]:
    began = time.monotonic()

    def ask(index: int) -> None:
        time.sleep(max(0.0, began + 2.0 * index / len(ids) - time.monotonic()))
        Visitor(here.portal.base).watch(ids[index])

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(ask, range(len(ids))))
    waiting = set(ids)
    while waiting and time.monotonic() - began < 60:
        waiting -= {camera for camera in waiting if is_live(here, camera)}
        time.sleep(0.2)
    return time.monotonic() - began, len(waiting)
