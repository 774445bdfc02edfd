"""Keeps this process's streams in Redis: together, once a second, their leases and records are renewed and what is wished of them is
read.

A Redis that does not answer takes no lease away: see ``lease.Lease``.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from redis.exceptions import RedisError

from . import demand, lease, states
from .demand import Wishes
from .present import present
from .states import Record

log = logging.getLogger(__name__)

EVERY = 1.0
# Seconds between two rounds at the least, where Redis takes longer than that: those who end wait for the lock in between.
BREATH = 0.05

# Keys: lease, record, announced epoch, marks of demand. Arguments: token, lease ms, record, record ms, now.
# The answer: {0} where somebody else has the lease, else {1, epoch or "", how many marks of each kind}. A lease that nobody has
# (a Redis that came back empty) is taken again.
_ROUND = """
local holder = redis.call('get', KEYS[1])
if holder and holder ~= ARGV[1] then return {0} end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('set', KEYS[2], ARGV[3], 'PX', ARGV[4])
local answer = {1, redis.call('get', KEYS[3]) or ''}
for place = 4, #KEYS do answer[place - 1] = redis.call('zcount', KEYS[place], ARGV[5], '+inf') end
return answer
"""


class Kept:
    """One stream, as it is kept: its supervisor says how it is, and looks what Redis said last."""

    def __init__(self, camera_id: int, token: str, record: Record, wishes: Wishes) -> None:
        self.camera_id, self.token, self.record = camera_id, token, record
        self._wishes: Wishes | None = wishes
        self._away = False

    def look(self) -> Wishes | None:
        """What is wished; None where somebody else has the lease. Raises: OSError, Redis does not answer."""
        if self._away:
            raise OSError("Redis does not answer")
        return self._wishes

    def hear(self, answer: list[Any] | None) -> None:
        """What Redis answered; None, or what nobody understands: nothing."""
        self._away = True
        if answer is None:
            return
        try:
            self._wishes = demand.read(answer[2:], answer[1]) if answer[0] else None
        except ValueError:
            log.error("camera %s: what Redis says of it makes no sense", self.camera_id)
            return
        self._away = False


class Keeper:
    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self._lock, self._round = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None
        self._script: Any = None

    def begin(self, kept: Kept) -> None:
        with self._lock:
            self._kept[id(kept)] = kept
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="keeper", daemon=True)
                thread.start()
                self._thread = thread

    def end(self, kept: Kept) -> None:
        """After this nothing is written for it any more, also not by a round that is under way."""
        with self._lock:
            self._kept.pop(id(kept), None)
        with self._round:
            pass

    def round(self) -> None:
        """Asks for all at once. Never raises for what Redis does."""
        with self._round:
            with self._lock:
                kept = list(self._kept.values())
            if not kept:
                return
            try:
                answers = self._ask(kept)
            except (RedisError, OSError):
                log.warning("Redis does not answer; %s streams go on for a while", len(kept))
                answers = [None] * len(kept)
            except Exception:  # whatever it is: without this thread no stream would ever hear that nobody watches it
                log.exception("%s streams could not be kept", len(kept))
                answers = [None] * len(kept)
            for one, answer in zip(kept, answers, strict=True):
                one.hear(answer)

    def _ask(self, kept: list[Kept]) -> list[Any]:
        if self._script is None:
            self._script = present().register_script(_ROUND)
        pipe = present().pipeline(transaction=False)
        now = time.time()
        for one in kept:
            keys = [
                lease.key(one.camera_id),
                states.key(one.camera_id),
                demand.epoch_key(one.camera_id),
                *demand.marks(one.camera_id),
            ]
            text, milliseconds = states.written(one.record)
            self._script(keys=keys, args=[one.token, int(lease.SECONDS * 1000), text, milliseconds, now], client=pipe)
        return list(pipe.execute())

    def _work(self) -> None:
        while True:
            began = time.monotonic()
            self.round()
            time.sleep(max(BREATH, EVERY - (time.monotonic() - began)))


the_keeper = Keeper()
