"""Finds the H.264 sequence parameter set inside a segment, by which a change of the pictures' size is noticed. Pure.

ffmpeg writes the init segment once; a camera that is set to another size while it streams says so in the stream only.
"""

from __future__ import annotations

from struct import unpack_from

_SEQUENCE_SET, _PICTURES = 7, range(1, 6)


def sequence_set(segment: bytes) -> bytes | None:
    """The first one in front of the segment's first picture, if the camera sends it in the stream."""
    at = 0
    while at + 8 <= len(segment):
        (size,) = unpack_from(">I", segment, at)
        if size < 8:
            return None
        if segment[at + 4 : at + 8] == b"mdat":
            found, pictures = _first(segment, at + 8, min(at + size, len(segment)))
            if found is not None or pictures:
                return found
        at += size
    return None


def _first(segment: bytes, at: int, end: int) -> tuple[bytes | None, bool]:
    """The set in one ``mdat``, or None; and whether a picture came first."""
    while at + 5 <= end:
        (size,) = unpack_from(">I", segment, at)
        if not 0 < size <= end - at - 4:
            return None, True
        kind = segment[at + 4] & 0x1F
        if kind == _SEQUENCE_SET:
            return segment[at + 4 : at + 4 + size], False
        if kind in _PICTURES:
            return None, True
        at += 4 + size
    return None, False
