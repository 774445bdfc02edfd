"""The still that somebody has before their eyes while they report: held for them in Redis, so that exactly this one is kept.

Each person has a few places for them, so that opening the form again and again fills nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from redis.exceptions import RedisError

from cameras.models import Camera
from streaming import showing, stills
from streaming.pictures import name_of
from streaming.present import present, present_bytes

_FILE = name_of("large", "jpeg")
_PLACES = 4
# Seconds that somebody may take to write.
HELD_FOR = 1800


@dataclass(frozen=True)
class Moment:
    """*token* brings the same picture back, to the same person alone; *at*: when it was taken."""

    token: str
    data: bytes
    at: datetime
    camera_id: int
    epoch: int


def hold(camera: Camera, person: int) -> Moment | None:
    """Holds the newest still of *camera*, at which this person may look (the gate has been asked); None where there is none."""
    try:
        still = showing.latest(camera, _FILE, wish=True)
        if still is None:
            return None
        place = present().incr(f"moment:place:{person}") % _PLACES
        moment = _moment(f"{place}.{secrets.token_hex(8)}", still, camera)
        key = _key(person, moment.token)
        fields: list[str | bytes] = ["token", moment.token, "at", repr(still.at), "data", still.data]
        fields += ["camera", str(camera.pk), "epoch", str(camera.access_epoch)]
        pipe = present_bytes().pipeline(transaction=True)
        pipe.hset(key, items=fields)
        pipe.expire(key, HELD_FOR)
        pipe.expire(f"moment:place:{person}", HELD_FOR)
        pipe.execute()
    except (RedisError, OSError):
        return None
    return moment


def held(token: str, person: int) -> Moment | None:
    """None where it has expired, or was never this person's."""
    try:
        kept, at, data, camera, epoch = present_bytes().hmget(
            _key(person, token), ["token", "at", "data", "camera", "epoch"]
        )
    except (RedisError, OSError):
        return None
    if kept != token.encode() or not (at and camera and epoch and isinstance(data, bytes)):
        return None
    return Moment(token, data, datetime.fromtimestamp(float(at), UTC), int(camera), int(epoch))


def newest(camera: Camera) -> Moment | None:
    """The newest still, for a report that is made without a form."""
    try:
        still = stills.read(camera.pk, camera.access_epoch, _FILE)
    except (RedisError, OSError):
        return None
    return None if still is None else _moment("", still, camera)


def _moment(token: str, still: stills.Still, camera: Camera) -> Moment:
    return Moment(token, still.data, datetime.fromtimestamp(still.at, UTC), camera.pk, camera.access_epoch)


def _key(person: int, token: str) -> str:
    return f"moment:{person}:{token.partition('.')[0][:2]}"
