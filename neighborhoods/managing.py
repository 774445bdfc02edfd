"""Who manages an RT: approves its residents, invites, switches its cameras, and may hand on the office of its head."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import RT, RW, Kecamatan, Kelurahan, Office, Residency
from .residency import Standing


def managed_rts(standing: Standing) -> QuerySet[RT]:
    """The RTs of today that *standing* manages: as head or officer, as Ketua RW where there is no head, as lurah where there
    is neither. One query, or a part of one.
    """
    valid = RT.objects.filter(valid_to__isnull=True, rw__valid_to__isnull=True)
    if standing.officer:
        return valid
    rule = Q(pk__in=standing.headed_rts)
    if standing.led_rws:
        rule |= Q(_without_head(), rw__in=standing.led_rws)
    if standing.led_kelurahan:
        rule |= Q(_without_head(), ~_has_rw_head(), rw__kelurahan__in=standing.led_kelurahan)
    return valid.filter(rule)


def appointing_rts(standing: Standing) -> QuerySet[RT]:
    """The RTs of today whose head *standing* may appoint: those headed (the office is handed over) and those led."""
    valid = RT.objects.filter(valid_to__isnull=True, rw__valid_to__isnull=True)
    if standing.officer:
        return valid
    return valid.filter(
        Q(pk__in=standing.headed_rts)
        | Q(rw__in=standing.led_rws)
        | Q(rw__kelurahan__in=standing.led_kelurahan)
        | Q(rw__kelurahan__kecamatan__in=standing.led_kecamatan)
    )


def may_appoint(standing: Standing, place: RW | Kelurahan | Kecamatan) -> bool:
    """Whether *standing* may appoint the Ketua RW, the lurah or the camat of *place*; the last two only officers may."""
    if standing.officer:
        return True
    return isinstance(place, RW) and (
        place.kelurahan_id in standing.led_kelurahan or place.kelurahan.kecamatan_id in standing.led_kecamatan
    )


def waiting_in(standing: Standing) -> int:
    """How many people wait for somebody who manages their RT to say yes or no."""
    return Residency.objects.filter(state=Residency.State.PENDING, rt__in=managed_rts(standing)).count()


def _without_head() -> Q:
    heads = Residency.objects.active().filter(rt=OuterRef("pk"), role=Residency.Role.KETUA, user__is_active=True)
    return Q(~Exists(heads))


def _has_rw_head() -> Exists:
    return Exists(Office.objects.current().filter(rw=OuterRef("rw"), user__is_active=True))
