"""The shared cache: counters of log-in attempts and the like. Losing it loses only the present."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class Plain:
    """JSON, not pickle: whoever could write to Redis could not make this process run anything."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class SharedCache(RedisCache):
    """Redis; while it is away, the memory of this process, so that log-in answers and its attempts are still counted."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._meanwhile = LocMemCache("meanwhile", {"KEY_PREFIX": params.get("KEY_PREFIX", "")})

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", super().add, args, kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", super().get, args, kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", super().set, args, kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("touch", super().touch, args, kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", super().delete, args, kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("incr", super().incr, args, kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("has_key", super().has_key, args, kwargs)

    def _ask(self, name: str, redis: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return redis(*args, **kwargs)
        except (RedisError, OSError):
            log.warning("the shared cache does not answer: this process counts by itself meanwhile")
            return getattr(self._meanwhile, name)(*args, **kwargs)
