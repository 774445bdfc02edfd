"""Room for segments: so many bytes a worker, counted. Pure.

NoSpace             the segment does not fit any more; an OSError, as from a disk that is full
"""

from __future__ import annotations

import errno
import threading


class NoSpace(OSError):
    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "the room for segments is used up (see the setting HLS_MAX_MB)")


class Space:
    """What all streams of a process have on disk together. Its methods may be called from any thread."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._used = most_bytes, 0
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        return self._used

    def take(self, size: int) -> None:
        """Raises: NoSpace."""
        with self._lock:
            if self._used + size > self._most:
                raise NoSpace
            self._used += size

    def give_back(self, size: int) -> None:
        with self._lock:
            self._used -= size
