"""Who has asked for a newer still, and when may a camera be asked for one? Marks that expire by themselves.

A wish is for one picture: whoever makes it takes the wish away first, and is then the only one who does. So there is no more work
than there are people who look, and many who look are one wish.
"""

from __future__ import annotations

import time

from django.conf import settings

from .present import present

# Seconds that a wish waits; the pages make it again.
LASTS = 15.0
# A message to the workers is repeated after this, should the first have found them all busy.
ASK_EVERY = 4.0
# Seconds for which a camera that gave no picture is left alone.
REST_AFTER_FAILURE = 120.0

_WISHES = "stillwishes"


def wish(camera_id: int) -> None:
    pipe = present().pipeline(transaction=False)
    pipe.zadd(_WISHES, {str(camera_id): time.time()})
    pipe.pexpire(_WISHES, int(LASTS * 1000))
    pipe.execute()


def ask_once(camera_id: int) -> bool:
    """True for one caller in ASK_EVERY seconds, while the camera may be asked: that one sends the message to the workers."""
    return not resting(camera_id) and bool(
        present().set(f"stillasked:{camera_id}", 1, nx=True, px=int(ASK_EVERY * 1000))
    )


def waiting() -> list[int]:
    """The cameras for which a wish waits, the longest first."""
    pipe = present().pipeline(transaction=False)
    pipe.zremrangebyscore(_WISHES, "-inf", time.time() - LASTS)
    pipe.zrange(_WISHES, 0, -1)
    return [int(camera_id) for camera_id in pipe.execute()[-1]]


def take(camera_id: int) -> bool:
    """Takes a wish to fulfil it; False if somebody else has."""
    return bool(present().zrem(_WISHES, str(camera_id)))


def resting(camera_id: int) -> bool:
    """It gave a picture, or failed to, a short while ago."""
    return bool(present().exists(_rest(camera_id)))


def begin_rest(camera_id: int) -> bool:
    """True for one caller in STILL_IDLE_EVERY seconds: that one may connect to the camera for a still."""
    return bool(present().set(_rest(camera_id), 1, nx=True, px=int(settings.STILL_IDLE_EVERY * 1000)))


def rest_for(camera_id: int, seconds: float) -> None:
    """After a success: from now on."""
    present().set(_rest(camera_id), 1, px=int(seconds * 1000))


def rest_longer(camera_id: int) -> None:
    """After a failure."""
    present().set(_rest(camera_id), 1, px=int(max(REST_AFTER_FAILURE, settings.STILL_IDLE_EVERY) * 1000))


def end_rest(camera_id: int) -> None:
    """After an attempt that was given up before it could fail."""
    present().delete(_rest(camera_id))


def _rest(camera_id: int) -> str:
    return f"stillrest:{camera_id}"
