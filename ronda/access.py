"""Who may what of the night watch of an RT.

* who belongs to it (residents, its head, guards): reads its roster, makes rounds, swaps
* who manages it (neighborhoods.managing): plans, reads the log, exports; and reads every round
* everybody else: nothing, not even that there is a watch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from neighborhoods.managing import managed_rts
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from .models import Round, Swap

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def home_rts(user: User | AnonymousUser) -> QuerySet[RT]:
    """The RTs whose watch this person belongs to."""
    rts = RT.objects.filter(pk__in=standing_of(user).rts).order_by("rw__number", "number")
    return rts.select_related("rw__kelurahan").defer("rw__kelurahan__boundary")


def own_rounds(user: User | AnonymousUser) -> QuerySet[Round]:
    """Rounds that this person may go on with: their own, while they belong to the RT."""
    standing = standing_of(user)
    return _rounds().filter(by=standing.person, rt__in=standing.rts) if standing.person else Round.objects.none()


def readable_rounds(user: User | AnonymousUser) -> QuerySet[Round]:
    """Their own, and those of the RTs that they manage."""
    standing = standing_of(user)
    if standing.person is None:
        return Round.objects.none()
    return own_rounds(user) | _rounds().filter(rt__in=managed_rts(standing))


def swaps(user: User | AnonymousUser) -> QuerySet[Swap]:
    """Of their RTs."""
    return Swap.objects.filter(rt__in=standing_of(user).rts).select_related("rt__rw", "asker", "asked")


def _rounds() -> QuerySet[Round]:
    return Round.objects.select_related("rt__rw__kelurahan", "by").defer("rt__rw__kelurahan__boundary")
