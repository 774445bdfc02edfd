"""What browsers are told, published from here alone.

Delivery is at most once: every message can be lost. So each says enough to be applied by itself, a socket gets a snapshot when it
connects, and the database stays the truth. Messages of one decision are put together, one per group.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypedDict

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from . import access
from .models import Camera, Health
from .reasons import Reason

log = logging.getLogger(__name__)


class CameraStatus(TypedDict):
    """One camera's health. *since* is ISO 8601 in UTC; *reason_text* and *mender* are for people."""

    id: str
    status: str
    reason: str
    reason_text: str
    mender: str
    since: str


def status_of(camera: Camera, health: Health) -> CameraStatus:
    return {
        "id": camera.public_id,
        "status": health.status,
        "reason": health.reason,
        "reason_text": Reason(health.reason).label,
        "mender": health.mender,
        "since": health.since.isoformat(),
    }


def publish_statuses(cameras: Iterable[Camera]) -> None:
    """Tells everybody who may know of these cameras how they are now (``health`` and ``rt`` already loaded)."""
    by_group: dict[str, list[CameraStatus]] = defaultdict(list)
    for camera in cameras:
        status = status_of(camera, camera.health)
        for group in access.audience(camera):
            by_group[group].append(status)
    for group, statuses in by_group.items():
        _send(group, {"type": "cameras.status", "cameras": statuses})


def publish_access(camera: Camera, old_visibility: str) -> None:
    """Tells those who could see it and those who now can to ask anew. The gate answers each by itself: the word holds no rule."""
    for group in access.audience(camera, old_visibility) | access.audience(camera):
        _send(group, {"type": "cameras.access", "id": camera.public_id})


def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(group, message)
    except (RedisError, OSError):
        # The change itself is saved; browsers that hear nothing read it with their next snapshot.
        log.warning("could not publish to %s: Redis does not answer", group)
