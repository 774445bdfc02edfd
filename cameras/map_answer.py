"""The shape of what the map's data address answers, and the pieces of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TypedDict

from django.urls import reverse

from .tallies import Tally

# 1e-5 degrees are 1.1 m: as exact as a lamp post is known.
DECIMALS = 5


class Totals(TypedDict):
    online: int
    offline: int
    unknown: int


class Cluster(Totals):
    """Several cameras as one ring. *id*: the place's official code, or the name of a cell. Degrees."""

    id: str
    name: str
    url: str
    lon: float
    lat: float


class Spot(TypedDict):
    """One camera as a dot. Degrees."""

    id: str
    name: str
    place: str
    lon: float
    lat: float
    status: str
    category: str
    watchable: bool


class MapView(TypedDict):
    """*zooms*: for which zooms it holds; *covers*: west, south, east, north of the part that it answers, None for the whole city."""

    level: str
    zooms: tuple[int, int]
    covers: tuple[float, float, float, float] | None
    totals: Totals
    clusters: list[Cluster]
    cameras: list[Spot]


@lru_cache(maxsize=8192)
def page_of(route: str, *words: str) -> str:
    """The address of a place's page. Kept, since making it takes longer than finding a camera, and a map has thousands of the same."""
    return reverse(route, args=words)


def totals(tally: Tally) -> Totals:
    return {"online": tally.online, "offline": tally.offline, "unknown": tally.unknown}


def cluster(name_of_it: str, name: str, url: str, point: tuple[float, float], tally: Tally) -> Cluster:
    lon, lat = (round(degree, DECIMALS) for degree in point)
    return {"id": name_of_it, "name": name, "url": url, "lon": lon, "lat": lat, **totals(tally)}
