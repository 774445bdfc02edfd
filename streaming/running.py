"""Puts a supervisor together with the real parts and lets it run, in the thread of the Celery task that called."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from functools import cache, partial

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from redis.exceptions import RedisError

from cameras import health
from cameras.addresses import Address, Credentials
from cameras.health import Observation
from cameras.models import Camera, Visibility
from cameras.reasons import Reason
from cameras.rtsp import Report, probe
from cameras.sealing import CannotOpen
from cameras.sources import open_source

from . import command, demand, lease, orphans, states
from .child import Child
from .darkroom import line_of, the_darkroom
from .packager import Packager
from .parts import Job, Limits, Parts
from .slots import Slots
from .states import Record, StreamState
from .supervisor import Supervisor
from .traits import Trait
from .traits import known as known_traits
from .traits import learn as learn_trait
from .treating import Known, Treating
from .treatment import Treatment

log = logging.getLogger(__name__)

NODE = socket.gethostname()
SOCKET_TIMEOUT = 5.0
# Seconds of one fragment: the first of a run is the first segment.
FRAGMENT_SECONDS = 0.2
# Ends that are the portal's fault and not the camera's.
OUR_TROUBLE = frozenset({"disk", "program", "crash"})
# Ends whose record says why it cannot be had for now; after a lost lease it is somebody else's.
KEPT_RECORDS = frozenset({"failed", "busy", "lease"})

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
        wishes = demand.wishes(camera_id)
        the_lease = lease.Lease(camera_id, clock=time.monotonic)
        if not wishes.wanted or not the_lease.take():
            return
    except (RedisError, OSError):
        log.warning("camera %s: Redis does not answer, the wish is left to be made again", camera_id)
        return
    with _running_lock:
        _running.add(camera_id)
    try:
        _run_with(the_lease, camera_id, wishes.plays)
    finally:
        with _running_lock:
            _running.discard(camera_id)
        the_darkroom.take_down(camera_id)
        the_lease.release()
        connection.close()


@cache
def transcodes() -> Slots:
    """The transcodes of this process."""
    return Slots(settings.TRANSCODE_SLOTS)


def _run_with(the_lease: lease.Lease, camera_id: int, plays: frozenset[str]) -> None:
    camera = Camera.objects.filter(pk=camera_id).select_related("health").first()
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
    end = "crash"
    try:
        treating = _treating(camera, plays, *source)
        end = Supervisor(job, _parts(job, the_lease, treating, *source), _limits()).run()
    finally:
        log.info("camera %s: ended (%s)", camera.public_id, end)
        _leave_record(camera_id, end)


def _leave_record(camera_id: int, end: str) -> None:
    """What the next who wishes finds: why it cannot be had for now, or nothing, so that they begin anew."""
    if end in OUR_TROUBLE:
        _record(camera_id, StreamState.FAILED, Reason.NONE)
    elif end not in KEPT_RECORDS:
        _forget(camera_id)


def _treating(camera: Camera, plays: frozenset[str], address: Address, credentials: Credentials) -> Treating:
    try:
        traits = set(known_traits(camera.pk))
    except (RedisError, OSError):
        traits = set()
    return Treating(
        Known(codec=camera.health.codec, traits=traits),
        plays,
        slots=transcodes(),
        audio=settings.STREAM_AUDIO,
        look=partial(_diagnose, address, credentials),
        learn=partial(_learn, camera.pk),
    )


def _learn(camera_id: int, trait: Trait) -> None:
    log.info("camera %s: learnt that it has %s", camera_id, trait.value)
    try:
        learn_trait(camera_id, trait)
    except (RedisError, OSError):
        pass  # the next stream learns it again


def _parts(job: Job, the_lease: lease.Lease, treating: Treating, address: Address, credentials: Credentials) -> Parts:
    return Parts(
        launch=partial(_launch, address, credentials),
        treating=treating,
        lease=the_lease,
        packager=Packager(
            settings.HLS_ROOT,
            job.public_id,
            job.epoch,
            segment=settings.SEGMENT_SECONDS,
            window=settings.SEGMENT_WINDOW,
            wall=time.time,
            timeline=partial(_timeline, job.camera_id),
            on_keyframe=line_of(job.camera_id, job.epoch),
        ),
        root=settings.HLS_ROOT,
        wishes=partial(_wishes, job.camera_id),
        epoch_now=partial(_epoch_now, job),
        record=lambda state, reason: _record(job.camera_id, state, reason, pictures=treating.now.pictures.value),
        observe=_observe,
        diagnose=partial(_diagnose, address, credentials),
        pause=lambda seconds: ending.wait(seconds) if seconds else ending.is_set(),
        clock=time.monotonic,
    )


def _limits() -> Limits:
    stall = max(settings.STALL_SECONDS, 2 * settings.SEGMENT_SECONDS)
    return Limits(idle=settings.STREAM_IDLE, stall=stall, demand=settings.DEMAND_SECONDS)


def _launch(address: Address, credentials: Credentials, treatment: Treatment) -> Child:
    argv = command.to_fragments(
        treatment, program=settings.FFMPEG, fragment_seconds=min(FRAGMENT_SECONDS, settings.SEGMENT_SECONDS)
    )
    url = address.url_with(credentials)
    script = command.source_script(url, timeout_seconds=SOCKET_TIMEOUT, treatment=treatment)
    child = Child(argv, script, private=(address.host, address.target, credentials.username, credentials.password))
    try:
        orphans.remember(settings.HLS_ROOT, child.pid)
    except OSError:
        child.stop()
        raise
    return child


def _wishes(camera_id: int) -> demand.Wishes:
    try:
        return demand.wishes(camera_id)
    except RedisError as error:
        raise OSError("Redis does not answer") from error


def _epoch_now(job: Job) -> int | None:
    """The camera's epoch as the database has it, None where nobody may look any more; a database that is away changes nothing."""
    try:
        row = Camera.objects.filter(pk=job.camera_id).values_list("access_epoch", "visibility").first()
    except DatabaseError:
        log.warning("camera %s: the database does not answer", job.public_id)
        return job.epoch
    finally:
        connection.close()  # a hundred streams must not hold a hundred connections
    return row[0] if row is not None and row[1] != Visibility.MATI else None


def _record(camera_id: int, state: StreamState, reason: Reason, *, pictures: str = "") -> None:
    try:
        states.write(camera_id, Record(state, reason, time.time(), NODE, pictures))
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
    try:
        health.observe([observation])
    except DatabaseError:
        log.warning("camera %s: the database does not answer, an observation is lost", observation.camera_id)
    finally:
        connection.close()


def _diagnose(address: Address, credentials: Credentials) -> Report:
    return asyncio.run(probe(address, credentials, timeout=settings.PROBE_TIMEOUT))
