"""What a copied stream costs: everything of ours that it adds to a portal at rest, against a bare ffmpeg that writes HLS.

Both run in the same seconds, so that whatever else the machine does weighs on both.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import psutil

from tests.journeys.portal import Portal

from .stage import Stage, kept_running, stage
from .table import show

STREAMS = 50
SECONDS = 60
# Pictures a second: the simulator's own, and what most street cameras send.
RATES = (12, 25)


def main() -> None:
    rows = []
    for rate in RATES:
        with stage() as here:
            rows += _measured(here, rate)
    show(["camera", "what", "bare ffmpeg", "ours", "ratio", "bar"], rows)


def _measured(here: Stage, rate: int) -> list[list[object]]:
    names = [f"kamera-{number}" for number in range(STREAMS)]
    ids = here.add(names, gop=2, fps=rate)
    with _bare(here, names, rate) as bare:
        idle = _ours(here.portal)
        before, resting = _memory(chain.from_iterable(idle.values())), _cpu_over(idle, SECONDS)
        with kept_running(here, ids):
            time.sleep(5)
            ours = _ours(here.portal)
            used = _cpu_over({**ours, "": bare}, SECONDS)
            memory = (_memory(chain.from_iterable(ours.values())) - before) / STREAMS / 1e6
        bare_cpu, bare_memory = used.pop("") / STREAMS, _memory(bare) / STREAMS / 1e6
    # What a portal without streams uses anyway is no stream's; the default worker may be busier without than with.
    cpu = {kind: max(0.0, cores - resting[kind]) for kind, cores in used.items()}
    camera = f"{rate} pictures/s"
    total = sum(cpu.values()) / STREAMS
    return [
        [camera, "CPU, % of a core a stream", bare_cpu * 100, total * 100, total / bare_cpu, "1.3"],
        *[
            [camera, f"… of it {kind}", "", share / STREAMS * 100, share / STREAMS / bare_cpu, ""]
            for kind, share in cpu.items()
        ],
        [camera, "memory, MB a stream (proportional)", bare_memory, memory, memory / bare_memory, "20 MB"],
    ]


@contextmanager
def _bare(here: Stage, names: list[str], rate: int) -> Iterator[list[psutil.Process]]:
    """*STREAMS* ffmpeg that copy to plain HLS, to where our segments lie too: memory, or the disk."""
    with tempfile.TemporaryDirectory(dir=(here.portal.data / "hls").resolve().parent) as folder:
        children = [_hls(here, name, rate, Path(folder) / name) for name in names]
        try:
            time.sleep(8)
            yield [psutil.Process(child.pid) for child in children]
        finally:
            for child in children:
                child.kill()
                child.wait()


def _hls(here: Stage, name: str, rate: int, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir()
    address = here.simulator.url(name, credentials=True, gop=2, fps=rate)
    argv = [
        here.portal.environ.get("FFMPEG") or _ffmpeg(), "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", address,
        "-map", "0:v", "-c", "copy", "-f", "hls", "-hls_time", "0.5", "-hls_list_size", "30", "-hls_flags",
        "split_by_time+delete_segments", "-hls_segment_type", "fmp4", str(folder / "live.m3u8"),
    ]  # fmt: skip
    return subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ffmpeg() -> str:
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _ours(portal: Portal) -> dict[str, list[psutil.Process]]:
    """All that runs for streams, by kind, without the web and the simulator."""
    assert portal.process is not None
    found: dict[str, list[psutil.Process]] = {"ffmpeg": [], "stream worker": [], "default worker": [], "Redis": []}
    for one in psutil.Process(portal.process.pid).children(recursive=True):
        words = " ".join(one.cmdline())
        if "frag_duration" in words:
            found["ffmpeg"].append(one)
        elif "streams@%h" in words:
            found["stream worker"].append(one)
        elif "default@%h" in words:
            found["default worker"].append(one)
        elif one.name().startswith("redis"):
            found["Redis"].append(one)
    return found


def _cpu_over(kinds: dict[str, list[psutil.Process]], seconds: float) -> dict[str, float]:
    """Cores that the processes of each kind used together."""
    before = {kind: _used(there) for kind, there in kinds.items()}
    time.sleep(seconds)
    return {kind: (_used(there) - before[kind]) / seconds for kind, there in kinds.items()}


def _used(processes: list[psutil.Process]) -> float:
    return float(sum(sum(one.cpu_times()[:2]) for one in processes))


def _memory(processes: Iterable[psutil.Process]) -> float:
    """Bytes, shared pages counted by their share."""
    return float(sum(one.memory_full_info().pss for one in processes))
