"""Stills from running streams: a real packager and a real ffmpeg, with the clock handed in."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from streaming import demand, still_wishes, stills
from streaming.darkroom import Darkroom
from streaming.packager import Packager
from streaming.space import Space


@pytest.fixture(scope="module")
def pictures() -> bytes:
    """Two seconds with a keyframe in each."""
    argv = [
        settings.FFMPEG, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=480x270:r=10:d=2", "-c:v", "libx264", "-g", "10",
        "-bf", "0", "-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-frag_duration", "500000",
        "-f", "mp4", "pipe:1",
    ]  # fmt: skip
    return subprocess.run(argv, check=True, capture_output=True).stdout


class Room(Darkroom):
    """Without its thread: the test looks."""

    def _work(self) -> None:
        return


def stream(room: Darkroom, root: Path, pictures: bytes, *, wall: float) -> None:
    packager = Packager(
        root,
        "abcdefghjk",
        1,
        segment=0.5,
        window=15,
        wall=lambda: wall,
        timeline=lambda: 1,
        space=Space(10_000_000),
        on_keyframe=lambda init, segment, at: room.hang_up(7, 1, init, segment, at),
    )
    packager.begin_run()
    packager.feed(pictures)


@pytest.fixture
def room(tmp_path: Path, pictures: bytes) -> Room:
    room = Room()
    stream(room, tmp_path, pictures, wall=1000.0)
    return room


def test_the_newest_keyframe_becomes_the_still(room: Room) -> None:
    still_wishes.wish(7)
    assert room.look(now=50.0) == 1
    still = stills.read(7, 1, "large.webp")
    assert still is not None
    assert 995 <= still.at <= 1002
    with Image.open(io.BytesIO(still.data)) as picture:
        assert picture.size == (480, 270)
        assert len(picture.convert("RGB").getcolors(maxcolors=480 * 270) or []) > 100, "not one grey"
    assert not still_wishes.waiting()


def test_nothing_is_developed_that_nobody_wishes(room: Room) -> None:
    assert room.look(now=50.0) == 0


def test_no_more_than_one_picture_in_the_time_set_however_many_wish(
    room: Room, tmp_path: Path, pictures: bytes
) -> None:
    made = 0
    for second in range(10):
        stream(room, tmp_path, pictures, wall=1000.0 + second)
        still_wishes.wish(7)
        made += room.look(now=50.0 + second)
    assert made == 2


def test_the_same_keyframe_is_not_developed_twice(room: Room) -> None:
    for second in (50.0, 60.0):
        still_wishes.wish(7)
        room.look(now=second)
    assert still_wishes.waiting() == [7], "it waits for a newer keyframe"


def test_a_stream_that_ended_leaves_nothing(room: Room) -> None:
    still_wishes.wish(7)
    room.take_down(7)
    assert room.look(now=50.0) == 0


def test_segments_that_are_gone_or_broken_are_passed_over(room: Room, tmp_path: Path) -> None:
    for segment in tmp_path.rglob("*.m4s"):
        segment.write_bytes(b"broken")
    still_wishes.wish(7)
    assert room.look(now=50.0) == 0
    for segment in tmp_path.rglob("*.m4s"):
        segment.unlink()
    room.hang_up(7, 1, tmp_path / "none", tmp_path / "none", 2000.0)
    still_wishes.wish(7)
    assert room.look(now=60.0) == 0


def test_a_still_of_a_camera_that_was_switched_meanwhile_is_not_kept(room: Room) -> None:
    demand.announce_epoch(7, 2)
    still_wishes.wish(7)
    assert room.look(now=50.0) == 0
    assert stills.read(7, 1, "small.webp") is None


def test_its_thread_ends_with_the_last_stream(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("streaming.darkroom.LOOK_EVERY", 0.01)
    room = Darkroom()
    room.hang_up(7, 1, tmp_path, tmp_path, time.time())
    thread = room._thread
    assert thread is not None
    room.take_down(7)
    thread.join(5)
    assert not thread.is_alive()
