"""The simulator for tests: a process of its own on a free port, with orders as methods."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

from simulator.control import ask

_ROOT = Path(__file__).resolve().parent.parent
_ADDRESS = re.compile(r"rtsp://\S+:(\d+)/")


def clip_folder() -> Path:
    """Where tests of one machine share encoded clips; they are told apart by what they depend on."""
    return Path(tempfile.gettempdir()) / f"camera-clips-{os.getuid()}"


class Simulator:
    """A running simulator. ``arguments`` go to its command line; the password goes through its environment."""

    def __init__(self, *arguments: str, user: str | None = None, password: str = "", port: int = 0) -> None:
        self._arguments = arguments
        self.user, self._password, self.port = user, password, port
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="sim-")
        self.control = Path(self._folder.name) / "c"
        words = [sys.executable, "-m", "simulator", "--port", str(self.port), "--control", str(self.control)]
        words += ["--cache", str(clip_folder()), *(["--user", self.user] if self.user else []), *self._arguments]
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "SIMULATOR_PASSWORD": self._password, "PYTHONPATH": path}
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
        line = self._process.stdout.readline() if self._process.stdout else ""
        found = _ADDRESS.search(line)
        if not found:
            self.stop()
            raise RuntimeError(f"the simulator did not start: {line!r}")
        self.port = int(found[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> int:
        """End it by TERM; answers its exit status."""
        process = self._running
        process.terminate()
        try:
            status = process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        if process.stdout:
            process.stdout.close()
        self._folder.cleanup()
        return status

    @property
    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("the simulator was not started")
        return self._process

    @property
    def pid(self) -> int:
        return self._running.pid

    def url(self, camera: str, *, credentials: bool = False, **options: str | float) -> str:
        """A camera's address; ``credentials`` puts user and password into it, ``options`` are e.g. ``gop=4``."""
        who = f"{quote(self.user or '', safe='')}:{quote(self._password, safe='')}@" if credentials else ""
        query = "?" + urlencode(options) if options else ""
        return f"rtsp://{who}127.0.0.1:{self.port}/{quote(camera)}{query}"

    def fault(self, camera: str, kind: str, *, seconds: float = 3.0) -> None:
        """Break a camera (``*``: all)."""
        ask(self.control, {"do": "fault", "camera": camera, "kind": kind, "seconds": seconds})

    def clear(self, camera: str | None = None) -> None:
        """Mend a camera, or everything."""
        ask(self.control, {"do": "clear", **({"camera": camera} if camera else {})})

    def onvif(self, kind: str = "", uri: str = "") -> dict[str, Any]:
        """Break or mend (``none``) the ONVIF device; its ``port``, and what it was ``asked``."""
        return ask(self.control, {"do": "onvif", "kind": kind, "uri": uri})

    def sessions(self) -> dict[str, dict[str, int]]:
        """Per camera: ``playing`` now; ever ``opened``, ``played``, ``described``; ``connections``."""
        cameras: dict[str, Any] = ask(self.control, {"do": "sessions"})["cameras"]
        return cameras

    def count(self, camera: str, what: str = "playing") -> int:
        """One figure of ``sessions``; 0 for a camera that nobody asked for."""
        return self.sessions().get(camera, {}).get(what, 0)
