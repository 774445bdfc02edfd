"""The one gate: which cameras may a person see? Pages, API, sockets and tickets all ask here.

Three questions, each a QuerySet:

* ``watchable``: whose picture may they look at?
* ``listed``: which may they know of? What they can watch, and every camera of an RT they belong to, even while it is hidden, so
  that a resident reads "hidden" and not "does not exist".
* ``manageable``: whose visibility may they switch?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from neighborhoods.residency import Standing, standing_of

from .models import Camera, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def watchable(user: User | AnonymousUser) -> QuerySet[Camera]:
    return _cameras().filter(_watchable(standing_of(user)))


def listed(user: User | AnonymousUser) -> QuerySet[Camera]:
    standing = standing_of(user)
    return _cameras().filter(_watchable(standing) | _listed(standing))


def manageable(user: User | AnonymousUser) -> QuerySet[Camera]:
    standing = standing_of(user)
    return _cameras() if standing.officer else _cameras().filter(rt__in=standing.headed_rts)


def may_watch(user: User | AnonymousUser, camera_id: int) -> bool:
    return Camera.objects.filter(_watchable(standing_of(user)), pk=camera_id).exists()


def groups_of(standing: Standing) -> list[str]:
    """The Channels groups whose news this person may hear; the mirror of ``audience``."""
    return [
        "status.publik",
        *(f"status.rt.{pk}" for pk in sorted(standing.rts)),
        *(f"status.rw.{pk}" for pk in sorted(standing.rws)),
        *(f"status.kelurahan.{pk}" for pk in sorted(standing.kelurahan)),
        *(["status.petugas"] if standing.officer else []),
    ]


def audience(camera: Camera, visibility: str | None = None) -> set[str]:
    """The Channels groups that may hear of this camera (at another *visibility* than today's, if given)."""
    level = visibility or camera.visibility
    groups = {"status.petugas"}
    if camera.rt is not None:
        groups.add(f"status.rt.{camera.rt.pk}")
    if level == Visibility.PUBLIK:
        groups.add("status.publik")
    elif level == Visibility.WARGA_RW and camera.rt is not None:
        groups.add(f"status.rw.{camera.rt.rw_id}")
    elif level == Visibility.KELURAHAN:
        groups.add(f"status.kelurahan.{camera.kelurahan_id}")
    return groups


def opened_by(standing: Standing) -> Q:
    """The cameras that *standing* opens and that are not open to everybody anyway."""
    return _watchable(standing) & ~Q(visibility=Visibility.PUBLIK)


def _cameras() -> QuerySet[Camera]:
    # Without the boundaries, which are some kilobytes in each row.
    return Camera.objects.select_related("health", "kelurahan__kecamatan", "rt__rw").defer(
        "kelurahan__boundary", "kelurahan__kecamatan__boundary"
    )


def _watchable(standing: Standing) -> Q:
    rule = Q(visibility=Visibility.PUBLIK)
    if standing.officer:
        return ~Q(visibility=Visibility.MATI)
    if standing.rts:
        rule |= Q(visibility=Visibility.WARGA_RT, rt__in=standing.rts)
        rule |= Q(visibility=Visibility.WARGA_RW, rt__rw__in=standing.rws)
        rule |= Q(visibility=Visibility.KELURAHAN, kelurahan__in=standing.kelurahan)
    if standing.headed_rts:
        rule |= Q(visibility=Visibility.PETUGAS, rt__in=standing.headed_rts)
    return rule


def _listed(standing: Standing) -> Q:
    # Not Q(): an empty Q is dropped by "|", and the officer would not know of cameras that are switched off.
    return Q(pk__isnull=False) if standing.officer else Q(rt__in=standing.rts)
