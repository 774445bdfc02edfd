"""A camera's port that answers with what it was told: echoes, redirects, descriptions that repeat the address."""

from __future__ import annotations

import socketserver
import threading
from types import TracebackType
from typing import Self

HOST = "127.83.19.46"


class HostileCamera:
    """Listens at ``HOST``. The first word of a path says how it answers: ``echo``, ``redirect`` or ``describe``.

    *told*: an address with credentials, which it repeats wherever it can.
    """

    def __init__(self, told: str) -> None:
        self.told = told
        self.asked: set[str] = set()
        self._server = _Server((HOST, 0), _Talk)
        self._server.camera = self
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"rtsp://{HOST}:{self.port}/{path}"

    def answer(self, question: str) -> str:
        words = question.split(maxsplit=2)
        manner = words[1].rpartition(f":{self.port}/")[2].partition("/")[0] if len(words) > 1 else ""
        self.asked.add(manner)
        number = next((line for line in question.splitlines() if line.lower().startswith("cseq")), "CSeq: 1")
        if "Authorization: " not in question:
            return f'RTSP/1.0 401 Unauthorized\r\n{number}\r\nWWW-Authenticate: Basic realm="{manner}"\r\n\r\n'
        if words[0] == "OPTIONS":
            return f"RTSP/1.0 200 OK\r\n{number}\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n"
        if manner == "redirect":
            return f"RTSP/1.0 302 Moved {self.told}\r\n{number}\r\nLocation: {self.told}\r\n\r\n"
        if manner == "describe" and words[0] == "DESCRIBE":
            return self._description(number)
        # As some do in their errors: the whole question again, with its Authorization.
        echo = "".join(f"X-You-Said: {line}\r\n" for line in question.splitlines() if line)
        return f"RTSP/1.0 400 {self.told}\r\n{number}\r\n{echo}\r\n"

    def _description(self, number: str) -> str:
        lines = [
            "v=0",
            f"o=- 1 1 IN IP4 {HOST}",
            f"s={self.told}",
            f"i={self.told}",
            f"u={self.told}",
            "t=0 0",
            "m=video 0 RTP/AVP 96",
            f"i={self.told}",
            f"a=rtpmap:96 {self.told}/90000",
            f"a=control:{self.told}",
        ]
        body = "\r\n".join(lines) + "\r\n"
        return (
            f"RTSP/1.0 200 OK\r\n{number}\r\nContent-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    camera: HostileCamera


class _Talk(socketserver.StreamRequestHandler):
    server: _Server
    timeout = 10

    def handle(self) -> None:
        question = ""
        try:
            while line := self.rfile.readline(8192).decode("utf-8", "replace"):
                question += line
                if line in {"\r\n", "\n"}:
                    self.wfile.write(self.server.camera.answer(question).encode())
                    question = ""
        except OSError:
            pass  # it was hung up
