"""Who an RT's alarms are for: who sounds them, who hears them, who sees what became of them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from neighborhoods.managing import managed_rts
from neighborhoods.models import RT, Residency
from neighborhoods.residency import Standing


def own_rts(standing: Standing) -> QuerySet[RT]:
    """The RTs whose kentongan this person may sound and answer: those they live in, head or guard."""
    return _named().filter(pk__in=standing.rts)


def seen_rts(standing: Standing) -> QuerySet[RT]:
    """The RTs whose alarms this person may read of: their own, and those they manage."""
    return _named().filter(Q(pk__in=standing.rts) | Q(pk__in=managed_rts(standing).values("pk")))


def may_manage(standing: Standing, rt_id: int) -> bool:
    """Whether they may end an alarm of others there, and mute somebody. One query at the most."""
    if rt_id in standing.headed_rts or standing.officer:
        return True
    return standing.leads and managed_rts(standing).filter(pk=rt_id).exists()


def people_of(rt_id: int) -> set[int]:
    """The accounts that belong to this RT, its guards and head among them."""
    return set(
        Residency.objects.active()
        .filter(rt_id=rt_id, rt__valid_to__isnull=True, user__is_active=True)
        .values_list("user_id", flat=True)
    )


def members_of(rt_id: int) -> QuerySet[User]:
    return User.objects.filter(pk__in=people_of(rt_id)).order_by("first_name", "last_name", "username")


def group_of(rt_id: int) -> str:
    """The Channels group of an RT's people who have a page open."""
    return f"kabar.rt.{rt_id}"


def person_group(user_id: int) -> str:
    """The Channels group of one person's open pages."""
    return f"kabar.person.{user_id}"


def _named() -> QuerySet[RT]:
    return (
        RT.objects.filter(valid_to__isnull=True, rw__valid_to__isnull=True)
        .select_related("rw__kelurahan")
        .defer("rw__kelurahan__boundary")
    )
