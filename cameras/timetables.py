"""Timetables: levels that hold at certain hours. ``apply_due`` is called every few seconds and brings each camera to what holds now.

Whoever switches by hand within the hours of a timetable is right until these hours end; then the level from before them holds again.
A timetable never opens what somebody closed by hand (``mati``; one of a whole RT neither a camera that was narrowed to ``petugas``),
nor a camera whose view must be confirmed. What was missed while nobody called is caught up with, since only *now* is asked about.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from neighborhoods.managing import managed_rts
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import access, visibility
from .hours import EVERY_DAY, Span, span_at
from .models import CLOSED, NEEDS_RT, Camera, Cause, Visibility, VisibilityChange, narrowest
from .timetable_records import Hold, Timetable, TimetableQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

log = logging.getLogger(__name__)

MOST = 12
# By (RT, None) or (None, camera): the timetables whose hours it is, and since when.
Spans = dict[tuple[int | None, int | None], list[tuple[Timetable, Span]]]


class CannotMake(Exception):
    """The message says why, for people."""


@dataclass(frozen=True)
class Settled:
    """The level that holds, and what the history says of it."""

    level: Visibility
    reason: str = ""


def make(
    *,
    of: RT | Camera,
    level: Visibility,
    begins: time,
    ends: time,
    days: frozenset[int] = EVERY_DAY,
    by: User,
    now: datetime | None = None,
) -> Timetable:
    """A timetable of all cameras of an RT or of one camera; it holds at once. Raises: CannotMake."""
    if begins == ends:
        raise CannotMake(gettext("Jam mulai dan jam selesai harus berbeda."))
    if not days or not days <= EVERY_DAY:
        raise CannotMake(gettext("Pilih paling sedikit satu hari."))
    if isinstance(of, Camera) and of.rt_id is None and level in NEEDS_RT:
        raise CannotMake(gettext("Pilihan ini hanya untuk kamera milik RT."))
    whose = {"rt": of} if isinstance(of, RT) else {"camera": of}
    same = {**whose, "level": level, "begins": begins, "ends": ends, "days": "".join(map(str, sorted(days)))}
    now = now or timezone.now()
    with transaction.atomic():
        # One at a time for this place, so that a form that is sent twice makes one.
        type(of)._default_manager.select_for_update().get(pk=of.pk)
        running = Timetable.objects.running().filter(**whose)
        if running.filter(**same).exists():
            raise CannotMake(gettext("Jadwal yang sama sudah ada."))
        if running.count() >= MOST:
            raise CannotMake(gettext("Paling banyak %(n)s jadwal. Akhiri dulu salah satunya.") % {"n": MOST})
        made = Timetable.objects.create(**same, made_by=by, made_at=now)
    apply_due(now, within=_cameras_of(made))
    return made


def end(timetable: Timetable, *, by: User, now: datetime | None = None) -> bool:
    """Ends it; what it had set goes back at once. False if it had ended already."""
    now = now or timezone.now()
    if not Timetable.objects.running().filter(pk=timetable.pk).update(ended_at=now, ended_by=by):
        return False
    apply_due(now, within=_cameras_of(timetable) | Q(hold__timetable=timetable))
    return True


def apply_due(now: datetime, *, within: Q | None = None) -> int:
    """Brings every camera (or those *within*) to the level that holds at *now*; how many changed. Twice the same is harmless."""
    running = Timetable.objects.running()
    spans = _spans(running, now)
    cameras = Camera.objects.filter(need="").filter(
        Q(rt__in=running.filter(rt__isnull=False).values("rt"))
        | Q(pk__in=running.filter(camera__isnull=False).values("camera"))
        | Q(hold__isnull=False)
    )
    if within is not None:
        cameras = cameras.filter(within)
    changed = 0
    for pk, rt_id, timetable_id, begun_at in cameras.order_by("pk").values_list(
        "pk", "rt_id", "hold__timetable", "hold__begun_at"
    ):
        wanted = _choose(spans, pk, rt_id)
        if (wanted and (wanted[0].pk, wanted[1].begin)) != (timetable_id and (timetable_id, begun_at)):
            changed += _apply(pk, now)
    return changed


def settle(camera: Camera, now: datetime, *, current: Visibility) -> Settled:
    """The level that holds for *camera* at *now*, where *current* was its level until now. Keeps in mind which hours it is in; in the
    caller's transaction, who holds the camera's row.
    """
    hold = Hold.objects.select_related("timetable").filter(camera=camera).first()
    wanted = _choose(_spans(of_camera(camera), now), camera.pk, camera.rt_id)
    if wanted is None:
        return Settled(current) if hold is None else _leave(camera, hold, current, now)
    timetable, span = wanted
    if hold is not None and (hold.timetable_id, hold.begun_at) == (timetable.pk, span.begin):
        return Settled(current)
    return _enter(camera, hold, timetable, span, current)


def _apply(camera_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            camera = (
                Camera.objects.select_for_update()
                .select_related("kelurahan", "rt__rw")
                .filter(pk=camera_id, need="")
                .first()
            )
            if camera is None:
                return False
            settled = settle(camera, now, current=Visibility(camera.visibility))
            return visibility.switch(
                camera, to=settled.level, by=None, cause=Cause.TIMETABLE, reason=settled.reason, now=now
            )
    except (visibility.CannotSwitch, DatabaseError) as problem:
        # Somebody else changed it in this moment; the next call looks anew.
        log.warning("camera %s: its timetable waits: %s", camera_id, type(problem).__name__)
        return False


def _enter(camera: Camera, hold: Hold | None, timetable: Timetable, span: Span, current: Visibility) -> Settled:
    # Switched by hand after the hours began and before this was called: that is right until they end.
    by_hand = _by_hand(camera, since=max(span.begin, timetable.made_at))
    base = hold.base if hold else (by_hand[0].old if by_hand else current)
    Hold.objects.update_or_create(
        camera=camera, defaults={"timetable": timetable, "begun_at": span.begin, "base": base}
    )
    closed = CLOSED if timetable.rt_id is not None else {Visibility.MATI}
    if by_hand or (current in closed and _narrowed_by_hand(camera)):
        return Settled(current)
    return Settled(narrowest(timetable.level, camera.widest), f"jadwal {timetable.words}")


def _leave(camera: Camera, hold: Hold, current: Visibility, now: datetime) -> Settled:
    hold.delete()
    span = span_at(hold.timetable.hours, timezone.localtime(hold.begun_at))
    over = min(time for time in (span.end if span else now, hold.timetable.ended_at or now, now))
    closed = current == Visibility.MATI and _narrowed_by_hand(camera)
    if closed or hold.base == Visibility.MATI or _by_hand(camera, since=over):
        return Settled(current)
    if hold.base in NEEDS_RT and camera.rt_id is None:
        return Settled(current)
    return Settled(narrowest(hold.base, camera.widest), f"jadwal {hold.timetable.words} selesai")


def _spans(rows: Iterable[Timetable], now: datetime) -> Spans:
    local = timezone.localtime(now)
    found: Spans = {}
    for row in rows:
        if span := span_at(row.hours, local):
            found.setdefault((row.rt_id, row.camera_id), []).append((row, span))
    return found


def _choose(spans: Spans, camera_id: int, rt_id: int | None) -> tuple[Timetable, Span] | None:
    """The camera's own goes before the RT's; of several the one with which fewest look."""
    rows = spans.get((None, camera_id)) or (spans.get((rt_id, None)) if rt_id is not None else None)
    if not rows:
        return None
    level = narrowest(*(row.level for row, _ in rows))
    return min((one for one in rows if one[0].level == level), key=lambda one: one[0].pk)


def _by_hand(camera: Camera, *, since: datetime) -> list[VisibilityChange]:
    """What people switched since then, oldest first."""
    return list(camera.visibility_changes.filter(cause=Cause.PERSON, at__gte=since).order_by("at", "pk"))


def _narrowed_by_hand(camera: Camera) -> bool:
    """Whether its level is not the work of a timetable."""
    last = camera.visibility_changes.order_by("-at", "-pk").first()
    return last is None or last.cause != Cause.TIMETABLE


def _cameras_of(timetable: Timetable) -> Q:
    return Q(pk=timetable.camera_id) if timetable.camera_id else Q(rt=timetable.rt_id)


def of_camera(camera: Camera) -> TimetableQuerySet:
    """Those that run for this camera: its own, and its RT's."""
    return Timetable.objects.running().filter(Q(camera=camera) | Q(rt__isnull=False, rt=camera.rt_id))


def managed_by(user: User | AnonymousUser) -> TimetableQuerySet:
    """Those that *user* manages, also the ended ones: of their RTs, and of the cameras they manage."""
    cameras = access.manageable(user).values("pk")
    return Timetable.objects.filter(Q(camera__in=cameras) | Q(rt__in=managed_rts(standing_of(user))))


def running_of(rts: Iterable[RT]) -> list[Timetable]:
    """Those of these RTs and of their cameras."""
    ids = [rt.pk for rt in rts]
    rows = Timetable.objects.running().filter(Q(rt__in=ids) | Q(camera__rt__in=ids))
    return list(rows.select_related("rt__rw", "camera", "made_by"))
