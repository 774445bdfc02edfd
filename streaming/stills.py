"""The last picture of each camera, in Redis, where every machine finds it; it expires by itself.

The key carries the camera's access epoch: after a change of who may look nobody asks for the old one any more, and it is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from . import demand
from .present import present_bytes


@dataclass(frozen=True)
class Still:
    """One file of a still; *at*: when the picture was taken, Unix time in seconds."""

    data: bytes
    at: float


def keep(camera_id: int, epoch: int, *, at: float, files: dict[str, bytes]) -> bool:
    """Keeps a picture that was taken in *epoch*; False if another epoch has begun meanwhile. Raises: RedisError."""
    pipe = present_bytes().pipeline(transaction=True)
    fields: list[str | bytes] = ["at", repr(at)]
    for name, data in files.items():
        fields += [name, data]
    pipe.hset(_key(camera_id, epoch), items=fields)
    pipe.pexpire(_key(camera_id, epoch), int(settings.STILL_KEEP_SECONDS * 1000))
    pipe.execute()
    # Written first, then looked: whether a change is announced before this or after it, one of the two takes the picture away.
    if (demand.announced_epoch(camera_id) or 0) > epoch:
        present_bytes().delete(_key(camera_id, epoch))
        return False
    return True


def read(camera_id: int, epoch: int, file: str) -> Still | None:
    """Raises: RedisError."""
    at, data = present_bytes().hmget(_key(camera_id, epoch), ["at", file])
    return Still(data, float(at)) if at and isinstance(data, bytes) else None


def forget_before(camera_id: int, epoch: int) -> None:
    """Takes away what was made before *epoch* began, which is what the one before it left. Raises: RedisError."""
    present_bytes().delete(_key(camera_id, epoch - 1))


def _key(camera_id: int, epoch: int) -> str:
    return f"still:{camera_id}:{epoch}"
