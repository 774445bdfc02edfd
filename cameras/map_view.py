"""What the map shows somebody of one view. It asks the gate and the database each time: nothing is kept that a switch could outdate.

From afar there is a cluster for each kecamatan, then for each kelurahan, in one answer for the whole city. Nearer come the cells
of a grid, and in the end each camera. A cluster of one is that camera.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from neighborhoods.wording import said

from . import access, naming
from .map_answer import DECIMALS, Cluster, MapView, Spot, totals
from .map_cells import by_cell, cell_degrees, widened, within
from .map_places import by_place
from .map_query import Box, MapQuery, WrongQuery
from .models import Camera, Status
from .tallies import Tally

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# The farthest zooms at which kecamatan, kelurahan and cells are shown.
KECAMATAN, KELURAHAN, CELLS = 12, 14, 16
DEEPEST = 22
# A part that is wider than this many cells (4,608 pixels) is answered as if from farther away.
MOST_CELLS = 36
# Singly at most; where more cameras stand close to each other, cells are shown instead.
MOST_CAMERAS = 800
# What is answered beyond each side, of the part that was asked for: moving the map a little asks nothing.
_BEYOND_CELLS, _BEYOND_CAMERAS = 0.25, 0.5


def view_of(user: User | AnonymousUser, query: MapQuery) -> MapView:
    """Raises: WrongQuery, where a near zoom comes without a part of the map."""
    cameras = filtered(access.listed(user), query)
    if query.zoom > KELURAHAN:
        if query.box is None:
            raise WrongQuery("bbox", said("Sebutkan juga bagian peta (bbox) yang dilihat sedekat ini."))
        zoom = _fitting(query.box, query.zoom)
        if zoom > KELURAHAN:
            return _near(user, cameras, query.box, zoom)
    return _far(user, cameras, query.zoom)


def filtered(cameras: QuerySet[Camera], query: MapQuery) -> QuerySet[Camera]:
    """Those of *cameras* that have one of the statuses and one of the categories that are asked for."""
    if query.statuses:
        cameras = cameras.filter(health__status__in=query.statuses)
    if query.categories:
        cameras = cameras.filter(category__in=query.categories)
    return cameras


def _far(user: User | AnonymousUser, cameras: QuerySet[Camera], zoom: int) -> MapView:
    kecamatan = zoom <= KECAMATAN
    nearest = max(zoom, KELURAHAN)  # nearer where more is shown than fits into cells
    clusters, alone, tally = by_place(cameras, kecamatan=kecamatan)
    return {
        "level": "kecamatan" if kecamatan else "kelurahan",
        "zooms": (0, KECAMATAN) if kecamatan else (KECAMATAN + 1, nearest),
        "covers": None,
        "totals": totals(tally),
        "clusters": clusters,
        "cameras": _spots(user, cameras.filter(kelurahan__in=alone)) if alone else [],
    }


def _near(user: User | AnonymousUser, cameras: QuerySet[Camera], box: Box, zoom: int) -> MapView:
    room = MOST_CELLS / max(1.0, _widest(box) / cell_degrees(zoom)) - 1
    covers = widened(box, zoom, share=min(_BEYOND_CELLS if zoom <= CELLS else _BEYOND_CAMERAS, room / 2))
    part = within(cameras, covers)
    singly = zoom > CELLS and part.count() <= MOST_CAMERAS
    if singly:
        spots = _spots(user, part)
        clusters: list[Cluster] = []
        tally = _tally(spots)
    else:
        clusters, alone, tally = by_cell(part, zoom)
        spots = _spots(user, cameras.filter(pk__in=alone)) if alone else []
    return {
        "level": "camera" if singly else "cell",
        "zooms": (CELLS + 1, DEEPEST) if singly else (zoom, zoom),
        "covers": covers,
        "totals": totals(tally),
        "clusters": clusters,
        "cameras": spots,
    }


def _tally(spots: Iterable[Spot]) -> Tally:
    count = Counter(spot["status"] for spot in spots)
    return Tally(online=count[Status.ONLINE], offline=count[Status.OFFLINE], unknown=count[Status.UNKNOWN])


def _fitting(box: Box, zoom: int) -> int:
    """*zoom*, or the nearest one at which *box* is not too wide to be shown in cells."""
    while zoom > KELURAHAN and _widest(box) > cell_degrees(zoom) * MOST_CELLS:
        zoom -= 1
    return zoom


def _widest(box: Box) -> float:
    return max(box.east - box.west, box.north - box.south)


def _spots(user: User | AnonymousUser, cameras: QuerySet[Camera]) -> list[Spot]:
    columns = ("pk", "public_id", "name", "longitude", "latitude", "health__status", "category")
    rows = list(cameras.order_by("name", "pk").values_list(*columns, "kelurahan__name", "rt__number", "rt__rw__number"))
    open_ = _watchable(user, (row[0] for row in rows))
    return [
        {
            "id": public_id,
            "name": _shown(name, naming.Spot(kelurahan, rw or "", rt or "", category)),
            "place": f"RT {rt} / RW {rw}, {kelurahan}" if rt else kelurahan,
            "lon": round(east, DECIMALS),
            "lat": round(north, DECIMALS),
            "status": status or Status.UNKNOWN,
            "category": category,
            "watchable": pk in open_,
        }
        for pk, public_id, name, east, north, status, category, kelurahan, rt, rw in rows
    ]


# Some words are looked at for each name; the same names are shown again and again.
_shown = lru_cache(maxsize=16_384)(naming.shown)


def _watchable(user: User | AnonymousUser, keys: Iterable[int]) -> set[int]:
    return set(access.watchable(user).filter(pk__in=list(keys)).values_list("pk", flat=True))
