"""Changes of cameras put together as changes of numbers, for whoever sees only the numbers of a place. No Django.

The same change may be heard several times, since a person may belong to several groups that hear of a camera; it counts once.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

# More changes than this are not worth telling one by one: whoever shows numbers asks for them anew.
MOST = 200


class Change(NamedTuple):
    """A camera's status became *now*, at *since* (ISO 8601); *was* is what it had been."""

    kelurahan: str
    category: str
    was: str
    now: str
    since: str


class PlaceNews:
    """What was heard between two tellings. *stale*: the numbers are to be asked for anew."""

    def __init__(self) -> None:
        self._heard: dict[str, Change] = {}
        self._told: dict[str, str] = {}
        self.stale = False

    def hear(self, camera: str, change: Change) -> None:
        before = self._heard.get(camera)
        if self._told.get(camera) == change.since or (before and before.since == change.since):
            return
        self._heard[camera] = change._replace(was=before.was) if before else change

    def take(self) -> list[dict[str, Any]]:
        """What changed since the last time, as numbers; empty where it is too much to be told one by one (``stale``, which the caller
        puts back).
        """
        counted = Counter(
            (one.kelurahan, one.category, one.was, one.now) for one in self._heard.values() if one.was != one.now
        )
        self._told = {camera: one.since for camera, one in self._heard.items()}
        self._heard = {}
        if len(counted) > MOST:
            self.stale = True
            return []
        return [
            {"kelurahan": kelurahan, "category": category, "from": was, "to": now, "n": number}
            for (kelurahan, category, was, now), number in counted.items()
        ]
