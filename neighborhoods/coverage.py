"""Boundaries of many places made light together: neighbours keep one border between them. Pure.

Coordinates are degrees (WGS 84).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

# 1e-4 degrees are 11 m: files of boundaries are no more exact than that.
DECIMALS = 4
# Gaps between neighbours up to this width (33 m) are mistakes of the file and are closed; a wider one may be a lake.
_GAP = 3e-4
# Corners this near to each other (5.5 m) are meant to be one.
_ONE_CORNER = 5e-5


def cleaned(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """*areas* without gaps and overlaps between them: each border between two of them has the same corners on both sides."""
    if not areas:
        return []
    # Newer than its stubs.
    return list(shapely.coverage_clean(list(areas), gap_width=_GAP, snapping_distance=_ONE_CORNER))  # type: ignore[attr-defined]


def simplified(areas: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Cleaned *areas* with fewer corners; *tolerance* in degrees, about the height of what is left out."""
    return list(shapely.coverage_simplify(list(areas), tolerance)) if areas else []


def joined(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    """One area of several cleaned ones."""
    return shapely.coverage_union_all(list(areas))


def geojson(area: BaseGeometry) -> dict[str, Any]:
    """*area* as a GeoJSON geometry, written as short as can be.

    Corners that fall together when they are rounded are one; as both sides of a border are rounded alike, they still agree.
    """
    polygons = [_rings(polygon) for polygon in _polygons(area)]
    polygons = [rings for rings in polygons if rings]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _polygons(area: BaseGeometry) -> list[Polygon]:
    if isinstance(area, Polygon):
        return [area]
    return [part for piece in getattr(area, "geoms", ()) for part in _polygons(piece)]


def _rings(polygon: Polygon) -> list[list[tuple[float, float]]]:
    rings = [_ring(ring) for ring in mapping(polygon)["coordinates"]]
    return [ring for ring in rings if ring] if rings and rings[0] else []


def _ring(corners: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for corner in corners:
        rounded = (round(corner[0], DECIMALS), round(corner[1], DECIMALS))
        if not kept or kept[-1] != rounded:
            kept.append(rounded)
    # A ring has three corners at least, and its first again.
    return kept if len(kept) > 3 else []
