"""Who watches what, from when to when. Each renewal of a wish leaves its time in Redis; a task writes it down every minute.

So a renewal costs no write to the database, and a Redis that is lost takes at most the last minutes with it. Writing twice, or by two
at once, is harmless: a viewing is one row, known by its camera, its viewer and its beginning.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from cameras.models import Camera

from .models import Viewing
from .present import present

_LAST, _FIRST = "viewings:last", "viewings:first"
# Rows that are written at a time.
_BATCH = 500
# Seconds without a word after which a row that is still open is closed: its Redis was lost.
_LOST = 600.0

# Takes away those of the members that nobody has renewed since, with their beginnings: a renewal in between stays.
_CLOSE = """
local gone = 0
for i = 2, #ARGV do
  local at = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if at and tonumber(at) <= tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[i])
    redis.call('HDEL', KEYS[2], ARGV[i])
    gone = gone + 1
  end
end
return gone
"""


class _Watched(NamedTuple):
    """*name*: as it stands in Redis; times are Unix times."""

    name: str
    camera_id: int
    viewer: str
    account: int | None
    began: float
    last: float

    def row(self, *, closed: bool, accounts: set[int]) -> Viewing:
        account = self.account if self.account in accounts else None
        return Viewing(
            camera_id=self.camera_id,
            account_id=account,
            viewer=self.viewer,
            began_at=datetime.fromtimestamp(self.began, UTC),
            seen_until=datetime.fromtimestamp(self.last, UTC),
            closed=closed,
        )


def seen(camera_id: int, viewer: str, user_pk: int | None) -> None:
    """*viewer* watches this camera now. One round trip. Raises: RedisError."""
    now, name = time.time(), f"{camera_id}:{viewer}:{user_pk or ''}"
    pipe = present().pipeline(transaction=False)
    pipe.hsetnx(_FIRST, name, f"{now:.3f}")
    pipe.zadd(_LAST, {name: now})
    pipe.execute()


def write_down(now: float | None = None) -> int:
    """Writes what was watched since the last time: rows begin, grow and are closed; how many. Raises: RedisError."""
    now = time.time() if now is None else now
    over = now - settings.DEMAND_SECONDS
    watched = _watched()
    for start in range(0, len(watched), _BATCH):
        batch = watched[start : start + _BATCH]
        _write(batch, over)
        if ended := [one.name for one in batch if one.last <= over]:
            present().eval(_CLOSE, 2, _LAST, _FIRST, f"{over:.3f}", *ended)
    lost = datetime.fromtimestamp(now - _LOST, UTC)
    Viewing.objects.filter(closed=False, seen_until__lt=lost).update(closed=True)
    return len(watched)


def forget_old() -> int:
    """Erases what is older than VIEWING_LOG_DAYS; how many rows."""
    before = timezone.now() - timedelta(days=settings.VIEWING_LOG_DAYS)
    return Viewing.objects.filter(seen_until__lt=before).delete()[0]


def _watched() -> list[_Watched]:
    redis = present()
    first = cast("dict[str, str]", redis.hgetall(_FIRST))
    last = cast("list[tuple[str, float]]", redis.zrange(_LAST, 0, -1, withscores=True))
    found = []
    for name, at in last:
        camera, viewer, account = name.split(":")
        began = float(first.get(name, at))
        found.append(_Watched(name, int(camera), viewer, int(account) if account else None, began, max(at, began)))
    return found


def _write(batch: Iterable[_Watched], over: float) -> None:
    # Cameras and accounts may have gone since.
    cameras = set(Camera.objects.filter(pk__in={one.camera_id for one in batch}).values_list("pk", flat=True))
    accounts = set(
        User.objects.filter(pk__in={one.account for one in batch if one.account}).values_list("pk", flat=True)
    )
    Viewing.objects.bulk_create(
        [one.row(closed=one.last <= over, accounts=accounts) for one in batch if one.camera_id in cameras],
        update_conflicts=True,
        unique_fields=["camera", "viewer", "began_at"],
        update_fields=["seen_until", "closed"],
    )
