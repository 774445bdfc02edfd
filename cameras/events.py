"""What browsers are told, published from here alone.

Delivery is at most once: every message can be lost. So each says enough to be applied by itself, a socket gets a snapshot when it
connects, and the database stays the truth. Messages of one decision are put together, one per group.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db.models import QuerySet
from redis.exceptions import RedisError

from . import access
from .models import Camera, Health
from .reasons import Reason, mender

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
    return _status(camera.public_id, health.status, health.reason, health.since, camera.rt_id)


def statuses_of(cameras: QuerySet[Camera]) -> list[CameraStatus]:
    """The same for many, without making records of them: a snapshot may hold the whole city."""
    columns = ("public_id", "health__status", "health__reason", "health__since", "rt_id")
    return [_status(*row) for row in cameras.order_by().values_list(*columns)]


def _status(public_id: str, status: str, reason: str, since: datetime, rt_id: int | None) -> CameraStatus:
    return {
        "id": public_id,
        "status": status,
        "reason": reason,
        "reason_text": Reason(reason).label,
        "mender": mender(reason, belongs_to_rt=rt_id is not None),
        "since": since.isoformat(),
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
    publish_access_of([(camera, old_visibility)])


def publish_access_of(changed: Iterable[tuple[Camera, str]]) -> None:
    """The same of many cameras, each with its visibility before, in one word for each group."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for camera, old_visibility in changed:
        for group in access.audience(camera, old_visibility) | access.audience(camera):
            by_group[group].append(camera.public_id)
    for group, ids in by_group.items():
        _send(group, {"type": "cameras.access", "ids": ids})


def person_group(user_id: int) -> str:
    """The Channels group of one person's sockets."""
    return f"person.{user_id}"


def publish_standing(user_id: int) -> None:
    """Closes this person's sockets: they come back with the groups of today."""
    _send(person_group(user_id), {"type": "person.standing"})


def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(group, message)
    except (RedisError, OSError):
        # The change itself is saved; browsers that hear nothing read it with their next snapshot.
        log.warning("could not publish to %s: Redis does not answer", group)
