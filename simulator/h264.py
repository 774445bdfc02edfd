"""The few H.264 headers that the simulator reads and rewrites (ITU-T H.264, clauses 7.3.2 and 7.3.3).

Only what x264 writes for constrained baseline is understood: progressive, CAVLC, one slice a picture, no B pictures.
Anything else raises ``ValueError`` when the clip is made, never while a camera plays.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.bits import (
    BitReader,
    add_prevention,
    pack,
    remove_prevention,
    signed_golomb,
    trailing,
    unsigned_golomb,
)

SLICE, IDR_SLICE, SPS, PPS = 1, 5, 7, 8
_BASELINE = 66
_HEADER_BYTES = 32  # more than the longest slice header


@dataclass(frozen=True)
class Sequence:
    """What later headers need of a sequence parameter set."""

    frame_number_bits: int
    order_bits: int | None  # None: picture order follows the decoding order (type 2)


def unit_type(unit: bytes) -> int:
    """``nal_unit_type`` of a NAL unit."""
    return unit[0] & 0x1F


def _read_before_size(reader: BitReader) -> Sequence:
    if reader.number(8) != _BASELINE:
        raise ValueError("not a baseline sequence")
    reader.take(16)
    reader.unsigned()
    frame_number_bits = reader.unsigned() + 4
    order_type = reader.unsigned()
    if order_type == 1:
        raise ValueError("picture order type 1 is not understood")
    order_bits = reader.unsigned() + 4 if order_type == 0 else None
    reader.unsigned()
    reader.take(1)
    return Sequence(frame_number_bits, order_bits)


def read_sequence(sps: bytes) -> Sequence:
    """What a sequence parameter set says about the slices that follow it."""
    return _read_before_size(BitReader(remove_prevention(sps[1:])))


def resize_sequence(sps: bytes, *, width: int, height: int) -> bytes:
    """The same sequence parameter set for a picture of another size in pixels (its width a multiple of 16)."""
    reader = BitReader(remove_prevention(sps[1:]))
    _read_before_size(reader)
    head = reader.since(0)
    reader.unsigned(), reader.unsigned()
    frames_and_direct = reader.take(2)
    if frames_and_direct[0] != "1":
        raise ValueError("interlaced pictures are not understood")
    if reader.number(1):
        for _ in range(4):
            reader.unsigned()
    rows = -(-height // 16)
    crop = (rows * 16 - height) // 2
    size = unsigned_golomb(width // 16 - 1) + unsigned_golomb(rows - 1) + frames_and_direct
    cropping = "1" + "1" * 3 + unsigned_golomb(crop) if crop else "0"
    rest = reader.rest().rstrip("0")[:-1]
    return sps[:1] + add_prevention(pack(trailing(head + size + cropping + rest)))


def check_picture_set(pps: bytes) -> None:
    """Raises ``ValueError`` unless slices under this picture parameter set can have ours beside them."""
    reader = BitReader(remove_prevention(pps[1:]))
    reader.unsigned(), reader.unsigned()
    entropy, bottom_order = reader.number(1), reader.number(1)
    groups = reader.unsigned()
    references = reader.unsigned(), reader.unsigned()
    weighted = reader.number(1), reader.number(2)
    reader.signed(), reader.signed(), reader.signed()
    deblocking_control, constrained, redundant = reader.number(1), reader.number(1), reader.number(1)
    plain = not (entropy or bottom_order or groups or references[0] or weighted[0] or constrained or redundant)
    if not (plain and deblocking_control):
        raise ValueError("the encoder wrote a picture parameter set of another kind")


def sibling_header(unit: bytes, sequence: Sequence, first_macroblock: int) -> str:
    """Header bits of a further slice of the picture that ``unit`` is the first slice of.

    Everything that all slices of a picture share is copied bit by bit; the sibling starts at ``first_macroblock``
    and filters none of its edges, so what is written there is what is seen there.
    """
    reader = BitReader(remove_prevention(unit[1:_HEADER_BYTES]))
    if reader.unsigned() != 0:
        raise ValueError("the picture has more than one slice")
    start = reader.position
    kind = reader.unsigned() % 5
    if kind not in (0, 2):
        raise ValueError("only I and P slices are understood")
    reader.unsigned()
    reader.take(sequence.frame_number_bits)
    if unit_type(unit) == IDR_SLICE:
        reader.unsigned()
    if sequence.order_bits is not None:
        reader.take(sequence.order_bits)
    if kind == 0 and reader.number(2):
        raise ValueError("reference lists must be left alone")
    reader.take(2 if unit_type(unit) == IDR_SLICE else 1)
    shared = reader.since(start)
    return unsigned_golomb(first_macroblock) + shared + signed_golomb(0) + unsigned_golomb(1)


def slice_unit(header_byte: int, header: str, data: bytes) -> bytes:
    """A slice NAL unit of header bits and slice data.

    ``data`` was written for this header's length: its first ``len(header) % 8`` bits are empty and are filled here.
    """
    whole, left = divmod(len(header), 8)
    start = pack(header[: whole * 8])
    if left:
        start += bytes([pack(header[whole * 8 :])[0] | data[0]])
        data = data[1:]
    return bytes([header_byte]) + add_prevention(start + data)
