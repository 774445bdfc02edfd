"""Somebody sounds the kentongan of their RT.

CannotRing      the message says why, for people, and that 112 and 110 answer always
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.models import RT
from neighborhoods.names import name_of
from neighborhoods.residency import standing_of

from . import muting, news
from .audience import people_of
from .models import Alarm, AlarmStep, Kind, State, What
from .telling import push

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_NOTE = 140


class CannotRing(Exception):
    """Not now, or not this person."""


@dataclass(frozen=True)
class Call:
    """What somebody calls out. *key*: made by their browser, so that what is sent twice rings once; empty: none."""

    kind: Kind
    note: str = ""
    key: str = ""


def ring(rt: RT, call: Call, *, by: User, now: datetime | None = None) -> Alarm:
    """The alarm; the running one of this kind where there is one, which *by* then joins. Raises: CannotRing."""
    now = now or timezone.now()
    if rt.pk not in standing_of(by).rts:
        raise CannotRing(_("Kentongan ini hanya untuk warga dan penjaga RT-nya. Dalam bahaya, telepon 112 atau 110."))
    if (before := _sent_before(rt, by, call)) is not None:
        return before
    if (row := muting.muted(by.pk, rt.pk, now)) is not None:
        raise CannotRing(
            _(
                "Pengurus menghentikan kentongan untuk Anda sampai %(day)s: %(reason)s. Dalam bahaya, telepon 112 atau 110."
            )
            % {"day": f"{timezone.localtime(row.until):%d.%m.%Y}", "reason": row.reason}
        )
    for _again in range(3):
        if (alarm := _running(rt, call.kind)) is not None:
            return _join(alarm, by, call, now)
        try:
            return _begin(rt, call, by, now)
        except IntegrityError:
            # Somebody sounded the same in this very moment, or this was sent twice at once.
            if (before := _sent_before(rt, by, call)) is not None:
                return before
    raise CannotRing(_("Kentongan baru saja berubah. Coba sekali lagi, atau telepon 112."))


def _sent_before(rt: RT, by: User, call: Call) -> Alarm | None:
    # Of this RT alone: a key that was used elsewhere neither answers for it nor shows what was there.
    return Alarm.objects.filter(rt=rt, caller=by, key=call.key).first() if call.key else None


def _running(rt: RT, kind: Kind) -> Alarm | None:
    return Alarm.objects.filter(rt=rt, kind=kind).exclude(state=State.ENDED).select_related("rt__rw", "caller").first()


def _begin(rt: RT, call: Call, by: User, now: datetime) -> Alarm:
    with transaction.atomic():
        RT.objects.select_for_update().get(pk=rt.pk)  # two at once are counted one after the other
        _count(rt, by, now)
        alarm = Alarm.objects.create(
            rt=rt, caller=by, kind=call.kind, note=_clean(call.note), at=now, key=call.key[:64]
        )
        AlarmStep.objects.create(alarm=alarm, what=What.RANG, by=by, at=now, words=alarm.note)
        transaction.on_commit(lambda: _sound(alarm))
    return alarm


def _count(rt: RT, by: User, now: datetime) -> None:
    since = now - timedelta(seconds=settings.ALARM_WINDOW)
    lately = Alarm.objects.filter(rt=rt, at__gt=since)
    if lately.filter(caller=by).count() >= settings.ALARMS_A_PERSON:
        raise CannotRing(
            _("Anda sudah beberapa kali membunyikan kentongan. Tunggu sebentar; dalam bahaya, telepon 112 atau 110.")
        )
    if lately.count() >= settings.ALARMS_AN_RT:
        raise CannotRing(_("Kentongan RT ini sudah terlalu sering berbunyi. Dalam bahaya, telepon 112 atau 110."))


def _join(alarm: Alarm, by: User, call: Call, now: datetime) -> Alarm:
    """Rings nobody again: the RT has heard. What was called out stands on the alarm's page."""
    if alarm.caller_id == by.pk:
        return alarm
    step = {"at": now, "words": _clean(call.note)}
    _row, new = AlarmStep.objects.get_or_create(alarm=alarm, what=What.JOINED, by=by, defaults=step)
    if new:
        transaction.on_commit(lambda: news.publish_alarm(alarm))
    return alarm


def _sound(alarm: Alarm) -> None:
    news.publish_alarm(alarm)
    caller = name_of(alarm.caller)

    def say() -> tuple[str, str]:
        title = _("Kentongan %(rt)s: %(kind)s!") % {"rt": alarm.rt, "kind": alarm.get_kind_display()}
        return title, f"{caller}: {alarm.note}" if alarm.note else caller

    push(people_of(alarm.rt_id) - {alarm.caller_id}, say, url=alarm.get_absolute_url(), tag=alarm.tag)


def _clean(note: str) -> str:
    return " ".join(note.split())[:MOST_NOTE]
