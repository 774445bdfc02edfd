"""What every change of a roster keeps to: one at a time for an RT, nights that lie ahead, a row for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from neighborhoods.models import RT

from .hours_of import hours_book, tonight
from .models import NightChange, Swap, Why

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How far ahead a single night can be planned.
FURTHEST = timedelta(days=366)


class CannotPlan(Exception):
    """The message says why, for people."""


@contextmanager
def locked(rt: RT) -> Iterator[None]:
    """A transaction in which nobody else changes this RT's roster."""
    with transaction.atomic():
        RT.objects.select_for_update().get(pk=rt.pk)
        yield


def change(
    rt: RT,
    person: User,
    night: date,
    *,
    on: bool,
    why: Why,
    by: User,
    now: datetime,
    note: str = "",
    swap: Swap | None = None,
) -> NightChange:
    """One row of what is different on a night; the caller holds the RT (``locked``)."""
    return NightChange.objects.create(
        rt=rt, person=person, night=night, on=on, why=why, by=by, at=now, note=note.strip()[:200], swap=swap
    )


def must_lie_ahead(rt: RT, night: date, now: datetime) -> None:
    """Raises: CannotPlan, where this night is over, or so far away that it is a slip of the keyboard."""
    if night > tonight(now) + FURTHEST:
        raise CannotPlan(_("Malam itu masih terlalu jauh."))
    # Compared as nights first: the calendar's first day has no evening before it.
    if night < tonight(now) or hours_book([rt.pk]).span(rt.pk, night).end <= now:
        raise CannotPlan(_("Malam itu sudah lewat."))
