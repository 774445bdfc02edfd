"""The socket that tells a browser how its cameras are."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.db.models import Q

from neighborhoods.residency import standing_of

from . import access
from .events import CameraStatus, Where, in_readers_language, person_group, statuses_of
from .person_socket import PersonSocket
from .place_news import Change, PlaceNews
from .wishes import Wish, wish_of_address, wish_of_message

# Cameras in one message: 300 bytes each, and Daphne's messages may have a megabyte.
AT_ONCE = 1000
# The one that says: too many wishes; come again with the one that is meant.
TOO_OFTEN = 4008
WISHES_A_MINUTE = 120
# Seconds over which news of numbers are put together.
GATHER = 2.0


class StatusConsumer(PersonSocket):
    """``/ws/status/``: a snapshot, then changes, of what the address asks for: ``?camera=<id>`` (repeated), ``?bbox=w,s,e,n`` or
    ``?places=1``; of all cameras that the person may know of, where it asks for nothing. A message changes the wish (cameras.wishes).

    Messages to the browser, JSON:

    * ``{"type": "snapshot", "cameras": [CameraStatus, …], "closed": [ids], "more": false}`` of the named cameras, or of all; in parts
      where they are many, of which all but the last say that there is more. *closed*: the named ones whose picture the person may not
      look at now; those that are missing they may not know of. A part of the map and places get none: the map's data address has it
    * ``{"type": "status", "cameras": [CameraStatus, …]}`` what changed, of named cameras and within the part of the map
    * ``{"type": "access", "ids": […]}`` who may see these named cameras has changed: ask anew
    * ``{"type": "places", "changes": [{"kelurahan", "category", "from", "to", "n"}, …]}`` how the numbers of places changed
    * ``{"type": "stale"}`` ask the map's data address anew: who may see cameras in what is shown has changed

    It hears only the groups that its person may hear, and is closed when those change.
    """

    wish = Wish(everything=True)

    async def connect(self) -> None:
        query = parse_qs(self.scope.get("query_string", b"").decode("ascii", "replace"), keep_blank_values=True)
        self.wish = wish_of_address(query)
        self._news = PlaceNews()
        self._telling: asyncio.Task[None] | None = None
        self._wished: deque[float] = deque(maxlen=WISHES_A_MINUTE)
        user = self.scope["user"]
        await self._join([] if user.pk is None else [person_group(user.pk)])
        await self._join(await database_sync_to_async(self._groups)())
        await self.accept()
        # After the groups: what changes while the snapshot is read comes as a change, and a change applied twice does no harm.
        if self.wish.everything or self.wish.cameras:
            await self._tell_snapshot()

    async def disconnect(self, code: int) -> None:
        if self._telling is not None:
            self._telling.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        wish = wish_of_message(text_data or "", self.wish)
        if wish is None:
            return
        if self._too_often():
            await self.close(TOO_OFTEN)
            return
        named, self.wish = wish.cameras - self.wish.cameras, wish
        if named:
            await self._tell_snapshot()

    async def cameras_status(self, message: dict[str, Any]) -> None:
        heard = list(zip(message["cameras"], message["where"], strict=True))
        shown = [status for status, where in heard if self._names(status["id"]) or self._shows(where)]
        cameras = [in_readers_language(status) for status in shown]
        if cameras:
            await self._tell({"type": "status", "cameras": cameras})
        if self.wish.places:
            for status, where in heard:
                self._hear(status, where)

    async def cameras_access(self, message: dict[str, Any]) -> None:
        ids = [public_id for public_id in message["ids"] if self._names(public_id)]
        if ids:
            await self._tell({"type": "access", "ids": ids})
        if self.wish.places or any(self._shows(where) for where in message["where"]):
            self._news.stale = True
            self._tell_soon()

    def _names(self, public_id: str) -> bool:
        return self.wish.everything or public_id in self.wish.cameras

    def _shows(self, where: Where) -> bool:
        return self.wish.box is not None and self.wish.box.holds(where["lon"], where["lat"])

    def _hear(self, status: CameraStatus, where: Where) -> None:
        change = Change(where["kelurahan"], where["category"], where["was"], status["status"], status["since"])
        if change.was and change.was != change.now:
            self._news.hear(status["id"], change)
            self._tell_soon()

    def _tell_soon(self) -> None:
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_news())

    async def _tell_news(self) -> None:
        await asyncio.sleep(GATHER)
        changes, stale = self._news.take(), self._news.stale
        self._news.stale = False
        if changes:
            await self._tell({"type": "places", "changes": changes})
        if stale:
            await self._tell({"type": "stale"})

    def _too_often(self) -> bool:
        now = time.monotonic()
        full = len(self._wished) == WISHES_A_MINUTE and now - self._wished[0] < 60
        self._wished.append(now)
        return full

    def _groups(self) -> list[str]:
        return access.groups_of(standing_of(self.scope["user"]))

    def _snapshot(self) -> tuple[list[CameraStatus], set[str]]:
        """How they are, and which of them are open; of the whole city only how they are."""
        user, named = self.scope["user"], Q(public_id__in=self.wish.cameras)
        if self.wish.everything:
            return (found := statuses_of(access.listed(user))), {one["id"] for one in found}
        watchable = access.watchable(user).filter(named).values_list("public_id", flat=True)
        return statuses_of(access.listed(user).filter(named)), set(watchable)

    async def _tell_snapshot(self) -> None:
        cameras, opened = await database_sync_to_async(self._snapshot)()
        for begin in range(0, max(1, len(cameras)), AT_ONCE):
            part, more = cameras[begin : begin + AT_ONCE], begin + AT_ONCE < len(cameras)
            closed = [one["id"] for one in part if one["id"] not in opened]
            await self._tell({"type": "snapshot", "cameras": part, "closed": closed, "more": more})
