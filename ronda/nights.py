"""Nights and their hours. Pure; times are the city's own.

A night bears the date of its evening and lasts from noon to noon, so that three o'clock in the morning belongs to the evening before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

_HALF_A_DAY = timedelta(hours=12)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """When a night is watched: from *begin* until just before *end*."""

    begin: datetime
    end: datetime

    def around(self, moment: datetime, *, by: timedelta = timedelta(0)) -> bool:
        """Whether *moment* lies in it, or within *by* before or after."""
        return self.begin - by <= moment < self.end + by


@dataclass(frozen=True)
class WatchHours:
    begins: time
    ends: time

    @property
    def fit_a_night(self) -> bool:
        """Whether they end after they begin, between noon and noon."""
        return _since_noon(self.begins) < _since_noon(self.ends)

    def span(self, night: date, zone: tzinfo) -> Span:
        return Span(_moment(night, self.begins, zone), _moment(night, self.ends, zone))

    def __str__(self) -> str:
        """``22.00–04.00``."""
        return f"{self.begins:%H.%M}–{self.ends:%H.%M}"


def night_of(local: datetime) -> date:
    """The night to which *local* belongs (aware, in the city's zone)."""
    return (local - _HALF_A_DAY).date()


def nights(first: date, last: date) -> Iterator[date]:
    """From *first* to *last*, both included."""
    while first <= last:
        yield first
        first += _A_DAY


def _since_noon(clock: time) -> int:
    """Minutes."""
    return (clock.hour * 60 + clock.minute - 720) % 1440


def _moment(night: date, clock: time, zone: tzinfo) -> datetime:
    day = night if clock.hour >= 12 else night + _A_DAY
    return datetime.combine(day, clock, tzinfo=zone)
