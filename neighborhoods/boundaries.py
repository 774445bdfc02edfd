"""Takes boundaries into the database: the kelurahan's as given, the kecamatan's dissolved from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from shapely.geometry import shape

from .models import BoundarySource, Kecamatan, Kelurahan, Region
from .shapes import Shape, WrongShapes, dissolve, geojson, label_point

_FIELDS = ["boundary", "boundary_source", "latitude", "longitude"]


@dataclass(frozen=True)
class Report:
    """*missing*: ``code name`` of the valid kelurahan of the same cities that the file does not have."""

    kelurahan: int
    kecamatan: int
    missing: tuple[str, ...]


def store_official(shapes: Sequence[Shape]) -> Report:
    """Keeps *shapes* as the official boundaries, all or nothing.

    Demo shapes of kelurahan that the file does not have are taken away: invented and real boundaries side by side
    would overlap.

    Raises:
        WrongShapes: kelurahan that the database does not know, all of them listed.
    """
    with transaction.atomic():
        rows = {row.code: row for row in Kelurahan.objects.filter(code__in=[one.code for one in shapes])}
        unknown = sorted({one.code for one in shapes} - set(rows))
        if unknown:
            raise WrongShapes(
                [f"Kode kelurahan tidak dikenal: {', '.join(unknown)}. Impor wilayahnya dulu: manage.py import_regions"]
            )
        left_out = _left_out(rows.values())
        _keep(rows, shapes, BoundarySource.OFFICIAL)
        _clear_demo(left_out)
        kecamatan = dissolve_kecamatan(_kecamatan_of(rows.values()) | _kecamatan_of(left_out))
    return Report(len(shapes), kecamatan, tuple(f"{row.code} {row.name}" for row in left_out if not row.boundary))


def store_demo(shapes: Sequence[Shape]) -> int:
    """Keeps *shapes* as demo boundaries where a kelurahan has none yet; the number kept."""
    with transaction.atomic():
        rows = {
            row.code: row
            for row in Kelurahan.objects.filter(code__in=[one.code for one in shapes], boundary__isnull=True)
        }
        _keep(rows, [one for one in shapes if one.code in rows], BoundarySource.DEMO)
        dissolve_kecamatan(_kecamatan_of(rows.values()))
    return len(rows)


def dissolve_kecamatan(keys: Collection[int]) -> int:
    """Makes the shapes of these kecamatan (primary keys) anew from their kelurahan; the number that has one."""
    rows = list(Kecamatan.objects.filter(pk__in=keys).prefetch_related("kelurahan"))
    for row in rows:
        parts = [part for part in row.kelurahan.all() if part.valid_to is None and part.boundary]
        if not parts:
            _clear(row)
            continue
        area = dissolve([shape(part.boundary) for part in parts if part.boundary])
        # One invented part makes the whole an invention.
        demo = any(part.boundary_source != BoundarySource.OFFICIAL for part in parts)
        _fill(row, Shape(row.code, area, label_point(area)), BoundarySource.DEMO if demo else BoundarySource.OFFICIAL)
    Kecamatan.objects.bulk_update(rows, _FIELDS)
    return sum(1 for row in rows if row.boundary)


def _keep(rows: dict[str, Kelurahan], shapes: Iterable[Shape], source: BoundarySource) -> None:
    for one in shapes:
        _fill(rows[one.code], one, source)
    Kelurahan.objects.bulk_update(rows.values(), _FIELDS, batch_size=100)


def _fill(row: Region, one: Shape, source: BoundarySource) -> None:
    row.boundary = geojson(one.area)
    row.boundary_source = source
    row.latitude, row.longitude = round(one.label.y, 6), round(one.label.x, 6)


def _clear(row: Region) -> None:
    row.boundary, row.boundary_source, row.latitude, row.longitude = None, BoundarySource.NONE, None, None


def _left_out(rows: Collection[Kelurahan]) -> list[Kelurahan]:
    cities = {row.code[:5] for row in rows}
    present = {row.code for row in rows}
    return [
        row
        for city in sorted(cities)
        for row in Kelurahan.objects.filter(code__startswith=f"{city}.", valid_to__isnull=True)
        if row.code not in present
    ]


def _clear_demo(rows: Iterable[Kelurahan]) -> None:
    demo = [row for row in rows if row.boundary_source == BoundarySource.DEMO]
    for row in demo:
        _clear(row)
    Kelurahan.objects.bulk_update(demo, _FIELDS)


def _kecamatan_of(rows: Iterable[Kelurahan]) -> set[int]:
    return {row.kecamatan_id for row in rows}
