"""Puts ffmpeg's short fragments together to segments. Pure.

ffmpeg cuts much finer than a segment is long, so that the *first* segment of a run is out after the first fragment and somebody
waits for a picture 0.3 s less. After that, segments have their length.
"""

from __future__ import annotations

from .mp4 import Segment

# Seconds by which a segment may be shorter than asked, rather than longer by another fragment.
TOLERANCE = 0.1
# Some cameras (and GStreamer's server) send the parameter sets before a keyframe as a picture of their own, with no length to speak
# of. What is shorter than this (seconds) is no picture, and stays with the keyframe behind it.
SLIVER = 0.005


class Gatherer:
    """Takes fragments in their order; gives segments of about *length* seconds.

    A keyframe begins a segment, unless the one before it began with a keyframe too and is not long enough yet: cameras that send
    nothing but keyframes would make a segment of every picture.
    """

    def __init__(self, length: float) -> None:
        self._enough = length - TOLERANCE
        self._first = True
        self._held: list[bytes] = []
        self._seconds = 0.0
        self._decided = self._with_keyframe = False

    def take(self, fragment: Segment) -> list[Segment]:
        """The segments that *fragment* completes: none, the one before it, itself, or both."""
        ready = []
        _, duration, keyframe = fragment
        if keyframe and self._seconds >= SLIVER and not self._with_keyframe:
            ready.append(self._join())
        # The first picture decides; a fragment of sound alone has no length and may stand before it.
        if not self._decided and (keyframe or duration >= SLIVER):
            self._decided, self._with_keyframe = True, keyframe
        self._held.append(fragment.data)
        self._seconds += duration
        if self._seconds >= (SLIVER if self._first else self._enough):
            ready.append(self._join())
        return ready

    def _join(self) -> Segment:
        data = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        joined = Segment(data, self._seconds, self._with_keyframe)
        self._held, self._seconds = [], 0.0
        self._first = self._decided = self._with_keyframe = False
        return joined
