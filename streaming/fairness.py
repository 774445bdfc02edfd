"""Nobody takes everything: how many different cameras one person, or one address of strangers, may have running at a time."""

from __future__ import annotations

import time

from django.conf import settings
from django.utils.crypto import salted_hmac

from . import tickets
from .present import present

# Of a worker's slots, the share that people without an account can fill; the rest is kept for residents.
SHARE_OF_STRANGERS = 0.8


def who(user_pk: int | None, address: str) -> str:
    """The name under which somebody's cameras are counted. Strangers are counted by network address, which in mobile networks many
    share, so theirs is no small number; it is kept as a hash."""
    if user_pk is not None:
        return tickets.resident(user_pk)
    return "a" + salted_hmac("streaming.fairness", address, algorithm="sha256").hexdigest()[:16]


def admit(name: str, camera_id: int) -> bool:
    """Counts this camera among those that *name* has running, for as long as a wish lasts; False when they have enough."""
    now = time.time()
    pipe = present().pipeline(transaction=False)
    pipe.zremrangebyscore(_key(name), 0, now)
    pipe.zscore(_key(name), str(camera_id))
    pipe.zcard(_key(name))
    _, known, count = pipe.execute()
    if known is None and count >= settings.CAMERAS_AT_ONCE:
        return False
    pipe = present().pipeline(transaction=False)
    pipe.zadd(_key(name), {str(camera_id): now + settings.DEMAND_SECONDS})
    pipe.pexpire(_key(name), int(settings.DEMAND_SECONDS * 1000))
    pipe.execute()
    return True


def _key(name: str) -> str:
    return f"watcher:{name}"
