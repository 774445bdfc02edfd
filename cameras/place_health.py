"""How the cameras of places are: how many work, how many have been dead for long, and who would mend them. One query a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Sum
from django.utils import timezone

from neighborhoods.models import RT, RW, Region

from .models import Camera, Status
from .reasons import mender
from .tallies import Tally

# A camera that has been dead for so long was forgotten, or nobody can mend it: somebody should hear of it.
LONG = timedelta(days=7)


@dataclass
class PlaceHealth(Tally):
    """*long*: of the dead ones, those that have been so for more than LONG; *menders*: of all that do not work and say why, who
    would have to act, in words; *point*: the middle of the cameras (latitude, longitude; degrees), None without any."""

    long: int = 0
    menders: Counter[str] = field(default_factory=Counter)
    latitudes: float = 0.0
    longitudes: float = 0.0

    def add(self, other: PlaceHealth) -> None:
        self.online += other.online
        self.offline += other.offline
        self.unknown += other.unknown
        self.long += other.long
        self.menders.update(other.menders)
        self.latitudes += other.latitudes
        self.longitudes += other.longitudes

    @property
    def point(self) -> tuple[float, float] | None:
        return (self.latitudes / self.total, self.longitudes / self.total) if self.total else None

    @property
    def working(self) -> int:
        """Percent of the cameras that are online, rounded down, so that 100 means all."""
        return self.online * 100 // self.total if self.total else 0

    @property
    def to_mend(self) -> list[tuple[str, int]]:
        """Who would have to act, and for how many cameras, most first."""
        return sorted(self.menders.items(), key=lambda one: (-one[1], one[0]))


@dataclass
class Child:
    """A place as a row of a list."""

    record: Region | RW | RT
    health: PlaceHealth


def health_by(cameras: QuerySet[Camera], key: str, *, now: datetime | None = None) -> dict[int | None, PlaceHealth]:
    """How *cameras* are, by the value of *key* (a lookup that leads to a primary key); missing keys are without cameras."""
    before = (now or timezone.now()) - LONG
    no_rt = ExpressionWrapper(Q(rt__isnull=True), output_field=BooleanField())
    rows = (
        cameras.order_by()
        .annotate(no_rt=no_rt)
        .values_list(key, "health__status", "health__reason", "no_rt")
        .annotate(
            n=Count("pk"),
            long=Count("pk", filter=Q(health__since__lt=before)),
            latitudes=Sum("latitude"),
            longitudes=Sum("longitude"),
        )
    )
    found: dict[int | None, PlaceHealth] = defaultdict(PlaceHealth)
    for pk, status, reason, without_rt, n, long, latitudes, longitudes in rows:
        part = PlaceHealth(latitudes=latitudes, longitudes=longitudes)
        setattr(part, status or Status.UNKNOWN, n)
        if status == Status.OFFLINE:
            part.long = long
        if status != Status.ONLINE and reason:
            part.menders[mender(reason, belongs_to_rt=not without_rt)] = n
        found[pk].add(part)
    return found


def children(records: Iterable[Region | RW | RT], found: dict[int | None, PlaceHealth]) -> list[Child]:
    """*records* in their order, each with what was *found* of it."""
    return [Child(record, found.get(record.pk) or PlaceHealth()) for record in records]


def whole(parts: Iterable[PlaceHealth]) -> PlaceHealth:
    total = PlaceHealth()
    for part in parts:
        total.add(part)
    return total
