"""What a person is to the neighbourhoods: one small value that the gate, the pages and the sockets ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .models import Residency, is_officer

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
        .filter(rt__valid_to__isnull=True)
        .values_list("rt_id", "role", "rt__rw_id", "rt__rw__kelurahan_id")
    )
    return Standing(
        rts=frozenset(rt for rt, _, _, _ in rows),
        headed_rts=frozenset(rt for rt, role, _, _ in rows if role == Residency.Role.KETUA),
        rws=frozenset(rw for _, _, rw, _ in rows),
        kelurahan=frozenset(kelurahan for _, _, _, kelurahan in rows),
        officer=is_officer(user),
    )
