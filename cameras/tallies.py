"""How the cameras of each place are, in one query for all places of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from neighborhoods.models import RT, RW, Region

from .models import Camera, Status


@dataclass
class Tally:
    """Numbers of cameras by status."""

    online: int = 0
    offline: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.online + self.offline + self.unknown


@dataclass
class Place:
    """A place as a line of a list: the record, and how its cameras are."""

    record: Region | RW | RT
    tally: Tally = field(default_factory=Tally)


def tally_by(cameras: QuerySet[Camera], key: str) -> dict[int | None, Tally]:
    """The tallies of *cameras* by the value of *key* (a lookup that leads to a primary key); missing keys are empty tallies."""
    online, offline = (Count("pk", filter=Q(health__status=status)) for status in (Status.ONLINE, Status.OFFLINE))
    rows = cameras.order_by().values_list(key).annotate(online=online, offline=offline, total=Count("pk"))
    tallies: dict[int | None, Tally] = defaultdict(Tally)
    for pk, on, off, total in rows:
        tallies[pk] = Tally(on, off, total - on - off)
    return tallies


def places(records: Iterable[Region | RW | RT], cameras: QuerySet[Camera], key: str) -> list[Place]:
    """*records* in their order, each with the tally of those of *cameras* whose *key* is its primary key."""
    tallies = tally_by(cameras, key)
    return [Place(record, tallies[record.pk]) for record in records]


def sum_of(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.online += tally.online
        total.offline += tally.offline
        total.unknown += tally.unknown
    return total


def tally_of(cameras: Iterable[Camera]) -> Tally:
    """The tally of cameras that are loaded already."""
    total = Tally()
    for status in _statuses(cameras):
        setattr(total, status, getattr(total, status) + 1)
    return total


def _statuses(cameras: Iterable[Camera]) -> Iterator[str]:
    return (camera.health.status for camera in cameras)
