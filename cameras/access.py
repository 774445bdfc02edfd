"""The one gate: which cameras may a person see? Pages, API, sockets and tickets all ask here.

Three questions, each a QuerySet:

* ``watchable``: whose picture may they look at?
* ``listed``: which may they know of? What they can watch, and every camera of an RT they belong to or a place they lead, and
  their own, even while it is hidden, so that a resident reads "hidden" and not "does not exist".
* ``manageable``: whose visibility may they switch? (``owned`` ones their owner may only close further, or withdraw.)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from neighborhoods.managing import managed_rts
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
    return _cameras() if standing.officer else _cameras().filter(rt__in=managed_rts(standing))


def owned(user: User | AnonymousUser) -> QuerySet[Camera]:
    """The cameras that this person offered to the neighbourhood."""
    return _cameras().filter(owner=standing_of(user).person) if standing_of(user).person else Camera.objects.none()


def may_watch(user: User | AnonymousUser, camera_id: int) -> bool:
    return Camera.objects.filter(_watchable(standing_of(user)), pk=camera_id).exists()


def open_among(user: User | AnonymousUser, cameras: Iterable[Camera]) -> set[int]:
    """The primary keys of those whose picture this person may look at now."""
    keys = [camera.pk for camera in cameras]
    return set(watchable(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def groups_of(standing: Standing) -> list[str]:
    """The Channels groups whose news this person may hear; the mirror of ``audience``."""
    return [
        "status.publik",
        *(f"status.rt.{pk}" for pk in sorted(standing.rts)),
        *(f"status.rw.{pk}" for pk in sorted(standing.rws)),
        *(f"status.kelurahan.{pk}" for pk in sorted(standing.kelurahan)),
        *(f"status.led.rw.{pk}" for pk in sorted(standing.led_rws)),
        *(f"status.led.kelurahan.{pk}" for pk in sorted(standing.led_kelurahan)),
        *(f"status.led.kecamatan.{pk}" for pk in sorted(standing.led_kecamatan)),
        *([f"status.owner.{standing.person}"] if standing.person else []),
        *(["status.petugas"] if standing.officer else []),
    ]


def audience(camera: Camera, visibility: str | None = None) -> set[str]:
    """The Channels groups that may hear of this camera (at another *visibility* than today's, if given)."""
    level = visibility or camera.visibility
    groups = {
        "status.petugas",
        f"status.led.kelurahan.{camera.kelurahan_id}",
        f"status.led.kecamatan.{camera.kelurahan.kecamatan_id}",
    }
    if camera.rt is not None:
        groups |= {f"status.rt.{camera.rt.pk}", f"status.led.rw.{camera.rt.rw_id}"}
    if camera.owner_id is not None:
        groups.add(f"status.owner.{camera.owner_id}")
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
    if standing.officer:
        return ~Q(visibility=Visibility.MATI)
    rule = Q(visibility=Visibility.PUBLIK)
    rule |= Q(visibility=Visibility.WARGA_RT) & _within("rt", standing.rts)
    rule |= Q(visibility=Visibility.WARGA_RW) & _within("rt__rw", standing.rws)
    rule |= Q(visibility=Visibility.KELURAHAN) & _within("kelurahan", standing.kelurahan)
    rule |= Q(visibility=Visibility.PETUGAS) & _within("rt", standing.headed_rts)
    return rule | (_led(standing) | _own(standing)) & ~Q(visibility=Visibility.MATI)


def _listed(standing: Standing) -> Q:
    # Not Q(): an empty Q is dropped by "|", and the officer would not know of cameras that are switched off.
    if standing.officer:
        return Q(pk__isnull=False)
    return _within("rt", standing.rts) | _led(standing) | _own(standing)


def _led(standing: Standing) -> Q:
    """Everything within the scope of a Ketua RW, a lurah or a camat."""
    return (
        _within("rt__rw", standing.led_rws)
        | _within("kelurahan", standing.led_kelurahan)
        | _within("kelurahan__kecamatan", standing.led_kecamatan)
    )


def _own(standing: Standing) -> Q:
    return Q(owner=standing.person) if standing.person else _none()


def _within(place: str, keys: frozenset[int]) -> Q:
    """The cameras of these places. For no place it names none: the way to it would be gone for each of 20,000 cameras all the same."""
    return Q(**{f"{place}__in": keys}) if keys else _none()


def _none() -> Q:
    # Not Q(), which "|" and "&" drop: beside "&" that would be every camera.
    return Q(pk__in=[])
