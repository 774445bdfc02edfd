"""Somebody's standing has changed: their sockets are closed, and what they may have lost is closed to what was given out before."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from neighborhoods.residency import Standing

from . import access, events
from .epochs import raise_epoch
from .models import Camera


def follow(*, user_id: int, lost: Standing, **kwargs: Any) -> None:
    """Receiver of ``standing_changed``. Others who may still look get a new address by themselves, after a short break."""
    with transaction.atomic():
        for camera in Camera.objects.filter(access.opened_by(lost)):
            raise_epoch(camera)
    events.publish_standing(user_id)
