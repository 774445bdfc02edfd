"""Is this still the same scene? A picture's structure as a small signature, and how much two of them agree. Pure; Pillow alone.

A signature holds, for each cell of a coarse grid, how strong edges run in four directions there, measured against the edges around
it. That survives what changes light and not the place: day and night, rain, grey infrared pictures, a lamp. The upper and lower
margins are left out, where cameras write their name and clock, which would agree wherever a camera hangs. Two signatures are compared
region by region, and the best regions count, so that people and cars in front of the scene are no other scene. Regions in which one of
the two shows nothing (dark, glare) say nothing.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from math import sqrt

from PIL import Image, ImageChops, ImageFilter

# The picture's size for the measurement, the cells it falls into, and the regions that these fall into, each as (columns, rows).
_SIZE, _GRID, _REGIONS = (196, 108), (24, 12), (4, 3)
_MARGIN = 0.11  # of the height, at the top and at the bottom
_DIRECTIONS = (
    (-1, 0, 1, -2, 0, 2, -1, 0, 1),
    (-1, -2, -1, 0, 0, 0, 1, 2, 1),
    (0, 1, 2, -1, 0, 1, -2, -1, 0),
    (2, 1, 0, 1, 0, -1, 0, -1, -2),
)
# Mean edge strength (0 to 255) of a cell's neighbourhood below which there is nothing to see.
_FAINT = 2.2
# Regions in which both show something, of twelve, without which nothing can be said.
_ENOUGH = 5
# The share of them that counts, best first: somebody may stand before one of them.
_BEST = 0.75


@dataclass(frozen=True)
class Signature:
    """*cells*: for each cell (row by row) its four directions, 0 to 255; *seen*: 1 where there is something to see, else 0."""

    cells: bytes
    seen: bytes

    def packed(self) -> str:
        return b64encode(self.seen + self.cells).decode()

    @classmethod
    def unpack(cls, text: str) -> Signature:
        """Raises: ValueError."""
        data, count = b64decode(text, validate=True), _GRID[0] * _GRID[1]
        if len(data) != count * 5:
            raise ValueError("not a signature of this kind")
        return cls(data[count:], data[:count])


def signature(picture: Image.Image) -> Signature:
    """Of a picture of any size, in colour or grey."""
    grey = picture.convert("L").resize(_SIZE, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.2))
    margin = round(_SIZE[1] * _MARGIN)
    # Two columns less at each side, too: a filter leaves the outermost as they are.
    inner = (2, margin, _SIZE[0] - 2, _SIZE[1] - margin)
    edges = [_edges(grey, kernel).crop(inner) for kernel in _DIRECTIONS]
    cells = [edge.resize(_GRID, Image.Resampling.BOX) for edge in edges]
    # What is around a cell: its own strength against it is what stays when the light changes.
    around = [edge.resize(_GRID, Image.Resampling.BOX).filter(ImageFilter.BoxBlur(2)) for edge in edges]
    planes = [cell.tobytes() for cell in cells]
    near = [sum(four) / 4 for four in zip(*(plane.tobytes() for plane in around), strict=True)]
    packed = bytearray()
    for place, base in enumerate(near):
        packed += bytes(min(255, round(plane[place] * 48 / (base + 1.5))) for plane in planes)
    return Signature(bytes(packed), bytes(1 if base >= _FAINT else 0 for base in near))


def agreement(one: Signature, other: Signature) -> float | None:
    """From about 0 (nothing in common) to 1 (the same); None where too little can be seen in both."""
    found = [value for region in _REGION_CELLS if (value := _correlation(one, other, region)) is not None]
    if len(found) < _ENOUGH:
        return None
    best = sorted(found, reverse=True)[: max(3, round(len(found) * _BEST))]
    return sum(best) / len(best)


def _edges(grey: Image.Image, kernel: tuple[int, ...]) -> Image.Image:
    """How strong edges run across *kernel*'s direction. Halves, one for each sign, since a picture knows no negative numbers."""
    rising = grey.filter(ImageFilter.Kernel((3, 3), kernel, scale=4))
    falling = grey.filter(ImageFilter.Kernel((3, 3), tuple(-weight for weight in kernel), scale=4))
    return ImageChops.add(rising, falling)


def _correlation(one: Signature, other: Signature, region: tuple[int, ...]) -> float | None:
    both = [cell for cell in region if one.seen[cell] and other.seen[cell]]
    if len(both) * 2 < len(region):
        return None
    mine_off, theirs_off = _off_mean(one, both), _off_mean(other, both)
    spread = sqrt(sum(value * value for value in mine_off) * sum(value * value for value in theirs_off))
    return sum(a * b for a, b in zip(mine_off, theirs_off, strict=True)) / spread if spread else None


def _off_mean(mark: Signature, cells: list[int]) -> list[float]:
    """Each direction against its own mean: that streets have more upright lines than slanting ones is no agreement."""
    off: list[float] = []
    for way in range(4):
        values = [mark.cells[cell * 4 + way] for cell in cells]
        middle = sum(values) / len(values)
        off += [value - middle for value in values]
    return off


def _cells_of(column: int, row: int) -> tuple[int, ...]:
    wide, high = _GRID[0] // _REGIONS[0], _GRID[1] // _REGIONS[1]
    return tuple((row * high + y) * _GRID[0] + column * wide + x for y in range(high) for x in range(wide))


_REGION_CELLS = tuple(_cells_of(column, row) for row in range(_REGIONS[1]) for column in range(_REGIONS[0]))
