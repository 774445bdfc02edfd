"""Cameras as they are, with real parts: the simulator, ffmpeg, packager and supervisor on the real clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import clockcode
from simulator.harness import Simulator
from streaming import treating
from streaming.mp4 import Init, Splitter
from streaming.states import StreamState
from streaming.traits import Trait
from streaming.treatment import Pictures, Sound

from .rig import Rig

H265 = frozenset({"h265"})


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def entry(init: bytes) -> str:
    (piece,) = Splitter().feed(init)
    assert isinstance(piece, Init)
    return piece.codec


def test_h265_is_copied_for_those_who_play_it(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("a", codec="h265", start="now"), codec="h265", plays=H265) as rig:
        rig.until(rig.live)
        assert entry(rig.init) == "hvc1"
        assert rig.slots.taken == 0


def test_h265_that_nobody_told_us_of_is_recognized_and_transcoded(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("b", codec="h265", start="now")) as rig:
        rig.until(rig.live)
        assert [treatment.pictures for treatment in rig.treatments] == [Pictures.COPY, Pictures.TRANSCODE]
        assert entry(rig.init) == "avc1"
        assert rig.treating.codec == "h265"
        assert StreamState.BACKING_OFF not in rig.states
    assert rig.slots.taken == 0


def test_one_who_cannot_play_it_turns_the_running_copy_into_a_transcode(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("c", codec="h265", start="now"), codec="h265", plays=H265) as rig:
        rig.until(rig.live)
        number = int(rig.segments[-1].stem)
        rig.plays = frozenset()
        rig.until(lambda: len(rig.treatments) == 2 and rig.live() and len(rig.segments) > 0)
        assert entry(rig.init) == "avc1"
        assert int(rig.segments[0].stem) > number
        assert len({path.parent for path in rig.segments}) == 1
        assert rig.playlist.count("#EXT-X-DISCONTINUITY") == 1
        assert simulator.count("c") == 1
        assert rig.slots.taken == 1


def test_mjpeg_is_transcoded_and_stays_live(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("d", codec="mjpeg"), codec="jpeg") as rig:
        rig.until(lambda: sum(rig.durations) > 3)
        assert entry(rig.init) == "avc1"
        assert clockcode.age(clockcode.read(rig.picture()), time.time()) < 1.5


@pytest.mark.parametrize("options", [{"gop": 10.0}, {"gop": 20.0}, {"fps": 5}, {"gop": 10.0, "codec": "h265"}])
def test_few_keyframes_or_few_pictures_still_make_short_segments(
    simulator: Simulator, tmp_path: Path, options: dict[str, Any]
) -> None:
    with Rig(tmp_path, simulator.url("e", start="now", **options), plays=H265) as rig:
        rig.until(lambda: sum(rig.durations) > 2.5)
        assert max(rig.durations) <= 0.8


@pytest.mark.parametrize("audio", ["pcmu", "aac"])
def test_sound_comes_along_where_a_city_wants_it(simulator: Simulator, tmp_path: Path, audio: str) -> None:
    # With seconds of sound before the first keyframe, as it is with most cameras.
    with Rig(tmp_path, simulator.url("f", gop=3, audio=audio), audio=True) as rig:
        rig.until(rig.live)
        assert StreamState.BACKING_OFF not in rig.states
        began = time.monotonic()
        rig.until(lambda: sum(rig.durations) > 2.5)
        assert rig.treatments[0].sound == (Sound.COPY if audio == "aac" else Sound.ENCODE)
        assert b"mp4a" in rig.init
        assert max(rig.durations) < 1
        assert sum(rig.durations) == pytest.approx(time.monotonic() - began, abs=1.5)


def test_declared_sound_that_never_comes_holds_nothing_up_for_long(
    simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(treating, "SOUND_PATIENCE", 1.5)
    with Rig(tmp_path, simulator.url("g", start="now", audio="silent"), audio=True) as rig:
        rig.until(rig.live)
        assert rig.learnt == [Trait.MUTE]
        assert b"mp4a" not in rig.init
        assert StreamState.BACKING_OFF not in rig.states


def test_pictures_that_change_their_size_begin_a_new_run(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("h", start="now", gop=0.5, change=2)) as rig:
        rig.until(rig.live)
        first = rig.init
        rig.until(lambda: len(rig.treatments) == 2 and rig.live())
        assert StreamState.BACKING_OFF not in rig.states
        assert rig.playlist.count("#EXT-X-DISCONTINUITY") == 1
        assert len({path.parent for path in rig.segments}) == 2
        assert entry(first) == entry(rig.init)


def test_timestamps_that_jump_cost_one_new_run_and_then_no_more(simulator: Simulator, tmp_path: Path) -> None:
    with Rig(tmp_path, simulator.url("i", start="now", gop=1, timestamps="jump")) as rig:
        rig.until(lambda: len(rig.treatments) == 2 and rig.live())
        assert rig.learnt == [Trait.WRONG_TIMES]
        again = time.monotonic()
        rig.until(lambda: time.monotonic() > again + 4.5, seconds=6)
        assert len(rig.treatments) == 2
        assert max(rig.durations) < 2


def test_small_pages_get_the_substream_and_a_large_one_turns_it_into_the_main_stream(
    simulator: Simulator, tmp_path: Path
) -> None:
    url, small = (simulator.url("k", start="now", codec="h265"), simulator.url("k", start="now", size="small"))
    with Rig(tmp_path, url, codec="h265", plays=H265, substream=small) as rig:
        rig.until(rig.live)
        assert (entry(rig.init), rig.size()) == ("avc1", (320, 184))
        assert (rig.slots.taken, rig.treating.codec) == (0, "h265")
        number = int(rig.segments[-1].stem)
        rig.small = False
        rig.until(lambda: len(rig.treatments) == 2 and rig.live() and len(rig.segments) > 0)
        assert (entry(rig.init), rig.size()) == ("hvc1", (640, 360))
        assert int(rig.segments[0].stem) > number
        assert simulator.count("k") == 1
        assert StreamState.BACKING_OFF not in rig.states


def test_a_substream_that_is_none_costs_no_pause_and_is_remembered(simulator: Simulator, tmp_path: Path) -> None:
    url, none = (simulator.url("l", start="now"), simulator.url("l", size="tiny"))
    with Rig(tmp_path, url, codec="h264", substream=none) as rig:
        rig.until(rig.live)
        assert rig.learnt == [Trait.NO_SUBSTREAM]
        assert [treatment.substream for treatment in rig.treatments] == [True, False]
        assert StreamState.BACKING_OFF not in rig.states
