"""What becomes of an alarm: somebody comes, somebody ends it, or it ends by itself. By compare-and-set, each a row.

CannotTurn      it is over already, or not for this person to end; the message says so, for people, and who was first
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.names import name_of
from neighborhoods.residency import standing_of

from . import news
from .audience import may_manage, people_of
from .models import Alarm, AlarmStep, Ending, State, What
from .telling import push

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotTurn(Exception):
    """Says why."""


def come(alarm: Alarm, *, by: User, now: datetime | None = None) -> None:
    """*by* says that they are coming; saying so twice is harmless. Raises: CannotTurn."""
    if alarm.rt_id not in standing_of(by).rts:
        raise CannotTurn(_("Hanya warga dan penjaga RT ini yang dapat menjawab."))
    if alarm.caller_id == by.pk:
        raise CannotTurn(_("Anda yang membunyikan. Tetangga Anda sudah dipanggil."))
    with transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk, state=State.RINGING).update(state=State.ANSWERED)
        alarm.refresh_from_db()
        if alarm.state == State.ENDED:
            raise CannotTurn(_over(alarm))
        step = {"at": now or timezone.now()}
        _row, new = AlarmStep.objects.get_or_create(alarm=alarm, what=What.COMING, by=by, defaults=step)
        if new:
            transaction.on_commit(lambda: _tell_coming(alarm, by))


def end(alarm: Alarm, *, by: User, ending: Ending, words: str = "", now: datetime | None = None) -> None:
    """By who sounded it, or who manages the RT. Raises: CannotTurn."""
    if alarm.caller_id != by.pk and not may_manage(standing_of(by), alarm.rt_id):
        raise CannotTurn(_("Hanya yang membunyikan dan pengurus RT yang dapat mengakhirinya."))
    if ending not in {Ending.SAFE, Ending.FALSE}:
        raise CannotTurn(_("Pilih: sudah aman, atau alarm keliru."))
    if not _end(alarm, ending, by=by, words=words, now=now or timezone.now()):
        raise CannotTurn(_over(alarm))


def end_forgotten(now: datetime | None = None) -> int:
    """Ends those that nobody ended within ALARM_HOURS; how many."""
    now = now or timezone.now()
    old = Alarm.objects.exclude(state=State.ENDED).filter(at__lt=now - timedelta(hours=settings.ALARM_HOURS))
    rows = list(old.select_related("rt__rw", "caller"))
    return sum(_end(alarm, Ending.FORGOTTEN, by=None, words="", now=now) for alarm in rows)


def _end(alarm: Alarm, ending: Ending, *, by: User | None, words: str, now: datetime) -> bool:
    with transaction.atomic():
        rows = Alarm.objects.filter(pk=alarm.pk).exclude(state=State.ENDED)
        if not rows.update(state=State.ENDED, ending=ending):
            alarm.refresh_from_db()
            return False
        alarm.refresh_from_db()
        said = " ".join(words.split())[:200]
        AlarmStep.objects.create(alarm=alarm, what=What.ENDED, by=by, at=now, words=said)
        transaction.on_commit(lambda: _tell_end(alarm, by))
    return True


def _over(alarm: Alarm) -> str:
    last = alarm.steps.filter(what=What.ENDED).select_related("by").last()
    if last is None:
        return _("Kentongan ini sudah selesai.")
    return _("Sudah diakhiri %(who)s pukul %(time)s: %(how)s.") % {
        "who": last.who,
        "time": f"{timezone.localtime(last.at):%H.%M}",
        "how": str(alarm.get_ending_display()).lower(),
    }


def _tell_coming(alarm: Alarm, by: User) -> None:
    news.publish_alarm(alarm)
    who = name_of(by)

    def say() -> tuple[str, str]:
        return _("%(who)s datang") % {"who": who}, str(alarm)

    push([alarm.caller_id], say, url=alarm.get_absolute_url(), tag=alarm.tag)


def _tell_end(alarm: Alarm, by: User | None) -> None:
    news.publish_alarm(alarm)
    if by is None:
        return
    who = name_of(by)

    def say() -> tuple[str, str]:
        how = str(alarm.get_ending_display()).lower()
        return _("Kentongan %(rt)s selesai: %(how)s") % {"rt": alarm.rt, "how": how}, who

    push(people_of(alarm.rt_id) - {by.pk}, say, url=alarm.get_absolute_url(), tag=alarm.tag)
