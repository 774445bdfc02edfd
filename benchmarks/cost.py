"""What a copied stream costs: everything of ours that it adds, against a bare ffmpeg that writes HLS of the same cameras."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from tests.journeys.portal import Portal

from .stage import Stage, kept_running, stage
from .table import show

STREAMS = 50
SECONDS = 30


def main() -> None:
    with stage() as here:
        names = [f"kamera-{number}" for number in range(STREAMS)]
        ids = here.add(names, gop=2)
        bare_cpu, bare_memory = _bare(here, names)
        before = _memory(_ours(here.portal))
        with kept_running(here, ids):
            time.sleep(5)
            ours = list(_ours(here.portal))
            cpu = _cpu_over(ours, SECONDS)
            memory = _memory(ours) - before
    show(
        ["what", "bare ffmpeg", "ours", "ratio", "bar"],
        [
            ["CPU, % of a core a stream", bare_cpu * 100, cpu / STREAMS * 100, cpu / STREAMS / bare_cpu, "1.3"],
            [
                "memory, MB a stream (proportional)",
                bare_memory,
                memory / STREAMS / 1e6,
                memory / STREAMS / 1e6 / bare_memory,
                "20 MB",
            ],
        ],
    )


def _bare(here: Stage, names: list[str]) -> tuple[float, float]:
    """Cores and MB of one of *STREAMS* ffmpeg that copy to plain HLS."""
    with tempfile.TemporaryDirectory() as folder:
        children = [_hls(here, name, Path(folder) / name) for name in names]
        try:
            time.sleep(8)
            processes = [psutil.Process(child.pid) for child in children]
            return _cpu_over(processes, SECONDS) / STREAMS, _memory(processes) / STREAMS / 1e6
        finally:
            for child in children:
                child.kill()
                child.wait()


def _hls(here: Stage, name: str, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir()
    address = here.simulator.url(name, credentials=True, gop=2)
    argv = [
        here.portal.environ.get("FFMPEG") or _ffmpeg(), "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", address,
        "-map", "0:v", "-c", "copy", "-f", "hls", "-hls_time", "0.5", "-hls_list_size", "30", "-hls_flags",
        "split_by_time+delete_segments", "-hls_segment_type", "fmp4", str(folder / "live.m3u8"),
    ]  # fmt: skip
    return subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ffmpeg() -> str:
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _ours(portal: Portal) -> list[psutil.Process]:
    """The stream worker and its ffmpeg, Redis and the default worker: all that runs for streams, without the web and the simulator."""
    words = ("streams@%h", "redis-server", "frag_duration", "default@%h")
    return [one for one in portal.processes() if any(word in " ".join(one.cmdline()) for word in words)]


def _cpu_over(processes: Iterable[psutil.Process], seconds: float) -> float:
    """Cores that these used together."""
    there = list(processes)
    before = sum(sum(one.cpu_times()[:2]) for one in there)
    time.sleep(seconds)
    return float(sum(sum(one.cpu_times()[:2]) for one in there) - before) / seconds


def _memory(processes: Iterable[psutil.Process]) -> float:
    """Bytes, shared pages counted by their share."""
    return float(sum(one.memory_full_info().pss for one in processes))
