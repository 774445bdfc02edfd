"""Stills from running streams: no further connection to the camera, and nothing that a stream would wait for.

Each stream of this process hangs its newest keyframe up here (``hang_up``: where its segment lies on disk). One thread looks once a
second for whom a still is wished, takes the wish, and develops that keyframe. It ends when no stream is left. Whatever goes wrong in
here, streams do not notice.
"""

from __future__ import annotations

import logging
import subprocess
import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from redis.exceptions import RedisError

from . import pictures, scenes, still_command, still_wishes, stills
from .child import dying_with_parent

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
# Seconds between two questions whether a camera's scene is to be looked at; streaming.scenes says how often that is.
COMPARE_EVERY = 20.0
# Seconds that the decoding of one keyframe may take.
PATIENCE = 5.0


@dataclass
class Line:
    """What hangs here for one stream. *taken_at*: Unix time of the keyframe; *looked_at*: when one was last developed, *compare_at*:
    when it may be compared with what the camera used to show, both monotonic.
    """

    camera_id: int
    epoch: int
    init: Path
    segment: Path
    taken_at: float
    looked_at: float = float("-inf")
    developed: float = 0.0
    compare_at: float = 0.0


class Darkroom:
    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def hang_up(self, camera_id: int, epoch: int, init: Path, segment: Path, taken_at: float) -> None:
        """The newest keyframe of a stream, instead of the one before. Called by the stream: quick, and never fails."""
        with self._lock:
            line = self._lines.get(camera_id)
            if line is None or line.epoch != epoch:
                self._lines[camera_id] = Line(camera_id, epoch, init, segment, taken_at)
            else:
                line.init, line.segment, line.taken_at = init, segment, taken_at
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="darkroom", daemon=True)
                self._thread.start()

    def take_down(self, camera_id: int) -> None:
        """The stream is over."""
        with self._lock:
            self._lines.pop(camera_id, None)

    def look(self, now: float) -> int:
        """Develops what is wished; how many pictures were kept. Raises: RedisError, OSError."""
        with self._lock:
            due = {
                line.camera_id: line
                for line in self._lines.values()
                if line.taken_at > line.developed and now - line.looked_at >= settings.STILL_EVERY
            }
        wished = still_wishes.waiting() if due else []
        kept = sum(self._develop(due.pop(camera_id), now) for camera_id in wished if camera_id in due)
        return kept + sum(self._develop(line, now) for line in due.values() if now >= line.compare_at)

    def _develop(self, line: Line, now: float) -> bool:
        compare = now >= line.compare_at and scenes.take_turn(line.camera_id)
        if now >= line.compare_at:
            line.compare_at = now + COMPARE_EVERY
        if not still_wishes.take(line.camera_id) and not compare:
            return False
        line.looked_at, line.developed, at = now, line.taken_at, line.taken_at
        try:
            data = line.init.read_bytes() + line.segment.read_bytes()
        except FileNotFoundError:
            return False  # the stream ended, or who may look has changed
        try:
            files = pictures.develop(_keyframe(data))
        except (pictures.NoPicture, subprocess.TimeoutExpired) as problem:
            log.warning("camera %s: no still from its stream: %s", line.camera_id, type(problem).__name__)
            return False
        kept = stills.keep(line.camera_id, line.epoch, at=at, files=files)
        if compare:
            scenes.look(line.camera_id, line.epoch, files[pictures.name_of("small", "jpeg")], at=at)
        return kept

    def _work(self) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            with self._lock:
                if not self._lines:
                    self._thread = None
                    return
            try:
                self.look(time.monotonic())
            except (RedisError, OSError) as problem:
                log.warning("no stills from streams for now: %s", type(problem).__name__)
            except Exception:
                log.exception("no stills from streams for now")


def _keyframe(data: bytes) -> bytes:
    """The picture as PPM; empty if ffmpeg found none. Raises: subprocess.TimeoutExpired, OSError."""
    argv = [*dying_with_parent(), *still_command.picture_of_segment(program=settings.FFMPEG)]
    return subprocess.run(argv, input=data, capture_output=True, timeout=PATIENCE, check=False).stdout


the_darkroom = Darkroom()


def line_of(camera_id: int, epoch: int) -> partial[None]:
    """What a packager is given: hangs up the keyframes of this camera's stream."""
    return partial(the_darkroom.hang_up, camera_id, epoch)
