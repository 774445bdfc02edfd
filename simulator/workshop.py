"""Makes clips: draws the scene, has ffmpeg encode it once, keeps the result.

The only child process of the simulator is the encoder here; it lives for a second or two and reads its pictures from
a pipe of ours, so it also ends when we are killed.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PIL import Image

from simulator import mjpeg, scene, street
from simulator.clip import Clip, Film, Format
from simulator.h265 import H265Clip
from simulator.mjpeg import JpegClip

LARGEST_CLIPS = 24  # different keyframe intervals at a time; each is about a megabyte and a second of work


class WorkshopError(RuntimeError):
    """A clip cannot be made: no ffmpeg, one that fails, or the workshop is closed."""


def find_ffmpeg() -> str:
    """The ffmpeg binary: the one named by ``FFMPEG``, else the one that imageio-ffmpeg brings."""
    named = os.environ.get("FFMPEG")
    if named:
        return named
    try:
        import imageio_ffmpeg
    except ImportError:
        raise WorkshopError("ffmpeg tidak ditemukan; isi FFMPEG atau pasang imageio-ffmpeg") from None
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _level(form: Format) -> str:
    blocks = form.width * -(-form.height // 16) // 16
    for level, most, rate in (("3.0", 1620, 40_500), ("3.1", 3600, 108_000), ("4.0", 8192, 245_760)):
        if blocks <= most and blocks * form.fps <= rate:
            return level
    return "5.1"


def encoder_arguments(form: Format) -> list[str]:
    """Arguments for ffmpeg, without the binary: raw pictures on its input, a byte stream on its output."""
    return _h265_arguments(form) if form.codec == "h265" else _h264_arguments(form)


def _h265_arguments(form: Format) -> list[str]:
    keys = f"keyint={form.gop}:min-keyint={form.gop}:scenecut=0:open-gop=0:bframes=0"
    return [
        *("-hide_banner", "-loglevel", "error", "-nostdin"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{form.width}x{form.height}", "-r", str(form.fps)),
        *("-i", "pipe:0", "-an", "-c:v", "libx265", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-crf", "26"),
        *("-x265-params", f"{keys}:repeat-headers=1:info=0:log-level=error:pools=1:frame-threads=1:slices=1"),
        *("-f", "hevc", "pipe:1"),
    ]


def _h264_arguments(form: Format) -> list[str]:
    band = form.band
    pixels = form.width * form.height / (640 * 360)
    rate = round(650 * pixels**0.75)
    return [
        *("-hide_banner", "-loglevel", "error", "-nostdin"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{form.width}x{band.scene_height}", "-r", str(form.fps)),
        *("-i", "pipe:0", "-an", "-c:v", "libx264", "-profile:v", "baseline", "-level", _level(form)),
        *("-pix_fmt", "yuv420p", "-preset", "faster", "-crf", "21", "-maxrate", f"{rate}k", "-bufsize", f"{rate}k"),
        *("-g", str(form.gop), "-keyint_min", str(form.gop), "-threads", "1"),
        # subme=0: vectors of whole pixels only, so that no block looks below the scene's edge into the band
        *("-x264-params", "ref=1:scenecut=0:weightp=0:sliced-threads=0:repeat-headers=1:cabac=0:no-psy=1:subme=0"),
        *("-f", "h264", "pipe:1"),
    ]


def _fingerprint(form: Format) -> str:
    """Changes with everything that a stored clip depends on."""
    digest = hashlib.sha256(repr((form, encoder_arguments(form))).encode())
    for module in (scene.__file__, street.__file__):
        digest.update(Path(module).read_bytes())
    return digest.hexdigest()[:24]


class Workshop:
    """Makes each clip once and remembers it, also in a folder where one is given."""

    def __init__(self, *, folder: Path | None = None) -> None:
        self._folder = folder
        self._clips: dict[Format, asyncio.Task[Film]] = {}
        self._stopped = threading.Event()
        self._encoders: set[subprocess.Popen[bytes]] = set()

    async def clip(self, form: Format) -> Film:
        """The clip of a format. Raises ``WorkshopError``; a failed one is tried anew the next time."""
        task = self._clips.get(form)
        if task is None:
            if len(self._clips) >= LARGEST_CLIPS:
                raise WorkshopError("too many different clips")
            task = self._clips[form] = asyncio.create_task(self._make_apart(form))
        try:
            return await asyncio.shield(task)
        except (OSError, ValueError, WorkshopError) as error:
            self._clips.pop(form, None)
            raise WorkshopError(str(error)) from error

    def close(self) -> None:
        """End running encoders at once."""
        self._stopped.set()
        for encoder in list(self._encoders):
            encoder.kill()

    async def _make_apart(self, form: Format) -> Film:
        """Make a clip in a thread that does not hold up the end of the process."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Film] = loop.create_future()

        def settle(clip: Film | None, error: Exception | None) -> None:
            if done.done():
                return
            if clip is not None:
                done.set_result(clip)
            else:
                done.set_exception(error or WorkshopError("no clip"))

        def work() -> None:
            clip: Film | None = None
            failure: Exception | None = None
            try:
                clip = self.make(form)
            except (OSError, ValueError, WorkshopError) as error:
                failure = error
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(settle, clip, failure)

        threading.Thread(target=work, name="clip", daemon=True).start()
        return await done

    def make(self, form: Format) -> Film:
        """Make or load a clip; takes a second or two the first time."""
        if form.codec == "mjpeg":
            return JpegClip(form, [mjpeg.encode(picture) for picture in self._pictures(form)])
        kind: type[Clip] | type[H265Clip] = H265Clip if form.codec == "h265" else Clip
        stored = self._folder / f"clip-{_fingerprint(form)}.{form.codec}" if self._folder else None
        if stored is not None:
            with suppress(OSError, ValueError):
                return kind(form, stored.read_bytes())
        stream = self._encode(form)
        clip = kind(form, stream)
        if stored is not None:
            _store(stored, stream)
        return clip

    def _pictures(self, form: Format) -> Iterator[Image.Image]:
        height = form.height if form.codec == "h265" else form.band.scene_height
        street_scene = scene.Scene(form.width, height)
        for place in range(form.length):
            yield street_scene.frame(place / form.length)

    def _encode(self, form: Format) -> bytes:
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as words:
            encoder = subprocess.Popen(
                [find_ffmpeg(), *encoder_arguments(form)], stdin=subprocess.PIPE, stdout=output, stderr=words
            )
            self._encoders.add(encoder)
            try:
                self._feed(encoder, form)
            finally:
                if self._stopped.is_set():
                    encoder.kill()
                encoder.wait()
                self._encoders.discard(encoder)
            words.seek(0)
            if encoder.returncode:
                last = words.read().decode(errors="replace").strip()[-300:]
                raise WorkshopError(f"ffmpeg gagal ({encoder.returncode}): {last}")
            output.seek(0)
            return output.read()

    def _feed(self, encoder: subprocess.Popen[bytes], form: Format) -> None:
        if encoder.stdin is None:
            raise WorkshopError("the encoder has no input")
        with suppress(BrokenPipeError), encoder.stdin as pipe:
            for picture in self._pictures(form):
                if self._stopped.is_set():
                    return
                pipe.write(picture.tobytes())


def _store(path: Path, stream: bytes) -> None:
    """Write a clip so that nobody ever reads half of it; a full disk only costs the next start some time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(stream)
        Path(file.name).replace(path)
