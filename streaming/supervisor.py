"""Runs one camera's stream from its first wish to its end.

``Supervisor.run`` is a thin loop around ``step``; a step waits two seconds, or until there is news, and longer only where a camera
that failed is asked what is wrong. In a step, in this order:

1. Is there a reason to end? Nobody watches, who may look has changed, the worker ends, the lease was lost.
2. No ffmpeg? Start one, unless a pause after a failure is still running.
3. See what became of its output, which the pump reads and hands to the packager. Nothing for too long is a stall; its end is a
   failure.
4. A failure is looked into (by asking the camera itself, not by reading ffmpeg's words), counted, and followed by a growing pause;
   what cannot heal by trying ends the stream and becomes the camera's status.

What it touches comes as ``Parts``, so that tests hand in a clock and a child of their own.
"""

from __future__ import annotations

import logging

from django.utils import timezone

from cameras.health import Observation
from cameras.reasons import PERMANENT, Reason

from . import folders
from .mp4 import BrokenStream, BrokenTimes
from .packager import PicturesChanged, UnplayableError
from .parts import ChildLike, Job, Limits, Parts
from .pump import Flow
from .retries import PAUSES, Retries
from .states import StreamState
from .treating import Full
from .treatment import Untreatable

log = logging.getLogger(__name__)

# Seconds: what does not wait for the next step is told by a nudge.
STEP = 2.0
# Seconds until the first segment: a camera with a keyframe every 20 s may take that long after it was connected.
START_PATIENCE = 28.0
REPORT_EVERY = 30.0
# Seconds of pictures below which a run that must begin anew waits, as after a failure: it could come to this again and again.
SHORT_LIFE = 10.0
# Seconds that a stream goes on without a word from Redis.
REDIS_PATIENCE = 120.0


class Supervisor:
    def __init__(self, job: Job, parts: Parts, limits: Limits) -> None:
        self._job, self._parts, self._limits = job, parts, limits
        now = parts.clock()
        self._child: ChildLike | None = None
        self._flow: Flow | None = None
        self._segments = 0
        self._retries, self._anew = Retries(), Retries()
        self._state, self._reason = StreamState.STARTING, Reason.NONE
        self._retry_at, self._has_turn = now, False
        # When the run began, brought its last segment, and its last byte.
        self._started_at = self._heard_at = self._bytes_at = now
        self._live_since: float | None = None
        self._wanted_at = now
        self._wanted_until = now + limits.idle
        self._report_at = 0.0

    def run(self) -> str:
        """Until it ends; why, in a word for the log."""
        end = ""
        try:
            while not (end := self.step()):
                pass
        finally:
            self._stop_child()
            self._parts.treating.end()
            if end != "lease":  # then somebody else's segments may be in there already
                folders.remove_epoch(self._parts.root, self._job.public_id, self._job.epoch)
            self._parts.packager.end()
        return end

    def step(self) -> str:
        """One round; why the stream is over, or "" while it goes on."""
        now = self._parts.clock()
        if end := self._reason_to_end(now):
            return end
        try:
            if self._child is None or self._flow is None:
                return self._connect_or_wait(now)
            return self._watch(self._flow)
        except FileNotFoundError:
            return "access"  # the folder was taken away under us
        except OSError as error:
            log.error("camera %s: cannot write segments: %s", self._job.public_id, error.strerror)
            return "disk"

    # ---- 1: a reason to end --------------------------------------------------------------------------------------------------

    def _reason_to_end(self, now: float) -> str:
        if self._parts.pause(0):
            return "shutdown"
        if end := self._look_around(now):
            return end
        if now > self._wanted_until:
            return "idle"
        epoch = self._parts.epoch_now()
        return "access" if epoch is None or epoch > self._job.epoch else ""

    def _look_around(self, now: float) -> str:
        """Notes whether anybody still watches; "lease" or "access" where that, or who may look, has changed."""
        try:
            wishes = self._parts.look()
        except OSError:
            # Redis is away, and will come back empty: viewers get the time to make their wishes anew.
            patience = min(now + self._limits.demand, self._wanted_at + REDIS_PATIENCE)
            self._wanted_until = max(self._wanted_until, patience)
            return ""
        if wishes is None:
            return "lease"
        if wishes.wanted:
            self._wanted_at, self._wanted_until = now, now + self._limits.idle
            self._parts.treating.hear(wishes.plays, small=wishes.small)
        return "access" if wishes.epoch is not None and wishes.epoch > self._job.epoch else ""

    # ---- 2: connect ----------------------------------------------------------------------------------------------------------

    def _connect_or_wait(self, now: float) -> str:
        if now < self._retry_at:
            self._parts.pause(min(STEP, self._retry_at - now))
            return ""
        if not self._has_turn:
            self._has_turn = True
            if wait := self._parts.turn(now):
                self._retry_at = now + wait
                return ""
        self._has_turn = False
        try:
            fresh = self._parts.treating.begin()
        except Untreatable:
            return self._give_up(Reason.UNSUPPORTED)
        except Full:
            self._turn(StreamState.BUSY, Reason.NONE)
            return "busy"
        self._parts.packager.begin_run(fresh=fresh)
        # Only now that its folder is there: a change from here on takes the folder away, one before it is seen here.
        if self._parts.revoked():
            return "access"
        self._turn(StreamState.STARTING, self._reason)
        self._started_at = self._heard_at = self._bytes_at = self._parts.clock()
        self._live_since = None
        try:
            self._child = self._parts.launch(self._parts.treating.now)
        except OSError:
            log.exception("cannot start ffmpeg; see the setting FFMPEG")
            return "program"
        self._flow, self._segments = self._parts.pump.begin(self._child, self._parts.packager.feed), 0
        return ""

    # ---- 3: watch ------------------------------------------------------------------------------------------------------------

    def _watch(self, flow: Flow) -> str:
        if self._parts.treating.outdated(self._parts.clock()):
            return self._begin_anew("another treatment is needed")
        flow.wait(STEP)
        self._bytes_at = max(self._bytes_at, flow.bytes_at)
        if flow.segments > self._segments:
            self._segments, self._heard_at = flow.segments, flow.segment_at
            self._pictures(self._heard_at)
        try:
            if flow.trouble is not None:
                raise flow.trouble
        except UnplayableError as error:
            treating = self._parts.treating
            if treating.meet(str(error)) or treating.without_substream(Reason.UNSUPPORTED):
                return self._begin_anew("another codec than thought")
            return self._give_up(Reason.UNSUPPORTED)
        except PicturesChanged:
            return self._begin_anew("pictures of another size")
        except BrokenTimes as error:
            self._parts.treating.distrust_times()
            return self._failed(str(error))
        except BrokenStream as error:
            return self._failed(f"broken stream, {error}")
        return self._failed("ended") if flow.over else self._without_segment(self._parts.clock())

    def _without_segment(self, now: float) -> str:
        """Patience with a run that brings bytes at the best."""
        if self._live_since is not None:
            if now - self._heard_at <= self._limits.stall:
                return ""
            if now - self._bytes_at < self._limits.stall / 2:
                # Bytes come and no segment gets done: time stands still in the stream, or runs backwards.
                self._parts.treating.distrust_times()
            self._turn(StreamState.STALLED, Reason.STALLED)
            return self._failed("stalled")
        if self._parts.treating.without_sound(now - self._started_at):
            return self._begin_anew("its sound never comes")
        return self._failed("no picture") if now - self._started_at > START_PATIENCE else ""

    def _pictures(self, now: float) -> None:
        if self._live_since is None:
            self._live_since = now
            self._parts.treating.live_after(now - self._started_at)
            self._turn(StreamState.LIVE, Reason.NONE)
        if now >= self._report_at:
            self._report_at = now + REPORT_EVERY
            self._observe(Reason.NONE)

    # ---- 4: failures ---------------------------------------------------------------------------------------------------------

    def _failed(self, what: str) -> str:
        lived = self._lived()
        words = self._child.last_words() if self._child else []
        self._stop_child()
        report = self._parts.diagnose()
        if self._parts.treating.describe(report):
            return self._begin_anew(f"{what}: another codec than before")
        reason = report.reason
        if reason == Reason.NONE:
            # It answers; so what is wrong is with its pictures.
            reason = Reason.STALLED if self._live_since is not None else Reason.NO_VIDEO
        log.info("camera %s: %s (%s) %s", self._job.public_id, what, reason.value, " | ".join(words[-3:]))
        looks_longer = what == "ended" and reason == Reason.NO_VIDEO and self._parts.treating.look_longer()
        if not looks_longer and self._parts.treating.without_substream(reason):
            return self._begin_anew("its substream cannot be had")
        if reason in PERMANENT:
            return self._give_up(reason)
        pause = self._retries.failed(lived=lived)
        if self._retries.failures >= 2:  # once may be a hiccup, twice in a row is a state
            self._observe(reason)
        now = self._parts.clock()
        self._retry_at = now + pause
        self._report_at = 0.0
        self._turn(StreamState.BACKING_OFF, reason)
        return ""

    def _begin_anew(self, why: str) -> str:
        """Ends the run without blaming the camera; at once, unless it comes to this again and again."""
        log.info("camera %s: begins anew: %s", self._job.public_id, why)
        if self._lived() >= SHORT_LIFE:
            self._anew = Retries()
        pause = self._anew.failed(lived=0.0) - PAUSES[0]
        self._stop_child()
        self._retry_at = self._parts.clock() + pause
        return ""

    def _lived(self) -> float:
        """Seconds of pictures that the run brought."""
        return 0.0 if self._live_since is None else self._heard_at - self._live_since

    def _give_up(self, reason: Reason) -> str:
        self._stop_child()
        self._observe(reason)
        self._turn(StreamState.FAILED, reason)
        return "failed"

    def _stop_child(self) -> None:
        if self._flow is not None:
            flow, self._flow = self._flow, None
            self._parts.pump.end(flow)
        if self._child is not None:
            child, self._child = self._child, None
            child.stop()

    # ---- saying it -----------------------------------------------------------------------------------------------------------

    def _turn(self, state: StreamState, reason: Reason) -> None:
        if (state, reason) != (self._state, self._reason):
            log.info("camera %s: %s → %s %s", self._job.public_id, self._state.value, state.value, reason.value)
        self._state, self._reason = state, reason
        self._parts.record(state, reason)

    def _observe(self, reason: Reason) -> None:
        self._parts.observe(
            Observation(
                camera_id=self._job.camera_id,
                at=timezone.now(),
                reason=reason,
                pictures=True,
                codec=self._parts.treating.seen if reason == Reason.NONE else "",
            )
        )
