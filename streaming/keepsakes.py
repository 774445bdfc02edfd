"""Pictures that somebody keeps: who may, and what is written on them. The gate has let them look before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from cameras.marks import is_marked, mark_of
from cameras.models import Camera, Visibility
from neighborhoods.residency import standing_of

from . import marking, showing
from .pictures import name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# What SAVE_PICTURES may be.
PUBLIC, RESIDENTS, NOBODY = "publik", "warga", "tidak"


@dataclass(frozen=True)
class Keepsake:
    """A JPEG and the name that its file gets."""

    data: bytes
    name: str


def may_save(user: User | AnonymousUser, camera: Camera) -> bool:
    """Of a public camera everybody; by the setting also who belongs to the camera's RT, of what they may watch."""
    if settings.SAVE_PICTURES == NOBODY:
        return False
    if camera.visibility == Visibility.PUBLIK:
        return True
    return settings.SAVE_PICTURES == RESIDENTS and camera.rt_id in standing_of(user).rts


def take(user: User | AnonymousUser, camera: Camera) -> Keepsake | None:
    """The last picture with its place and time, and over one that is not public who took it; None where there is none.

    Raises: RedisError, OSError.
    """
    still = showing.latest(camera, name_of("large", "jpeg"), wish=True)
    if still is None:
        return None
    at = timezone.localtime(datetime.fromtimestamp(still.at, UTC))
    lines = [f"{camera.shown_name} · {camera.place}", f"{at:%d.%m.%Y %H.%M.%S %Z} · Tilik Semar, {settings.CITY_NAME}"]
    mark = mark_of(user) if is_marked(camera) else ""
    name = f"tilik-semar-{slugify(camera.shown_name)[:60] or camera.public_id}-{at:%Y%m%d-%H%M%S}.jpg"
    return Keepsake(marking.kept(still.data, lines=lines, mark=mark), name)
