"""A person's walls: made, changed, erased, shared with the RT they head. A wall opens no camera to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cameras import access
from cameras.models import Camera
from neighborhoods.models import RT, Residency
from neighborhoods.residency import standing_of

from .wall_records import Wall, WallTile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

MOST_WALLS = 20
# Four pages of the largest wall.
MOST_TILES = 144


class CannotKeep(Exception):
    """Base: the wall stays as it is; the message says why, for people.

    ├── TooManyWalls, TooManyTiles, NoCameras
    ├── NameTaken        another wall of theirs has this name
    ├── NotTheirs        shared with an RT that they do not head
    └── Changed          somebody changed it meanwhile, or it is gone
    """


class TooManyWalls(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Anda sudah punya %(most)s dinding. Hapus satu dulu.") % {"most": MOST_WALLS})


class TooManyTiles(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Satu dinding memuat paling banyak %(most)s kamera.") % {"most": MOST_TILES})


class NoCameras(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Pilih dulu paling sedikit satu kamera."))


class NameTaken(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Anda sudah punya dinding dengan nama ini. Pilih nama lain."))


class NotTheirs(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Dinding hanya dapat dibagikan oleh Ketua RT kepada warga RT-nya."))


class Changed(CannotKeep):
    def __init__(self) -> None:
        super().__init__(_("Dinding ini baru saja diubah di tempat lain. Muat ulang halaman, lalu coba lagi."))


@dataclass(frozen=True)
class Wish:
    """A wall as its owner wants it. *cameras* in their order; *seconds* 0: no tour."""

    name: str
    cameras: Sequence[Camera]
    side: int = 3
    seconds: int = 0
    shared_with: RT | None = None


def of(user: User | AnonymousUser) -> QuerySet[Wall]:
    """Their own."""
    return Wall.objects.filter(owner_id=user.pk) if user.pk is not None else Wall.objects.none()


def shared_with(user: User | AnonymousUser) -> QuerySet[Wall]:
    """Those of others that are shared with an RT of theirs, by whoever heads it today."""
    heads = Residency.objects.active().filter(
        user_id=OuterRef("owner_id"), rt=OuterRef("shared_with"), role=Residency.Role.KETUA, user__is_active=True
    )
    return Wall.objects.filter(Exists(heads), shared_with__in=standing_of(user).rts).exclude(owner_id=user.pk)


def opened_by(user: User | AnonymousUser) -> QuerySet[Wall]:
    """The walls that this person may look at."""
    shown = Q(pk__in=of(user).values("pk")) | Q(pk__in=shared_with(user).values("pk"))
    return (
        Wall.objects.filter(shown)
        .select_related("shared_with__rw__kelurahan", "owner")
        .defer("shared_with__rw__kelurahan__boundary")
    )


def tiles_of(wall: Wall, user: User | AnonymousUser) -> list[Camera | None]:
    """The cameras of *wall* in their order; None in the place of one that *user* may not know of."""
    keys = list(wall.tiles.order_by("position", "pk").values_list("camera_id", flat=True))
    rows = access.listed(user).in_bulk(keys)
    return [rows.get(key) for key in keys]


def chosen(user: User | AnonymousUser, public_ids: Iterable[str]) -> list[Camera]:
    """The cameras with these ids in their order, each once; those that *user* may not know of are left out.

    Raises: TooManyTiles.
    """
    wanted = list(dict.fromkeys(public_ids))
    if len(wanted) > MOST_TILES:
        raise TooManyTiles
    rows = {camera.public_id: camera for camera in access.listed(user).filter(public_id__in=wanted)}
    return [rows[one] for one in wanted if one in rows]


def make(owner: User, wish: Wish) -> Wall:
    """Raises: CannotKeep."""
    _check(owner, wish)
    if not wish.cameras:
        raise NoCameras
    if of(owner).count() >= MOST_WALLS:
        raise TooManyWalls
    try:
        with transaction.atomic():
            wall = Wall.objects.create(
                owner=owner, name=wish.name, side=wish.side, seconds=wish.seconds, shared_with=wish.shared_with
            )
            _hang(wall, [camera.pk for camera in wish.cameras])
    except IntegrityError:
        raise NameTaken from None
    return wall


def change(wall: Wall, wish: Wish, *, version: int, drop_hidden: bool = False) -> Wall:
    """Makes *wall* what its owner wishes, if it is still at *version*. Cameras on it that the owner may not know of now stay, at
    the end, in case they may again; unless *drop_hidden*.

    Raises: CannotKeep.
    """
    _check(wall.owner, wish)
    before = list(wall.tiles.order_by("position", "pk").values_list("camera_id", flat=True))
    known = set(access.listed(wall.owner).filter(pk__in=before).values_list("pk", flat=True))
    hidden = [] if drop_hidden else [pk for pk in before if pk not in known]
    keys = list(dict.fromkeys([*(camera.pk for camera in wish.cameras), *hidden]))
    if not keys:
        raise NoCameras
    try:
        with transaction.atomic():
            turned = Wall.objects.filter(pk=wall.pk, version=version).update(
                name=wish.name,
                side=wish.side,
                seconds=wish.seconds,
                shared_with=wish.shared_with,
                version=F("version") + 1,
            )
            if not turned:
                raise Changed
            wall.tiles.all().delete()
            _hang(wall, keys[:MOST_TILES])
    except IntegrityError:
        raise NameTaken from None
    wall.refresh_from_db()
    return wall


def erase(wall: Wall) -> None:
    """Twice is once."""
    Wall.objects.filter(pk=wall.pk).delete()


def _check(owner: User, wish: Wish) -> None:
    if len(wish.cameras) > MOST_TILES:
        raise TooManyTiles
    if wish.shared_with is not None and wish.shared_with.pk not in standing_of(owner).headed_rts:
        raise NotTheirs


def _hang(wall: Wall, keys: Sequence[int]) -> None:
    WallTile.objects.bulk_create(WallTile(wall=wall, camera_id=key, position=n) for n, key in enumerate(keys))
