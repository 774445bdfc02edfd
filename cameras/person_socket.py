"""What every socket of a person has: groups that it joins and leaves, words in JSON, and an end when its person's standing changes."""

from __future__ import annotations

import json
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

# The close code that says: come again, you may know of other things now.
STANDING_CHANGED = 4001


class PersonSocket(AsyncWebsocketConsumer):
    """Whoever joins ``events.person_group`` does so before the standing is read: somebody whose standing changes in between is hung up
    on all the same.
    """

    groups: list[str]  # Channels gives every socket its own

    async def person_standing(self, message: dict[str, Any]) -> None:
        await self.close(STANDING_CHANGED)

    async def _join(self, groups: list[str]) -> None:
        self.groups = [*self.groups, *groups]  # which Channels leaves when the socket closes
        for group in groups:
            await self.channel_layer.group_add(group, self.channel_name)

    async def _tell(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(message, separators=(",", ":"), ensure_ascii=False))
