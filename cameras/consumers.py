"""The socket that tells a browser how its cameras are."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from neighborhoods.residency import standing_of

from . import access
from .events import CameraStatus, person_group, statuses_of

MAX_NAMED = 200
# Cameras in one message: 300 bytes each, and Daphne's messages may have a megabyte.
AT_ONCE = 1000
# The close code that says: come again, you may know of other cameras now.
STANDING_CHANGED = 4001


class StatusConsumer(AsyncWebsocketConsumer):
    """``/ws/status/``: a snapshot, then changes. ``?camera=<id>`` (repeated) narrows both to those cameras.

    Messages to the browser, JSON:

    * ``{"type": "snapshot", "cameras": [CameraStatus, …], "more": false}`` once, of all cameras the person may know of; in parts
      where they are many, of which all but the last say that there is more
    * ``{"type": "status", "cameras": [CameraStatus, …]}`` what changed
    * ``{"type": "access", "ids": […]}`` who may see these cameras has changed: ask anew

    It hears only the groups that its person may hear, and is closed when those change; what the browser sends is ignored.
    """

    named: frozenset[str] = frozenset()

    async def connect(self) -> None:
        query = parse_qs(self.scope.get("query_string", b"").decode("ascii", "replace"))
        self.named = frozenset(query.get("camera", [])[:MAX_NAMED])
        self.groups = await database_sync_to_async(self._groups)()
        for group in self.groups:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()
        # After the groups: what changes while the snapshot is read comes as a change, and a change applied twice does no harm.
        cameras = await database_sync_to_async(self._snapshot)()
        for begin in range(0, max(1, len(cameras)), AT_ONCE):
            part, more = cameras[begin : begin + AT_ONCE], begin + AT_ONCE < len(cameras)
            await self._tell({"type": "snapshot", "cameras": part, "more": more})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        return None

    async def cameras_status(self, message: dict[str, Any]) -> None:
        cameras = [status for status in message["cameras"] if not self.named or status["id"] in self.named]
        if cameras:
            await self._tell({"type": "status", "cameras": cameras})

    async def cameras_access(self, message: dict[str, Any]) -> None:
        ids = [public_id for public_id in message["ids"] if not self.named or public_id in self.named]
        if ids:
            await self._tell({"type": "access", "ids": ids})

    async def person_standing(self, message: dict[str, Any]) -> None:
        await self.close(STANDING_CHANGED)

    def _groups(self) -> list[str]:
        user = self.scope["user"]
        own = [] if user.pk is None else [person_group(user.pk)]
        return access.groups_of(standing_of(user)) + own

    def _snapshot(self) -> list[CameraStatus]:
        cameras = access.listed(self.scope["user"])
        return statuses_of(cameras.filter(public_id__in=self.named) if self.named else cameras)

    async def _tell(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(message, separators=(",", ":")))
