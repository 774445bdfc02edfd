"""Does anybody want it? Each viewer of a camera leaves a mark that they renew and that expires by itself."""

from __future__ import annotations

import time
from typing import NamedTuple

from django.conf import settings

from .present import present
from .treatment import H265


class Wishes(NamedTuple):
    """*epoch*: the access epoch that was announced last (None: no word); *plays*: what everybody there plays besides H.264."""

    wanted: bool
    epoch: int | None
    plays: frozenset[str] = frozenset()


def want(camera_id: int, viewer: str, *, plays: frozenset[str] = frozenset()) -> None:
    """Marks the camera as wanted by *viewer* for DEMAND_SECONDS; *plays*: the codecs that they play besides H.264.

    Somebody may watch on two devices under one name: who cannot play H.265 leaves a second mark, which the other does not touch.
    """
    pipe = present().pipeline(transaction=False)
    for key in [_key(camera_id), *([] if H265 in plays else [_plain_key(camera_id)])]:
        pipe.zremrangebyscore(key, 0, time.time())
        pipe.zadd(key, {viewer: time.time() + settings.DEMAND_SECONDS})
        pipe.pexpire(key, int(settings.DEMAND_SECONDS * 1000))
    pipe.execute()


def leave(camera_id: int, viewer: str) -> None:
    """Takes one viewer's mark away; a courtesy, on which nothing depends."""
    pipe = present().pipeline(transaction=False)
    pipe.zrem(_key(camera_id), viewer)
    pipe.zrem(_plain_key(camera_id), viewer)
    pipe.execute()


def ask_once(camera_id: int, *, seconds: float) -> bool:
    """True for one caller in *seconds*: that one sends the message to the workers, the others need not."""
    return bool(present().set(f"asked:{camera_id}", 1, nx=True, px=int(seconds * 1000)))


def asked_again(camera_id: int) -> None:
    """Lets the next wish send a message at once."""
    present().delete(f"asked:{camera_id}")


def _key(camera_id: int) -> str:
    return f"demand:{camera_id}"


def _plain_key(camera_id: int) -> str:
    return f"demand:{camera_id}:plain"


def wishes(camera_id: int) -> Wishes:
    """What a supervisor has to know, in one round trip."""
    pipe = present().pipeline(transaction=False)
    pipe.zcount(_key(camera_id), time.time(), "+inf")
    pipe.zcount(_plain_key(camera_id), time.time(), "+inf")
    pipe.get(_epoch_key(camera_id))
    wanted, plain, epoch = pipe.execute()
    return Wishes(wanted > 0, int(epoch) if epoch else None, frozenset() if plain else frozenset({H265}))


def announce_epoch(camera_id: int, epoch: int) -> None:
    """Tells the supervisor of this camera, wherever it runs, that what was given out before *epoch* is dead.

    It lasts a day: longer than the time between two looks of a supervisor at the database, which is the truth.
    """
    present().set(_epoch_key(camera_id), epoch, ex=86_400)


def announced_epoch(camera_id: int) -> int | None:
    """The access epoch that was announced last; None: no word."""
    epoch = present().get(_epoch_key(camera_id))
    return int(str(epoch)) if epoch else None


def _epoch_key(camera_id: int) -> str:
    return f"epoch:{camera_id}"
