"""How many cameras are where and how they are, in one query each. All count only what the gate let through."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from neighborhoods.models import Kecamatan, Kelurahan

from .models import Camera, Status

R = TypeVar("R", Kecamatan, Kelurahan)


def kecamatan(cameras: QuerySet[Camera]) -> QuerySet[Kecamatan]:
    """The valid kecamatan, each with ``camera_count`` and ``online``, without the heavy boundary."""
    return _counted(Kecamatan.objects.all(), "kelurahan__cameras", cameras)


def kelurahan(cameras: QuerySet[Camera]) -> QuerySet[Kelurahan]:
    """The valid kelurahan, each with ``camera_count`` and ``online``, without the heavy boundary."""
    return _counted(Kelurahan.objects.all(), "cameras", cameras)


def region(cameras: QuerySet[Camera], code: str) -> Kecamatan | Kelurahan | None:
    """The kecamatan or kelurahan with this official code, counted; None if there is none."""
    return kecamatan(cameras).filter(code=code).first() or kelurahan(cameras).filter(code=code).first()


def by_status(cameras: QuerySet[Camera]) -> dict[str, int]:
    """``{"online": n, "offline": n, "unknown": n}``."""
    found = dict(cameras.order_by().values_list("health__status").annotate(n=Count("pk")))
    return {str(status): found.get(status, 0) for status in Status.values}


def _counted(regions: QuerySet[R], path: str, cameras: QuerySet[Camera]) -> QuerySet[R]:
    mine = Q(**{f"{path}__in": cameras.order_by().values("pk")})
    online = mine & Q(**{f"{path}__health__status": Status.ONLINE})
    return (
        regions.filter(valid_to__isnull=True)
        .defer("boundary")
        .annotate(camera_count=Count(path, filter=mine), online=Count(path, filter=online))
    )
