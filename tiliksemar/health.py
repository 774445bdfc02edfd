"""``/healthz``: this process is alive. ``/readyz``: database, Redis and a stream worker answer, so a visitor would be served."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from streaming import nodes


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    parts = {"database": _database(), **_present()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM cameras_camera LIMIT 1")
    except DatabaseError:
        return False
    return True


def _present() -> dict[str, bool]:
    try:
        return {"redis": True, "stream_worker": bool(nodes.alive())}
    except (RedisError, OSError):
        return {"redis": False, "stream_worker": False}
