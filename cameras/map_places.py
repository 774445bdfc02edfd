"""The map from afar: one cluster for each kecamatan or kelurahan, with the numbers of its cameras that somebody may know of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Avg, QuerySet

from neighborhoods.models import Kelurahan

from .map_answer import Cluster, cluster, page_of
from .models import Camera
from .tallies import Tally, sum_of, tally_by

Point = tuple[float, float]


@dataclass(frozen=True)
class _Row:
    """A kelurahan that has cameras. Points are longitude and latitude in degrees; None: it has no boundary yet."""

    pk: int
    code: str
    name: str
    point: Point | None
    kecamatan_code: str
    kecamatan_name: str
    kecamatan_point: Point | None


def by_place(cameras: QuerySet[Camera], *, kecamatan: bool) -> tuple[list[Cluster], list[int], Tally]:
    """Clusters of *cameras* by kelurahan, or by *kecamatan*; the primary keys of the kelurahan whose one camera would be a cluster by
    itself, and is left out of them; and the tally of all.
    """
    tallies = {pk: tally for pk, tally in tally_by(cameras, "kelurahan_id").items() if pk is not None and tally.total}
    rows = _rows(tallies)
    points = _points(rows, cameras)
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.kecamatan_code if kecamatan else row.code, []).append(row)
    clusters: list[Cluster] = []
    alone: list[int] = []
    for members in groups.values():
        tally = sum_of(tallies[row.pk] for row in members)
        if tally.total == 1:
            alone.append(members[0].pk)
        else:
            clusters.append(_cluster(members, tally, tallies, points, kecamatan=kecamatan))
    return clusters, alone, sum_of(tallies.values())


def _cluster(
    members: list[_Row], tally: Tally, tallies: Mapping[int, Tally], points: Mapping[int, Point], *, kecamatan: bool
) -> Cluster:
    first = members[0]
    if kecamatan:
        point = first.kecamatan_point or _middle((points[row.pk], tallies[row.pk].total) for row in members)
        address = page_of("wilayah-kecamatan", first.kecamatan_code)
        return cluster(first.kecamatan_code, first.kecamatan_name, address, point, tally)
    return cluster(first.code, first.name, page_of("wilayah-kelurahan", first.code), points[first.pk], tally)


def _rows(keys: Iterable[int]) -> list[_Row]:
    # All of them, not those asked for by key: at most some hundreds, and a list of keys would be as long as the table.
    wanted = set(keys)
    columns = ("pk", "code", "name", "longitude", "latitude")
    above = ("kecamatan__code", "kecamatan__name", "kecamatan__longitude", "kecamatan__latitude")
    return [
        _Row(pk, code, name, _point(east, north), above_code, above_name, _point(above_east, above_north))
        for pk, code, name, east, north, above_code, above_name, above_east, above_north in (
            Kelurahan.objects.order_by("code").values_list(*columns, *above)
        )
        if pk in wanted
    ]


def _points(rows: Iterable[_Row], cameras: QuerySet[Camera]) -> dict[int, Point]:
    """Where each kelurahan's cluster stands: at its label, or in the middle of *cameras* where it has none."""
    points = {row.pk: row.point for row in rows if row.point is not None}
    bare = [row.pk for row in rows if row.point is None]
    if bare:
        means = cameras.filter(kelurahan__in=bare).order_by().values_list("kelurahan_id")
        points |= {pk: (east, north) for pk, east, north in means.annotate(Avg("longitude"), Avg("latitude"))}
    return points


def _point(longitude: float | None, latitude: float | None) -> Point | None:
    return None if longitude is None or latitude is None else (longitude, latitude)


def _middle(weighted: Iterable[tuple[Point, int]]) -> Point:
    parts = list(weighted)
    total = sum(weight for _, weight in parts)
    return (sum(east * n for (east, _), n in parts) / total, sum(north * n for (_, north), n in parts) / total)
