"""A live media playlist (RFC 8216) of fMP4 segments that says where to start. Pure.

Sequence numbers never go down, also not over a restart of the worker: a run begins at a number made of the time, ten a second,
and no stream makes ten segments a second (streaming.gathering sees to it). hls.js stands still for good on a number that falls.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from math import ceil
from typing import NamedTuple

_NUMBERS_PER_SECOND = 10
LONGEST_STRETCH = 45.0
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def first_number(wall: float) -> int:
    """The number at which a playlist may begin at Unix time *wall* (seconds); below 2³¹ until 2032."""
    return int((wall - _EPOCH) * _NUMBERS_PER_SECOND)


class Entry(NamedTuple):
    """One segment. *wall*: Unix time of its first picture; *init*: address of its init segment; *new_run*: nothing joins it to
    the one before; *size* in bytes; *text*: its own lines of the playlist, which is written much oftener than they change; *mapped*:
    its init segment stands in them."""

    number: int
    uri: str
    duration: float
    keyframe: bool
    wall: float
    init: str
    new_run: bool
    size: int
    text: str
    mapped: bool


class Playlist:
    """The last *window* seconds of a stream, and never more than *most_bytes*.

    *timeline* is the discontinuity sequence to begin with. It must stay small: hls.js keeps an array up to it and walks through that
    for every segment, which with a number made of the time blocks the browser for seconds.
    """

    def __init__(self, *, window: float, target: float, first: int, timeline: int, most_bytes: int) -> None:
        self._window, self._target, self._most_bytes = window, target, most_bytes
        self._next = first
        self._discontinuities = timeline
        self._entries: deque[Entry] = deque()
        self._seconds, self._bytes = 0.0, 0
        self._init = ""  # of the last entry

    @property
    def next_number(self) -> int:
        return self._next

    def add(
        self, *, uri: str, duration: float, keyframe: bool, wall: float, init: str, new_run: bool, size: int
    ) -> list[Entry]:
        """Appends a segment; those that leave the window by it."""
        text = f"#EXT-X-PROGRAM-DATE-TIME:{_stamp(wall)}\n#EXTINF:{duration:.5f},\n{uri}\n"
        mapped = init != self._init
        if mapped:
            self._init, text = init, _map(init) + text
        if new_run:
            text = "#EXT-X-DISCONTINUITY\n" + text
        self._entries.append(Entry(self._next, uri, duration, keyframe, wall, init, new_run, size, text, mapped))
        self._next += 1
        self._seconds += duration
        self._bytes += size
        # RFC 8216 6.2.1: once given out, the target duration may not change; a longer segment than it counts only up.
        self._target = max(self._target, duration)
        gone: list[Entry] = []
        while len(self._entries) > 1 and (self._too_large() or self._too_long()):
            gone.append(self._entries.popleft())
            self._discontinuities += gone[-1].new_run
            self._seconds -= gone[-1].duration
            self._bytes -= gone[-1].size
        return gone

    def clear(self) -> list[Entry]:
        """Takes every segment out: those who are there cannot go on from what they show. Those that were in it."""
        gone = list(self._entries)
        self._entries.clear()
        self._init = ""
        self._seconds, self._bytes = 0.0, 0
        self._discontinuities += sum(entry.new_run for entry in gone)
        return gone

    def render(self) -> str:
        first = self._entries[0] if self._entries else None
        return "".join(
            [
                "#EXTM3U\n#EXT-X-VERSION:7\n",
                f"#EXT-X-TARGETDURATION:{max(1, ceil(self._target - 0.49))}\n",
                f"#EXT-X-MEDIA-SEQUENCE:{first.number if first else self._next}\n",
                f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._discontinuities}\n",
                f"#EXT-X-START:TIME-OFFSET={-self._from_newest_keyframe():.3f},PRECISE=YES\n",
                _map(first.init) if first and not first.mapped else "",
                *[entry.text for entry in self._entries],
            ]
        )

    def _too_large(self) -> bool:
        return self._bytes > self._most_bytes

    def _too_long(self) -> bool:
        # A float sum that is added to and taken from drifts by far less than this.
        return self._seconds - self._entries[0].duration >= self._window - 1e-6 and self._start_survives()

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
        if self._seconds >= self._window + LONGEST_STRETCH:
            return True
        return any(entry.keyframe for entry in islice(self._entries, 1, None))


def _map(init: str) -> str:
    return f'#EXT-X-MAP:URI="{init}"\n'


def _stamp(wall: float) -> str:
    """``2026-11-21T16:05:00.250Z``."""
    seconds, micros = divmod(round(wall * 1_000_000), 1_000_000)
    return f"{_second(seconds)}.{micros // 1000:03d}Z"


@lru_cache(maxsize=64)
def _second(seconds: int) -> str:
    # All streams of a worker write the same few seconds.
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
