"""Which stream workers are there, and how full: each says so every BEAT seconds, and who is silent is gone."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .present import present

BEAT = 2.0
SILENT_AFTER = 8.0
_SEEN, _LOAD = "nodes:seen", "nodes:load"


@dataclass(frozen=True)
class Node:
    name: str
    running: int
    slots: int


def beat(node: Node, *, wall: float | None = None) -> None:
    pipe = present().pipeline(transaction=False)
    pipe.zadd(_SEEN, {node.name: time.time() if wall is None else wall})
    pipe.hset(_LOAD, node.name, f"{node.running}/{node.slots}")
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
    loads = [str(load or "0/0").partition("/") for load in present().hmget(_LOAD, names)]
    return [Node(name, int(running), int(slots)) for name, (running, _, slots) in zip(names, loads, strict=True)]
