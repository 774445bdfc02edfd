"""What "tonight" is for an RT: from the end of one watch on, the next night. Reading only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from neighborhoods.models import RT

from .hours_of import hours_book, tonight
from .log import Totals, totals
from .nights import Span, WatchHours
from .roster import AHEAD, NightPlan, next_of, plans_of

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Evening:
    """*ahead*: the rosters from this night on; *counted*: its rounds, or in the *morning* those of the one before."""

    rt: RT
    ahead: list[NightPlan]
    hours: WatchHours
    span: Span
    running: bool
    morning: bool
    counted: Totals

    @property
    def night(self) -> date:
        return self.ahead[0].night

    @property
    def plan(self) -> NightPlan:
        return self.ahead[0]

    @property
    def words(self) -> str:
        """``3 ronda malam ini.``"""
        n = self.counted.rounds
        if self.morning:
            return (
                ngettext("Semalam %(n)s ronda.", "Semalam %(n)s ronda.", n) % {"n": n}
                if n
                else _("Semalam tanpa ronda.")
            )
        if not n:
            return _("Belum ada ronda malam ini.")
        return ngettext("%(n)s ronda malam ini.", "%(n)s ronda malam ini.", n) % {"n": n}

    def turn_of(self, person: int) -> NightPlan | None:
        """The first of these nights on which *person* watches."""
        return next_of(person, self.ahead)


def evenings(rts: Iterable[RT], *, now: datetime) -> list[Evening]:
    """Four queries, however many RTs."""
    rts = list(rts)
    if not rts:
        return []
    keys, night = [rt.pk for rt in rts], tonight(now)
    rosters = plans_of(keys, night, night + AHEAD + _A_DAY, now=now)
    book, counted = hours_book(keys), totals(keys, now=now)
    found = []
    for rt in rts:
        over = book.span(rt.pk, night).end <= now
        here = night + _A_DAY if over else night
        span = book.span(rt.pk, here)
        found.append(
            Evening(
                rt=rt,
                ahead=rosters[rt.pk][1:] if over else rosters[rt.pk][:-1],
                hours=book.on(rt.pk, here),
                span=span,
                running=span.around(now),
                morning=over,
                counted=counted.get(rt.pk, Totals()),
            )
        )
    return found
