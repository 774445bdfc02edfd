"""Reminds the people of a night when its watch begins: once, however often this is called and by however many at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.telling import tell
from neighborhoods.models import RT

from .hours_of import hours_book, tonight
from .models import NightChange, Reminder, WeeklyDuty
from .nights import Span, WatchHours
from .roster import NightPlan, plans_of

# How long after the beginning a reminder still makes sense, where nobody called for a while.
STILL_TIMELY = timedelta(minutes=45)
# RTs whose rosters are read at a time.
_BATCH = 200


def remind_due(now: datetime | None = None) -> int:
    """Reminds the people of every RT whose watch has just begun; how many RTs. A city where none is due: four queries."""
    now = now or timezone.now()
    night = tonight(now)
    due = _due(night, now)
    told = 0
    for start in range(0, len(due), _BATCH):
        batch = due[start : start + _BATCH]
        rosters = plans_of(batch, night, night, now=now)
        book = hours_book(batch)
        rts = RT.objects.select_related("rw").in_bulk(batch)
        told += sum(_remind(rts[pk], rosters[pk][0], book.on(pk, night), now) for pk in batch)
    return told


def _due(night: date, now: datetime) -> list[int]:
    """The RTs that have a roster tonight, whose hours have just begun, and that nobody has reminded."""
    weekly = WeeklyDuty.objects.within(night, night).filter(weekday=night.isoweekday())
    planned = set(weekly.values_list("rt", flat=True))
    planned |= set(NightChange.objects.filter(night=night, on=True).values_list("rt", flat=True))
    planned -= set(Reminder.objects.filter(night=night).values_list("rt", flat=True))
    book = hours_book(planned)
    return sorted(pk for pk in planned if _has_just_begun(book.span(pk, night), now))


def _has_just_begun(span: Span, now: datetime) -> bool:
    return span.begin <= now < min(span.end, span.begin + STILL_TIMELY)


def _remind(rt: RT, plan: NightPlan, hours: WatchHours, now: datetime) -> bool:
    with transaction.atomic():
        _row, is_new = Reminder.objects.get_or_create(rt=rt, night=plan.night, defaults={"at": now})
        if not is_new or not plan.people:
            return False

        def say() -> tuple[str, str]:
            body = _("%(rt)s, pukul %(hours)s: %(names)s.")
            return _("Malam ini giliran Anda ronda"), body % {"rt": rt, "hours": hours, "names": plan.names}

        tell(plan.people, say, url="/ronda/", tag=f"ronda-{rt.pk}-{plan.night}")
    return True
