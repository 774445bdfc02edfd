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


def with_sound(seconds: int) -> bytes:
    argv = [
        settings.FFMPEG, "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s=160x96:r=1:d={seconds}", "-f", "lavfi", "-i",
        f"sine=d={seconds}", "-c:v", "libx264", "-g", "2", "-bf", "0", "-c:a", "aac", "-movflags",
        "frag_every_frame+empty_moov+default_base_moof+skip_trailer", "-f", "mp4", "pipe:1",
    ]  # fmt: skip
    return subprocess.run(argv, check=True, capture_output=True).stdout


def test_beside_sound_it_is_the_pictures_that_count() -> None:
    """A fragment that holds nothing but sound has no length, and no keyframe."""
    init, segments = split(with_sound(4), 65_536)
    assert init.codec == "avc1"
    assert sum(segment.duration for segment in segments) == pytest.approx(
        4.0, abs=0.05
    )  # the sound begins a little earlier
    assert [segment.keyframe for segment in segments if segment.duration] == [True, False, True, False]
    silent_ones = [segment for segment in segments if not segment.duration]
    assert silent_ones
    assert not any(segment.keyframe for segment in silent_ones)
