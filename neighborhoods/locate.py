"""Which kelurahan holds a point, and whether a point is in the city at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import shapely
from django.conf import settings
from django.utils.translation import gettext
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from .models import BoundarySource, Kelurahan

# 300 m in degrees. Near the equator a degree of longitude is as long as one of latitude, to a percent. Boundaries
# leave hairline gaps, and a camera on a quay or a bridge may stand a little outside.
_NEAR = 300 / 111_320


@dataclass(frozen=True)
class Locator:
    """The boundaries as they were when it was made. *bounds*: south, west, north, east in degrees.

    *official*: these are real boundaries, so that a point in another kelurahan is worth a word; *complete*: of every
    kelurahan, so that they can say what lies outside the city. Invented or partial ones cannot: then *bounds* decide.
    """

    areas: Mapping[str, BaseGeometry]
    bounds: tuple[float, float, float, float]
    official: bool
    complete: bool
    _codes: list[str] = field(init=False, repr=False)
    _tree: shapely.STRtree = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", list(self.areas))
        object.__setattr__(self, "_tree", shapely.STRtree(list(self.areas.values())))

    def kelurahan_at(self, latitude: float, longitude: float) -> str | None:
        """The code of the kelurahan that holds the point, else of the nearest within 300 m, else None."""
        point = Point(longitude, latitude)
        held = self._tree.query(point, predicate="intersects")
        if len(held):
            return self._first(held)
        near = self._tree.query_nearest(point, max_distance=_NEAR)
        return self._first(near) if len(near) else None

    def objection(self, latitude: float, longitude: float) -> str:
        """Why a camera cannot stand at this point, for people; empty where it can."""
        if self.in_city(latitude, longitude):
            return ""
        if self.in_city(longitude, latitude):
            return gettext("lintang dan bujur tampaknya tertukar")
        if self.in_city(-latitude, longitude):
            return gettext("lintang tampaknya kurang tanda minus (selatan khatulistiwa)")
        return gettext("titik ini berada di luar kota")

    def _first(self, indices: Iterable[int]) -> str:
        return min(self._codes[index] for index in indices)

    def in_city(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies in the city: by its boundaries where all are known, else by the setting
        CITY_BOUNDS.
        """
        if self.complete:
            return self.kelurahan_at(latitude, longitude) is not None
        south, west, north, east = self.bounds
        return south <= latitude <= north and west <= longitude <= east


def locator() -> Locator:
    """A Locator over the official boundaries, or over the demo's where there are no official ones. Two queries; keep
    it for a while.
    """
    valid = Kelurahan.objects.filter(valid_to__isnull=True)
    rows = list(valid.exclude(boundary=None).values_list("code", "boundary", "boundary_source"))
    official = any(source == BoundarySource.OFFICIAL for _, _, source in rows)
    wanted = BoundarySource.OFFICIAL if official else BoundarySource.DEMO
    areas = {code: shape(boundary) for code, boundary, source in rows if boundary and source == wanted}
    south, west, north, east = settings.CITY_BOUNDS
    return Locator(areas, (south, west, north, east), official, official and len(areas) == valid.count())
