"""Looks now and then whether a camera still shows what it used to show; another scene must be confirmed by its head.

Called with stills that are made anyway, and from time to time with one of a stream for which nobody wishes a still. Whoever looks goes
by one mark in Redis, so that a camera is looked at once in SCENE_EVERY, by whichever worker has it.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from PIL import Image

from cameras import confirming
from cameras.models import Camera, Need

from .models import Scene
from .present import present
from .remembering import Memory, Verdict, light_of
from .scenery import signature

# Seconds until the next look while a doubt stands.
IN_DOUBT = 60.0


def take_turn(camera_id: int) -> bool:
    """True for one caller in SCENE_EVERY: that one looks. Raises: RedisError."""
    if settings.SCENE_EVERY <= 0:
        return False
    return bool(present().set(_key(camera_id), 1, nx=True, px=int(settings.SCENE_EVERY * 1000)))


def look(camera_id: int, epoch: int, still: bytes, *, at: float) -> Verdict | None:
    """Compares a still, taken at *at* (Unix time) in *epoch*; None where it is not to be compared. Raises: RedisError, OSError."""
    close_old_connections()
    try:
        verdict = _look(camera_id, epoch, still, at)
    finally:
        close_old_connections()
    if verdict is Verdict.DOUBT and settings.SCENE_EVERY > IN_DOUBT:
        present().pexpire(_key(camera_id), int(IN_DOUBT * 1000))
    return verdict


def _look(camera_id: int, epoch: int, still: bytes, at: float) -> Verdict | None:
    with Image.open(io.BytesIO(still)) as picture:
        seen, light = signature(picture), light_of(picture)
    with transaction.atomic():
        # Where somebody must look already, nothing is learnt and nothing is asked.
        if not Camera.objects.filter(pk=camera_id, access_epoch=epoch, need="").exists():
            return None
        Scene.objects.get_or_create(camera_id=camera_id)
        row = Scene.objects.select_for_update().get(camera_id=camera_id)
        memory = Memory.unpack(row.memory)
        verdict = memory.look(seen, light, at=at)
        row.memory, row.looked_at = memory.packed(), datetime.fromtimestamp(at, UTC)
        row.save()
        if verdict is Verdict.ANOTHER_SCENE:
            confirming.ask(camera_id, Need.SCENE)
    return verdict


def confirmed(*, camera_id: int, needs: frozenset[str], **kwargs: Any) -> None:
    """Receiver of ``view_confirmed``. What was confirmed as the view of a camera that turns is one more that it shows; after a move,
    another address or a repair it is learnt anew.
    """
    with transaction.atomic():
        row = Scene.objects.select_for_update().filter(camera_id=camera_id).first()
        if row is None:
            return
        if needs <= {Need.SCENE, Need.REPORTED}:
            memory = Memory.unpack(row.memory)
            memory.accept()
            row.memory = memory.packed()
            row.save()
        else:
            row.delete()


def _key(camera_id: int) -> str:
    return f"scene:{camera_id}"
