"""Offices pass from one to the next. Nothing is overwritten: what somebody was ends, and what they are now begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import RT, RW, Kecamatan, Kelurahan, Office, Residency
from .residency import STRANGER, Standing, announce

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Place = RW | Kelurahan | Kecamatan
KINDS = {RW: Office.Kind.KETUA_RW, Kelurahan: Office.Kind.LURAH, Kecamatan: Office.Kind.CAMAT}
_FIELDS = {RW: "rw", Kelurahan: "kelurahan", Kecamatan: "kecamatan"}
_MEANWHILE = gettext_lazy("Jabatan ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi.")


class CannotAppoint(Exception):
    """The message says why, for people."""


def make_head(rt: RT, *, whom: User, by: User) -> bool:
    """Hands the office of the RT's head to a resident of it; who was head stays a resident. False if it was so already.

    Raises:
        CannotAppoint: *whom* is no active resident of the RT, or somebody else appointed in the meantime.
    """
    try:
        with transaction.atomic():
            return _make_head(rt, whom, by)
    except IntegrityError:
        raise CannotAppoint(_MEANWHILE) from None


def _make_head(rt: RT, whom: User, by: User) -> bool:
    here = Residency.objects.select_for_update().active().filter(rt=rt)
    head = here.filter(role=Residency.Role.KETUA).first()
    if head is not None and head.user_id == whom.pk:
        return False
    resident = here.filter(role=Residency.Role.WARGA, user=whom, user__is_active=True).first()
    if resident is None:
        raise CannotAppoint(_("Ketua RT dipilih dari warga RT ini. Setujui dulu orangnya sebagai warga."))
    if head is not None:  # first, since an RT has one head at a time
        _succeed(head, Residency.Role.WARGA, by)
        announce(head.user_id, Standing(headed_rts=frozenset({rt.pk})))
    _succeed(resident, Residency.Role.KETUA, by)
    announce(whom.pk, STRANGER)
    return True


def _succeed(residency: Residency, role: Residency.Role, by: User) -> None:
    """Ends one row and begins the next, past the signals: they would close what stays open to this person."""
    now = timezone.now()
    running = Residency.objects.filter(pk=residency.pk, state=Residency.State.ACTIVE)
    if not running.update(state=Residency.State.ENDED, until=now, ended_by=by):
        raise CannotAppoint(_MEANWHILE)
    begun = Residency(
        user_id=residency.user_id,
        rt_id=residency.rt_id,
        role=role,
        since=now,
        state=Residency.State.ACTIVE,
        approved_by=by,
    )
    Residency.objects.bulk_create([begun])


def holder_of(place: Place) -> Office | None:
    """Who is Ketua RW, lurah or camat there today."""
    return Office.objects.current().filter(**{_FIELDS[type(place)]: place}).select_related("user").first()


def appoint(place: Place, *, whom: User, by: User | None) -> bool:
    """Makes *whom* Ketua RW, lurah or camat of *place*; who was it before is it no longer. False if it was so already.

    Raises:
        CannotAppoint: somebody else appointed in the meantime.
    """
    try:
        with transaction.atomic():
            before = holder_of(place)
            if before is not None and before.user_id == whom.pk:
                return False
            if before is not None:
                end_office(before)
            field = {_FIELDS[type(place)]: place}
            Office.objects.create(user=whom, kind=KINDS[type(place)], appointed_by=by, **field)
            return True
    except IntegrityError:
        raise CannotAppoint(_MEANWHILE) from None


def end_office(office: Office) -> bool:
    """The office is vacant from now on; False if it was already."""
    with transaction.atomic():
        row = Office.objects.select_for_update().current().filter(pk=office.pk).first()
        if row is None:
            return False
        row.until = timezone.now()
        row.save()  # not update(): whoever listens must hear of it
    return True
