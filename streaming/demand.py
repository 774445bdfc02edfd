"""Does anybody want it? Each viewer of a camera leaves a mark that they renew and that expires by itself."""

from __future__ import annotations

import time

from django.conf import settings

from .present import present


def want(camera_id: int, viewer: str) -> None:
    """Marks the camera as wanted by *viewer* for DEMAND_SECONDS."""
    pipe = present().pipeline(transaction=False)
    pipe.zadd(_key(camera_id), {viewer: time.time() + settings.DEMAND_SECONDS})
    pipe.pexpire(_key(camera_id), int(settings.DEMAND_SECONDS * 1000))
    pipe.execute()


def leave(camera_id: int, viewer: str) -> None:
    """Takes one viewer's mark away; a courtesy, on which nothing depends."""
    present().zrem(_key(camera_id), viewer)


def ask_once(camera_id: int, *, seconds: float) -> bool:
    """True for one caller in *seconds*: that one sends the message to the workers, the others need not."""
    return bool(present().set(f"asked:{camera_id}", 1, nx=True, px=int(seconds * 1000)))


def asked_again(camera_id: int) -> None:
    """Lets the next wish send a message at once."""
    present().delete(f"asked:{camera_id}")


def _key(camera_id: int) -> str:
    return f"demand:{camera_id}"


def wishes(camera_id: int) -> tuple[bool, int | None]:
    """What a supervisor has to know, in one round trip: is it wanted, and which access epoch was announced last (None: no word)."""
    pipe = present().pipeline(transaction=False)
    pipe.zcount(_key(camera_id), time.time(), "+inf")
    pipe.get(_epoch_key(camera_id))
    wanted, epoch = pipe.execute()
    return wanted > 0, int(epoch) if epoch else None


def announce_epoch(camera_id: int, epoch: int) -> None:
    """Tells the supervisor of this camera, wherever it runs, that what was given out before *epoch* is dead.

    It lasts a day: longer than the time between two looks of a supervisor at the database, which is the truth.
    """
    present().set(_epoch_key(camera_id), epoch, ex=86_400)


def _epoch_key(camera_id: int) -> str:
    return f"epoch:{camera_id}"
