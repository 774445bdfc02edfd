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
from cameras.addresses import Address
from cameras.guarding import rules_for
from cameras.health import Observation
from cameras.models import Camera, Visibility
from cameras.reasons import Reason
from cameras.rtsp import Report, probe
from cameras.sealing import CannotOpen
from cameras.sources import Source, open_source

from . import command, demand, lease, states
from .child import Child
from .darkroom import line_of, the_darkroom
from .keeping import Kept, the_keeper
from .pacing import Pace
from .packager import Packager
from .parts import Job, Limits, Parts
from .pulling import pull
from .pump import the_pump
from .slots import Slots
from .space import Space
from .states import Record, StreamState
from .supervisor import Supervisor
from .traits import Trait
from .traits import known as known_traits
from .traits import learn as learn_trait
from .treating import Known, Treating, tracks_of_substream
from .treatment import Treatment

log = logging.getLogger(__name__)

NODE = socket.gethostname()
# Seconds of one fragment: the first of a run is the first segment.
FRAGMENT_SECONDS = 0.25
# Ends that are the portal's fault and not the camera's.
OUR_TROUBLE = frozenset({"disk", "program", "crash"})
# Ends whose record says why it cannot be had for now.
REFUSALS = frozenset({"failed", "busy"})

# Set when this worker is told to end; every supervisor looks at it in each step.
ending = threading.Event()
_running: set[int] = set()
# What ``look_at_epochs`` found last: None where nobody may look any more.
_epochs: dict[int, int | None] = {}
_running_lock = threading.Lock()
# A start takes some 70 ms of a core.
_starts = Pace(0.04, at_once=4)


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
        _epochs.pop(camera_id, None)
    try:
        _run_with(the_lease, camera_id, wishes)
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


@cache
def space() -> Space:
    """The room for the segments of this process."""
    return Space(settings.HLS_MAX_MB * 1024 * 1024)


def _run_with(the_lease: lease.Lease, camera_id: int, wishes: demand.Wishes) -> None:
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
        _record(camera_id, _now(StreamState.FAILED, Reason.NO_SOURCE))
        return
    job = Job(camera_id, camera.public_id, camera.access_epoch)
    kept = Kept(camera_id, the_lease.token, _now(StreamState.STARTING), wishes)
    the_keeper.begin(kept)
    end = "crash"
    try:
        treating = _treating(camera, wishes, source)
        end = Supervisor(job, _parts(job, kept, treating, source), _limits()).run()
    finally:
        the_keeper.end(kept)
        log.info("camera %s: ended (%s)", camera.public_id, end)
        _leave_record(kept, end)


def _leave_record(kept: Kept, end: str) -> None:
    """What the next who wishes finds: why it cannot be had for now, or nothing, so that they begin anew."""
    if end in OUR_TROUBLE:
        _record(kept.camera_id, _now(StreamState.FAILED))
    elif end in REFUSALS:
        # Again: a round that was under way may have written the one before over it.
        _record(kept.camera_id, kept.record)
    elif end != "lease":  # then it is somebody else's
        _forget(kept.camera_id)


def _treating(camera: Camera, wishes: demand.Wishes, source: Source) -> Treating:
    try:
        traits = set(known_traits(camera.pk))
    except (RedisError, OSError):
        traits = set()
    substream = tracks_of_substream(traits) if source.substream else None
    treating = Treating(
        Known(codec=camera.health.codec, traits=traits, substream=substream),
        wishes.plays,
        small=wishes.small,
        slots=transcodes(),
        audio=settings.STREAM_AUDIO,
        look=lambda: _diagnose(source, treating.now),
        learn=partial(_learn, camera.pk),
    )
    return treating


def _pulled(source: Source, treatment: Treatment) -> Address:
    return source.substream if treatment.substream and source.substream else source.address


def _learn(camera_id: int, trait: Trait) -> None:
    log.info("camera %s: learnt that it has %s", camera_id, trait.value)
    try:
        learn_trait(camera_id, trait)
    except (RedisError, OSError):
        pass  # the next stream learns it again


def _parts(job: Job, kept: Kept, treating: Treating, source: Source) -> Parts:
    return Parts(
        launch=partial(_launch, source),
        turn=_starts.turn,
        treating=treating,
        pump=the_pump,
        packager=Packager(
            settings.HLS_ROOT,
            job.public_id,
            job.epoch,
            segment=settings.SEGMENT_SECONDS,
            window=settings.SEGMENT_WINDOW,
            wall=time.time,
            timeline=partial(_timeline, job.camera_id),
            space=space(),
            on_keyframe=line_of(job.camera_id, job.epoch),
        ),
        root=settings.HLS_ROOT,
        look=kept.look,
        epoch_now=partial(_epoch_now, job),
        revoked=partial(_revoked, job),
        record=partial(_turn, kept, treating),
        observe=_observe,
        diagnose=lambda: _diagnose(source, treating.now),
        pause=lambda seconds: ending.wait(seconds) if seconds else ending.is_set(),
        clock=time.monotonic,
    )


def _limits() -> Limits:
    stall = max(settings.STALL_SECONDS, 2 * settings.SEGMENT_SECONDS)
    return Limits(idle=settings.STREAM_IDLE, stall=stall, demand=settings.DEMAND_SECONDS)


def _launch(source: Source, treatment: Treatment) -> Child:
    address, credentials = _pulled(source, treatment), source.credentials
    argv = command.to_fragments(
        treatment, program=settings.FFMPEG, fragment_seconds=min(FRAGMENT_SECONDS, settings.SEGMENT_SECONDS)
    )
    return pull(argv, address, credentials, treatment)


def look_at_epochs() -> None:
    """Reads the access epochs of all cameras that this process streams; a database that is away changes nothing."""
    with _running_lock:
        cameras = set(_running)
    if not cameras:
        return
    try:
        rows = Camera.objects.filter(pk__in=cameras).exclude(visibility=Visibility.MATI)
        found = dict(rows.values_list("pk", "access_epoch"))
    except DatabaseError:
        log.warning("the database does not answer; %s streams go on", len(cameras))
        return
    finally:
        connection.close()
    with _running_lock:
        _epochs.update({camera_id: found.get(camera_id) for camera_id in cameras & _running})


def _epoch_now(job: Job) -> int | None:
    """The camera's epoch as the database had it last, None where nobody may look any more."""
    return _epochs.get(job.camera_id, job.epoch)


def _revoked(job: Job) -> bool:
    """Whether who may look has changed since the job was made, as the database has it now."""
    try:
        same = Camera.objects.filter(pk=job.camera_id, access_epoch=job.epoch).exclude(visibility=Visibility.MATI)
        return not same.exists()
    except DatabaseError:
        return False
    finally:
        connection.close()


def _turn(kept: Kept, treating: Treating, state: StreamState, reason: Reason) -> None:
    kept.record = _now(state, reason, treating.now.pictures.value)
    _record(kept.camera_id, kept.record)


def _now(state: StreamState, reason: Reason = Reason.NONE, pictures: str = "") -> Record:
    return Record(state, reason, time.time(), NODE, pictures)


def _record(camera_id: int, record: Record) -> None:
    try:
        states.write(camera_id, record)
    except (RedisError, OSError):
        log.warning("camera %s: could not record %s: Redis does not answer", camera_id, record.state.value)


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


def _diagnose(source: Source, treatment: Treatment) -> Report:
    address = _pulled(source, treatment)
    looking = probe(address, source.credentials, timeout=settings.PROBE_TIMEOUT, rules=rules_for([address]))
    return asyncio.run(looking)
