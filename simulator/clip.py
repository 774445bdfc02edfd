"""One looped, packetised clip of the scene, and how a camera's picture is put together from it.

A ``Film`` is the only thing a playing session asks: which payloads make the picture of this tick, for this camera?
``Clip`` is the one in H.264; ``h265.H265Clip`` and ``mjpeg.JpegClip`` are the others. Sessions, RTSP and faults do not
know what a picture is made of.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from simulator import h264, lossless, payload
from simulator.bits import split_annex_b
from simulator.caption import TINT, Band, name_blocks


@dataclass(frozen=True)
class Format:
    """What a clip looks like: size in pixels, pictures a second, pictures from one keyframe to the next, and codec."""

    width: int = 640
    height: int = 360
    fps: int = 12
    gop: int = 24
    codec: str = "h264"

    @property
    def band(self) -> Band:
        return Band(self.width, self.height)

    @property
    def length(self) -> int:
        """Pictures of the whole loop: about 24 s (8 s of those that cost more), and whole groups of pictures."""
        seconds = 24 if self.codec == "h264" else 8
        return max(1, round(seconds * self.fps / self.gop)) * self.gop


@dataclass(frozen=True)
class _Frame:
    key: bool
    header_byte: int
    band_header: str
    payloads: list[bytes]


@dataclass(frozen=True)
class Picture:
    """RTP payloads of one picture, in their order; the last one carries the marker."""

    key: bool
    payloads: list[bytes]


class Film(Protocol):
    """A looped, packetised film in some codec. ``tick`` and ``place`` as in ``Clip``."""

    form: Format

    @property
    def payload_type(self) -> int: ...

    @property
    def length(self) -> int: ...

    def is_key(self, place: int) -> bool: ...

    def describe(self) -> list[str]: ...

    def picture(self, tick: int, place: int, title: str) -> Picture: ...


class Clip:
    """The packetised loop. ``tick`` counts pictures since 1970; ``place`` is an index into the loop."""

    payload_type = payload.H264_PAYLOAD_TYPE

    def __init__(self, form: Format, stream: bytes) -> None:
        self.form = form
        self.band = form.band
        self._frames: list[_Frame] = []
        self._parameters: list[bytes] = []
        self._tick = -1
        self._tails: dict[object, list[bytes]] = {}
        self._read(stream)
        keys = [place for place, frame in enumerate(self._frames) if frame.key]
        if keys != list(range(0, form.length, form.gop)) or len(self._frames) != form.length:
            raise ValueError("the encoder made another clip than was asked for")

    def _read(self, stream: bytes) -> None:
        sequence: h264.Sequence | None = None
        for unit in split_annex_b(stream):
            kind = h264.unit_type(unit)
            if kind == h264.SPS and not self._parameters:
                sequence = h264.read_sequence(unit)
                self._parameters.append(h264.resize_sequence(unit, width=self.form.width, height=self.form.height))
            elif kind == h264.PPS and len(self._parameters) == 1:
                h264.check_picture_set(unit)
                self._parameters.append(unit)
            elif kind in (h264.SLICE, h264.IDR_SLICE):
                if sequence is None:
                    raise ValueError("a picture stands before its parameters")
                header = h264.sibling_header(unit, sequence, self.band.first_macroblock)
                self._frames.append(_Frame(kind == h264.IDR_SLICE, unit[0], header, payload.fragment(unit)))

    @property
    def length(self) -> int:
        return len(self._frames)

    def is_key(self, place: int) -> bool:
        return self._frames[place].key

    def describe(self) -> list[str]:
        """The media attributes of the SDP (RFC 6184, 8.2.1)."""
        sps, pps = self._parameters
        sets = ",".join(base64.b64encode(each).decode() for each in (sps, pps))
        profile = sps[1:4].hex().upper()
        return [
            f"a=rtpmap:{self.payload_type} H264/{payload.CLOCK_RATE}",
            f"a=fmtp:{self.payload_type} packetization-mode=1;profile-level-id={profile};sprop-parameter-sets={sets}",
            f"a=framerate:{self.form.fps}",
            f"a=x-dimensions:{self.form.width},{self.form.height}",
        ]

    def picture(self, tick: int, place: int, title: str) -> Picture:
        """The picture of a tick for the camera called ``title``. Costs next to nothing when asked again."""
        if tick != self._tick:
            self._tick = tick
            self._tails.clear()
        frame = self._frames[place]
        key = (place, title) if frame.key else place
        tail = self._tails.get(key)
        if tail is None:
            tail = self._tails[key] = self._tail(frame, tick, title)
        head = self._parameters if frame.key else []
        return Picture(frame.key, [*head, *frame.payloads, *tail])

    def _tail(self, frame: _Frame, tick: int, title: str) -> list[bytes]:
        data = self._key_band(frame, tick, title) if frame.key else self._next_band(frame, tick)
        return payload.fragment(h264.slice_unit(frame.header_byte, frame.band_header, data))

    def _key_band(self, frame: _Frame, tick: int, title: str) -> bytes:
        names = iter(name_blocks(self.band, title))
        clock = self.band.clock_blocks(tick / self.form.fps)
        blocks = [next(names) if block is None else block for block in clock]
        return self._encode(blocks, [True] * len(blocks), frame)

    def _next_band(self, frame: _Frame, tick: int) -> bytes:
        """The band's changes since the last tick: the same for all cameras, so the name stays untouched."""
        shared = ("band", len(frame.band_header) % 8)
        known = self._tails.get(shared)
        if known is None:
            before = self.band.clock_blocks((tick - 1) / self.form.fps)
            now = self.band.clock_blocks(tick / self.form.fps)
            changed = [old != new for old, new in zip(before, now, strict=True)]
            known = self._tails[shared] = [self._encode(now, changed, frame)]
        return known[0]

    def _encode(self, blocks: list[bytes | None] | list[bytes], changed: list[bool], frame: _Frame) -> bytes:
        return lossless.encode(
            blocks,
            changed,
            columns=self.band.columns,
            tint=TINT,
            intra=frame.key,
            offset=len(frame.band_header) % 8,
        )


def tick_at(seconds: float, fps: int) -> int:
    """The number of the newest picture at a wall clock time (seconds since 1970)."""
    return math.floor(seconds * fps + 1e-6)


ClipMaker = Callable[[Format], Film]
