"""The whole portal as `make run` starts it, for journeys: on free ports, with a data folder of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil

from simulator.control import ask

PROJECT = Path(__file__).parents[2]
START_SECONDS = 150


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def eventually(true: Callable[[], bool], what: str, *, seconds: float = 30) -> float:
    """Waits for another process until *true*; the seconds it took. Fewer *seconds* only where they are what is tested: other tests run
    beside this one.
    """
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if true():
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


@dataclass
class Answer:
    status: int
    body: bytes
    headers: Message[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Visitor:
    """Somebody at the portal, with a cookie jar: a browser without a screen."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))

    def ask(self, path: str, data: bytes | None = None, *, method: str = "", kind: str = "application/json") -> Answer:
        headers = {"X-CSRFToken": self.cookie("csrftoken"), "Referer": self.base}
        if data is not None:
            headers["Content-Type"] = kind
        request = Request(self.base + path, data=data, headers=headers, method=method or ("POST" if data else "GET"))
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read(), answer.headers)
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read(), error.headers)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        return self.ask(path, json.dumps(fields).encode(), method="POST")

    def watch(self, camera: str) -> Answer:
        return self.post(f"/api/v1/cameras/{camera}/watch/", {})

    def cookie(self, name: str) -> str:
        return next((cookie.value or "" for cookie in self.jar if cookie.name == name), "")

    def log_in(self, name: str, password: str) -> Self:
        form = self.ask("/masuk/").body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token is not None
        fields = f"csrfmiddlewaretoken={token[1]}&login={name}&password={password}"
        answer = self.ask("/masuk/", fields.encode(), kind="application/x-www-form-urlencoded")
        assert answer.status == 200
        assert self.cookie("sessionid")
        return self


class Portal:
    """``with Portal(folder) as portal:`` is `make run` without the installing."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port, self.simulator_port = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.said = data.parent / f"{data.name}.log"
        own = {
            "DATA_DIR": str(data),
            "PORT": str(self.port),
            "SIMULATOR_PORT": str(self.simulator_port),
            "PROBE_INTERVAL": "2",
            "PROBE_RETRY": "1",
            "PROBE_TIMEOUT": "2",
            # Short, so that journeys see the end of an unwatched stream.
            "DEMAND_SECONDS": "8",
            "STREAM_IDLE": "2",
        }
        ours = ("SECRET_KEY", "SOURCE_KEY", "REDIS_URL", "DEBUG", "DJANGO_SETTINGS_MODULE")
        self.environ = {name: value for name, value in os.environ.items() if name not in ours} | own
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.said.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "launcher"],
                cwd=PROJECT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            eventually(self._settled, "the portal is up", seconds=START_SECONDS)
            assert self.process.poll() is None, f"the portal did not start: {self.said.read_text()}"
        except BaseException:
            self.stop()
            raise
        return self

    def _settled(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None or "siap:" in self.said.read_text()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def visitor(self, name: str = "") -> Visitor:
        visitor = Visitor(self.base)
        return visitor.log_in(name, (self.data / "secrets" / "demo_password").read_text().strip()) if name else visitor

    def simulator(self, **order: Any) -> dict[str, Any]:
        answer: dict[str, Any] = ask(self.data / "simulator.sock", order)
        return answer

    def break_(self, camera: str, kind: str) -> None:
        self.simulator(do="fault", camera=camera, kind=kind)

    def mend(self, camera: str) -> None:
        self.simulator(do="clear", camera=camera)

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=PROJECT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=check,
        )

    def processes(self) -> Iterator[psutil.Process]:
        """Every process that carries this portal's data folder in its environment: all it ever started."""
        for process in psutil.process_iter():
            try:
                own = process.environ().get("DATA_DIR") == str(self.data)
                if own and process.status() != psutil.STATUS_ZOMBIE:
                    yield process
            except psutil.Error:
                continue

    def running(self, word: str) -> list[psutil.Process]:
        """Those of its processes whose command line holds *word*."""
        found = []
        for process in self.processes():
            try:
                if any(word in part for part in process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def pulling(self) -> list[psutil.Process]:
        """The ffmpeg that pull cameras (the simulator has one of its own)."""
        return [process for process in self.running("ffmpeg") if "frag_duration" in " ".join(_words(process))]


def _words(process: psutil.Process) -> list[str]:
    try:
        words: list[str] = process.cmdline()
    except psutil.Error:
        return []
    return words
