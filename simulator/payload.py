"""RTP for H.264 (RFC 6184, packetization-mode 1) and the packets around it (RFC 3550)."""

from __future__ import annotations

import struct
from collections.abc import Iterable

LARGEST = 1400  # bytes of an RTP payload: fits a packet on every usual road
H264_PAYLOAD_TYPE = 96
CLOCK_RATE = 90_000
_FRAGMENT_A = 28
_NTP_EPOCH = 2_208_988_800


def fragment(unit: bytes, largest: int = LARGEST) -> list[bytes]:
    """RTP payloads of a NAL unit: itself if it is small, else its FU-A fragments."""
    if len(unit) <= largest:
        return [unit]
    indicator, kind, body = unit[0] & 0xE0 | _FRAGMENT_A, unit[0] & 0x1F, unit[1:]
    room = largest - 2
    pieces = [body[start : start + room] for start in range(0, len(body), room)]
    last = len(pieces) - 1
    return [
        bytes([indicator, kind | (0x80 if place == 0 else 0) | (0x40 if place == last else 0)]) + piece
        for place, piece in enumerate(pieces)
    ]


def assemble(payloads: Iterable[bytes]) -> list[bytes]:
    """The NAL units in RTP payloads; the reverse of ``fragment``. Raises ``ValueError`` for a broken order."""
    units: list[bytes] = []
    open_unit: bytearray | None = None
    for payload in payloads:
        if payload[0] & 0x1F != _FRAGMENT_A:
            if open_unit is not None:
                raise ValueError("a unit began inside another")
            units.append(payload)
            continue
        first, last = payload[1] & 0x80, payload[1] & 0x40
        if bool(first) == (open_unit is not None):
            raise ValueError("a fragment is out of order")
        if first:
            open_unit = bytearray([payload[0] & 0xE0 | payload[1] & 0x1F])
        (open_unit := open_unit or bytearray()).extend(payload[2:])
        if last:
            units.append(bytes(open_unit))
            open_unit = None
    if open_unit is not None:
        raise ValueError("the last fragment is missing")
    return units


def rtp_header(*, payload_type: int, marker: bool, sequence: int, timestamp: int, source: int) -> bytes:
    """The twelve bytes before a payload; numbers wrap by themselves."""
    second = payload_type | (0x80 if marker else 0)
    return struct.pack("!BBHII", 0x80, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, source)


def sender_report(*, source: int, seconds: float, timestamp: int, packets: int, octets: int) -> bytes:
    """An RTCP sender report with a CNAME: this RTP timestamp was that wall clock time (seconds since 1970)."""
    whole = int(seconds)
    report = struct.pack(
        "!BBHIIIIII",
        0x80,
        200,
        6,
        source,
        (whole + _NTP_EPOCH) & 0xFFFFFFFF,
        int((seconds - whole) * (1 << 32)) & 0xFFFFFFFF,
        timestamp & 0xFFFFFFFF,
        packets & 0xFFFFFFFF,
        octets & 0xFFFFFFFF,
    )
    name = b"kamera"
    items = struct.pack("!IBB", source, 1, len(name)) + name
    items += b"\x00" * (4 - len(items) % 4)
    return report + struct.pack("!BBH", 0x81, 202, len(items) // 4) + items


def goodbye(source: int) -> bytes:
    """An RTCP BYE: this source has ended."""
    return struct.pack("!BBHI", 0x81, 203, 1, source)


def interleaved(channel: int, packet: bytes) -> bytes:
    """A packet as it travels between RTSP messages on the same connection (RFC 2326, 10.12)."""
    return struct.pack("!BBH", 0x24, channel, len(packet)) + packet
