"""A head keeps somebody who misuses the kentongan from sounding it, for a time and with a reason.

CannotMute      the message says why, for people
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.models import RT

from .audience import people_of
from .models import Mute
from .telling import tell

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LEAST_REASON = 5
MOST_DAYS = 90


class CannotMute(Exception):
    """Not this one."""


def running(rt_id: int, now: datetime) -> QuerySet[Mute]:
    return Mute.objects.filter(rt_id=rt_id, until__gt=now, lifted_at__isnull=True)


def muted(person_id: int, rt_id: int, now: datetime) -> Mute | None:
    """What keeps this person from sounding the kentongan there now; the one that lasts longest."""
    return running(rt_id, now).filter(person_id=person_id).select_related("by").order_by("-until").first()


def mute(rt: RT, person: User, *, by: User, days: int, reason: str, now: datetime | None = None) -> Mute:
    """*by* manages the RT; the door has looked. Raises: CannotMute."""
    now = now or timezone.now()
    reason = " ".join(reason.split())
    if person.pk == by.pk:
        raise CannotMute(_("Anda tidak dapat menghentikan diri sendiri."))
    if person.pk not in people_of(rt.pk):
        raise CannotMute(_("Orang ini bukan warga atau penjaga RT ini."))
    if len(reason) < LEAST_REASON:
        raise CannotMute(_("Tulis alasannya. Alasan ini dibaca oleh yang bersangkutan."))
    if not 1 <= days <= MOST_DAYS:
        raise CannotMute(_("Pilih lamanya: satu sampai %(most)s hari.") % {"most": MOST_DAYS})
    made = Mute.objects.create(
        rt=rt, person=person, by=by, at=now, until=now + timedelta(days=days), reason=reason[:200]
    )

    def say() -> tuple[str, str]:
        body = _("Selama %(days)s hari. Alasan: %(reason)s. Dalam bahaya, telepon 112 atau 110.")
        return _("Kentongan %(rt)s dihentikan untuk Anda") % {"rt": rt}, body % {"days": days, "reason": made.reason}

    tell([person.pk], say, url="/kentongan/", tag=f"jeda-{made.pk}")
    return made


def lift(row: Mute, *, by: User, now: datetime | None = None) -> bool:
    """False if it was lifted already."""
    rows = Mute.objects.filter(pk=row.pk, lifted_at__isnull=True)
    return bool(rows.update(lifted_at=now or timezone.now(), lifted_by=by))
