"""The way of ffmpeg to a camera that a stranger named: pictures come through, redirects and tricks do not."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from django.conf import settings

from cameras.addresses import Address, Credentials, parse
from cameras.reach import Rules
from simulator.harness import Simulator
from streaming import command
from streaming.relay import Relay
from streaming.treatment import Treatment

ODD = Credentials("ad min", "p@ss:w/rd%#")
SDP = (
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=x\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=0\r\n"
)


def pull(url: str, *, seconds: float = 8.0, enough: int = 20_000) -> bytes:
    """What the real ffmpeg makes of *url*, until it ends or that is *enough*."""
    script = command.source_script(url, timeout_seconds=2, treatment=Treatment())
    argv = command.to_fragments(Treatment(), program=settings.FFMPEG, fragment_seconds=0.2)
    child = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdin is not None
    assert child.stdout is not None
    killer = threading.Timer(seconds, child.kill)
    killer.start()
    child.stdin.write(script)
    child.stdin.close()
    data: bytes = child.stdout.read(enough)
    killer.cancel()
    child.kill()
    child.stdout.close()
    child.wait()
    return data


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(user=ODD.username, password=ODD.password) as running:
        yield running


def allowing(*ports: int) -> Rules:
    return Rules(exceptions=frozenset(("127.0.0.1", port) for port in ports))


def test_pictures_come_through_with_digest_and_an_odd_password(simulator: Simulator) -> None:
    address, _ = parse(simulator.url("pos-1", gop=1, start="now"))
    with Relay(replace(address, guarded=True), allowing(simulator.port)) as relay:
        assert len(pull(relay.url(ODD))) == 20_000
    assert simulator.count("pos-1", "played") == 1


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port)) as second:
            second.sendall(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
            return bool(second.recv(1))
    except OSError:
        return False


def test_a_relay_serves_one_connection_and_no_other(simulator: Simulator) -> None:
    address, _ = parse(simulator.url("pos-2"))
    with Relay(address, allowing(simulator.port)) as relay:
        first = socket.create_connection(("127.0.0.1", relay.port))
        first.sendall(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
        assert first.recv(100).startswith(b"RTSP/1.0 200")
        assert not answers(relay.port)
        first.close()


def test_what_may_not_be_reached_is_not_reached(simulator: Simulator) -> None:
    address, _ = parse(simulator.url("pos-3"))
    with Relay(address, Rules()) as relay:
        assert pull(relay.url(ODD)) == b""
    assert simulator.count("pos-3", "connections") == 0


def test_a_name_is_looked_up_once_and_its_answer_is_used(simulator: Simulator) -> None:
    asked = []

    async def names(name: str, port: int) -> list[str]:
        asked.append(name)
        return ["127.0.0.1"]

    address = Address("rtsp", "kamera.contoh.id", simulator.port, "/pos-4", guarded=True)
    rules = Rules(ports=frozenset({simulator.port}))
    with Relay(address, rules, resolver=names) as relay:
        assert pull(relay.url(ODD)) == b""
    assert asked == ["kamera.contoh.id"]
    assert simulator.count("pos-4", "connections") == 0


class Hostile:
    """A server that behaves up to *stage* and then says *words* (with the number of the request in place of ``{cseq}``)."""

    def __init__(self, stage: str, words: str) -> None:
        self.stage, self.words = stage, words
        self.heard: list[str] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        buffer = b""
        with suppress(OSError), connection:
            connection.settimeout(10)
            while piece := connection.recv(4096):
                buffer += piece
                while b"\r\n\r\n" in buffer:
                    head, _, buffer = buffer.partition(b"\r\n\r\n")
                    connection.sendall(self._answer(head.decode()).encode())

    def _answer(self, head: str) -> str:
        method = head.split(" ", 1)[0]
        self.heard.append(method)
        found = re.search(r"CSeq: (\d+)", head)
        cseq = found[1] if found else "1"
        if method == self.stage:
            return self.words.replace("{cseq}", cseq)
        extra = {
            "DESCRIBE": f"Content-Type: application/sdp\r\nContent-Length: {len(SDP)}\r\n\r\n{SDP}",
            "SETUP": "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n",
            "PLAY": "Session: 1\r\n\r\n",
        }.get(method, "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n")
        return f"RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n{extra}"

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def hostile() -> Iterator[Callable[[str, str], Hostile]]:
    opened = []

    def open_(stage: str, words: str) -> Hostile:
        opened.append(Hostile(stage, words))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def touched(trap: socket.socket) -> bool:
    try:
        trap.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def redirect(status: int, trap: socket.socket) -> str:
    target = f"rtsp://127.0.0.1:{trap.getsockname()[1]}/inside"
    return f"RTSP/1.0 {status} Moved\r\nCSeq: {{cseq}}\r\nLocation: {target}\r\n\r\n"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 399])
@pytest.mark.parametrize("stage", ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"])
def test_a_redirect_leads_nowhere(
    hostile: Callable[[str, str], Hostile], trap: socket.socket, stage: str, status: int
) -> None:
    server = hostile(stage, redirect(status, trap))
    address = Address("rtsp", "127.0.0.1", server.port, "/live", guarded=True)
    with Relay(address, allowing(server.port)) as relay:
        assert pull(relay.url(Credentials()), seconds=5) == b""
    assert server.heard[-1] == stage
    assert not touched(trap)


def test_without_the_relay_ffmpeg_would_follow(hostile: Callable[[str, str], Hostile], trap: socket.socket) -> None:
    server = hostile("DESCRIBE", redirect(302, trap))
    pull(f"rtsp://127.0.0.1:{server.port}/live", seconds=4)
    assert touched(trap)


def test_a_redirect_in_the_midst_of_the_pictures_leads_nowhere(
    hostile: Callable[[str, str], Hostile], trap: socket.socket
) -> None:
    server = hostile("PLAY", "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nSession: 1\r\n\r\n" + redirect(302, trap))
    address = Address("rtsp", "127.0.0.1", server.port, "/live", guarded=True)
    with Relay(address, allowing(server.port)) as relay:
        pull(relay.url(Credentials()), seconds=4)
    assert "PLAY" in server.heard
    assert not touched(trap)


TRICKS = {
    "a line that ends early": "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nX: a\nRTSP/1.0 302 x\nLocation: {to}\r\n\r\n",
    "a second answer in a header": "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nX: \r\rRTSP/1.0 302 x\r\n\r\n",
    "a status that two readers read differently": "RTSP/1.0 0302 OK\r\nCSeq: {cseq}\r\nLocation: {to}\r\n\r\n",
    "two lengths": "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Length: 0\r\nContent-Length: 90\r\n\r\n" + "x" * 90,
    "a length that lies": "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Length: -1\r\n\r\n",
    "an endless length": "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Length: 99999999999\r\n\r\n",
    "an endless head": "RTSP/1.0 200 OK\r\nX: " + "x" * 40_000,
    "a request by the camera": "REDIRECT rtsp://x RTSP/1.0\r\nCSeq: {cseq}\r\nLocation: {to}\r\n\r\n",
    "another protocol": "HTTP/1.1 302 Found\r\nLocation: {to}\r\n\r\n",
    "a redirect behind a good answer": (
        "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n\r\nRTSP/1.0 302 Moved\r\nCSeq: {cseq}\r\nLocation: {to}\r\n\r\n"
    ),
    "a redirect before the answer": "RTSP/1.0 302 Moved\r\nCSeq: 99\r\nLocation: {to}\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n\r\n",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_with_answers_lead_nowhere(
    hostile: Callable[[str, str], Hostile], trap: socket.socket, trick: str
) -> None:
    to = f"rtsp://127.0.0.1:{trap.getsockname()[1]}/inside"
    server = hostile("OPTIONS", TRICKS[trick].replace("{to}", to))
    address = Address("rtsp", "127.0.0.1", server.port, "/live", guarded=True)
    with Relay(address, allowing(server.port)) as relay:
        pull(relay.url(Credentials()), seconds=4)
    assert server.heard[:1] == ["OPTIONS"]
    assert not touched(trap)


def test_streams_named_elsewhere_in_the_description_are_asked_for_at_the_camera(
    hostile: Callable[[str, str], Hostile], trap: socket.socket
) -> None:
    to = f"rtsp://127.0.0.1:{trap.getsockname()[1]}/inside"
    sdp = SDP.replace("a=control:*", f"a=control:{to}").replace("trackID=0", f"{to}/trackID=0")
    head = f"RTSP/1.0 200 OK\r\nCSeq: {{cseq}}\r\nContent-Base: {to}/\r\nContent-Type: application/sdp\r\n"
    server = hostile("DESCRIBE", f"{head}Content-Length: {len(sdp)}\r\n\r\n{sdp}")
    address = Address("rtsp", "127.0.0.1", server.port, "/live", guarded=True)
    with Relay(address, allowing(server.port)) as relay:
        pull(relay.url(Credentials()), seconds=4)
    assert "SETUP" in server.heard
    assert not touched(trap)
