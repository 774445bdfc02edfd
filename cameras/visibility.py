"""Switching who may look at a camera. It bites at once: the epoch changes with it, and with that every playback address dies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from . import events
from .epochs import raise_epoch
from .models import NEEDS_RT, Camera, Visibility, VisibilityChange

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotSwitch(Exception):
    """The message says why, for people."""


def switch(camera: Camera, *, to: Visibility, by: User | None, reason: str = "") -> bool:
    """Switches *camera* to the visibility *to*; False if it was so already.

    Raises:
        CannotSwitch: the level has no meaning for this camera, or somebody else switched it in the meantime.
    """
    if to in NEEDS_RT and camera.rt_id is None:
        raise CannotSwitch("Pilihan ini hanya untuk kamera milik RT.")
    old = camera.visibility
    if old == to:
        return False
    with transaction.atomic():
        if not Camera.objects.filter(pk=camera.pk, visibility=old).update(visibility=to):
            raise CannotSwitch("Pengaturan kamera ini baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi.")
        VisibilityChange.objects.create(camera=camera, old=old, new=to, by=by, at=timezone.now(), reason=reason)
        camera.refresh_from_db(fields=["visibility"])
        # First the stream, then the word to browsers: whoever asks anew upon the word must already meet the new rule.
        raise_epoch(camera)
        transaction.on_commit(lambda: events.publish_access(camera, old))
    return True
