"""What a person is to the neighbourhoods: one small value that the gate, the pages and the sockets ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from .models import RT, RW, Office, Residency, is_officer
from .signals import standing_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


@dataclass(frozen=True)
class Standing:
    """Where somebody belongs: primary keys of RTs, RWs and kelurahan; empty for a stranger."""

    rts: frozenset[int] = frozenset()
    headed_rts: frozenset[int] = frozenset()
    rws: frozenset[int] = frozenset()
    kelurahan: frozenset[int] = frozenset()
    officer: bool = False


STRANGER = Standing()


def standing_of(user: User | AnonymousUser) -> Standing:
    """Two queries for somebody logged in, none for a stranger. Pending and ended residencies and ended RTs count for nothing."""
    if user.pk is None or not user.is_active:
        return STRANGER
    rows = list(
        Residency.objects.active_of(user)
        .filter(rt__valid_to__isnull=True, rt__rw__valid_to__isnull=True)
        .values_list("rt_id", "role", "rt__rw_id", "rt__rw__kelurahan_id")
    )
    return Standing(
        rts=frozenset(rt for rt, _, _, _ in rows),
        headed_rts=frozenset(rt for rt, role, _, _ in rows if role == Residency.Role.KETUA),
        rws=frozenset(rw for _, _, rw, _ in rows),
        kelurahan=frozenset(kelurahan for _, _, _, kelurahan in rows),
        officer=is_officer(user),
    )


def opened_by_residency(residency: Residency | None) -> Standing:
    """What this one residency opens; nothing where there is none, or it is not active."""
    if residency is None or residency.state != Residency.State.ACTIVE:
        return STRANGER
    rt = residency.rt
    return Standing(
        rts=frozenset({rt.pk}),
        headed_rts=frozenset({rt.pk} if residency.role == Residency.Role.KETUA else ()),
        rws=frozenset({rt.rw_id}),
        kelurahan=frozenset({rt.rw.kelurahan_id}),
    )


def announce(user_id: int, lost: Standing) -> None:
    """Says after commit that this person's standing has changed; *lost*: what they may have lost by it."""
    transaction.on_commit(lambda: standing_changed.send(sender=Residency, user_id=user_id, lost=lost))


def announce_suspension(user_id: int) -> None:
    """Says so of everything that an account which is suspended had opened."""
    for residency in Residency.objects.active().filter(user_id=user_id).select_related("rt__rw"):
        announce(user_id, opened_by_residency(residency))
    if Office.objects.current().filter(user_id=user_id).exists():
        announce(user_id, Standing(officer=True))


def announce_end_of(place: RT | RW) -> None:
    """Says so of everybody who belonged to an RT, or an RW, that has ended."""
    within = {"rt": place} if isinstance(place, RT) else {"rt__rw": place}
    for residency in Residency.objects.active().filter(**within).select_related("rt__rw"):
        announce(residency.user_id, opened_by_residency(residency))
