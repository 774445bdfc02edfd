"""The splitter against what a real ffmpeg writes, in pieces of any size."""

import subprocess

import pytest
from django.conf import settings

from streaming.mp4 import BrokenStream, Init, Segment, Splitter


@pytest.fixture(scope="module")
def recording() -> bytes:
    """Eight seconds at 10 pictures a second, a keyframe every 4 s, cut like a stream of ours."""
    argv = [
        settings.FFMPEG, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x96:r=10:d=8", "-c:v", "libx264", "-g", "40",
        "-bf", "0", "-sc_threshold", "0", "-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-frag_duration",
        "500000", "-f", "mp4", "pipe:1",
    ]  # fmt: skip
    return subprocess.run(argv, check=True, capture_output=True).stdout


def split(data: bytes, size: int) -> tuple[Init, list[Segment]]:
    splitter = Splitter()
    pieces = [piece for at in range(0, len(data), size) for piece in splitter.feed(data[at : at + size])]
    init, *segments = pieces
    assert isinstance(init, Init)
    assert all(isinstance(segment, Segment) for segment in segments)
    return init, [segment for segment in segments if isinstance(segment, Segment)]


def test_a_stream_becomes_init_and_segments_with_their_lengths(recording: bytes) -> None:
    init, segments = split(recording, 65_536)
    assert init.codec == "avc1"
    assert sum(segment.duration for segment in segments) == pytest.approx(8.0)
    assert max(segment.duration for segment in segments) <= 0.6
    assert [index for index, segment in enumerate(segments) if segment.keyframe] == [0, 8]


@pytest.mark.parametrize("size", [1, 7, 1000, 10_000_000])
def test_the_size_of_the_pieces_makes_no_difference(recording: bytes, size: int) -> None:
    assert split(recording, size) == split(recording, 65_536)


def test_nothing_is_lost_between_the_segments(recording: bytes) -> None:
    init, segments = split(recording, 4096)
    assert (init.data + b"".join(segment.data for segment in segments)) == recording


@pytest.mark.parametrize("data", [b"\0\0\0\0ftyp", b"<html><body>not a video", b"\0\0\0\x08mdat"])
def test_what_is_no_stream_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(BrokenStream):
        Splitter().feed(data)


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def fragment(ticks: int, *, keyframe: bool) -> bytes:
    """One sample of *ticks*, as ffmpeg writes it: the length in tfhd, the first sample's flags in trun."""
    tfhd = box(b"tfhd", bytes.fromhex("0002000800000001") + ticks.to_bytes(4, "big"))
    flags = "02000000" if keyframe else "01010000"
    trun = box(b"trun", bytes.fromhex("000000050000000100000000" + flags))
    return box(b"moof", box(b"traf", tfhd + trun)) + box(b"mdat", bytes([ticks % 256]))


def test_parameter_sets_sent_as_a_picture_of_their_own_stay_with_their_keyframe(recording: bytes) -> None:
    """As GStreamer's server sends them; a segment of their own would have no length and no picture."""
    splitter = Splitter()
    (init,) = (piece for piece in splitter.feed(recording[:2000]) if isinstance(piece, Init))
    second = init.timescale
    splitter = Splitter()
    splitter.feed(init.data)
    data = fragment(1, keyframe=True) + fragment(second // 2, keyframe=True) + fragment(second // 2, keyframe=False)
    pieces = [piece for piece in splitter.feed(data) if isinstance(piece, Segment)]
    assert [(round(piece.duration, 2), piece.keyframe) for piece in pieces] == [(0.5, True), (0.5, False)]
    assert b"".join(piece.data for piece in pieces) == data
