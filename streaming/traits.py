"""What was learnt of a camera the hard way, remembered for a day, so that the next stream of it starts right."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import Any

from redis.exceptions import RedisError

from .present import present

REMEMBERED = 86_400


class Trait(StrEnum):
    MUTE = "mute"  # it declares sound and never sends any, which would hold the pictures up
    LONG_LOOK = "long_look"  # ffmpeg must look into its stream for a while before it knows what it is
    WRONG_TIMES = "wrong_times"  # its timestamps jump
    NO_SUBSTREAM = "no_substream"  # the substream that was entered for it is none, or none that helps
    H265_SUBSTREAM = "h265_substream"  # its substream is H.265


def learn(camera_id: int, trait: Trait) -> None:
    pipe = present().pipeline(transaction=False)
    pipe.sadd(_key(camera_id), trait.value)
    pipe.expire(_key(camera_id), REMEMBERED)
    pipe.execute()


def known(camera_id: int) -> frozenset[Trait]:
    return frozenset(Trait(str(name)) for name in present().smembers(_key(camera_id)) if str(name) in set(Trait))


def forget(*, camera_id: int, **kwargs: Any) -> None:
    """Receiver of ``source_changed``."""
    with suppress(RedisError, OSError):  # then they are forgotten within a day, and cost little until then
        present().delete(_key(camera_id))


def _key(camera_id: int) -> str:
    return f"traits:{camera_id}"
