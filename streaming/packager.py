"""Writes what ffmpeg sends as segments and a playlist.

One packager lives as long as a camera's supervisor; each start of ffmpeg is a *run* in it, so that numbers go on and players see
a discontinuity instead of a new beginning.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable
from pathlib import Path

from . import folders
from .gathering import Gatherer
from .mp4 import BrokenTimes, Init, Segment, Splitter
from .parameters import sequence_set
from .playlist import Entry, Playlist, first_number
from .space import NoSpace, Space

# Seconds that a segment stays on disk after it left the playlist: slow phones still fetch it.
KEPT_AFTER = 10.0
# Bytes of one stream's playlist: a camera that sends more than some 25 Mbit/s is kept for less than the window's length, rather than
# that it takes the room of all others. What has left the playlist may take as much again.
MOST_BYTES = 48 * 1024 * 1024
# Seconds by which the stream's own clock may drift from the wall clock before the times in the playlist are set anew.
DRIFT = 1.0
# "hvc1" is written only where everybody who watches plays it; ffmpeg calls H.265 "hev1" by itself.
PLAYABLE = frozenset({"avc1", "avc3", "hvc1"})
# Seconds of a segment that no camera sends: its timestamps have jumped.
IMPOSSIBLE = 20.0


class UnplayableError(Exception):
    """The pictures are in a codec that the browsers we serve cannot play; the message is its MP4 sample entry."""


class PicturesChanged(Exception):
    """The camera sends pictures of another size now: the run's init segment does not describe them."""


class Packager:
    """Feed it bytes of the current run. *timeline* counts the camera's runs, over all its supervisors.

    Raises (from its methods):
        BrokenStream: ffmpeg sent something else. UnplayableError. PicturesChanged.
        OSError: the folder was taken away, or there is no room (NoSpace, or the disk's own word).
    """

    def __init__(
        self,
        root: Path,
        camera: str,
        epoch: int,
        *,
        segment: float,
        window: float,
        wall: Callable[[], float],
        timeline: Callable[[], int],
        space: Space,
        on_keyframe: Callable[[Path, Path, float], None] | None = None,
    ) -> None:
        """*on_keyframe* hears of each segment that begins with one: its init segment, itself, Unix time of its first picture."""
        self._root, self._camera, self._epoch = root, camera, epoch
        self._wall = wall
        self._timeline = timeline
        self._space, self._held = space, 0
        self._on_keyframe = on_keyframe
        self._window, self._segment = window, segment
        self._playlist: Playlist | None = None
        self._leaving: deque[tuple[float, str, int]] = deque()
        self._folder: Path | None = None
        self._run_name = self._epoch_path = ""
        self._init_path = root
        self._splitter, self._gatherer = Splitter(), Gatherer(segment)
        self._runs = 0
        self._first_of_run = True
        self._next_wall = 0.0
        self._sequence_set: bytes | None = None

    def begin_run(self, *, fresh: bool = False) -> None:
        """*fresh*: what is in the playlist goes at once, since some who watch cannot play it."""
        number = self._timeline()
        if fresh and self._playlist is not None and self._folder is not None:
            self._leave(self._playlist.clear())
            (self._folder.parent / folders.PLAYLIST).unlink(missing_ok=True)
        if self._playlist is None:
            folders.make_epoch(self._root, self._camera, self._epoch)
            self._playlist = Playlist(
                window=self._window,
                target=self._segment,
                first=first_number(self._wall()),
                timeline=number,
                most_bytes=MOST_BYTES,
            )
        self._folder = folders.make_run(self._root, self._camera, self._epoch)
        # As text: paths are put together several times a second.
        self._run_name, self._epoch_path = self._folder.name, str(self._folder.parent)
        self._init_path = self._folder / folders.INIT
        self._splitter, self._gatherer = Splitter(), Gatherer(self._segment)
        self._first_of_run = True
        self._sequence_set = None
        self._runs += 1

    def end(self) -> None:
        """Gives the room back; to be called when the folder has been taken away."""
        self._space.give_back(self._held)
        self._held = 0

    def feed(self, data: bytes) -> int:
        """How many segments were finished by *data*."""
        finished = 0
        for piece in self._splitter.feed(data):
            if isinstance(piece, Init):
                self._write_init(piece)
                continue
            for segment in self._gatherer.take(piece):
                self._write_segment(segment)
                finished += 1
        if finished:
            self._write_playlist()
            self._drop_left()
        return finished

    def _write_init(self, init: Init) -> None:
        if init.codec not in PLAYABLE:
            raise UnplayableError(init.codec)
        folder, _ = self._run()
        folders.write(f"{folder}/{folders.INIT}", init.data)

    def _check(self, segment: Segment) -> None:
        if segment.duration > IMPOSSIBLE:
            raise BrokenTimes(f"a segment of {segment.duration:.0f} s")
        if not segment.keyframe or (found := sequence_set(segment.data)) is None:
            return
        # Compared with the run's first, not with the init segment: some cameras describe themselves otherwise than they stream.
        if self._sequence_set not in {None, found}:
            raise PicturesChanged
        self._sequence_set = found

    def _write_segment(self, segment: Segment) -> None:
        self._check(segment)
        (_, playlist), now = self._run(), self._wall()
        begins = now - segment.duration
        if self._first_of_run or abs(begins - self._next_wall) > DRIFT:
            self._next_wall = begins
        uri = f"{self._run_name}/{playlist.next_number}.m4s"
        file = f"{self._epoch_path}/{uri}"
        size = len(segment.data)
        self._take_room(size)
        folders.write(file, segment.data)
        gone = playlist.add(
            uri=uri,
            duration=segment.duration,
            keyframe=segment.keyframe,
            wall=self._next_wall,
            init=f"{self._run_name}/{folders.INIT}",
            new_run=self._first_of_run and self._runs > 1,
            size=size,
        )
        if segment.keyframe and self._on_keyframe is not None:
            self._on_keyframe(self._init_path, Path(file), self._next_wall)
        self._next_wall += segment.duration
        self._first_of_run = False
        self._leave(gone)

    def _take_room(self, size: int) -> None:
        try:
            self._space.take(size)
        except NoSpace:
            self._drop_left(to=0)  # slow phones lose a segment, rather than everybody the stream
            self._space.take(size)
        self._held += size

    def _leave(self, gone: list[Entry]) -> None:
        due = self._wall() + KEPT_AFTER
        self._leaving.extend((due, f"{self._epoch_path}/{entry.uri}", entry.size) for entry in gone)

    def _write_playlist(self) -> None:
        _, playlist = self._run()
        # Renamed into place: whoever reads gets the old one or the new one, never half of one. Drafted in the run's own folder, since
        # for a moment after a lost lease two may write this playlist.
        draft = f"{self._epoch_path}/{self._run_name}/.{folders.PLAYLIST}"
        folders.write(draft, playlist.render().encode())
        os.rename(draft, f"{self._epoch_path}/{folders.PLAYLIST}")  # noqa: PTH104 -- as folders.write, several times a second

    def _drop_left(self, *, to: int | None = None) -> None:
        """Deletes what has had its time, and more, oldest first, while the stream has over *to* bytes (twice MOST_BYTES) on disk."""
        to = 2 * MOST_BYTES if to is None else to
        while self._leaving and (self._leaving[0][0] <= self._wall() or self._held > to):
            _, file, size = self._leaving.popleft()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(file)  # noqa: PTH108 -- as folders.write
            self._space.give_back(size)
            self._held -= size

    def _run(self) -> tuple[Path, Playlist]:
        if self._folder is None or self._playlist is None:
            raise RuntimeError("begin_run() comes first")
        return self._folder, self._playlist
