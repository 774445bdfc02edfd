"""H.265: a looped clip and its RTP payloads (RFC 7798).

The trick of the band (see the package's docstring) rests on a slice that we write ourselves, which we do for H.264 only. This film
therefore shows the street without name and clock: it moves, and its keyframes come on time, but no time can be read in it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from simulator.bits import split_annex_b
from simulator.clip import Format, Picture

PAYLOAD_TYPE = 98
LARGEST = 1400
_FRAGMENT = 49
_VPS, _SPS, _PPS = 32, 33, 34
_FIRST_SLICE = 0x80  # first_slice_segment_in_pic_flag
_KEYFRAMES = range(16, 24)  # pictures at which decoding may begin


def unit_type(unit: bytes) -> int:
    """``nal_unit_type`` of a NAL unit."""
    return unit[0] >> 1 & 0x3F


def fragment(unit: bytes, largest: int = LARGEST) -> list[bytes]:
    """RTP payloads of a NAL unit: itself if it is small, else its fragmentation units."""
    if len(unit) <= largest:
        return [unit]
    head = bytes([unit[0] & 0x81 | _FRAGMENT << 1, unit[1]])
    room = largest - 3
    pieces = [unit[start : start + room] for start in range(2, len(unit), room)]
    last = len(pieces) - 1
    return [
        head + bytes([unit_type(unit) | (0x80 if place == 0 else 0) | (0x40 if place == last else 0)]) + piece
        for place, piece in enumerate(pieces)
    ]


def assemble(payloads: Iterable[bytes]) -> list[bytes]:
    """The NAL units in RTP payloads; the reverse of ``fragment``, for payloads in their order."""
    units: list[bytes] = []
    for payload in payloads:
        if unit_type(payload) != _FRAGMENT:
            units.append(payload)
        elif payload[2] & 0x80:
            units.append(bytes([payload[0] & 0x81 | (payload[2] & 0x3F) << 1, payload[1]]) + payload[3:])
        else:
            units[-1] += payload[3:]
    return units


class H265Clip:
    """A ``clip.Film`` of an H.265 byte stream."""

    payload_type = PAYLOAD_TYPE

    def __init__(self, form: Format, stream: bytes) -> None:
        self.form = form
        self._parameters: dict[int, bytes] = {}
        self._frames: list[tuple[bool, list[bytes]]] = []
        for unit in split_annex_b(stream):
            self._take(unit)
        keys = [place for place, (key, _) in enumerate(self._frames) if key]
        if keys != list(range(0, form.length, form.gop)) or len(self._frames) != form.length:
            raise ValueError("the encoder made another clip than was asked for")

    def _take(self, unit: bytes) -> None:
        kind = unit_type(unit)
        if kind in (_VPS, _SPS, _PPS):
            self._parameters.setdefault(kind, unit)
        elif kind < _VPS:
            if unit[2] & _FIRST_SLICE:
                self._frames.append((kind in _KEYFRAMES, []))
            self._frames[-1][1].extend(fragment(unit))

    @property
    def length(self) -> int:
        return len(self._frames)

    def is_key(self, place: int) -> bool:
        return self._frames[place][0]

    def describe(self) -> list[str]:
        """The media attributes of the SDP (RFC 7798, 7.1)."""
        sets = ((name, base64.b64encode(self._parameters[kind]).decode()) for name, kind in _NAMES)
        return [
            f"a=rtpmap:{PAYLOAD_TYPE} H265/90000",
            f"a=fmtp:{PAYLOAD_TYPE} " + ";".join(f"sprop-{name}={text}" for name, text in sets),
            f"a=framerate:{self.form.fps}",
        ]

    def picture(self, tick: int, place: int, title: str) -> Picture:
        """The picture at a place of the loop; the same for all cameras."""
        key, payloads = self._frames[place]
        return Picture(key, [*self._parameters.values(), *payloads] if key else payloads)


_NAMES = (("vps", _VPS), ("sps", _SPS), ("pps", _PPS))
