"""The one place that decides how a camera is.

Observations come from the prober and from running streams. ``decide`` is the rule (pure); ``observe`` applies it by
compare-and-set, writes the history row and, after commit, has the news published.

    online  --failure-->  online (failures 1, asked again soon)  --PROBE_FAILURES in a row-->  offline
    offline --success-->  online          unknown --success--> online          unknown --failures--> offline

A camera without pictures (no_video, stalled, unsupported) often answers a probe nevertheless. Such a success does not bring it back
online before PICTURE_FAULT_HOLD has passed; pictures that flow do at once.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from neighborhoods.wording import said

from . import confirming, events
from .models import Camera, Health, Need, Status, StatusChange
from .reasons import ABOUT_PICTURES, PERMANENT, Reason

PICTURE_FAULT_HOLD = timedelta(minutes=10)
# Longer than a stream waits between two reports (streaming.supervisor.REPORT_EVERY).
PICTURES_LAST = timedelta(seconds=50)


@dataclass(frozen=True)
class Observation:
    """What somebody saw of a camera, *at* the moment when the look began: *reason* NONE is success.

    *pictures*: pictures flowed, or should have; not just an answer.
    """

    camera_id: int
    at: datetime
    reason: Reason = Reason.NONE
    pictures: bool = False
    codec: str = ""


@dataclass(frozen=True)
class State:
    """The part of a Health row that the rule reads and writes."""

    status: str
    reason: str
    since: datetime
    failures: int
    due_at: datetime


@dataclass(frozen=True)
class Pace:
    """Seconds between probes and how many failures are certainty; the settings PROBE_*."""

    interval: float
    retry: float
    failures: int


def decide(state: State, seen: Observation, pace: Pace) -> State:
    """The state after *seen*. No randomness, no clock: the caller spreads ``due_at``."""
    if seen.reason == Reason.NONE:
        # While pictures flow, the stream itself says so again and again; a probe beside it would only contradict.
        due = seen.at + max(timedelta(seconds=pace.interval), PICTURES_LAST if seen.pictures else timedelta(0))
        held = state.status == Status.OFFLINE and Reason(state.reason) in ABOUT_PICTURES and not seen.pictures
        if held and seen.at < state.since + PICTURE_FAULT_HOLD:
            return replace(state, due_at=due)
        if state.status == Status.ONLINE:
            return replace(state, failures=0, due_at=due)
        return State(Status.ONLINE, Reason.NONE, seen.at, 0, due)
    failures = state.failures + 1
    # What is wrong for good, and what a stream saw after its own patience, need no second opinion.
    certain = failures >= pace.failures or seen.reason in PERMANENT or seen.pictures
    if not certain:
        return replace(state, failures=failures, due_at=seen.at + timedelta(seconds=pace.retry))
    due = seen.at + timedelta(seconds=pace.interval)
    if state.status == Status.OFFLINE:
        # Still the same outage: since stays, the reason follows what was seen last.
        return State(Status.OFFLINE, seen.reason, state.since, failures, due)
    return State(Status.OFFLINE, seen.reason, seen.at, failures, due)


def observe(observations: Sequence[Observation]) -> list[int]:
    """Applies the observations; the primary keys of the cameras whose status or reason changed.

    An observation older than the last one is passed over. Where somebody else decided in the same moment, theirs stands.
    """
    rows = {row.pk: row for row in Health.objects.filter(pk__in=[seen.camera_id for seen in observations])}
    before = {pk: row.status for pk, row in rows.items()}
    changed: list[int] = []
    with transaction.atomic():
        for seen in observations:
            row = rows.get(seen.camera_id)
            if row is not None and (row.observed_at is None or row.observed_at <= seen.at) and _apply(row, seen):
                changed.append(row.pk)
        if changed:
            transaction.on_commit(lambda: _publish(changed, before))
    return changed


def _apply(row: Health, seen: Observation) -> bool:
    before = State(row.status, row.reason, row.since, row.failures, row.due_at)
    after = decide(before, seen, _pace())
    wait = after.due_at - seen.at
    after = replace(after, due_at=seen.at + wait * random.uniform(0.9, 1.0))  # noqa: S311 -- spreads load, guards nothing
    won = Health.objects.filter(
        pk=row.pk, status=before.status, reason=before.reason, failures=before.failures, observed_at=row.observed_at
    ).update(
        status=after.status,
        reason=after.reason,
        since=after.since,
        failures=after.failures,
        due_at=after.due_at,
        observed_at=seen.at,
        codec=seen.codec or row.codec,
    )
    if not won or (after.status, after.reason) == (before.status, before.reason):
        return False
    StatusChange.objects.create(
        camera_id=row.pk,
        old_status=before.status,
        new_status=after.status,
        reason=after.reason,
        at=seen.at,
        observer="tayangan" if seen.pictures else "pemeriksa",
    )
    if before.status == Status.OFFLINE and after.status == Status.ONLINE:
        _ask_after_long(row.pk, seen.at - before.since)
    return True


def _ask_after_long(camera_id: int, away: timedelta) -> None:
    """Whoever mended a camera may have turned it, or hung it up elsewhere."""
    if away.total_seconds() >= settings.CONFIRM_AFTER_OFFLINE:
        confirming.ask(
            camera_id,
            Need.REPAIRED,
            note=said("mati selama %(n)s jam") % {"n": max(1, round(away.total_seconds() / 3600))},
        )


def _pace() -> Pace:
    return Pace(settings.PROBE_INTERVAL, settings.PROBE_RETRY, settings.PROBE_FAILURES)


def _publish(camera_ids: list[int], was: Mapping[int, str]) -> None:
    events.publish_statuses(
        Camera.objects.filter(pk__in=camera_ids)
        .select_related("health", "rt__rw", "kelurahan")
        .defer("kelurahan__boundary"),
        was,
    )
