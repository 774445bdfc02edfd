"""The control channel: a unix socket on which one line of JSON asks and one line of JSON answers.

``{"do": "fault", "camera": "pos-1", "kind": "cut", "seconds": 3}``, ``{"do": "clear", "camera": "pos-1"}`` (without
``camera``: everything), ``{"do": "sessions"}``, ``{"do": "quit"}``,
``{"do": "onvif", "kind": "redirect", "uri": "http://…"}`` (see ``onvif``). Answers have ``"ok"`` and, if it is false, ``"error"``.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from simulator.faults import EVERYONE, parse_fault
from simulator.onvif import OnvifDevice
from simulator.server import Server

_LONGEST_PATH = 107  # bytes that the kernel has room for


class ControlError(RuntimeError):
    """The simulator cannot be reached, or said no."""


class Control:
    """Serves the control channel of a server."""

    def __init__(
        self, server: Server, path: Path, quit_simulator: Callable[[], None], device: OnvifDevice | None = None
    ) -> None:
        self._server, self._device = server, device
        self._path = path
        self._quit = quit_simulator
        self._listening: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; a socket that a dead simulator left is taken over. Raises ``ControlError``."""
        if len(os.fsencode(self._path)) > _LONGEST_PATH:
            raise ControlError(f"jalur soket kendali terlalu panjang: {self._path}")
        if self._path.exists():
            if _answers(self._path):
                raise ControlError(f"simulator lain sudah memakai {self._path}")
            self._path.unlink()
        before = os.umask(0o177)
        try:
            self._listening = await asyncio.start_unix_server(self._accept, str(self._path))
        finally:
            os.umask(before)

    def close(self) -> None:
        if self._listening:
            self._listening.close()
            with suppress(OSError):
                self._path.unlink()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError, ValueError):
            while line := await reader.readline():
                writer.write(json.dumps(await self._answer(line)).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            order = json.loads(line)
            return {"ok": True, **await self._obey(order)}
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            return {"ok": False, "error": str(error)}

    async def _obey(self, order: dict[str, Any]) -> dict[str, Any]:
        match order["do"]:
            case "fault":
                fault = parse_fault(str(order["kind"]), float(order.get("seconds", 3.0)))
                await self._server.order_fault(str(order.get("camera", EVERYONE)), fault)
            case "clear":
                await self._server.order_clear(order.get("camera"))
            case "sessions":
                return {"cameras": self._server.counts(), "faults": self._server.faults.listed()}
            case "quit":
                asyncio.get_running_loop().call_later(0.02, self._quit)
            case "onvif":
                return self._onvif(str(order.get("kind", "")), str(order.get("uri", "")))
            case other:
                raise ValueError(f"perintah tidak dikenal: {other}")
        return {}

    def _onvif(self, kind: str, uri: str) -> dict[str, Any]:
        """Breaks the ONVIF device, or mends it; its port and what it was asked."""
        if self._device is None:
            raise ValueError("simulator ini berjalan tanpa ONVIF")
        if kind:
            self._device.order(kind, uri)
        return {"port": self._device.port, "asked": self._device.asked}


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as attempt:
        attempt.settimeout(1)
        try:
            attempt.connect(str(path))
        except OSError:
            return False
        return True


def ask(path: Path | str, order: dict[str, Any], *, seconds: float = 5.0) -> dict[str, Any]:
    """Send one order and wait for its answer. Raises ``ControlError``."""
    try:
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(seconds)
            channel.connect(str(path))
            channel.sendall(json.dumps(order).encode() + b"\n")
            line = channel.makefile("rb").readline()
    except OSError as error:
        raise ControlError(f"simulator tidak menjawab di {path}: {error.strerror or error}") from None
    if not line:
        raise ControlError("simulator menutup sambungan tanpa jawaban")
    answer: dict[str, Any] = json.loads(line)
    if not answer["ok"]:
        raise ControlError(str(answer["error"]))
    return answer
