"""Does anybody want it? Each viewer of a camera leaves a mark that they renew and that expires by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings

from .present import present
from .treatment import H265


class Wishes(NamedTuple):
    """*epoch*: the access epoch that was announced last (None: no word); *plays*: what everybody there plays besides H.264; *small*:
    every page there is small."""

    wanted: bool
    epoch: int | None
    plays: frozenset[str] = frozenset()
    small: bool = False


def want(camera_id: int, viewer: str, *, plays: frozenset[str] = frozenset(), small: bool = False) -> None:
    """Marks the camera as wanted by *viewer* for DEMAND_SECONDS; *plays*: the codecs that they play besides H.264; *small*: they show
    it small.

    Somebody may watch on two devices under one name: who cannot play H.265, or shows it large, leaves a mark of its own for that,
    which the other device does not touch.
    """
    pipe = present().pipeline(transaction=False)
    special = [*([] if H265 in plays else [_plain_key(camera_id)]), *([] if small else [_large_key(camera_id)])]
    for key in [_key(camera_id), *special]:
        pipe.zremrangebyscore(key, 0, time.time())
        pipe.zadd(key, {viewer: time.time() + settings.DEMAND_SECONDS})
        pipe.pexpire(key, int(settings.DEMAND_SECONDS * 1000))
    pipe.execute()


def leave(camera_id: int, viewer: str) -> None:
    """Takes one viewer's mark away; a courtesy, on which nothing depends."""
    pipe = present().pipeline(transaction=False)
    pipe.zrem(_key(camera_id), viewer)
    pipe.zrem(_plain_key(camera_id), viewer)
    pipe.zrem(_large_key(camera_id), viewer)
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


def _large_key(camera_id: int) -> str:
    return f"demand:{camera_id}:large"


def marks(camera_id: int) -> list[str]:
    """The keys of all kinds of marks, in the order in which ``read`` takes their counts."""
    return [_key(camera_id), _plain_key(camera_id), _large_key(camera_id)]


def read(counts: Sequence[int], epoch: str | None) -> Wishes:
    """What so many marks of each kind, and the epoch that was announced, say."""
    wanted, plain, large = counts
    plays: frozenset[str] = frozenset() if plain else frozenset({H265})
    return Wishes(wanted > 0, int(epoch) if epoch else None, plays, small=wanted > 0 and not large)


def wishes(camera_id: int) -> Wishes:
    """What is wished of a camera, in one round trip."""
    pipe = present().pipeline(transaction=False)
    for key in marks(camera_id):
        pipe.zcount(key, time.time(), "+inf")
    pipe.get(epoch_key(camera_id))
    *counts, epoch = pipe.execute()
    return read(counts, epoch)


def announce_epoch(camera_id: int, epoch: int) -> None:
    """Tells the supervisor of this camera, wherever it runs, that what was given out before *epoch* is dead.

    It lasts a day: longer than the time between two looks of a supervisor at the database, which is the truth.
    """
    present().set(epoch_key(camera_id), epoch, ex=86_400)


def announced_epoch(camera_id: int) -> int | None:
    """The access epoch that was announced last; None: no word."""
    epoch = present().get(epoch_key(camera_id))
    return int(str(epoch)) if epoch else None


def epoch_key(camera_id: int) -> str:
    return f"epoch:{camera_id}"
