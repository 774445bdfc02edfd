"""The boundaries as the map draws them: simplified together, small, and named by a version, so that browsers keep them for long.

They are made from the records when somebody first asks for a version (half a second for a city), and kept: in the shared cache,
and in the memory of each process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.urls import reverse
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from .coverage import DECIMALS, cleaned, geojson, joined, simplified
from .models import BoundarySource, Kelurahan

LEVELS = ("kelurahan", "kecamatan")
# Raised when the same records are to be drawn otherwise.
_MADE = 2
# Degrees; 1e-4 are 11 m.
_TOLERANCE = {"kelurahan": 3e-4, "kecamatan": 5e-4}
_SHARED_FOR = 7 * 86_400


@dataclass(frozen=True)
class Outlines:
    """*body*: a GeoJSON FeatureCollection, UTF-8, of the records as they were in this *version*."""

    version: str
    body: bytes


_kept: dict[str, Outlines] = {}


def version() -> str:
    """Of today's boundaries; another one as soon as a shape, a name or a label differs. One query."""
    columns = ("code", "name", "kecamatan__code", "kecamatan__name", "boundary_source", "latitude", "longitude")
    rows = _valid().annotate(size=Length(Cast("boundary", TextField()))).values_list(*columns, "size")
    digest = hashlib.sha256(repr((_MADE, list(rows))).encode())
    return digest.hexdigest()[:12]


def outlines(level: str) -> Outlines:
    """The shapes of *level*, one of LEVELS, as they are now."""
    now = version()
    kept = _kept.get(level)
    if kept is None or kept.version != now:
        kept = _kept[level] = Outlines(now, _shared(level, now))
    return kept


def _shared(level: str, now: str) -> bytes:
    """Made by the first of all processes that is asked."""
    key = f"outlines-{level}-{now}"
    text = cache.get(key)
    if isinstance(text, str):
        return text.encode()
    body = _made(level, now)
    cache.set(key, body.decode(), _SHARED_FOR)
    return body


def _valid() -> Any:
    return Kelurahan.objects.filter(valid_to__isnull=True, boundary__isnull=False).order_by("code")


def _made(level: str, now: str) -> bytes:
    kelurahan = list(_valid().select_related("kecamatan").defer("kecamatan__boundary"))
    areas = cleaned([shape(one.boundary) for one in kelurahan])
    features = (_of_kecamatan if level == "kecamatan" else _of_kelurahan)(kelurahan, areas)
    document = {
        "type": "FeatureCollection",
        "version": now,
        "official": all(one.boundary_source == BoundarySource.OFFICIAL for one in kelurahan),
        "features": list(features),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _of_kelurahan(kelurahan: Sequence[Kelurahan], areas: Sequence[BaseGeometry]) -> Iterable[dict[str, Any]]:
    for one, area in zip(kelurahan, simplified(areas, _TOLERANCE["kelurahan"]), strict=True):
        label = _label(one.longitude, one.latitude, area)
        address = reverse("wilayah-kelurahan", args=[one.code])
        yield _feature(area, code=one.code, name=one.name, kecamatan=one.kecamatan.name, url=address, label=label)


def _of_kecamatan(kelurahan: Sequence[Kelurahan], areas: Sequence[BaseGeometry]) -> Iterable[dict[str, Any]]:
    members: dict[int, list[BaseGeometry]] = {}
    for one, area in zip(kelurahan, areas, strict=True):
        members.setdefault(one.kecamatan_id, []).append(area)
    rows = {one.kecamatan_id: one.kecamatan for one in kelurahan}
    wholes = simplified([joined(parts) for parts in members.values()], _TOLERANCE["kecamatan"])
    for pk, area in zip(members, wholes, strict=True):
        row = rows[pk]
        address = reverse("wilayah-kecamatan", args=[row.code])
        label = _label(row.longitude, row.latitude, area)
        yield _feature(area, code=row.code, name=row.name, url=address, label=label)


def _label(longitude: float | None, latitude: float | None, area: BaseGeometry) -> list[float]:
    if longitude is None or latitude is None:
        inside = area.representative_point()
        longitude, latitude = inside.x, inside.y
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]


def _feature(area: BaseGeometry, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geojson(area), "properties": properties}
