"""Redis, the present: what is in it may be lost at any moment, and nothing but the present is lost with it."""

from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry


@cache
def present() -> redis.Redis:
    """The connection pool of this process. Its patience is short: a supervisor must not hang on a lost Redis."""
    return _connect(text=True)


@cache
def present_bytes() -> redis.Redis:
    """The same for pictures: its answers are bytes."""
    return _connect(text=False)


def _connect(*, text: bool) -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=text,
        socket_timeout=1,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 1),  # one more try: the first can be a connection that a restart of Redis has cut
    )
