"""What browsers are told, published from here alone.

Delivery is at most once: every message can be lost. So each says enough to be applied by itself, a socket gets a snapshot when it
connects, and the database stays the truth. Messages of one decision are put together, one per group.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db.models import QuerySet
from redis.exceptions import RedisError

from neighborhoods.retelling import retold

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


class Where(TypedDict):
    """Where a camera of some news is, for the socket to tell whether its browser shows it; degrees. *was*: the status before, if that
    changed. It goes no further than the socket.
    """

    lon: float
    lat: float
    kelurahan: str
    category: str
    was: str


def where_is(camera: Camera, was: str = "") -> Where:
    return {
        "lon": camera.longitude,
        "lat": camera.latitude,
        "kelurahan": camera.kelurahan.code,
        "category": camera.category,
        "was": was,
    }


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
        "reason_text": retold(Reason(reason).label),
        "mender": retold(mender(reason, belongs_to_rt=rt_id is not None)),
        "since": since.isoformat(),
    }


def in_readers_language(status: CameraStatus) -> CameraStatus:
    """As ``publish_statuses`` sends it, it is Indonesian."""
    if not status["reason"]:
        return status
    return {**status, "reason_text": retold(status["reason_text"]), "mender": retold(status["mender"])}


def publish_statuses(cameras: Iterable[Camera], was: Mapping[int, str]) -> None:
    """Tells everybody who may know of these cameras how they are now (``health``, ``kelurahan`` and ``rt`` already loaded). *was*:
    what their statuses were before, by primary key.
    """
    by_group: dict[str, list[tuple[CameraStatus, Where]]] = defaultdict(list)
    for camera in cameras:
        news = status_of(camera, camera.health), where_is(camera, was.get(camera.pk, ""))
        for group in access.audience(camera):
            by_group[group].append(news)
    for group, news_of_group in by_group.items():
        statuses, where = zip(*news_of_group, strict=True)
        send(group, {"type": "cameras.status", "cameras": statuses, "where": where})


def publish_access(camera: Camera, old_visibility: str) -> None:
    """Tells those who could see it and those who now can to ask anew. The gate answers each by itself: the word holds no rule."""
    publish_access_of([(camera, old_visibility)])


def publish_access_of(changed: Iterable[tuple[Camera, str]]) -> None:
    """The same of many cameras, each with its visibility before, in one word for each group."""
    by_group: dict[str, list[Camera]] = defaultdict(list)
    for camera, old_visibility in changed:
        for group in access.audience(camera, old_visibility) | access.audience(camera):
            by_group[group].append(camera)
    for group, cameras in by_group.items():
        ids, where = [camera.public_id for camera in cameras], [where_is(camera) for camera in cameras]
        send(group, {"type": "cameras.access", "ids": ids, "where": where})


def person_group(user_id: int) -> str:
    """The Channels group of one person's sockets."""
    return f"person.{user_id}"


def publish_standing(user_id: int) -> None:
    """Closes this person's sockets: they come back with the groups of today."""
    send(person_group(user_id), {"type": "person.standing"})


def send(group: str, message: dict[str, Any]) -> None:
    """Tells a Channels group; nobody hears it where Redis does not answer."""
    layer = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(group, message)
    except (RedisError, OSError):
        # The change itself is saved; browsers that hear nothing read it with their next snapshot.
        log.warning("could not publish to %s: Redis does not answer", group)
