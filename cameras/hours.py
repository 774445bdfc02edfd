"""Hours of the day that come back: when a timetable holds. Pure; times are the city's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True)
class Span:
    """One time that the hours hold: from *begin* until just before *end*, in the zone of the question."""

    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Hours:
    """From *begins* to *ends*, over midnight where it ends before it begins. *days*: ISO weekdays on which it begins."""

    begins: time
    ends: time
    days: frozenset[int] = EVERY_DAY


class HasHours(Protocol):
    level: str

    @property
    def hours(self) -> Hours: ...


def span_at(hours: Hours, now: datetime) -> Span | None:
    """The span in which *now* lies (aware, in the city's zone), or None between two of them."""
    for day in (now.date(), now.date() - timedelta(days=1)):
        if day.isoweekday() not in hours.days:
            continue
        last = day if hours.ends > hours.begins else day + timedelta(days=1)
        span = Span(
            datetime.combine(day, hours.begins, tzinfo=now.tzinfo),
            datetime.combine(last, hours.ends, tzinfo=now.tzinfo),
        )
        if span.begin <= now < span.end:
            return span
    return None


def level_at(timetable: HasHours, now: datetime) -> str | None:
    """The level that *timetable* sets at *now*; None where it sets none."""
    return timetable.level if span_at(timetable.hours, now) else None
