"""The probe against the simulator's faults, and against servers that are no cameras."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest

from cameras.addresses import Credentials, parse
from cameras.reasons import Reason
from cameras.rtsp import Report, RTSPError, audio_codec, probe, video_codec
from simulator.harness import Simulator

ODD = "p@ss:w/rd%#"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(user="tilik", password=ODD) as running:
        yield running


async def look(simulator: Simulator, name: str = "pos-1", password: str = ODD, timeout: float = 2.0) -> Reason:
    address, _ = parse(simulator.url(name))
    return (await probe(address, Credentials("tilik", password), timeout=timeout)).reason


async def test_a_good_camera_with_an_odd_password_is_good(simulator: Simulator) -> None:
    assert await look(simulator) == Reason.NONE


async def test_a_probe_takes_no_session(simulator: Simulator) -> None:
    await look(simulator, "pos-2")
    counted = simulator.sessions()["pos-2"]
    assert (counted["described"], counted["opened"]) == (1, 0)


async def test_a_wrong_password_is_not_tried_twice(simulator: Simulator) -> None:
    assert await look(simulator, password="wrong") == Reason.UNAUTHORIZED


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refuse", Reason.REFUSED),
        ("401", Reason.UNAUTHORIZED),
        ("404", Reason.NOT_FOUND),
        ("silent", Reason.TIMEOUT),
        ("cut", Reason.REFUSED),
        ("novideo", Reason.NO_VIDEO),
    ],
)
async def test_each_fault_has_its_reason(simulator: Simulator, fault: str, reason: Reason) -> None:
    simulator.fault("pos-3", fault)
    try:
        assert await look(simulator, "pos-3", timeout=0.7) == reason
    finally:
        simulator.clear("pos-3")


async def test_nobody_there_and_no_such_name(unused_tcp_port: int) -> None:
    address, _ = parse(f"rtsp://127.0.0.1:{unused_tcp_port}/x")
    assert (await probe(address, Credentials(), timeout=2)).reason == Reason.REFUSED
    address, _ = parse("rtsp://no-such-camera.invalid/x")
    assert (await probe(address, Credentials(), timeout=5)).reason in {Reason.UNRESOLVED, Reason.TIMEOUT}


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Reason.NOT_RTSP),
        (b"220 mail.example ESMTP\r\n", Reason.NOT_RTSP),
        (b"", Reason.REFUSED),
        (b"x" * 40_000, Reason.NOT_RTSP),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n", Reason.NOT_RTSP),
        (b"RTSP/1.0 200 OK\r\nContent-Length: minus\r\n\r\n", Reason.NOT_RTSP),
        (b"RTSP/1.0 500 Internal\r\n\r\n" * 2, Reason.REFUSED),
        (b"RTSP/1.0 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=FOO\r\n\r\n" * 2, Reason.UNAUTHORIZED),
        (b"RTSP/1.0 401 No\r\nWWW-Authenticate: Negotiate\r\n\r\n" * 2, Reason.UNAUTHORIZED),
    ],
)  # fmt: skip
async def test_whatever_answers_there_the_probe_says_something_sensible(said: bytes, reason: Reason) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        address, _ = parse(f"rtsp://127.0.0.1:{port}/x")
        assert (await probe(address, Credentials("a", "b"), timeout=2)).reason == reason


@pytest.mark.parametrize(
    ("sdp", "codec"),
    [
        ("v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n", "h264"),
        ("v=0\nm=audio 0 RTP/AVP 0\nm=video 0 RTP/AVP 98\na=rtpmap:98 H265/90000\n", "h265"),
        ("v=0\nm=video 0 RTP/AVP 26\n", "jpeg"),
        ("v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 X-SOMETHING-LONG/90000\n", "x-somethin"),
    ],
)
def test_the_codec_is_read_from_the_description(sdp: str, codec: str) -> None:
    assert video_codec(sdp) == codec


@pytest.mark.parametrize(
    ("sdp", "codec"),
    [
        ("v=0\nm=video 0 RTP/AVP 26\n", ""),
        ("v=0\nm=video 0 RTP/AVP 26\nm=audio 0 RTP/AVP 8\n", "pcma"),
        ("v=0\nm=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000/1\n", "mpeg4-generic"),
    ],
)
def test_the_sound_is_read_from_the_description(sdp: str, codec: str) -> None:
    assert audio_codec(sdp) == codec


async def test_a_probe_tells_of_codec_and_sound() -> None:
    with Simulator() as simulator:
        report = await probe(*parse(simulator.url("x", codec="h265", audio="pcmu")), timeout=4)
    assert report == Report(Reason.NONE, "h265", "pcmu")


def test_a_description_without_pictures_is_no_video() -> None:
    with pytest.raises(RTSPError) as caught:
        video_codec("v=0\nm=audio 0 RTP/AVP 0\n")
    assert caught.value.reason == Reason.NO_VIDEO
