"""A thousand starts and stops with mixed faults: what is left of them when the idle time is over."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import redis

from tests.journeys.portal import Visitor, eventually

from .stage import Stage, stage
from .table import show

STARTS = 1000
CAMERAS = 50
FAULTS = (None, None, None, "cut", "refuse", "401", "404", "silent", "stall", "novideo")


def main() -> None:
    with stage(DEMAND_SECONDS="2", STREAM_IDLE="0.5", LOG_LEVEL="WARNING") as here:
        names = [f"kamera-{number}" for number in range(CAMERAS)]
        ids = here.add(names, gop=1)
        _round(here, names, ids, random.Random(1))  # a first round, so that pools and caches have their size
        _quiet(here)
        before = _counts(here)
        began = time.monotonic()
        for turn in range(STARTS // CAMERAS):
            _round(here, names, ids, random.Random(turn))
        seconds = time.monotonic() - began
        _quiet(here)
        after = _counts(here)
    print(f"{STARTS} starts in {seconds:.0f} s\n")
    show(
        ["what", "before", "after", "grew by"],
        [[what, before[what], after[what], after[what] - before[what]] for what in before],
    )


def _round(here: Stage, names: list[str], ids: list[str], chance: random.Random) -> None:
    for name in names:
        fault = chance.choice(FAULTS)
        here.simulator.fault(name, fault) if fault else here.simulator.clear(name)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda camera: Visitor(here.portal.base).watch(camera).status, ids))
    time.sleep(3.5)


def _quiet(here: Stage) -> None:
    here.simulator.clear()
    eventually(lambda: not here.portal.pulling(), "no stream runs", seconds=90)
    time.sleep(25)  # failures are remembered for 20 s


def _counts(here: Stage) -> dict[str, int]:
    worker = here.portal.running("streams@%h")[0]
    # The least of ten seconds: what is opened for a moment, as the database is now and then, is not left over.
    open_files = min(_open_files(worker) for _ in range(20))
    folders = [path for path in (here.portal.data / "hls").rglob("*") if not path.name.startswith(".")]
    with redis.Redis(unix_socket_path=str(here.portal.data / "redis.sock")) as client:
        # Celery's own, and the counters of runs that are kept for a day, one a camera.
        keys = [
            key
            for key in client.keys("*")
            if key.split(b":")[0] in {b"demand", b"lease", b"stream", b"asked", b"epoch"}
        ]
    return {
        "processes": len(list(here.portal.processes())),
        "file descriptors of the stream worker": open_files,
        "threads of the stream worker": worker.num_threads(),
        "files and folders below HLS_ROOT": len(folders),
        "Redis keys of streams": len(keys),
    }


def _open_files(worker: psutil.Process) -> int:
    time.sleep(0.5)
    return int(worker.num_fds())
