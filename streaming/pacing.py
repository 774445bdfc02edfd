"""Starts one after the other: a hundred ffmpeg that begin in the same instant keep each other, and everybody, waiting. Pure."""

from __future__ import annotations

import threading


class Pace:
    """Hands out turns, *every* so many seconds; up to *at_once* of them without a wait where nobody had one for a while."""

    def __init__(self, every: float, *, at_once: int) -> None:
        self._every, self._at_once = every, at_once
        self._next = float("-inf")
        self._lock = threading.Lock()

    def turn(self, now: float) -> float:
        """Seconds from *now* (monotonic) until the caller's turn, which is the caller's alone. From any thread."""
        with self._lock:
            self._next = max(self._next, now - (self._at_once - 1) * self._every)
            wait = max(0.0, self._next - now)
            self._next += self._every
            return wait
