"""The head of an RT plans its nights: hours, the week's groups, single nights. Two at once and twice the same are harmless."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.models import RT, Residency
from neighborhoods.residency import standing_of

from .changing import CannotPlan, change, locked, must_lie_ahead
from .hours_of import next_night
from .models import HoursSetting, WeeklyDuty, Why
from .nights import WatchHours
from .roster import plan_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Rows of the week's roster that an RT may have: more than its houses, and not endlessly many.
MOST = 350


def set_hours(rt: RT, *, begins: time, ends: time, by: User, now: datetime | None = None) -> HoursSetting:
    """From the next night on whose watch has not begun. Raises: CannotPlan."""
    hours = WatchHours(begins, ends)
    if not hours.fit_a_night:
        raise CannotPlan(_("Jam selesai harus sesudah jam mulai, dan sebelum pukul 12.00 siang berikutnya."))
    now = now or timezone.now()
    with locked(rt):
        night = next_night(rt, now)
        newest = HoursSetting.objects.filter(rt=rt).order_by("first_night", "pk").last()
        if newest is not None and newest.hours == hours:
            return newest
        return HoursSetting.objects.create(rt=rt, begins=begins, ends=ends, first_night=night, made_by=by, made_at=now)


def put_weekly(rt: RT, person: User, weekday: int, *, by: User, now: datetime | None = None) -> WeeklyDuty:
    """*person* watches on every *weekday*, from the next night on; the row that is there, where they do. Raises: CannotPlan."""
    now = now or timezone.now()
    with locked(rt):
        _must_belong(rt, person)
        running = WeeklyDuty.objects.filter(rt=rt, last_night__isnull=True)
        there = running.filter(person=person, weekday=weekday).first()
        if there is not None:
            return there
        if running.count() >= MOST:
            raise CannotPlan(_("Jadwal RT ini sudah penuh. Akhiri dulu yang lama."))
        return WeeklyDuty.objects.create(
            rt=rt, person=person, weekday=weekday, first_night=next_night(rt, now), made_by=by, made_at=now
        )


def end_weekly(duty: WeeklyDuty, *, by: User | None, now: datetime | None = None) -> bool:
    """The last night was the last whose watch has begun. False where it had ended already."""
    now = now or timezone.now()
    last = next_night(duty.rt, now) - timedelta(days=1)
    ended = WeeklyDuty.objects.filter(pk=duty.pk, last_night__isnull=True)
    return bool(ended.update(last_night=last, ended_by=by, ended_at=now))


def put_on(rt: RT, person: User, night: date, *, by: User, now: datetime | None = None) -> None:
    """*person* watches this one night. Raises: CannotPlan."""
    now = now or timezone.now()
    with locked(rt):
        _must_belong(rt, person)
        must_lie_ahead(rt, night, now)
        if not plan_on(rt, night, now=now).has(person.pk):
            change(rt, person, night, on=True, why=Why.HEAD, by=by, now=now)


def take_off(rt: RT, person: User, night: date, *, by: User, reason: str = "", now: datetime | None = None) -> None:
    """*person* does not watch this one night. Raises: CannotPlan."""
    now = now or timezone.now()
    with locked(rt):
        must_lie_ahead(rt, night, now)
        if plan_on(rt, night, now=now).has(person.pk):
            change(rt, person, night, on=False, why=Why.HEAD, note=reason, by=by, now=now)


def leave(user_id: int, rts: Iterable[int], *, now: datetime | None = None) -> int:
    """Ends what the week's rosters of these RTs have of somebody who does not belong to them any more; how many rows."""
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(pk=user_id).first()
    gone = set(rts) - (standing_of(user).rts if user is not None else frozenset())
    duties = WeeklyDuty.objects.filter(person=user_id, rt__in=gone, last_night__isnull=True)
    return sum(end_weekly(duty, by=None, now=now) for duty in duties.select_related("rt"))


def _must_belong(rt: RT, person: User) -> None:
    if not Residency.objects.active().filter(user=person, rt=rt, user__is_active=True).exists():
        raise CannotPlan(_("Orang ini bukan warga RT ini."))
