"""Boundaries as they come in files: GeoJSON features read, checked and made clean. No Django.

Coordinates are degrees (WGS 84), longitude first, as GeoJSON has them.

    WrongShapes         what is wrong, one sentence each, for people; nothing of the file may be used
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from .numbers import KELURAHAN

# 1e-6 degrees are 11 cm.
DECIMALS = 6
# Neighbours in real files leave hairline gaps. Shapes are widened by this much (11 m) before they are joined, and
# narrowed after.
_HAIR = 1e-4


class WrongShapes(ValueError):
    """*problems* are sentences in Indonesian."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Shape:
    """A kelurahan's area, and the point for its label, which lies in it."""

    code: str
    area: BaseGeometry
    label: Point


def read(text: str) -> list[Shape]:
    """The features of a GeoJSON FeatureCollection with ``kode`` (or ``code``) and optionally ``lat``/``lng``.

    Raises:
        WrongShapes: not GeoJSON, no degrees, latitude and longitude swapped, a code missing or twice, no area.
    """
    features = _features(text)
    problems: list[str] = []
    shapes: list[Shape] = []
    for number, feature in enumerate(features, start=1):
        try:
            shapes.append(_shape(feature, number))
        except WrongShapes as wrong:
            problems += wrong.problems
    twice = sorted(code for code, count in Counter(one.code for one in shapes).items() if count > 1)
    if twice:
        problems.append(f"Kode ini muncul lebih dari sekali: {', '.join(twice)}.")
    if problems:
        # The same mistake in 177 features is one mistake.
        raise WrongShapes(list(dict.fromkeys(problems)))
    return shapes


def dissolve(areas: Iterable[BaseGeometry]) -> BaseGeometry:
    """One area of several neighbours, with the hairline gaps between them closed."""
    widened = shapely.union_all([area.buffer(_HAIR, join_style="mitre") for area in areas])
    joined = widened.buffer(-_HAIR, join_style="mitre")
    return rounded(MultiPolygon([Polygon(part.exterior) for part in _polygons(joined)]))


def rounded(area: BaseGeometry) -> BaseGeometry:
    """*area* on a grid of 1e-6 degrees, still valid; only its polygons."""
    parts = _polygons(shapely.set_precision(area, 10**-DECIMALS))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def geojson(area: BaseGeometry) -> dict[str, Any]:
    """*area* as a GeoJSON geometry with at most six decimals."""
    geometry: dict[str, Any] = mapping(area)
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def label_point(area: BaseGeometry, given: Point | None = None) -> Point:
    """The *given* point where it lies in *area*, else a point that surely does."""
    if given is not None and area.contains(given):
        return given
    return area.representative_point()


def _features(text: str) -> list[Any]:
    try:
        document = json.loads(text)
    except ValueError:
        raise WrongShapes(["Berkas ini bukan GeoJSON: isinya bukan JSON."]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise WrongShapes(["Berkas ini bukan GeoJSON: tidak ada FeatureCollection dengan features."])
    if not features:
        raise WrongShapes(["Berkas GeoJSON ini tidak memuat satu pun wilayah."])
    return features


def _shape(feature: Any, number: int) -> Shape:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise WrongShapes([f"Wilayah ke-{number} tidak memuat properties."])
    code = _code(properties)
    if code is None:
        raise WrongShapes([f"Wilayah ke-{number} tidak memuat kode kelurahan seperti 33.74.01.1001 (kolom “kode”)."])
    area = _area(feature.get("geometry"), code)
    return Shape(code, area, label_point(area, _given_label(properties)))


def _code(properties: Mapping[str, Any]) -> str | None:
    text = str(properties.get("kode") or properties.get("code") or "").strip()
    if re.fullmatch(r"\d{10}", text):
        text = f"{text[:2]}.{text[2:4]}.{text[4:6]}.{text[6:]}"
    return text if KELURAHAN.fullmatch(text) else None


def _given_label(properties: Mapping[str, Any]) -> Point | None:
    try:
        latitude, longitude = float(properties["lat"]), float(properties["lng"])
    except (KeyError, TypeError, ValueError):
        return None
    return Point(longitude, latitude) if math.isfinite(latitude) and math.isfinite(longitude) else None


def _area(geometry: Any, code: str) -> BaseGeometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise WrongShapes([f"Batas {code} bukan Polygon atau MultiPolygon."])
    try:
        raw = shapely.force_2d(shape(geometry))
        corners = shapely.get_coordinates(raw)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        raise WrongShapes([f"Batas {code} rusak: koordinatnya tidak dapat dibaca."]) from None
    _check_degrees((float(x), float(y)) for x, y in corners)
    parts = _polygons(raw if raw.is_valid else shapely.make_valid(raw))
    area = rounded(MultiPolygon(parts)) if parts else MultiPolygon()
    if area.is_empty or not area.is_valid:
        raise WrongShapes([f"Batas {code} rusak: tidak membentuk bidang."])
    return area


def _check_degrees(corners: Iterator[tuple[float, float]]) -> None:
    for x, y in corners:
        if not (math.isfinite(x) and math.isfinite(y)) or abs(x) > 180 or abs(y) > 180:
            raise WrongShapes(
                ["Koordinat bukan derajat, tampaknya meter (proyeksi UTM). Ubah dulu ke WGS 84 (EPSG:4326)."]
            )
        if abs(y) > 90:
            raise WrongShapes(["Lintang dan bujur tampaknya tertukar: GeoJSON menulis bujur lebih dulu."])


def _polygons(area: BaseGeometry) -> list[Polygon]:
    if isinstance(area, Polygon):
        return [area] if area.area > 0 else []
    return [part for piece in getattr(area, "geoms", ()) for part in _polygons(piece)]


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(float(coordinates), DECIMALS)
    return [_round(part) for part in coordinates]
