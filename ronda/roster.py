"""Who watches which night: the week's roster, and what was changed on single nights. Reading only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from neighborhoods.models import RT, Residency
from neighborhoods.names import name_of

from .hours_of import tonight
from .models import NightChange, Swap, SwapState, WeeklyDuty, Why
from .nights import nights

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Row = TypeVar("Row", WeeklyDuty, NightChange)

# How far ahead the pages show the roster.
AHEAD = timedelta(days=13)


@dataclass(frozen=True)
class Watcher:
    """*note*: what differs from the week's roster, for people; empty where nothing does."""

    person: int | None
    name: str
    note: str = ""


@dataclass
class NightPlan:
    """*away*: those of the roster who said that they cannot come, and those who gave their night away."""

    night: date
    watchers: list[Watcher] = field(default_factory=list)
    away: list[Watcher] = field(default_factory=list)

    def has(self, person: int) -> bool:
        return any(one.person == person for one in self.watchers)

    @property
    def names(self) -> str:
        return ", ".join(one.name for one in self.watchers)

    @property
    def people(self) -> list[int]:
        return [one.person for one in self.watchers if one.person is not None]


def called(person: User | None) -> str:
    """As the neighbours know them; of those whose name is not kept any more, that."""
    return name_of(person) if person is not None else _("nama sudah dihapus")


def residents(rt: RT) -> list[User]:
    """Those who may be put on the roster, by name."""
    rows = Residency.objects.active().filter(rt=rt, user__is_active=True).select_related("user")
    return sorted((row.user for row in rows), key=lambda user: called(user).lower())


def plans(rt: RT, first: date, last: date, *, now: datetime) -> list[NightPlan]:
    """Of each night from *first* to *last*. Of tonight and later nights without those who do not belong to the RT any more."""
    return plans_of([rt.pk], first, last, now=now)[rt.pk]


def plans_of(rts: Iterable[int], first: date, last: date, *, now: datetime) -> dict[int, list[NightPlan]]:
    """The same for several RTs, by primary key. Two queries."""
    rts = list(rts)
    duties = _here(WeeklyDuty.objects.filter(rt__in=rts).within(first, last))
    changed_nights = NightChange.objects.filter(rt__in=rts, night__range=(first, last))
    changes = _here(changed_nights.select_related("swap__asker", "swap__settled_by"))
    found: dict[int, list[NightPlan]] = {}
    for rt in rts:
        of_rt = [duty for duty in duties if duty.rt_id == rt]
        changed = [change for change in changes if change.rt_id == rt]
        found[rt] = [_plan(night, of_rt, changed, since=tonight(now)) for night in nights(first, last)]
    return found


def plan_on(rt: RT, night: date, *, now: datetime) -> NightPlan:
    return plans(rt, night, night, now=now)[0]


def next_of(person: int, coming: Iterable[NightPlan]) -> NightPlan | None:
    """The first of these nights on which *person* watches."""
    return next((plan for plan in coming if plan.has(person)), None)


def open_swaps(rts: Iterable[int], *, since: date) -> list[Swap]:
    """Those that wait for an answer, soonest first."""
    rows = Swap.objects.filter(rt__in=list(rts), state=SwapState.OPEN, night__gte=since)
    return list(rows.select_related("asker", "asked", "rt__rw"))


def groups(rt: RT, night: date) -> dict[int, list[WeeklyDuty]]:
    """The week's roster as it holds on and after *night*, by ISO weekday."""
    found: dict[int, list[WeeklyDuty]] = {day: [] for day in range(1, 8)}
    rows = WeeklyDuty.objects.filter(rt=rt, person__isnull=False, last_night__isnull=True)
    for duty in rows.select_related("person"):
        found[duty.weekday].append(duty)
    return found


def _here(rows: QuerySet[Row]) -> list[Row]:
    """With the people, and whether each still belongs to the RT."""
    home = Residency.objects.active().filter(user=OuterRef("person"), rt=OuterRef("rt"), user__is_active=True)
    return list(rows.select_related("person").annotate(belongs=Exists(home)).order_by("pk"))


def _plan(night: date, duties: list[WeeklyDuty], changes: list[NightChange], *, since: date) -> NightPlan:
    plan = NightPlan(night)
    newest = {one.person_id: one for one in changes if one.night == night and one.person_id is not None}
    for duty in duties:
        if duty.weekday == night.isoweekday() and _holds(duty, night) and _counts(duty, night, since):
            change = newest.pop(duty.person_id, None) if duty.person_id is not None else None
            _put(plan, duty.person, duty.person_id, change, on=True)
    for change in newest.values():
        if _counts(change, night, since):
            _put(plan, change.person, change.person_id, change, on=False)
    return plan


def _put(plan: NightPlan, person: User | None, pk: int | None, change: NightChange | None, *, on: bool) -> None:
    """*on*: whether the week's roster has them."""
    watcher = Watcher(pk, called(person), _note(change))
    if change is None or change.on:
        plan.watchers.append(watcher if change is None or not on else Watcher(pk, watcher.name))
    elif on or change.why in {Why.AWAY, Why.SWAP}:
        plan.away.append(watcher)


def _note(change: NightChange | None) -> str:
    if change is None:
        return ""
    if change.swap is not None:
        swap = change.swap
        partner = swap.settled_by if swap.asker_id == change.person_id else swap.asker
        return _("bertukar dengan %(name)s") % {"name": called(partner)}
    return ": ".join(part for part in (str(change.get_why_display()), change.note) if part)


def _holds(duty: WeeklyDuty, night: date) -> bool:
    return duty.first_night <= night and (duty.last_night is None or duty.last_night >= night)


def _counts(row: WeeklyDuty | NightChange, night: date, since: date) -> bool:
    belongs: bool = row.belongs  # type: ignore[union-attr] # annotated in _here
    return night < since or belongs
