"""The real launcher, supervisord and processes: nothing may stay, however the end comes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.leftovers import end_marked, marked
from launcher.services import Service
from launcher.supervision import configuration
from tests.launcher.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]
# supervisord, the three services and the grandchild
EVERYBODY = 5


class DummyPortal:
    def __init__(self, data: Path) -> None:
        self.data = data
        environ = {**os.environ, "DATA_DIR": str(data), "PORT": str(free_port())}
        self.launcher = subprocess.Popen(
            [sys.executable, "-m", "tests.launcher.dummy_portal"],
            cwd=PROJECT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @property
    def mark(self) -> str:
        file = self.data / "run" / "mark"
        return file.read_text() if file.exists() else ""

    def processes(self) -> list[int]:
        return marked(self.mark) if self.mark else []

    def named(self, text: str) -> list[int]:
        return [pid for pid in self.processes() if text in Path(f"/proc/{pid}/cmdline").read_text()]


def soon(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)  # what other processes do has no clock of ours
    return condition()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[DummyPortal]:
    portal = DummyPortal(tmp_path / "data folder, 100% #1")
    try:
        assert soon(lambda: len(portal.processes()) == EVERYBODY, 20), portal.launcher.stdout
        yield portal
    finally:
        portal.launcher.kill()
        portal.launcher.communicate()
        end_marked(portal.mark, patience=0)


def test_term_ends_everything_within_five_seconds_with_status_0(portal: DummyPortal) -> None:
    portal.launcher.send_signal(signal.SIGTERM)

    assert portal.launcher.wait(5) == 0
    assert portal.processes() == []


def test_many_signals_at_once_are_no_worse_than_one(portal: DummyPortal) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        os.killpg(portal.launcher.pid, number)

    assert portal.launcher.wait(5) == 0
    assert portal.processes() == []
    assert portal.launcher.stdout is not None
    assert "Traceback" not in portal.launcher.stdout.read()


def test_a_killed_launcher_takes_everything_with_it_that_it_started(portal: DummyPortal) -> None:
    portal.launcher.kill()

    # The grandchild had left its family; the next start finds it by its mark.
    assert soon(lambda: len(portal.processes()) == 1, 30)
    assert end_marked(portal.mark, patience=0) == 1
    assert portal.processes() == []


def test_a_killed_supervisord_ends_the_portal(portal: DummyPortal) -> None:
    os.kill(portal.named("supervisor.supervisord")[0], signal.SIGKILL)

    assert portal.launcher.wait(5) == 1
    assert portal.processes() == []


def test_a_killed_service_comes_back_soon(portal: DummyPortal) -> None:
    first = portal.named("here")[0]
    time.sleep(1.2)  # supervisord counts a service as started after a second
    os.kill(first, signal.SIGKILL)

    assert soon(lambda: portal.named("here") not in ([], [first]), 30)


def test_a_second_portal_on_the_same_data_folder_says_so(portal: DummyPortal) -> None:
    second = DummyPortal(portal.data)

    said, _ = second.launcher.communicate(timeout=10)

    assert second.launcher.returncode == 1
    assert "sudah berjalan" in said
    assert "Traceback" not in said


def test_the_configuration_starts_the_ground_and_waits_with_the_rest() -> None:
    services = [Service("redis", ["x"], "dasar"), Service("web", ["secret words"], "portal")]

    text = configuration(services)

    assert "[group:dasar]\nprograms=redis\npriority=1" in text
    assert "[group:portal]\nprograms=web\npriority=2" in text
    assert text.index("autostart=true") < text.index("[program:web]") < text.index("autostart=false")
    assert "secret words" not in text


def test_services_are_described_for_the_child(portal: DummyPortal) -> None:
    described = json.loads((portal.data / "run" / "services.json").read_text())

    assert described["obedient"]["argv"][0] == sys.executable
