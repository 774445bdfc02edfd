"""The map from near: cameras of a part of it, gathered by the cells of a grid that stands still while the map is moved.

The grid's cells are 128 pixels wide, in degrees and not in the map's projection: within Indonesia's latitudes they differ by 2 %
at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Avg, BigIntegerField, Count, F, Func, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from neighborhoods.models import RW, Kelurahan

from .map_answer import Cluster, cluster, page_of
from .map_query import Box
from .models import Camera, Status
from .tallies import Tally, sum_of

CELL_PIXELS = 128


class _Whole(Func):
    """The whole number below a positive one. As the database has it: Django's Floor would call Python for each row on SQLite."""

    template = "CAST(FLOOR(%(expressions)s) AS BIGINT)"
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST((%(expressions)s) AS INTEGER)", **extra)


class _Cell(NamedTuple):
    """A cell's place in the grid, and of its cameras: their numbers, their middle, the first and the last of the kelurahan and RWs
    in which they stand (primary keys), how many have an RT, and one of them.
    """

    x: int
    y: int
    online: int
    offline: int
    total: int
    longitude: float
    latitude: float
    kelurahan: int
    last_kelurahan: int
    rw: int | None
    last_rw: int | None
    of_rts: int
    one: int

    @property
    def tally(self) -> Tally:
        return Tally(online=self.online, offline=self.offline, unknown=self.total - self.online - self.offline)


def cell_degrees(zoom: int) -> float:
    return CELL_PIXELS * 360 / (256 << zoom)


def widened(box: Box, zoom: int, *, share: float) -> Box:
    """*box* with *share* of its size more on each side, out to the borders of cells, so that no cell is cut."""
    step = cell_degrees(zoom)
    wide, high = (box.east - box.west) * share, (box.north - box.south) * share
    west, south = math.floor((box.west - wide) / step) * step, math.floor((box.south - high) / step) * step
    east, north = math.ceil((box.east + wide) / step) * step, math.ceil((box.north + high) / step) * step
    return Box(west, south, east, north)


def within(cameras: QuerySet[Camera], box: Box) -> QuerySet[Camera]:
    # Half open, as cells are: a camera on a border belongs to one of them.
    return cameras.filter(
        longitude__gte=box.west, longitude__lt=box.east, latitude__gte=box.south, latitude__lt=box.north
    )


def by_cell(cameras: QuerySet[Camera], zoom: int) -> tuple[list[Cluster], list[int], Tally]:
    """Clusters of the cells that hold several of *cameras*, the primary keys of those that are alone in theirs, and the tally of
    all.
    """
    cells = _cells(cameras, zoom)
    several = [cell for cell in cells if cell.total > 1]
    names = _Names(several)
    clusters = [
        cluster(f"c{zoom}:{cell.x}:{cell.y}", *names.of(cell), (cell.longitude, cell.latitude), cell.tally)
        for cell in several
    ]
    return clusters, [cell.one for cell in cells if cell.total == 1], sum_of(cell.tally for cell in cells)


def _cells(cameras: QuerySet[Camera], zoom: int) -> list[_Cell]:
    step = cell_degrees(zoom)
    rows = cameras.order_by().annotate(
        # From the corner of the world, so that numbers are positive; its sides are whole numbers of cells long.
        x=_Whole((F("longitude") + 180) / step),
        y=_Whole((F("latitude") + 90) / step),
    )
    return [
        _Cell(*row)
        for row in rows.values_list("x", "y").annotate(
            online=Count("pk", filter=Q(health__status=Status.ONLINE)),
            offline=Count("pk", filter=Q(health__status=Status.OFFLINE)),
            total=Count("pk"),
            middle=Avg("longitude"),
            height=Avg("latitude"),
            first=Min("kelurahan_id"),
            last=Max("kelurahan_id"),
            first_rw=Min("rt__rw_id"),
            last_rw=Max("rt__rw_id"),
            of_rts=Count("rt_id"),
            one=Min("pk"),
        )
    ]


class _Names:
    """What cells are called, and the page of that place: by the RW if all their cameras stand in one, or else by a kelurahan."""

    def __init__(self, cells: Iterable[_Cell]) -> None:
        kelurahan = {cell.kelurahan for cell in cells}
        rws = {cell.rw for cell in cells if cell.rw is not None and cell.rw == cell.last_rw}
        rows = Kelurahan.objects.order_by().values_list("pk", "code", "name")
        self._kelurahan = {pk: (code, name) for pk, code, name in rows if pk in kelurahan}
        self._rws = dict(RW.objects.filter(pk__in=rws).values_list("pk", "number")) if rws else {}

    def of(self, cell: _Cell) -> tuple[str, str]:
        code, name = self._kelurahan[cell.kelurahan]
        if cell.rw is not None and cell.rw == cell.last_rw and cell.of_rts == cell.total:
            number = self._rws[cell.rw]
            return f"RW {number}, {name}", page_of("wilayah-rw", code, number)
        if cell.kelurahan != cell.last_kelurahan:
            name = _("%(place)s dan sekitarnya") % {"place": name}
        return name, page_of("wilayah-kelurahan", code)
