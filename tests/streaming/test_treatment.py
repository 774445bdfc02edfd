"""What is done to which pictures and sound, and the command lines that do it."""

from __future__ import annotations

import pytest

from streaming import command, treatment
from streaming.treatment import Pictures, Sound, Treatment, Untreatable

PLAIN: frozenset[str] = frozenset()
H265 = frozenset({"h265"})


@pytest.mark.parametrize(
    ("codec", "plays", "chosen"),
    [
        ("h264", PLAIN, Pictures.COPY),
        ("", PLAIN, Pictures.COPY),  # ffmpeg will say what it is
        ("h265", H265, Pictures.COPY),
        ("h265", PLAIN, Pictures.TRANSCODE),
        ("h265", frozenset({"av1"}), Pictures.TRANSCODE),
        ("jpeg", H265, Pictures.TRANSCODE),
        ("mp4v-es", PLAIN, Pictures.TRANSCODE),
    ],
)
def test_pictures_are_copied_where_everybody_plays_them(codec: str, plays: frozenset[str], chosen: Pictures) -> None:
    assert treatment.pictures(codec, plays) == chosen
    assert treatment.needs_slot(codec, plays) is (chosen == Pictures.TRANSCODE)


def test_a_codec_that_nobody_reads_is_said_to_be_untreatable() -> None:
    with pytest.raises(Untreatable, match="x-secret"):
        treatment.pictures("x-secret", PLAIN)
    assert not treatment.needs_slot("x-secret", PLAIN)


@pytest.mark.parametrize(
    ("codec", "chosen"),
    [
        ("mpeg4-generic", Sound.COPY),
        ("pcmu", Sound.ENCODE),
        ("pcma", Sound.ENCODE),
        ("opus", Sound.NONE),
        ("", Sound.NONE),
    ],
)
def test_sound_is_copied_as_aac_or_made_into_it(codec: str, chosen: Sound) -> None:
    assert treatment.sound(codec) == chosen


def test_sample_entries_are_named_as_cameras_name_their_codecs() -> None:
    assert [treatment.codec_of(entry) for entry in ("avc1", "hev1", "mp4v")] == ["h264", "h265", "mp4v"]


def words(chosen: Treatment) -> str:
    return " ".join(command.to_fragments(chosen, program="ffmpeg", fragment_seconds=0.2))


def test_a_copy_encodes_nothing_and_opens_no_sound() -> None:
    plain = words(Treatment())
    assert "-c:v copy" in plain
    assert "hvc1" not in plain
    assert "0:a" not in plain
    assert "-tag:v hvc1" in words(Treatment(h265=True))
    script = command.source_script("rtsp://h/x", timeout_seconds=5, treatment=Treatment()).decode()
    assert "option allowed_media_types video\n" in script
    assert "wallclock" not in script


def test_a_transcode_is_small_bounded_and_has_a_keyframe_every_two_seconds() -> None:
    line = words(Treatment(pictures=Pictures.TRANSCODE))
    for part in (
        "libx264",
        "veryfast",
        "zerolatency",
        "-maxrate 1000k",
        "n_forced*2",
        "min(1280",
        "min(720",
        "-threads 1",
    ):
        assert part in line


def test_the_pictures_are_the_first_track() -> None:
    line = words(Treatment(sound=Sound.ENCODE))
    assert line.index("-map 0:v") < line.index("-map 0:a")
    assert "-c:a aac" in line
    assert "-c:a copy" in words(Treatment(sound=Sound.COPY))
    script = command.source_script(
        "rtsp://h/x", timeout_seconds=5, treatment=Treatment(sound=Sound.ENCODE, arrival_times=True)
    ).decode()
    assert "option allowed_media_types video+audio\n" in script
    assert "option use_wallclock_as_timestamps 1\n" in script


@pytest.mark.parametrize("chosen", [Treatment(), Treatment(pictures=Pictures.TRANSCODE, sound=Sound.ENCODE)])
def test_the_source_stands_in_no_command_line(chosen: Treatment) -> None:
    assert "rtsp:" not in words(chosen)
