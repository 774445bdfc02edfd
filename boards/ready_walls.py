"""Walls that nobody has to make: of an RT, of an RW, of the favourites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cameras import access
from cameras.models import Camera
from neighborhoods.models import RT, RW
from neighborhoods.residency import standing_of

from . import favourites
from .walls import MOST_TILES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

FAVOURITES = "favorit"
_PLACE = re.compile(r"(rt|rw)-(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Ready:
    """*key* stands in its address: ``rt-12``, ``rw-3``, ``favorit``."""

    key: str
    title: str


def ready_for(user: User | AnonymousUser) -> Iterator[Ready]:
    """Those that are near to this person: their RTs, the RWs where they live or lead, their favourites."""
    standing = standing_of(user)
    for rt in RT.objects.filter(pk__in=standing.rts).select_related("rw").order_by("rw__number", "number"):
        yield Ready(f"rt-{rt.pk}", str(rt))
    for rw in RW.objects.filter(pk__in=standing.rws | standing.led_rws).order_by("number"):
        yield Ready(f"rw-{rw.pk}", str(rw))
    if favourites.of(user):
        yield Ready(FAVOURITES, _("Favorit saya"))


def ready(user: User | AnonymousUser, key: str) -> tuple[Ready, list[Camera]] | None:
    """The wall with this key and its cameras, those that *user* may know of; None where there is no such place."""
    if key == FAVOURITES:
        keys = favourites.of(user)[:MOST_TILES]
        rows = access.listed(user).in_bulk(keys)
        return Ready(key, _("Favorit saya")), [rows[pk] for pk in keys if pk in rows]
    named = _PLACE.fullmatch(key)
    if named is None:
        return None
    return _of_rt(user, key, int(named[2])) if named[1] == "rt" else _of_rw(user, key, int(named[2]))


def _of_rt(user: User | AnonymousUser, key: str, pk: int) -> tuple[Ready, list[Camera]] | None:
    rt = RT.objects.filter(pk=pk, valid_to__isnull=True).select_related("rw__kelurahan").first()
    if rt is None:
        return None
    cameras = access.listed(user).filter(rt=rt).order_by("name", "pk")[:MOST_TILES]
    return Ready(key, f"{rt}, {rt.rw.kelurahan}"), list(cameras)


def _of_rw(user: User | AnonymousUser, key: str, pk: int) -> tuple[Ready, list[Camera]] | None:
    rw = RW.objects.filter(pk=pk, valid_to__isnull=True).select_related("kelurahan").first()
    if rw is None:
        return None
    cameras = access.listed(user).filter(rt__rw=rw).order_by("rt__number", "name", "pk")[:MOST_TILES]
    return Ready(key, f"{rw}, {rw.kelurahan}"), list(cameras)
