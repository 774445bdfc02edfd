"""What a stream worker does besides its streams: says that it is there, sweeps, and ends its streams when it is told to end."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import threading
import time
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from redis.exceptions import RedisError

from . import folders, nodes, orphans, running
from .pump import the_pump

log = logging.getLogger(__name__)

SWEEP_EVERY = 10.0  # and the look at the epochs, by which a change is noticed whose word in Redis was lost
# A playlist is renewed twice a second; an epoch's folder in which nothing moved for this long belongs to nobody.
STALE_SECONDS = 120.0


def name() -> str:
    return f"{running.NODE}-{os.getpid()}"


def beat() -> None:
    """Says that this worker is there and how full it is."""
    with contextlib.suppress(RedisError, OSError):  # the next beat says it
        transcodes = running.transcodes()
        nodes.beat(nodes.Node(name(), running.running(), settings.STREAM_SLOTS, transcodes.taken, transcodes.total))


def sweep() -> None:
    """Ends orphans of dead workers of this machine and takes stale folders away; keeps the folder for segments."""
    if ended := orphans.sweep(settings.HLS_ROOT):
        log.warning("%s orphaned ffmpeg ended", ended)
    folders.keep_root(settings.HLS_ROOT)
    folders.remove_stale(settings.HLS_ROOT, before=time.time() - STALE_SECONDS)


def _attend() -> None:
    swept = 0.0
    while not running.ending.is_set():
        beat()
        if time.monotonic() - swept >= SWEEP_EVERY:
            swept = time.monotonic()
            try:
                running.look_at_epochs()
                sweep()
            except Exception:  # whatever it is: without this thread the worker would be taken for dead
                log.exception("sweep failed")
        running.ending.wait(nodes.BEAT)
    the_pump.nudge()  # supervisors that wait for pictures hear of the end at once
    with contextlib.suppress(RedisError, OSError):
        nodes.leave(name())


@worker_ready.connect
def _begin(sender: Any = None, **kwargs: Any) -> None:
    if "streams" in sender.app.amqp.queues.consume_from:
        gc.freeze()  # what was loaded so far stays; walking through all of it again and again would cost more than a stream
        threading.Thread(target=_attend, name="attendant", daemon=True).start()


@worker_shutting_down.connect
def _end(**kwargs: Any) -> None:
    # Sent from a signal handler: only the flag is set here; the supervisors poll it.
    running.ending.set()
