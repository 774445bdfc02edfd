"""The socket on which an open page hears the kentongan of its person's RTs, and what else they are told."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from django.utils.translation import get_language

from cameras.events import person_group as standing_group
from cameras.person_socket import PersonSocket
from neighborhoods.residency import standing_of

from . import audience, news
from .words import in_language

# The close code that says: there is nothing for you here, do not come again.
NOTHING_HERE = 4003


class NewsConsumer(PersonSocket):
    """``/ws/kabar/``, for people who are logged in. Messages to the browser, JSON:

    * ``{"type": "snapshot", "alarms": [AlarmNews, …]}`` once: the alarms of one's RTs that are not over
    * ``{"type": "alarm", "alarm": AlarmNews}`` one that began or changed
    * ``{"type": "word", "word": {"title", "body", "url", "tag"}}`` something that this person is told

    What the browser sends is ignored.
    """

    async def connect(self) -> None:
        user = self.scope["user"]
        if user.pk is None:
            await self.accept()
            await self.close(NOTHING_HERE)
            return
        # The group of one's standing is cameras', which closes all sockets of somebody who comes or goes.
        await self._join([standing_group(user.pk), audience.person_group(user.pk)])
        standing = await database_sync_to_async(standing_of)(user)
        await self._join([audience.group_of(rt) for rt in sorted(standing.rts)])
        await self.accept()
        # After the groups: what rings meanwhile comes twice, and twice is harmless.
        alarms = await database_sync_to_async(news.running)(standing.rts)
        await self._tell({"type": "snapshot", "alarms": alarms})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        return None

    async def kabar_alarm(self, message: dict[str, Any]) -> None:
        await self._tell({"type": "alarm", "alarm": message["alarm"]})

    async def kabar_word(self, message: dict[str, Any]) -> None:
        await self._tell({"type": "word", "word": in_language(message["words"], get_language())})
