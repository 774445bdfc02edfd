"""A very small lossless H.264 coder for pictures that hardly change: the band with a camera's name and clock.

Three kinds of macroblock are enough: *unchanged* (P_Skip), *continued* (its left or upper neighbour's edge goes on,
about ten bits) and *written out* (I_PCM, 384 bytes). As nothing is transformed, nothing depends on a quantiser, and
as no macroblock has a motion vector, every P_Skip copies from the same place.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.bits import unsigned_golomb

LUMA = 256  # bytes of a macroblock's brightness, 16 rows of 16
_CHROMA = 64
_WRITTEN, _BLANK = 16, 0  # coefficients that a neighbour is taken to have (clause 9.2.1)


class _Writer:
    def __init__(self, offset: int) -> None:
        self._out = bytearray()
        self._bits = "0" * offset

    def put(self, bits: str) -> None:
        self._bits += bits

    def align(self) -> None:
        bits = self._bits
        bits += "0" * (-len(bits) % 8)
        if bits:
            self._out += int(bits, 2).to_bytes(len(bits) // 8, "big")
        self._bits = ""

    def raw(self, data: bytes) -> None:
        self.align()
        self._out += data

    def close(self) -> bytes:
        self._bits += "1"
        self.align()
        return bytes(self._out)


def _continues_left(block: bytes, left: bytes | None) -> bool:
    if left is None or block[15::16] != left[15::16]:
        return False
    return all(block[row : row + 16] == block[row : row + 1] * 16 for row in range(0, LUMA, 16))


def _continues_down(block: bytes, above: bytes | None) -> bool:
    return above is not None and block == above[-16:] * 16


def _no_coefficients(left: int | None, above: int | None) -> str:
    """``coeff_token`` for an empty list; its code depends on the neighbours (table 9-5)."""
    known = [count for count in (left, above) if count is not None]
    context = (sum(known) + len(known) - 1) // len(known) if known else 0
    return "000011" if context >= 8 else "1"


def encode(
    blocks: Sequence[bytes | None],
    changed: Sequence[bool],
    *,
    columns: int,
    tint: tuple[int, int],
    intra: bool,
    offset: int,
) -> bytes:
    """Slice data for a run of whole macroblock rows.

    ``blocks``: brightness of each macroblock (256 bytes, no zero byte), row by row; ``None`` where it is not known,
    which is only allowed for an unchanged one. ``changed``: which of them are written; all, if ``intra``.
    ``tint``: the one (Cb, Cr) of the whole band. ``offset``: how many bits of the first byte belong to the header.
    """
    writer = _Writer(offset)
    chroma = bytes([tint[0]]) * _CHROMA + bytes([tint[1]]) * _CHROMA
    base = 0 if intra else 5
    counts: list[int] = []
    skipped = 0
    for index, block in enumerate(blocks):
        if not changed[index]:
            skipped += 1
            counts.append(_BLANK)
            continue
        if block is None:
            raise ValueError("a changed macroblock must be known")
        if not intra:
            writer.put(unsigned_golomb(skipped))
            skipped = 0
        at_left = index % columns == 0
        left = None if at_left else blocks[index - 1]
        above = blocks[index - columns] if index >= columns else None
        direction = 1 if _continues_left(block, left) else 0 if _continues_down(block, above) else None
        if direction is None:
            writer.put(unsigned_golomb(base + 25))
            writer.raw(block + chroma)
            counts.append(_WRITTEN)
            continue
        writer.put(unsigned_golomb(base + 1 + direction) + unsigned_golomb(1 if direction else 2) + "1")
        writer.put(
            _no_coefficients(
                None if at_left else counts[index - 1], counts[index - columns] if index >= columns else None
            )
        )
        counts.append(_BLANK)
    if skipped:
        writer.put(unsigned_golomb(skipped))
    return writer.close()
