"""Puts a supervisor together with the real parts and lets it run, in the thread of the Celery task that called."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from functools import partial

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from redis.exceptions import RedisError

from cameras import health
from cameras.addresses import Address, Credentials
from cameras.health import Observation
from cameras.models import Camera, Visibility
from cameras.reasons import Reason
from cameras.rtsp import probe
from cameras.sealing import CannotOpen
from cameras.sources import open_source

from . import command, demand, lease, orphans, states
from .child import Child
from .packager import Packager
from .states import Record, StreamState
from .supervisor import Job, Limits, Parts, Supervisor

log = logging.getLogger(__name__)

NODE = socket.gethostname()
SOCKET_TIMEOUT = 5.0

# Set when this worker is told to end; every supervisor looks at it several times a second.
ending = threading.Event()
_running: set[int] = set()
_running_lock = threading.Lock()


def running() -> int:
    """How many streams this process runs now."""
    return len(_running)


def run(camera_id: int) -> None:
    """Streams this camera until nobody wants it, unless somebody else does already. Harmless to call twice, or too late."""
    try:
        wanted, _ = demand.wishes(camera_id)
        the_lease = lease.Lease(camera_id, clock=time.monotonic)
        if not wanted or not the_lease.take():
            return
    except (RedisError, OSError):
        log.warning("camera %s: Redis does not answer, the wish is left to be made again", camera_id)
        return
    with _running_lock:
        _running.add(camera_id)
    try:
        _run_with(the_lease, camera_id)
    finally:
        with _running_lock:
            _running.discard(camera_id)
        the_lease.release()
        close_old_connections()


def _run_with(the_lease: lease.Lease, camera_id: int) -> None:
    camera = Camera.objects.filter(pk=camera_id).first()
    if camera is None or camera.visibility == Visibility.MATI:
        return
    try:
        source = open_source(camera_id)
    except CannotOpen as error:
        log.error("camera %s: %s", camera.public_id, error)
        source = None
    if source is None:
        _observe(Observation(camera_id, timezone.now(), Reason.NO_SOURCE))
        _record(camera_id, StreamState.FAILED, Reason.NO_SOURCE)
        return
    job = Job(camera_id, camera.public_id, camera.access_epoch)
    end = Supervisor(job, _parts(job, the_lease, *source), _limits()).run()
    log.info("camera %s: ended (%s)", camera.public_id, end)
    if end != "failed":
        _forget(camera_id)


def _parts(job: Job, the_lease: lease.Lease, address: Address, credentials: Credentials) -> Parts:
    return Parts(
        launch=partial(_launch, address, credentials),
        lease=the_lease,
        packager=Packager(
            settings.HLS_ROOT,
            job.public_id,
            job.epoch,
            segment=settings.SEGMENT_SECONDS,
            window=settings.SEGMENT_WINDOW,
            wall=time.time,
            timeline=partial(_timeline, job.camera_id),
        ),
        root=settings.HLS_ROOT,
        wishes=partial(_wishes, job.camera_id),
        epoch_now=partial(_epoch_now, job.camera_id),
        record=partial(_record, job.camera_id),
        observe=_observe,
        diagnose=partial(_diagnose, address, credentials),
        pause=lambda seconds: ending.wait(seconds) if seconds else ending.is_set(),
        clock=time.monotonic,
    )


def _limits() -> Limits:
    return Limits(idle=settings.STREAM_IDLE, stall=settings.STALL_SECONDS, demand=settings.DEMAND_SECONDS)


def _launch(address: Address, credentials: Credentials) -> Child:
    argv = command.copy_to_fragments(program=settings.FFMPEG, segment_seconds=settings.SEGMENT_SECONDS)
    script = command.source_script(address.url_with(credentials), timeout_seconds=SOCKET_TIMEOUT)
    child = Child(argv, script)
    orphans.remember(settings.HLS_ROOT, child.pid)
    return child


def _wishes(camera_id: int) -> tuple[bool, int | None]:
    try:
        return demand.wishes(camera_id)
    except RedisError as error:
        raise OSError("Redis does not answer") from error


def _epoch_now(camera_id: int) -> int | None:
    close_old_connections()
    row = Camera.objects.filter(pk=camera_id).values_list("access_epoch", "visibility").first()
    return row[0] if row is not None and row[1] != Visibility.MATI else None


def _record(camera_id: int, state: StreamState, reason: Reason) -> None:
    try:
        states.write(camera_id, Record(state, reason, time.time(), NODE))
    except (RedisError, OSError):
        log.warning("camera %s: could not record %s: Redis does not answer", camera_id, state.value)


def _timeline(camera_id: int) -> int:
    try:
        return states.next_timeline(camera_id)
    except (RedisError, OSError):
        return 0  # a player that stayed may take the new pictures for the old timeline, and recovers by loading anew


def _forget(camera_id: int) -> None:
    try:
        states.forget(camera_id)
        demand.asked_again(camera_id)
    except (RedisError, OSError):
        pass  # the record expires by itself


def _observe(observation: Observation) -> None:
    close_old_connections()
    health.observe([observation])


def _diagnose(address: Address, credentials: Credentials) -> Reason:
    return asyncio.run(probe(address, credentials, timeout=settings.PROBE_TIMEOUT)).reason
