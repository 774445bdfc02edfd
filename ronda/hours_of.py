"""Which hours an RT watches on which night, and which night it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from neighborhoods.models import RT

from .models import HoursSetting
from .nights import Span, WatchHours, night_of

_A_DAY = timedelta(days=1)


def tonight(now: datetime) -> date:
    """The night to which *now* belongs."""
    return night_of(timezone.localtime(now))


def default_hours() -> WatchHours:
    return WatchHours(*settings.RONDA_HOURS)


@dataclass(frozen=True)
class HoursBook:
    """The hours of some RTs, by primary key; those that never set any have the city's."""

    rows: dict[int, list[HoursSetting]]

    def on(self, rt_id: int, night: date) -> WatchHours:
        valid = [row for row in self.rows.get(rt_id, ()) if row.first_night <= night]
        return valid[-1].hours if valid else default_hours()

    def span(self, rt_id: int, night: date) -> Span:
        return self.on(rt_id, night).span(night, timezone.get_default_timezone())


def hours_book(rts: Iterable[int]) -> HoursBook:
    """One query."""
    rows: dict[int, list[HoursSetting]] = {}
    for row in HoursSetting.objects.filter(rt__in=list(rts)).order_by("first_night", "pk"):
        rows.setdefault(row.rt_id, []).append(row)
    return HoursBook(rows)


def next_night(rt: RT, now: datetime) -> date:
    """The first night whose watch has not begun."""
    night = tonight(now)
    return night if now < hours_book([rt.pk]).span(rt.pk, night).begin else night + _A_DAY
