"""Splits fragmented MP4, as ffmpeg writes it to a pipe, into an init segment and media segments. Pure.

ISO/IEC 14496-12: a box is a 32-bit big-endian size, a four-letter type and a body. ``ftyp`` + ``moov`` are the init segment, each
``moof`` + ``mdat`` is a media segment whose length and first picture stand in ``tfhd`` and ``trun``.

    BrokenStream        the bytes are not such a stream, or a box is larger than MAX_BOX
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error, unpack_from
from typing import NamedTuple

# A segment of a second at 60 Mbit/s is 8 MB; beyond this something is wrong, and memory must not grow with it.
MAX_BOX = 32 * 1024 * 1024

# ffmpeg numbers the tracks from one, in the order in which our command line names them: the pictures first.
PICTURES_TRACK = 1

_SAMPLE_IS_NON_SYNC = 0x0001_0000
_TFHD_FIELDS = ((0x01, 8), (0x02, 4))  # flag, bytes of the field in front of the default duration
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_HEADER = Struct(">I4s")


class BrokenStream(Exception):
    """Not fragmented MP4.

    └── BrokenTimes      its times cannot be: the camera's timestamps jump
    """


class BrokenTimes(BrokenStream):
    pass


class Init(NamedTuple):
    """What a player needs before any segment. *codec* is the sample entry, "avc1", "hvc1", …; *timescale* in ticks a second."""

    data: bytes
    codec: str
    timescale: int


class Segment(NamedTuple):
    """*duration* in seconds; *keyframe*: it begins with one, so a player may start here."""

    data: bytes
    duration: float
    keyframe: bool


class Splitter:
    """Feed it bytes in pieces of any size; it gives whole segments as soon as they are whole."""

    def __init__(self) -> None:
        # What came and is not used yet, and how much of it there must be before there can be another whole box.
        self._pieces: list[bytes] = []
        self._have, self._need = 0, 8
        self._pending = b""
        self._init: Init | None = None

    def feed(self, data: bytes) -> list[Init | Segment]:
        """Raises: BrokenStream."""
        self._pieces.append(data)
        self._have += len(data)
        found: list[Init | Segment] = []
        if self._have < self._need:
            return found
        buffer = data if len(self._pieces) == 1 else b"".join(self._pieces)
        at = 0
        while (size := self._whole_box(buffer, at)) is not None:
            if (piece := self._take(buffer[at : at + size])) is not None:
                found.append(piece)
            at += size
        self._pieces, self._have = [buffer[at:]], len(buffer) - at
        return found

    def _whole_box(self, buffer: bytes, at: int) -> int | None:
        """Bytes of the box that begins there; None where more must come first."""
        self._need = 8
        if len(buffer) - at < 8:
            return None
        (size,) = unpack_from(">I", buffer, at)
        if not 8 <= size <= MAX_BOX:
            raise BrokenStream(f"box of {size} bytes")
        self._need = size
        return size if len(buffer) - at >= size else None

    def _take(self, box: bytes) -> Init | Segment | None:
        kind = box[4:8]
        if kind in {b"ftyp", b"moof"}:
            self._pending = box
        elif kind == b"moov":
            self._init = _init(self._pending + box)
            return self._init
        elif kind == b"mdat":
            if self._init is None or self._pending[4:8] != b"moof":
                raise BrokenStream("media before its description")
            duration, keyframe = _timing(self._pending, self._init.timescale)  # of the pictures
            return Segment(self._pending + box, duration, keyframe)
        return None  # styp, sidx, mfra, free: nothing a player needs here


def _init(data: bytes) -> Init:
    timescale, codec = 0, ""
    for kind, body in _boxes(data):
        if kind == b"mdhd" and not timescale:
            (timescale,) = unpack_from(">I", body, 20 if body[0] == 1 else 12)
        elif kind == b"stsd" and not codec:
            codec = body[12:16].decode("ascii", "replace")
    if not timescale or not codec:
        raise BrokenStream("no track in moov")
    return Init(data, codec, timescale)


def _timing(moof: bytes, timescale: int) -> tuple[float, bool]:
    """Seconds of pictures in a ``moof``, and whether the first of them is a keyframe; (0, False) of one with sound only.

    Walks through the bytes as they lie, without taking boxes out: this is done several times a second for each stream.
    """
    ticks, keyframe, samples = 0, False, False
    try:
        for kind, at, end in _places(moof, 8, len(moof)):
            if kind != b"traf":
                continue
            flags = track = default_duration = default_flags = 0
            first = True
            for inner, body, inner_end in _places(moof, at, end):
                if inner == b"tfhd":
                    track, default_duration, default_flags = _tfhd(moof, body)
                elif inner == b"trun":
                    samples = True
                    if track == PICTURES_TRACK:
                        more, flags = _trun(moof[body:inner_end], default_duration, default_flags)
                        ticks += more
                        keyframe, first = (not flags & _SAMPLE_IS_NON_SYNC) if first else keyframe, False
    except error as short:
        raise BrokenStream("a box is shorter than what it says it holds") from short
    if not samples:
        raise BrokenStream("no trun in moof")
    return ticks / timescale, keyframe


def _places(data: bytes, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """The boxes side by side between *start* and *end*: type, where the body begins and ends."""
    places = []
    while start + 8 <= end:
        size, kind = _HEADER.unpack_from(data, start)
        if size < 8 or start + size > end:
            raise BrokenStream("box reaches past its container")
        places.append((kind, start + 8, start + size))
        start += size
    return places


def _tfhd(data: bytes, body: int) -> tuple[int, int, int]:
    """The track's number, and the duration (ticks) and flags of samples that name none of their own."""
    flags, track = unpack_from(">II", data, body)
    at = body + 8
    for flag, length in _TFHD_FIELDS:
        if flags & flag:
            at += length
    duration = sample_flags = 0
    if flags & 0x08:
        (duration,) = unpack_from(">I", data, at)
        at += 4
    if flags & 0x10:
        at += 4
    if flags & 0x20:
        (sample_flags,) = unpack_from(">I", data, at)
    return track, duration, sample_flags


def _trun(body: bytes, default_duration: int, default_flags: int) -> tuple[int, int]:
    """Ticks of all samples and the flags of the first."""
    flags, count = unpack_from(">II", body)
    flags &= 0xFFFFFF
    at = 8 + (4 if flags & 0x01 else 0)
    first_flags = default_flags
    if flags & 0x04:
        (first_flags,) = unpack_from(">I", body, at)
        at += 4
    fields = (flags >> 8 & 1) + (flags >> 9 & 1) + (flags >> 10 & 1) + (flags >> 11 & 1)
    if not flags & 0x04 and flags & 0x400:
        (first_flags,) = unpack_from(">I", body, at + 4 * ((flags >> 8 & 1) + (flags >> 9 & 1)))
    if not flags & 0x100:
        return default_duration * count, first_flags
    if at + 4 * fields * count > len(body):  # before memory is asked for by what it says
        raise BrokenStream("trun names more samples than it holds")
    return sum(unpack_from(f">{fields * count}I", body, at)[::fields]), first_flags


def _boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Every box, containers opened, as (type, body), in order."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        (size,) = unpack_from(">I", data, start)
        kind = data[start + 4 : start + 8]
        if size < 8 or start + size > end:
            raise BrokenStream("box reaches past its container")
        if kind in _CONTAINERS:
            yield from _boxes(data, start + 8, start + size)
        else:
            yield kind, data[start + 8 : start + size]
        start += size
