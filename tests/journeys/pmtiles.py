"""A whole PMTiles file in a few hundred bytes: every tile of it, at every zoom, is water from edge to edge.

Written from the specifications, https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md and
https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from __future__ import annotations

import struct
from pathlib import Path

_LAST_ZOOM = 15
_UNCOMPRESSED, _VECTOR = 1, 1
_POLYGON, _EXTENT = 3, 4096


def write_water(file: Path) -> Path:
    tile, metadata = _tile(), b"{}"
    tiles = sum(4**zoom for zoom in range(_LAST_ZOOM + 1))
    # One entry: from tile 0 on, so many times, these bytes.
    directory = b"".join(_varint(number) for number in (1, 0, tiles, len(tile), 1))
    at = 127
    places = []
    for part in (directory, metadata, b"", tile):
        places += [at, len(part)]
        at += len(part)
    head = b"PMTiles\x03" + struct.pack("<11Q", *places, tiles, 1, 1)
    head += struct.pack("<6B", 1, _UNCOMPRESSED, _UNCOMPRESSED, _VECTOR, 0, _LAST_ZOOM)
    head += struct.pack(
        "<4iB2i", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000, 10, 1_104_000_000, -70_000_000
    )
    file.write_bytes(head + directory + metadata + tile)
    return file


def _tile() -> bytes:
    """One layer, "water", with one square."""
    round_ = [9, 0, 0, 26, _zigzag(_EXTENT), 0, 0, _zigzag(_EXTENT), _zigzag(-_EXTENT), 0, 15]
    feature = _number(3, _POLYGON) + _bytes(4, b"".join(_varint(one) for one in round_))
    layer = _number(15, 2) + _bytes(1, b"water") + _bytes(2, feature) + _number(5, _EXTENT)
    return _bytes(3, layer)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else -number * 2 - 1


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
