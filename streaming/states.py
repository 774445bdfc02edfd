"""How a camera's stream is: the named states, and the record of them that the web side reads.

waiting ──lease taken──▶ starting ──first segment──▶ live ──no bytes──▶ stalled
                            │  ▲                       │                   │
                            │  └──── pause over ─── backing_off ◀──────────┘
                            ▼                                  (also when ffmpeg ends)
                          failed (will not heal by trying: refused password, unknown address, unplayable pictures)
starting ──no transcode slot is free──▶ busy (ended; its record stays for a while, so that nobody hammers)
any ──nobody watches · access changed · worker ends · lease lost · disk full──▶ ended (no record is left)
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache

from cameras.reasons import Reason

from .present import present

RECORD_SECONDS = 6.0
# How long a failure that does not heal by itself is answered from the record, before a wish tries the camera again.
FAILED_SECONDS = 20.0


class StreamState(StrEnum):
    WAITING = "waiting"
    STARTING = "starting"
    LIVE = "live"
    STALLED = "stalled"
    BACKING_OFF = "backing_off"
    FAILED = "failed"
    BUSY = "busy"


@dataclass(frozen=True)
class Record:
    """*at*: since when, Unix time; *node*: the machine that runs the stream; *pictures*: how they are treated, "" while unknown."""

    state: StreamState
    reason: Reason
    at: float
    node: str = ""
    pictures: str = ""


def write(camera_id: int, record: Record) -> None:
    text, milliseconds = written(record)
    present().set(key(camera_id), text, px=milliseconds)


@lru_cache(maxsize=1024)
def written(record: Record) -> tuple[str, int]:
    """As it stands in Redis, and for how many milliseconds."""
    seconds = FAILED_SECONDS if record.state == StreamState.FAILED else RECORD_SECONDS
    return json.dumps(asdict(record)), int(seconds * 1000)


def read(camera_id: int) -> Record | None:
    raw = present().get(key(camera_id))
    if raw is None:
        return None
    fields = json.loads(str(raw))
    return Record(**fields | {"state": StreamState(fields["state"]), "reason": Reason(fields["reason"])})


def forget(camera_id: int) -> None:
    present().delete(key(camera_id))


def next_timeline(camera_id: int) -> int:
    """Counts the runs of a camera over all its supervisors, small from the start; forgotten a day after the last.

    Players that stay over a change of supervisor see by it that another timeline begins.
    """
    pipe = present().pipeline(transaction=False)
    pipe.incr(f"timeline:{camera_id}")
    pipe.expire(f"timeline:{camera_id}", 86_400)
    return int(pipe.execute()[0])


def key(camera_id: int) -> str:
    return f"stream:{camera_id}"
