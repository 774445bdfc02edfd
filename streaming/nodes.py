"""Which stream workers are there, and how full: each says so every BEAT seconds, and who is silent is gone."""

from __future__ import annotations

import time
from dataclasses import astuple, dataclass

from .present import present

BEAT = 2.0
SILENT_AFTER = 8.0
_SEEN, _LOAD = "nodes:seen", "nodes:load"


@dataclass(frozen=True)
class Node:
    name: str
    running: int
    slots: int
    transcodes: int = 0
    transcode_slots: int = 0

    def has_room(self, *, transcode: bool, share: float = 1.0) -> bool:
        """Whether one more fits into *share* of the slots."""
        return self.running < self.slots * share and (not transcode or self.transcodes < self.transcode_slots)


def beat(node: Node, *, wall: float | None = None) -> None:
    now = time.time() if wall is None else wall
    for silent in present().zrangebyscore(_SEEN, 0, now - 60):
        leave(str(silent))
    pipe = present().pipeline(transaction=False)
    pipe.zadd(_SEEN, {node.name: now})
    pipe.hset(_LOAD, node.name, "/".join(str(figure) for figure in astuple(node)[1:]))
    pipe.execute()


def leave(name: str) -> None:
    pipe = present().pipeline(transaction=False)
    pipe.zrem(_SEEN, name)
    pipe.hdel(_LOAD, name)
    pipe.execute()


def alive(*, wall: float | None = None) -> list[Node]:
    now = time.time() if wall is None else wall
    names = [str(name) for name in present().zrangebyscore(_SEEN, now - SILENT_AFTER, "+inf")]
    if not names:
        return []
    loads = [str(load or "0/0/0/0").split("/") for load in present().hmget(_LOAD, names)]
    return [Node(name, *map(int, figures)) for name, figures in zip(names, loads, strict=True)]
