"""Stills of cameras that nobody streams: one picture, through the same lease as a stream, so that a camera has never two of us.

``fulfil_wishes`` goes through the waiting wishes in the thread of a Celery task; at most STILL_GRABS of them at once in a worker, and
always with a slot left for a stream. A viewer who comes meanwhile goes first: the lease is given back and their stream started.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import Enum

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from redis.exceptions import RedisError

from cameras import health
from cameras.addresses import Address, Credentials
from cameras.health import Observation
from cameras.models import Camera, Status, Visibility
from cameras.sealing import CannotOpen
from cameras.sources import open_source

from . import demand, lease, pictures, running, scenes, still_command, still_wishes, stills
from .pulling import pull_picture
from .slots import Slots

log = logging.getLogger(__name__)

# Seconds for one grab: connecting, and the keyframe of a camera that sends one every 10 to 15 s.
PATIENCE = 24.0
# Seconds after which a task begins no further grab; the next wish sends another message.
TASK_SECONDS = 20.0
LOOK_EVERY = 0.25


class Outcome(Enum):
    KEPT = "kept"
    FAILED = "failed"
    # A viewer came, or the worker ends: no fault of the camera's.
    GIVEN_UP = "given up"


def _most() -> int:
    """How many grabs this process may have at a time. A thread that grabs runs no stream meanwhile; one is left for viewers."""
    return min(settings.STILL_GRABS, settings.STREAM_SLOTS - running.running() - 1)


_places = Slots(_most)


def fulfil_wishes(*, start_stream: Callable[[int], None]) -> int:
    """Takes pictures until no wish is left; how many were kept. *start_stream* asks for a camera's stream for a viewer who came."""
    if not _places.take():
        return 0
    kept, end = 0, time.monotonic() + TASK_SECONDS
    try:
        for camera_id in still_wishes.waiting():
            if running.ending.is_set() or time.monotonic() >= end:
                break
            kept += _fulfil(camera_id, start_stream)
    except (RedisError, OSError) as problem:
        log.warning("no stills for now: %s", type(problem).__name__)
    finally:
        _places.give_back()
        close_old_connections()
    return kept


def _fulfil(camera_id: int, start_stream: Callable[[int], None]) -> bool:
    if lease.held(camera_id) or not still_wishes.begin_rest(camera_id):
        return False  # its stream makes the still, or somebody grabs it now, or did a short while ago
    the_lease = lease.Lease(camera_id, clock=time.monotonic)
    if demand.wishes(camera_id).wanted or not the_lease.take():
        still_wishes.end_rest(camera_id)
        return False
    began = time.monotonic()
    try:
        still_wishes.take(camera_id)
        outcome = _grab(camera_id, the_lease)
    finally:
        the_lease.release()
    if outcome is Outcome.KEPT:
        still_wishes.rest_for(camera_id, rest_after(time.monotonic() - began, waiting=len(still_wishes.waiting())))
    elif outcome is Outcome.FAILED:
        still_wishes.rest_longer(camera_id)
    elif outcome is Outcome.GIVEN_UP:
        still_wishes.end_rest(camera_id)
    # Also after a success: who came in its last moment met a lease that was held, and has sent no message.
    if demand.wishes(camera_id).wanted:
        start_stream(camera_id)
    return outcome is Outcome.KEPT


def rest_after(took: float, *, waiting: int) -> float:
    """Seconds for which a camera that gave its picture in *took* seconds is left alone: we are connected to it for a fifth of the time
    at the most, and where more wait than can be asked at once it is each one's turn.
    """
    if waiting > settings.STILL_GRABS:
        return float(settings.STILL_IDLE_EVERY)
    return float(min(settings.STILL_IDLE_EVERY, max(settings.STILL_EVERY, 4 * took)))


def _grab(camera_id: int, the_lease: lease.Lease) -> Outcome:
    close_old_connections()
    cameras = Camera.objects.exclude(visibility=Visibility.MATI).exclude(health__status=Status.OFFLINE)
    camera = cameras.filter(pk=camera_id).first()
    try:
        source = open_source(camera_id) if camera else None
    except CannotOpen as error:
        log.error("camera %s: %s", camera_id, error)
        source = None
    if camera is None or source is None:
        return Outcome.FAILED
    found = _picture(camera_id, the_lease, source.address, source.credentials)
    if isinstance(found, Outcome):
        return found
    at, data = found
    try:
        files = pictures.develop(data)
    except pictures.NoPicture:
        return Outcome.FAILED
    stills.keep(camera_id, camera.access_epoch, at=at, files=files)
    if scenes.take_turn(camera_id):
        scenes.look(camera_id, camera.access_epoch, files[pictures.name_of("small", "jpeg")], at=at)
    # Pictures came; that none came is not told, since a viewer's stream finds out better, and with a reason.
    health.observe([Observation(camera_id, timezone.now(), pictures=True)])
    return Outcome.KEPT


def _picture(
    camera_id: int, the_lease: lease.Lease, address: Address, credentials: Credentials
) -> tuple[float, bytes] | Outcome:
    """When its first byte came (Unix time), and the picture."""
    child = pull_picture(address, credentials)
    data, at = bytearray(), 0.0
    try:
        end, look_at = time.monotonic() + PATIENCE, 0.0
        while (piece := child.read(LOOK_EVERY)) is not None:
            at = at or (time.time() if piece else 0.0)
            data += piece
            now = time.monotonic()
            if now >= end or len(data) > still_command.MOST_BYTES:
                return Outcome.FAILED
            if now >= look_at:
                look_at = now + LOOK_EVERY
                if running.ending.is_set() or not the_lease.keep() or demand.wishes(camera_id).wanted:
                    return Outcome.GIVEN_UP
    finally:
        child.stop()
    if not data:
        log.info("camera %s: no still: %s", camera_id, " | ".join(child.last_words()[-3:]))
    return (at, bytes(data)) if data else Outcome.FAILED
