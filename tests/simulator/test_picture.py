"""The picture: clock strip, band and scene, through real H.264."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from simulator import clockcode, payload
from simulator.caption import Band
from simulator.clip import Film, Format
from simulator.harness import clip_folder
from simulator.workshop import Workshop, find_ffmpeg

FORM = Format()
MIDNIGHT = 1_795_219_200  # a UTC midnight, seconds since 1970
TITLE = "Pos Kamling RT 003 / RW 005"


@pytest.fixture(scope="module")
def clip() -> Film:
    return Workshop(folder=clip_folder()).make(FORM)


def _stream(clip: Film, ticks: range, title: str = TITLE) -> bytes:
    out = bytearray()
    for tick in ticks:
        for unit in payload.assemble(clip.picture(tick, tick % clip.length, title).payloads):
            out += b"\x00\x00\x00\x01" + unit
    return bytes(out)


def _decode(stream: bytes, *, width: int, height: int) -> list[Image.Image]:
    words = [find_ffmpeg(), "-v", "error", "-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough"]
    words += ["-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"]
    result = subprocess.run(words, input=stream, capture_output=True, check=True, timeout=30)
    assert result.stderr == b""
    size = width * height
    return [
        Image.frombytes("L", (width, height), result.stdout[start : start + size])
        for start in range(0, len(result.stdout), size)
    ]


def _first_key(clip: Film, near: int) -> int:
    return near - near % clip.length


def test_the_strip_is_read_back_from_any_size() -> None:
    for width, height in ((640, 360), (320, 184), (1280, 720), (1920, 1080)):
        image = Image.new("RGB", (width, height), (40, 60, 80))
        clockcode.draw(image, 86_399.94)
        assert clockcode.read(image) == 86_399.9
        assert clockcode.read(image.resize((480, 270))) == 86_399.9


def test_neighbouring_times_differ_in_one_time_bit() -> None:
    for tenths in range(0, 864_000, 997):
        one, other = clockcode.encode(tenths / 10), clockcode.encode((tenths + 1) / 10)
        assert sum(a != b for a, b in zip(one[4:28], other[4:28], strict=True)) == 1


def test_a_picture_without_a_strip_or_with_a_damaged_one_is_unreadable() -> None:
    image = Image.new("L", (640, 360), 60)
    with pytest.raises(clockcode.ClockUnreadableError, match="no clock"):
        clockcode.read(image)
    clockcode.draw(image, 1234.5)
    image.paste(255 - image.getpixel((16 * 20 + 8, 356)), (16 * 20, 350, 16 * 21, 360))  # type: ignore[operator]
    with pytest.raises(clockcode.ClockUnreadableError, match="checksum"):
        clockcode.read(image)


def test_the_age_of_a_shown_time_crosses_midnight() -> None:
    assert clockcode.age(86_399.5, MIDNIGHT + 0.5) == pytest.approx(1.0)
    assert clockcode.age(0.5, MIDNIGHT - 0.5) == pytest.approx(-1.0)


def test_every_picture_decodes_without_complaint_and_shows_its_own_time(clip: Film) -> None:
    start = _first_key(clip, MIDNIGHT * FORM.fps)
    ticks = range(start, start + clip.length)
    pictures = _decode(_stream(clip, ticks), width=640, height=360)
    assert len(pictures) == clip.length
    for tick, picture in zip(ticks, pictures, strict=True):
        assert clockcode.age(clockcode.read(picture), tick / FORM.fps) == pytest.approx(0.05, abs=0.051)


def test_the_band_is_lossless_and_the_scene_never_looks_into_it(clip: Film) -> None:
    start = _first_key(clip, MIDNIGHT * FORM.fps)
    ticks = range(start, start + clip.length)
    one = _decode(_stream(clip, ticks, "A"), width=640, height=360)
    other = _decode(_stream(clip, ticks, "Kamera dengan nama yang lain sama sekali"), width=640, height=360)
    scene = (0, 0, 640, clip.form.band.scene_height)
    for first, second in zip(one, other, strict=True):
        assert first.crop(scene).tobytes() == second.crop(scene).tobytes()
    name = (0, scene[3], clip.form.band.name_columns * 16, scene[3] + 32)
    assert one[-1].crop(name).tobytes() == one[0].crop(name).tobytes() != other[0].crop(name).tobytes()


def test_the_scene_moves(clip: Film) -> None:
    start = _first_key(clip, MIDNIGHT * FORM.fps)
    pictures = _decode(_stream(clip, range(start, start + 30)), width=640, height=360)
    scene = (0, 0, 640, clip.form.band.scene_height)
    assert pictures[0].crop(scene).tobytes() != pictures[29].crop(scene).tobytes()


def test_the_clock_survives_a_second_and_coarse_encoding(clip: Film, tmp_path: Path) -> None:
    start = _first_key(clip, MIDNIGHT * FORM.fps)
    words = [find_ffmpeg(), "-v", "error", "-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough"]
    words += ["-vf", "scale=426:240", "-c:v", "libx264", "-crf", "38", "-bf", "0", "-f", "h264", "pipe:1"]
    coarse = subprocess.run(words, input=_stream(clip, range(start, start + 24)), capture_output=True, check=True)
    pictures = _decode(coarse.stdout, width=426, height=240)
    for place, picture in enumerate(pictures):
        assert clockcode.age(clockcode.read(picture), (start + place) / FORM.fps) == pytest.approx(0.05, abs=0.06)


def test_a_keyframe_is_preceded_by_its_parameter_sets(clip: Film) -> None:
    units = payload.assemble(clip.picture(0, 0, TITLE).payloads)
    assert [unit[0] & 31 for unit in units] == [7, 8, 5, 5]
    units = payload.assemble(clip.picture(1, 1, TITLE).payloads)
    assert [unit[0] & 31 for unit in units] == [1, 1]


def test_odd_sizes_are_refused() -> None:
    for width, height in ((641, 360), (640, 361), (160, 120)):
        with pytest.raises(ValueError, match="multiple"):
            Band(width, height)
