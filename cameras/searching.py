"""Finds places and cameras by what people type. Of cameras it names those alone of which the asking person may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Avg, Max, Min, Q, QuerySet
from django.urls import reverse
from shapely.geometry import shape

from neighborhoods.likeness import words_of
from neighborhoods.models import Kecamatan, Kelurahan
from neighborhoods.place_search import Asked, Place, numbered, places, read
from neighborhoods.residency import standing_of

from . import access, naming
from .camera_names import index
from .map_answer import DECIMALS
from .models import Camera

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

LONGEST = 100
MOST = 20
# Places at most, where cameras are found too.
_PLACES = 5
# How many cameras are taken through the gate at a time.
_CHUNKS = (200, 1000, 5000)

Bounds = tuple[float, float, float, float]


class Result(TypedDict):
    """*kind*: kecamatan, kelurahan, rw, rt or camera. *lon*, *lat* and *bbox* (west, south, east, north) in degrees, None where no
    place is known; *status* of cameras alone.
    """

    kind: str
    id: str
    title: str
    subtitle: str
    url: str
    lon: float | None
    lat: float | None
    bbox: Bounds | None
    status: str | None


def search(user: User | AnonymousUser, text: str, *, limit: int = 10) -> list[Result]:
    """What *text* may mean, the likeliest first; nothing for nothing."""
    asked = read(text[:LONGEST])
    limit = min(limit, MOST)
    found = places(asked, home=standing_of(user).kelurahan, limit=limit)
    cameras = _cameras(user, asked, found, limit)
    shown = found[: max(_PLACES, limit - len(cameras))][:limit]
    return [*_located(user, shown), *cameras][:limit]


def _cameras(user: User | AnonymousUser, asked: Asked, found: list[Place], limit: int) -> list[Result]:
    listed = access.listed(user)
    if asked.numbers:
        listed = listed.filter(numbered(asked.numbers, rt="rt__number", rw="rt__rw__number"))
    typed = words_of(asked.words)
    results: list[Result] = []
    for part in _parts(listed, typed, asked, found):
        results += part[: limit - len(results)]
        if len(results) == limit:
            break
    return results


def _parts(listed: QuerySet[Camera], typed: list[str], asked: Asked, found: list[Place]) -> Iterator[list[Result]]:
    """Cameras by and by, the likeliest first."""
    if typed:
        keys = index().like(typed)
        begin = 0
        while begin < len(keys):
            size = _CHUNKS[min(begin // _CHUNKS[0], len(_CHUNKS) - 1)]
            chunk = keys[begin : begin + size]
            order = {key: place for place, key in enumerate(chunk)}
            rows = _rows(listed.filter(pk__in=chunk))
            yield [_camera(*row[1:]) for row in sorted(rows, key=lambda row: order[row[0]])]
            begin += size
    elif asked.numbers and found:
        # An RT or RW by its number alone: the cameras of the first that is meant.
        first = found[0]
        of_it = Q(rt=first.key) if first.kind == "rt" else Q(rt__rw=first.key)
        yield [_camera(*row[1:]) for row in _rows(listed.filter(of_it).order_by("name", "pk")[:MOST])]


_Row = tuple[int, str, str, float, float, str, str, str, str | None, str | None]


def _rows(cameras: QuerySet[Camera]) -> list[_Row]:
    columns = ("pk", "public_id", "name", "longitude", "latitude", "health__status", "category")
    return list(cameras.values_list(*columns, "kelurahan__name", "rt__number", "rt__rw__number"))


def _camera(
    public_id: str,
    name: str,
    longitude: float,
    latitude: float,
    status: str,
    category: str,
    kelurahan: str,
    rt: str | None,
    rw: str | None,
) -> Result:
    return {
        "kind": "camera",
        "id": public_id,
        "title": naming.shown(name, naming.Spot(kelurahan, rw or "", rt or "", category)),
        "subtitle": f"RT {rt} / RW {rw}, {kelurahan}" if rt else kelurahan,
        "url": reverse("kamera", args=[public_id]),
        "lon": round(longitude, DECIMALS),
        "lat": round(latitude, DECIMALS),
        "bbox": None,
        "status": status,
    }


def _located(user: User | AnonymousUser, found: Iterable[Place]) -> list[Result]:
    """*found* with where it is: its boundary, or the cameras in it that this person may know of, or its kelurahan's label."""
    found = list(found)
    keys: dict[str, list[int]] = {}
    for place in found:
        keys.setdefault(place.kind, []).append(place.key)
        if place.kelurahan is not None:
            keys.setdefault("label", []).append(place.kelurahan)
    spots = {
        "kecamatan": _by_boundary(Kecamatan.objects.filter(pk__in=keys.get("kecamatan", []))),
        "kelurahan": _by_boundary(Kelurahan.objects.filter(pk__in=keys.get("kelurahan", []))),
        "rw": _by_cameras(user, "rt__rw_id", keys.get("rw", [])),
        "rt": _by_cameras(user, "rt_id", keys.get("rt", [])),
    }
    labels = dict(_labels(keys.get("label", [])))
    return [
        _place(place, *spots[place.kind].get(place.key, (labels.get(place.kelurahan or 0), None))) for place in found
    ]


_Point = tuple[float, float]
_Spots = dict[int, tuple[_Point | None, Bounds | None]]


def _place(place: Place, point: _Point | None, bounds: Bounds | None) -> Result:
    lon, lat = (round(point[0], DECIMALS), round(point[1], DECIMALS)) if point else (None, None)
    return {
        "kind": place.kind,
        "id": place.id,
        "title": place.title,
        "subtitle": place.subtitle,
        "url": place.url,
        "lon": lon,
        "lat": lat,
        "bbox": bounds,
        "status": None,
    }


def _by_boundary(regions: QuerySet[Kecamatan] | QuerySet[Kelurahan]) -> _Spots:
    spots: _Spots = {}
    for pk, boundary, longitude, latitude in regions.values_list("pk", "boundary", "longitude", "latitude"):
        point = None if longitude is None or latitude is None else (longitude, latitude)
        spots[pk] = (point, _rounded(shape(boundary).bounds) if boundary else None)
    return spots


def _by_cameras(user: User | AnonymousUser, key: str, keys: list[int]) -> _Spots:
    if not keys:
        return {}
    ends = (Avg("longitude"), Avg("latitude"), Min("longitude"), Min("latitude"), Max("longitude"), Max("latitude"))
    rows = access.listed(user).filter(**{f"{key}__in": keys}).order_by().values_list(key).annotate(*ends)
    return {pk: ((lon, lat), _rounded((west, south, east, north))) for pk, lon, lat, west, south, east, north in rows}


def _labels(keys: list[int]) -> Iterator[tuple[int, _Point]]:
    for pk, longitude, latitude in Kelurahan.objects.filter(pk__in=keys).values_list("pk", "longitude", "latitude"):
        if longitude is not None and latitude is not None:
            yield pk, (longitude, latitude)


def _rounded(bounds: Iterable[float]) -> Bounds:
    west, south, east, north = (round(degree, DECIMALS) for degree in bounds)
    return (west, south, east, north)
