"""A live media playlist (RFC 8216) of fMP4 segments that says where to start. Pure.

Sequence numbers never go down, also not over a restart of the worker: a run begins at a number made of the time, ten a second,
and no stream makes ten segments a second (streaming.gathering sees to it). hls.js stands still for good on a number that falls.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

_NUMBERS_PER_SECOND = 10
LONGEST_STRETCH = 45.0
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def first_number(wall: float) -> int:
    """The number at which a playlist may begin at Unix time *wall* (seconds); below 2³¹ until 2032."""
    return int((wall - _EPOCH) * _NUMBERS_PER_SECOND)


@dataclass(frozen=True)
class Entry:
    """One segment. *wall*: Unix time of its first picture; *init*: address of its init segment; *new_run*: nothing joins it to
    the one before."""

    number: int
    uri: str
    duration: float
    keyframe: bool
    wall: float
    init: str
    new_run: bool


class Playlist:
    """The last *window* seconds of a stream.

    *timeline* is the discontinuity sequence to begin with. It must stay small: hls.js keeps an array up to it and walks through that
    for every segment, which with a number made of the time blocks the browser for seconds.
    """

    def __init__(self, *, window: float, target: float, first: int, timeline: int) -> None:
        self._window, self._target = window, target
        self._next = first
        self._discontinuities = timeline
        self._entries: deque[Entry] = deque()

    @property
    def next_number(self) -> int:
        return self._next

    def add(self, *, uri: str, duration: float, keyframe: bool, wall: float, init: str, new_run: bool) -> list[Entry]:
        """Appends a segment; those that leave the window by it."""
        self._entries.append(Entry(self._next, uri, duration, keyframe, wall, init, new_run))
        self._next += 1
        # RFC 8216 6.2.1: once given out, the target duration may not change; a longer segment than it counts only up.
        self._target = max(self._target, duration)
        gone: list[Entry] = []
        while len(self._entries) > 1 and self._seconds() - self._entries[0].duration >= self._window:
            if not self._start_survives():
                break
            gone.append(self._entries.popleft())
            self._discontinuities += gone[-1].new_run
        return gone

    def clear(self) -> list[Entry]:
        """Takes every segment out: those who are there cannot go on from what they show. Those that were in it."""
        gone = list(self._entries)
        self._entries.clear()
        self._discontinuities += sum(entry.new_run for entry in gone)
        return gone

    def render(self) -> str:
        lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            f"#EXT-X-TARGETDURATION:{max(1, ceil(self._target - 0.49))}",
            f"#EXT-X-MEDIA-SEQUENCE:{self._entries[0].number if self._entries else self._next}",
            f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._discontinuities}",
            f"#EXT-X-START:TIME-OFFSET={-self._from_newest_keyframe():.3f},PRECISE=YES",
        ]
        init = ""
        for entry in self._entries:
            if entry.new_run:
                lines.append("#EXT-X-DISCONTINUITY")
            if entry.init != init:
                init = entry.init
                lines.append(f'#EXT-X-MAP:URI="{init}"')
            stamp = datetime.fromtimestamp(entry.wall, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{stamp}", f"#EXTINF:{entry.duration:.5f},", entry.uri]
        return "\n".join(lines) + "\n"

    def _seconds(self) -> float:
        return sum(entry.duration for entry in self._entries)

    def _from_newest_keyframe(self) -> float:
        """Seconds from the first picture of the newest segment that begins with a keyframe to the end."""
        seconds = 0.0
        for entry in reversed(self._entries):
            seconds += entry.duration
            if entry.keyframe:
                break
        return seconds

    def _start_survives(self) -> bool:
        # With a camera whose keyframes are farther apart than the window, the window stretches rather than lose its only start;
        # but not for ever: some cameras send one keyframe and then only refresh.
        if self._seconds() >= self._window + LONGEST_STRETCH:
            return True
        return any(entry.keyframe for entry in list(self._entries)[1:])
