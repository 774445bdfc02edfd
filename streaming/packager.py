"""Writes what ffmpeg sends as segments and a playlist.

One packager lives as long as a camera's supervisor; each start of ffmpeg is a *run* in it, so that numbers go on and players see
a discontinuity instead of a new beginning.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from . import folders
from .gathering import Gatherer
from .mp4 import BrokenTimes, Init, Segment, Splitter
from .parameters import sequence_set
from .playlist import Entry, Playlist, first_number

# Seconds that a segment stays on disk after it left the playlist: slow phones still fetch it.
KEPT_AFTER = 10.0
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
        OSError: the folder was taken away, or the disk is full.
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
        on_keyframe: Callable[[Path, Path, float], None] | None = None,
    ) -> None:
        """*on_keyframe* hears of each segment that begins with one: its init segment, itself, Unix time of its first picture."""
        self._root, self._camera, self._epoch = root, camera, epoch
        self._wall = wall
        self._timeline = timeline
        self._on_keyframe = on_keyframe
        self._window, self._segment = window, segment
        self._playlist: Playlist | None = None
        self._leaving: deque[tuple[float, Path]] = deque()
        self._folder: Path | None = None
        self._splitter, self._gatherer = Splitter(), Gatherer(segment)
        self._runs = 0
        self._first_of_run = True
        self._next_wall = 0.0
        self._sequence_set: bytes | None = None

    def begin_run(self, *, fresh: bool = False) -> None:
        """*fresh*: what is in the playlist goes at once, since some who watch cannot play it."""
        number = self._timeline()
        if fresh and self._playlist is not None and self._folder is not None:
            self._leave(self._playlist.clear(), self._folder.parent)
            (self._folder.parent / folders.PLAYLIST).unlink(missing_ok=True)
        if self._playlist is None:
            self._playlist = Playlist(
                window=self._window, target=self._segment, first=first_number(self._wall()), timeline=number
            )
        self._folder = folders.make_run(self._root, self._camera, self._epoch)
        self._splitter, self._gatherer = Splitter(), Gatherer(self._segment)
        self._first_of_run = True
        self._sequence_set = None
        self._runs += 1

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
        (folder / folders.INIT).write_bytes(init.data)

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
        (folder, playlist), now = self._run(), self._wall()
        begins = now - segment.duration
        if self._first_of_run or abs(begins - self._next_wall) > DRIFT:
            self._next_wall = begins
        file = folder / f"{playlist.next_number}.m4s"
        file.write_bytes(segment.data)
        gone = playlist.add(
            uri=f"{folder.name}/{file.name}",
            duration=segment.duration,
            keyframe=segment.keyframe,
            wall=self._next_wall,
            init=f"{folder.name}/{folders.INIT}",
            new_run=self._first_of_run and self._runs > 1,
        )
        if segment.keyframe and self._on_keyframe is not None:
            self._on_keyframe(folder / folders.INIT, file, self._next_wall)
        self._next_wall += segment.duration
        self._first_of_run = False
        self._leave(gone, folder.parent)

    def _leave(self, gone: list[Entry], folder: Path) -> None:
        self._leaving.extend((self._wall() + KEPT_AFTER, folder / entry.uri) for entry in gone)

    def _write_playlist(self) -> None:
        folder, playlist = self._run()
        # Renamed into place: whoever reads gets the old one or the new one, never half of one.
        draft = folder.parent / f".{folders.PLAYLIST}"
        draft.write_text(playlist.render())
        draft.replace(folder.parent / folders.PLAYLIST)

    def _drop_left(self) -> None:
        while self._leaving and self._leaving[0][0] <= self._wall():
            self._leaving.popleft()[1].unlink(missing_ok=True)

    def _run(self) -> tuple[Path, Playlist]:
        if self._folder is None or self._playlist is None:
            raise RuntimeError("begin_run() comes first")
        return self._folder, self._playlist
