"""A wire that counts: browsers are sent through it to a portal, and every byte that moves is counted, headers and sockets too."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self

_PIECE = 65_536


class Wire:
    """``with Wire(port) as wire:`` listens on ``wire.port`` and passes everything on to 127.0.0.1:*port*."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = threading.Lock()
        self._down = self._up = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"

    @property
    def down(self) -> int:
        """Bytes that went to browsers so far."""
        return self._down

    @property
    def moved(self) -> int:
        """Bytes that went either way so far."""
        return self._down + self._up

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, name="wire", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return  # the wire was taken down
            far = socket.create_connection(("127.0.0.1", self._target))
            for source, sink, is_down in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass, args=(source, sink, is_down), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, is_down: bool) -> None:
        try:
            while piece := source.recv(_PIECE):
                with self._lock:
                    if is_down:
                        self._down += len(piece)
                    else:
                        self._up += len(piece)
                sink.sendall(piece)
        except OSError:
            pass  # the other end has gone
        finally:
            for end in (source, sink):
                end.close()
