"""What stands on a person's home page and in which order: the cameras they starred elsewhere, then those of each RT of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from cameras import access
from cameras.models import Camera
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import favourites

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# Cameras among which somebody swipes; of a place with more than these the first.
MOST_BESIDE = 200


@dataclass
class Home:
    """One RT of the person's, with its cameras: the starred ones first, those that are hidden last."""

    rt: RT
    cameras: list[Camera] = field(default_factory=list)


@dataclass(frozen=True)
class HomePage:
    """*elsewhere*: starred cameras outside the person's RTs, the newest star first; *stars*: primary keys of all starred ones; *open*:
    of those whose picture the person may look at now.
    """

    homes: list[Home]
    elsewhere: list[Camera]
    stars: frozenset[int]
    open: frozenset[int]

    @property
    def cameras(self) -> list[Camera]:
        """In the order in which somebody swipes through them."""
        return [*self.elsewhere, *(camera for home in self.homes for camera in home.cameras)]


@dataclass(frozen=True)
class Beside:
    """The cameras before and after one, in a ring; *number* counts from 1."""

    before: Camera
    after: Camera
    number: int
    total: int


def page_of(user: User | AnonymousUser) -> HomePage:
    """Of what *user* may know of. Four queries, however many cameras."""
    standing = standing_of(user)
    stars = favourites.of(user)
    mine = Q(rt__in=standing.rts) | Q(pk__in=stars)
    open_ = frozenset(access.watchable(user).filter(mine).values_list("pk", flat=True))
    return _arranged(list(access.listed(user).filter(mine).order_by("name", "pk")), open_, stars, standing.rts)


def beside(user: User | AnonymousUser, camera: Camera) -> Beside | None:
    """Among those that *user* may watch: on their home page if it stands there, else in the camera's own place; None where it is the
    only one.
    """
    standing = standing_of(user)
    stars = favourites.of(user)
    if camera.rt_id in standing.rts or camera.pk in stars:
        ring = _ring(user, Q(rt__in=standing.rts) | Q(pk__in=stars))
        ring = _arranged(ring, frozenset(one.pk for one in ring), stars, standing.rts).cameras
    else:
        ring = _ring(user, Q(kelurahan=camera.kelurahan_id, rt=camera.rt_id), most=MOST_BESIDE)
    keys = [one.pk for one in ring]
    if len(keys) < 2 or camera.pk not in keys:
        return None
    number = keys.index(camera.pk)
    beside_it = keys[number - 1], keys[(number + 1) % len(keys)]
    near = access.watchable(user).in_bulk(beside_it)
    before, after = (near.get(key) for key in beside_it)
    return Beside(before, after, number + 1, len(keys)) if before and after else None


def _ring(user: User | AnonymousUser, where: Q, *, most: int | None = None) -> list[Camera]:
    """What may be watched there, by name, each with no more than its RT's key: the page that asks waits for its picture."""
    return list(access.watchable(user).filter(where).select_related(None).only("rt").order_by("name", "pk")[:most])


def _arranged(cameras: list[Camera], open_: frozenset[int], stars: list[int], rts: Iterable[int]) -> HomePage:
    """*cameras* by name."""
    homes = {rt.pk: Home(rt) for rt in _rts(rts)}
    starred = {pk: place for place, pk in enumerate(stars)}
    elsewhere: list[Camera] = []
    for camera in sorted(cameras, key=lambda one: (one.pk not in open_, starred.get(one.pk, len(starred)))):
        home = homes.get(camera.rt_id or 0)
        (elsewhere if home is None else home.cameras).append(camera)
    return HomePage(list(homes.values()), elsewhere, frozenset(starred), open_)


def _rts(pks: Iterable[int]) -> QuerySet[RT]:
    found = RT.objects.filter(pk__in=pks).select_related("rw__kelurahan").defer("rw__kelurahan__boundary")
    return found.order_by("rw__kelurahan__code", "rw__number", "number")
