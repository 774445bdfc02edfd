"""Somebody's standing has changed: their sockets are closed, and what they may have lost is closed to what was given out before."""

from __future__ import annotations

from typing import Any

from neighborhoods.residency import STRANGER, Standing

from . import access, events
from .epochs import raise_epochs
from .models import Camera


def follow(*, user_id: int, lost: Standing, **kwargs: Any) -> None:
    """Receiver of ``standing_changed``. Others who may still look get a new address by themselves, after a short break."""
    if lost != STRANGER:
        raise_epochs(Camera.objects.filter(access.opened_by(lost)))
    events.publish_standing(user_id)
