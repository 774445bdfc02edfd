"""How the portal ends, and what survives the death of a part: nothing that should not."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import psutil
import pytest

from .portal import Portal, eventually


@pytest.fixture
def own_portal(tmp_path: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal of this test's own, since it will be ended."""
    with Portal(tmp_path / "data") as running:  # type: ignore[operator]
        yield running


def watched(portal: Portal) -> psutil.Process:
    """Has a camera streamed; its ffmpeg."""
    visitor = portal.visitor()
    playlist = visitor.watch("contoh0001").json["playlist_url"]
    eventually(lambda: visitor.watch("contoh0001").status == 200 and bool(portal.pulling()), "ffmpeg pulls", seconds=30)
    eventually(lambda: visitor.ask(playlist).status == 200, "there are pictures", seconds=30)
    return portal.pulling()[0]


def test_a_killed_stream_worker_leaves_no_ffmpeg_and_is_started_again_then_term_leaves_nothing(
    own_portal: Portal,
) -> None:
    portal = own_portal
    ffmpeg = watched(portal)
    workers = [process for process in portal.running("streams@%h") if "celery" in " ".join(process.cmdline())]
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
    eventually(
        lambda: not ffmpeg.is_running() or ffmpeg.status() == psutil.STATUS_ZOMBIE, "its ffmpeg is gone", seconds=5
    )
    visitor = portal.visitor()
    eventually(
        lambda: visitor.ask("/readyz").status == 200 and bool(portal.running("streams@%h")),
        "a worker is back",
        seconds=30,
    )
    watched(portal)
    assert portal.process is not None
    portal.process.send_signal(signal.SIGTERM)
    eventually(lambda: not list(portal.processes()), "every process has ended", seconds=5)
    assert portal.process.wait(5) == 0


def test_a_killed_launcher_takes_everything_with_it(own_portal: Portal) -> None:
    watched(own_portal)
    assert own_portal.process is not None
    own_portal.process.kill()
    own_portal.process.wait()
    eventually(lambda: not list(own_portal.processes()), "every process has ended", seconds=5)
