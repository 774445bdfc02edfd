"""Bit strings as H.264 writes them: fixed width numbers, Exp-Golomb codes, NAL units and emulation prevention."""

from __future__ import annotations

import re

_START_CODE = re.compile(rb"\x00\x00\x00?\x01")
_NEEDS_PREVENTION = re.compile(rb"\x00\x00(?=[\x00-\x03])")
_PREVENTION = re.compile(rb"\x00\x00\x03")


def unsigned_golomb(value: int) -> str:
    """Exp-Golomb ``ue(v)`` as a string of ``0`` and ``1``."""
    digits = format(value + 1, "b")
    return "0" * (len(digits) - 1) + digits


def signed_golomb(value: int) -> str:
    """Exp-Golomb ``se(v)`` as a string of ``0`` and ``1``."""
    return unsigned_golomb(2 * value - 1 if value > 0 else -2 * value)


def pack(bits: str) -> bytes:
    """Bytes of a bit string, filled up with zero bits at its end."""
    padded = bits + "0" * (-len(bits) % 8)
    return int(padded, 2).to_bytes(len(padded) // 8, "big") if padded else b""


def trailing(bits: str) -> str:
    """The bit string closed by ``rbsp_trailing_bits``: a one, then zeros up to a whole byte."""
    return bits + "1" + "0" * (-(len(bits) + 1) % 8)


def add_prevention(payload: bytes) -> bytes:
    """Payload of a NAL unit (without its header byte) with emulation prevention bytes put in."""
    if b"\x00\x00" not in payload:
        return payload
    return _NEEDS_PREVENTION.sub(b"\x00\x00\x03", payload)


def remove_prevention(payload: bytes) -> bytes:
    """Payload of a NAL unit with its emulation prevention bytes taken out."""
    return _PREVENTION.sub(b"\x00\x00", payload)


def split_annex_b(stream: bytes) -> list[bytes]:
    """NAL units (header byte first) of a byte stream with start codes, in their order."""
    return [unit for unit in _START_CODE.split(stream) if unit]


class BitReader:
    """Reads numbers from the start of a byte string. Reading past its end raises ``ValueError``."""

    def __init__(self, data: bytes) -> None:
        self._bits = "".join(format(byte, "08b") for byte in data)
        self.position = 0

    def number(self, width: int) -> int:
        """An unsigned number of ``width`` bits."""
        return int(self.take(width), 2) if width else 0

    def take(self, width: int) -> str:
        """The next ``width`` bits as a string."""
        end = self.position + width
        if end > len(self._bits):
            raise ValueError("bit string ends too early")
        taken, self.position = self._bits[self.position : end], end
        return taken

    def unsigned(self) -> int:
        """An Exp-Golomb ``ue(v)``."""
        first_one = self._bits.find("1", self.position)
        if first_one < 0:
            raise ValueError("bit string ends inside a number")
        zeros = first_one - self.position
        self.position = first_one
        return self.number(zeros + 1) - 1

    def signed(self) -> int:
        """An Exp-Golomb ``se(v)``."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)

    def since(self, position: int) -> str:
        """The bits read between ``position`` and now."""
        return self._bits[position : self.position]

    def rest(self) -> str:
        """All bits not read yet."""
        return self._bits[self.position :]
