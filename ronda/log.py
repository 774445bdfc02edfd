"""The log of an RT's nights: rounds, what was found, and gaps. Reading only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Prefetch
from django.utils.translation import gettext as _

from neighborhoods.models import RT

from .hours_of import HoursBook, hours_book, tonight
from .models import LOOKED, Mark, Presence, Round, Stop, Verdict
from .nights import Span
from .roster import NightPlan, Watcher, called, plans

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Nights that one page or file may cover.
MOST_NIGHTS = 92


@dataclass(frozen=True)
class RoundRow:
    """One round with its stops in order; ``stop.marks_kept`` are each stop's marks, oldest first."""

    round: Round
    stops: list[Stop]

    @property
    def who(self) -> str:
        return called(self.round.by)

    @property
    def looked(self) -> int:
        return sum(stop.verdict in LOOKED for stop in self.stops)

    @property
    def reports(self) -> list[Mark]:
        return [mark for stop in self.stops for mark in marks_of(stop) if mark.verdict == Verdict.REPORTED]

    @property
    def unseen(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.verdict not in LOOKED]


@dataclass
class NightRow:
    """One night. *absent*: those of its roster who neither came nor said that they cannot; *unseen*: cameras that no round looked
    at; *over*: its hours have passed, so that what did not happen is a gap.
    """

    plan: NightPlan
    span: Span
    over: bool
    rounds: list[RoundRow] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    absent: list[Watcher] = field(default_factory=list)

    @property
    def night(self) -> date:
        return self.plan.night

    @property
    def watched(self) -> bool:
        """Whether there was a round at the night's hours."""
        return any(row.round.in_hours for row in self.rounds)

    @property
    def unseen(self) -> list[str]:
        seen = {stop.camera_id for row in self.rounds for stop in row.stops if stop.verdict in LOOKED}
        names = {stop.camera_id: stop.name for row in self.rounds for stop in row.stops}
        return [name for pk, name in names.items() if pk not in seen]

    @property
    def expected(self) -> bool:
        """Whether anybody had planned to watch."""
        return bool(self.plan.watchers or self.plan.away)

    @property
    def gaps(self) -> list[str]:
        """What is missing, for people; nothing of a night that is not over."""
        if not self.over:
            return []
        found = [_("Tanpa ronda.")] if self.expected and not self.watched else []
        # Where nobody came, that says it all.
        if self.absent and self.present:
            found.append(_("Tidak hadir: %(names)s.") % {"names": ", ".join(one.name for one in self.absent)})
        if self.unseen:
            found.append(_("Tidak terlihat: %(names)s.") % {"names": ", ".join(self.unseen)})
        return found


@dataclass(frozen=True)
class Summary:
    """Of some nights: how many were planned, watched and without a round, how many rounds and reports there were."""

    planned: int
    watched: int
    missed: int
    rounds: int
    reports: int


@dataclass(frozen=True)
class Totals:
    """What every resident may know of a night: how many rounds, and when the last one ended or was last heard of."""

    rounds: int = 0
    last: datetime | None = None


def log(rt: RT, first: date, last: date, *, now: datetime) -> list[NightRow]:
    """Every night from *first* to *last*, newest first; none of the future. Seven queries, however many nights."""
    last = min(last, tonight(now))
    if first > last:
        return []
    book = hours_book([rt.pk])
    rows = [_night(rt, plan, book, now) for plan in plans(rt, first, last, now=now)]
    by_night = {row.night: row for row in rows}
    for one in rounds(rt, first, last):
        by_night[one.round.night].rounds.append(one)
    came: dict[date, dict[int, User | None]] = {}
    for row in Presence.objects.filter(rt=rt, night__range=(first, last)).select_related("person"):
        came.setdefault(row.night, {})[row.person_id or -row.pk] = row.person
    for when, people in came.items():
        by_night[when].present = [called(person) for person in people.values()]
    for night in by_night.values():
        if night.over:
            there = came.get(night.night, {})
            night.absent = [who for who in night.plan.watchers if who.person and who.person not in there]
    return rows[::-1]


def rounds(rt: RT, first: date, last: date) -> list[RoundRow]:
    """Oldest first."""
    found = Round.objects.filter(rt=rt, night__range=(first, last)).select_related("by").order_by("started_at")
    return [row_of(one) for one in found.prefetch_related(_stops())]


def row_of(one: Round) -> RoundRow:
    return RoundRow(one, list(one.stops.all()))


def with_stops(pk: str) -> Round:
    """The round with all that ``row_of`` reads."""
    return Round.objects.select_related("by", "rt__rw").prefetch_related(_stops()).get(pk=pk)


def marks_of(stop: Stop) -> list[Mark]:
    return list(stop.marks.all())


def summary(rows: Iterable[NightRow]) -> Summary:
    rows = list(rows)
    planned = [row for row in rows if row.expected]
    return Summary(
        planned=len(planned),
        watched=sum(row.watched for row in rows),
        missed=sum(row.over and not row.watched for row in planned),
        rounds=sum(len(row.rounds) for row in rows),
        reports=sum(len(one.reports) for row in rows for one in row.rounds),
    )


def never_seen(rows: Iterable[NightRow], names: dict[int, str]) -> list[str]:
    """Of the cameras *names* (by primary key) those that no round of these nights looked at; none where there was no round."""
    found = [stop for row in rows for one in row.rounds for stop in one.stops if stop.verdict in LOOKED]
    seen = {stop.camera_id for stop in found}
    return [name for pk, name in names.items() if pk not in seen] if seen else []


def totals(rts: Iterable[int], *, now: datetime) -> dict[int, Totals]:
    """Of tonight, by the RT's primary key. One query."""
    found = Round.objects.filter(rt__in=list(rts), night=tonight(now)).values("rt")
    found = found.annotate(n=Count("pk"), begun=Max("started_at"), ended=Max("finished_at")).order_by()
    return {
        row["rt"]: Totals(row["n"], max(moment for moment in (row["begun"], row["ended"]) if moment)) for row in found
    }


def _stops() -> Prefetch[str]:
    marks = Mark.objects.select_related("incident").order_by("at", "pk")
    stops = Stop.objects.select_related("camera__health").prefetch_related(Prefetch("marks", marks))
    return Prefetch("stops", stops.order_by("position"))


def _night(rt: RT, plan: NightPlan, book: HoursBook, now: datetime) -> NightRow:
    span = book.span(rt.pk, plan.night)
    return NightRow(plan, span, over=span.end <= now)
