"""Films in other codecs, sound, and cameras that are odd: through their payloads, and through the real ffmpeg."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from simulator import clockcode, h265, mjpeg
from simulator.cameras import Playing
from simulator.clip import Format
from simulator.harness import Simulator
from simulator.sound import Sound, track
from simulator.workshop import find_ffmpeg


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def _last_picture(url: str, *, frames: int = 6) -> Image.Image:
    words = [find_ffmpeg(), "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-fpsprobesize", "0", "-i", url]
    words += ["-map", "0:v", "-frames:v", str(frames), "-fps_mode", "passthrough"]
    words += ["-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    raw = subprocess.run(words, capture_output=True, timeout=20, check=True).stdout
    size = 640 * 360 * 3
    assert len(raw) == frames * size
    return Image.frombytes("RGB", (640, 360), raw[-size:])


def test_any_h265_unit_survives_fragmentation() -> None:
    dice = random.Random(1)
    for size in [3, 99, 100, 101, 5000, *(dice.randint(3, 3000) for _ in range(100))]:
        unit = bytes([h265._SPS << 1, 0x01]) + dice.randbytes(size)
        payloads = h265.fragment(unit, 100)
        assert max(map(len, payloads)) <= 100
        assert h265.assemble(payloads) == [unit]


def test_a_jpeg_taken_apart_into_rows_and_put_together_is_the_same_scan() -> None:
    picture = Image.linear_gradient("L").resize((320, 192)).convert("RGB")
    jpeg = mjpeg.encode(picture)
    found = mjpeg.rows(jpeg)
    assert len(found) == 12
    assert jpeg.endswith(mjpeg.scan(found))
    assert len(mjpeg.tables(jpeg)) == 128


def test_jpeg_payloads_fit_a_packet_and_say_where_they_belong() -> None:
    data = random.Random(2).randbytes(9000)
    packets = mjpeg.packets(data, width=640, height=360, quantization=bytes(128))
    assert max(map(len, packets)) <= 1400
    offsets = [int.from_bytes(packet[1:4], "big") for packet in packets]
    assert offsets[0] == 0
    first = packets[0][12 + 4 + 128 :]
    assert first + b"".join(packet[12:] for packet in packets[1:]) == data
    assert offsets[1] == len(first)


def test_motion_jpeg_shows_the_true_time(simulator: Simulator) -> None:
    picture = _last_picture(simulator.url("jpeg", codec="mjpeg"))
    assert abs(clockcode.age(clockcode.read(picture), time.time())) < 2


def test_h265_moves_though_it_has_no_clock(simulator: Simulator) -> None:
    url = simulator.url("h265", codec="h265", start="now")
    assert _last_picture(url, frames=2).tobytes() != _last_picture(url, frames=12).tobytes()


def test_a_camera_may_have_a_pace_of_its_own(simulator: Simulator) -> None:
    began = time.monotonic()
    picture = _last_picture(simulator.url("slow", fps=5, start="now"), frames=8)
    assert 1.0 < time.monotonic() - began < 6
    assert abs(clockcode.age(clockcode.read(picture), time.time())) < 2


@pytest.mark.parametrize(("sound", "codec"), [("pcmu", "pcm_mulaw"), ("aac", "aac")])
def test_a_microphone_is_heard_by_ffmpeg(simulator: Simulator, sound: str, codec: str) -> None:
    words = [find_ffmpeg(), "-hide_banner", "-nostdin", "-rtsp_transport", "tcp", "-i"]
    words += [simulator.url(sound, audio=sound, start="now"), "-map", "0:a", "-t", "1", "-f", "null", "-"]
    result = subprocess.run(words, capture_output=True, timeout=20, check=True, text=True)
    assert f"Audio: {codec}" in result.stderr


def test_what_an_address_asks_for_is_read_and_nonsense_refused() -> None:
    playing = Playing().asked({"codec": "h265", "fps": "5", "gop": "10", "audio": "silent", "change": "3"})
    assert (playing.codec, playing.sound) == ("h265", Sound.SILENT)
    small, other = playing.forms(Format())
    assert (small.fps, small.gop, small.codec) == (5, 50, "h265")
    assert (other.width, other.height) == (480, 272)
    assert small.length == other.length
    for nonsense in ({"codec": "vc1"}, {"fps": "99"}, {"audio": "loud"}, {"timestamps": "odd"}, {"change": "0"}):
        with pytest.raises(ValueError):  # noqa: PT011
            Playing().asked(nonsense)


def test_silence_has_the_length_that_it_says() -> None:
    pcmu = track(Sound.PCMU)
    assert pcmu is not None
    assert len(pcmu.body(pcmu.samples)) == 160
    assert track(Sound.NONE) is None
