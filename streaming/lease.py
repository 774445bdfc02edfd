"""Does anybody run it? One holder for each camera, over all machines, as long as it renews."""

from __future__ import annotations

from collections.abc import Callable

from redis.exceptions import LockError, RedisError
from redis.lock import Lock

from .present import present

SECONDS = 6.0
RENEW_EVERY = 2.0


class Lease:
    """redis-py's lock (SET NX with a token, renewed and released only by its holder) with a holder's view of a lost Redis.

    Streams are renewed all together, by ``keeping``; ``keep`` is for those who hold a camera for moments.

    A Redis that does not answer takes nothing away at once: within SECONDS nobody else can have the lease, and beyond them
    the camera is rather watched twice for a moment than not at all. When Redis is back, empty, the first to take it has it.
    """

    def __init__(self, camera_id: int, *, clock: Callable[[], float]) -> None:
        self._lock = Lock(present(), key(camera_id), timeout=SECONDS, thread_local=False)
        self._clock = clock
        self._renewed_at = 0.0

    @property
    def token(self) -> str:
        """By which it is known as the holder's; empty before it is taken."""
        token = self._lock.local.token
        return token.decode() if isinstance(token, bytes) else str(token or "")

    def take(self) -> bool:
        """Raises: RedisError."""
        taken: bool = self._lock.acquire(blocking=False)
        self._renewed_at = self._clock()
        return taken

    def keep(self) -> bool:
        """Renews when it is time; False when somebody else has it."""
        now = self._clock()
        if now - self._renewed_at < RENEW_EVERY:
            return True
        try:
            self._lock.reacquire()
        except LockError:
            return self._take_back(now)
        except (RedisError, OSError):
            return True
        self._renewed_at = now
        return True

    def release(self) -> None:
        try:
            self._lock.release()
        except (LockError, RedisError, OSError):
            pass  # it expires by itself

    def _take_back(self, now: float) -> bool:
        token = self._lock.local.token
        try:
            taken = bool(present().set(self._lock.name, token, nx=True, px=int(SECONDS * 1000)))
        except (RedisError, OSError):
            return True
        self._renewed_at = now
        return taken


def key(camera_id: int) -> str:
    return f"lease:{camera_id}"


def held(camera_id: int) -> bool:
    return bool(present().exists(key(camera_id)))
