"""Invented boundaries for the demo city: roughly where the kecamatan lie, cut into kelurahan by Voronoi cells. Not
official at all.

A real boundary file replaces them (manage.py import_boundaries).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from neighborhoods.numbers import parent_code
from neighborhoods.shapes import Shape, label_point, rounded

# Approximate centres of the kecamatan of Kota Semarang: latitude, longitude.
CENTRES: Mapping[str, tuple[float, float]] = {
    "33.74.01": (-6.982, 110.419),
    "33.74.02": (-6.957, 110.417),
    "33.74.03": (-6.973, 110.437),
    "33.74.04": (-6.987, 110.449),
    "33.74.05": (-6.963, 110.478),
    "33.74.06": (-7.007, 110.476),
    "33.74.07": (-6.997, 110.423),
    "33.74.08": (-7.017, 110.428),
    "33.74.09": (-7.012, 110.409),
    "33.74.10": (-7.053, 110.456),
    "33.74.11": (-7.067, 110.421),
    "33.74.12": (-7.083, 110.370),
    "33.74.13": (-6.985, 110.390),
    "33.74.14": (-7.058, 110.315),
    "33.74.15": (-6.998, 110.340),
    "33.74.16": (-6.972, 110.325),
}

# The coast in the north, hills in the south; longitude, latitude.
_OUTLINE = (
    (110.283, -6.946), (110.315, -6.957), (110.350, -6.953), (110.383, -6.957), (110.402, -6.944), (110.420, -6.936),
    (110.441, -6.944), (110.468, -6.938), (110.500, -6.944), (110.509, -6.972), (110.503, -7.003), (110.508, -7.032),
    (110.493, -7.062), (110.476, -7.088), (110.448, -7.104), (110.420, -7.113), (110.386, -7.109), (110.350, -7.106),
    (110.312, -7.113), (110.276, -7.100), (110.267, -7.066), (110.274, -7.022), (110.266, -6.985), (110.273, -6.957),
)  # fmt: skip
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
# Rounds in which each seed moves to the middle of its cell, so that cells become of like size.
_ROUNDS = 3


def invent(codes: Sequence[str]) -> list[Shape]:
    """A shape for each kelurahan code whose kecamatan has a centre here. The same codes give the same shapes."""
    city = Polygon(_OUTLINE).buffer(-0.004).buffer(0.008).buffer(-0.004)
    centres = [Point(longitude, latitude) for latitude, longitude in CENTRES.values()]
    shapes: list[Shape] = []
    for kecamatan, cell in zip(CENTRES, _cells(centres, city), strict=True):
        below = sorted(code for code in codes if parent_code(code) == kecamatan)
        shapes += (
            Shape(code, area, label_point(area)) for code, area in zip(below, _split(cell, len(below)), strict=True)
        )
    return shapes


def _split(area: BaseGeometry, parts: int) -> list[BaseGeometry]:
    if parts < 2:
        return [rounded(area)] * parts
    seeds = _spread(area, parts)
    for _ in range(_ROUNDS):
        seeds = [label_point(cell, cell.centroid) for cell in _cells(seeds, area)]
    return [rounded(cell) for cell in _cells(seeds, area)]


def _spread(area: BaseGeometry, count: int) -> list[Point]:
    inside: list[Point] = []
    west, south, east, north = area.bounds
    widest = math.hypot(east - west, north - south) / 2
    tries = count
    while len(inside) < count:
        inside = [point for point in _spiral(area.centroid, widest, tries) if area.contains(point)]
        tries += 1
    return inside[:count]


def _spiral(middle: Point, radius: float, count: int) -> Iterator[Point]:
    for number in range(count):
        distance, angle = radius * math.sqrt((number + 0.5) / count), number * _GOLDEN_ANGLE
        yield Point(middle.x + distance * math.cos(angle), middle.y + distance * math.sin(angle))


def _cells(seeds: Sequence[Point], area: BaseGeometry) -> list[BaseGeometry]:
    """The part of *area* that is nearest to each seed, in the seeds' order."""
    cells = shapely.voronoi_polygons(MultiPoint(list(seeds)), extend_to=area).geoms
    return [next(cell for cell in cells if cell.contains(seed)).intersection(area) for seed in seeds]
