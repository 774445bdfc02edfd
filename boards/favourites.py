"""A person's stars: put on, taken off, read. Twice the same is once; a star opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cameras.models import Camera

from .favourite_records import Favourite

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# Stars that one person may have: enough for a neighbourhood, too few to keep a list of the city by.
MOST = 200


class CannotStar(Exception):
    """The message says why, for people."""


def of(user: User | AnonymousUser) -> list[int]:
    """Primary keys of the cameras that *user* has starred, the newest first; also of those they may not know of any more."""
    if user.pk is None:
        return []
    return list(Favourite.objects.filter(user_id=user.pk).order_by("-created_at").values_list("camera_id", flat=True))


def is_starred(user: User | AnonymousUser, camera: Camera) -> bool:
    return user.pk is not None and Favourite.objects.filter(user_id=user.pk, camera=camera).exists()


def star(user: User, camera: Camera) -> bool:
    """False if it was starred before. Raises: CannotStar."""
    if is_starred(user, camera):
        return False
    if Favourite.objects.filter(user=user).count() >= MOST:
        raise CannotStar(_("Favorit Anda sudah %(most)s kamera. Lepaskan satu dulu, lalu coba lagi.") % {"most": MOST})
    try:
        with transaction.atomic():
            Favourite.objects.create(user=user, camera=camera)
    except IntegrityError:
        return False  # another tap was quicker
    return True


def unstar(user: User, camera: Camera) -> bool:
    """False if it was not starred."""
    return bool(Favourite.objects.filter(user=user, camera=camera).delete()[0])
