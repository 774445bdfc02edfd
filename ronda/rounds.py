"""A round past the cameras of an RT: begun, marked camera by camera, ended. What is sent twice, late or by two at once is harmless.

Anybody who belongs to the RT may make one, on the roster or not. It holds the cameras whose pictures they may see at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cameras import access
from incidents import reporting
from incidents.models import Category, Incident
from neighborhoods.models import RT
from neighborhoods.wording import said

from .hours_of import hours_book, tonight
from .models import Mark, Presence, Round, Stop, Verdict
from .roster import plan_on, residents

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Before and after the hours of the night, a round still is the night's.
MARGIN = timedelta(hours=1)
# How long after its beginning marks still come in: phones without a connection send them in the morning.
LATEST = timedelta(hours=24)
# A round that was begun a moment ago is not ended for a new one: somebody tapped twice.
JUST_BEGUN = timedelta(minutes=2)


class CannotRound(Exception):
    """The message says why, for people."""


@dataclass(frozen=True)
class Finding:
    """What somebody found at *camera* (its code). *key*: made by the phone, new for each; *seconds_ago*: since they tapped.
    *category*: of the report, where the verdict is one.
    """

    camera: str
    verdict: Verdict
    key: str
    note: str = ""
    category: Category = Category.KEAMANAN
    seconds_ago: float = 0.0


def start(rt: RT, by: User, *, beside: Iterable[int] = (), fresh: bool = False, now: datetime | None = None) -> Round:
    """Begins a round, or goes on with the one of this night that *by* left unfinished; with *fresh* that one ends, and another begins.
    *beside*: others of the RT who are there too (primary keys). Raises: CannotRound.
    """
    now = now or timezone.now()
    night = tonight(now)
    try:
        with transaction.atomic():
            unfinished = _unfinished(rt, by, now)
            if unfinished is not None and fresh and unfinished.started_at <= now - JUST_BEGUN:
                finish(unfinished, reason=said("memulai ronda baru"), now=now)
                unfinished = None
            going = unfinished or _begin(rt, by, now)
            if _in_hours(rt, now):
                _came(rt, by, [by.pk, *beside], now)
            return going
    except IntegrityError:
        # Somebody tapped twice, and the other tap was first.
        return Round.objects.get(rt=rt, by=by, night=night, finished_at__isnull=True)


def mark(of: Round, finding: Finding, *, now: datetime | None = None) -> Mark:
    """Keeps what was found; the mark that is there, where its key came before. A report goes on its way. Raises: CannotRound."""
    now = now or timezone.now()
    with transaction.atomic():
        here = Round.objects.select_for_update(of=("self",)).select_related("rt__rw", "by").get(pk=of.pk)
        there = here.marks.filter(key=finding.key).first()
        if there is not None:
            return there
        stop = here.stops.filter(camera__public_id=finding.camera).select_related("camera").first()
        if stop is None or here.by is None:
            raise CannotRound(_("Kamera ini tidak termasuk ronda ini."))
        if now > here.started_at + LATEST:
            raise CannotRound(_("Ronda ini sudah terlalu lama. Mulai ronda baru."))
        at = min(now, max(here.started_at, now - timedelta(seconds=max(0.0, finding.seconds_ago))))
        made = Mark.objects.create(
            round=here,
            stop=stop,
            key=finding.key,
            verdict=finding.verdict,
            note=finding.note.strip()[:500],
            incident=_report(here, stop, finding, at, now) if finding.verdict == Verdict.REPORTED else None,
            at=at,
            received_at=now,
        )
        _settle(here, stop, made)
    return made


def finish(of: Round, *, reason: str = "", now: datetime | None = None) -> bool:
    """Ends a round, perhaps before every camera was looked at. False where it had ended already."""
    ended = Round.objects.filter(pk=of.pk, finished_at__isnull=True)
    return bool(ended.update(finished_at=now or timezone.now(), ending=reason.strip()[:200]))


def unfinished_of(rts: Iterable[int], by: User, *, now: datetime) -> list[Round]:
    """Tonight's rounds that *by* began and did not end."""
    rows = Round.objects.filter(rt__in=list(rts), by=by, night=tonight(now), finished_at__isnull=True)
    return list(rows.prefetch_related("stops"))


def _unfinished(rt: RT, by: User, now: datetime) -> Round | None:
    return Round.objects.filter(rt=rt, by=by, night=tonight(now), finished_at__isnull=True).first()


def _begin(rt: RT, by: User, now: datetime) -> Round:
    night = tonight(now)
    cameras = list(access.watchable(by).filter(rt=rt).order_by("name", "pk"))
    if not cameras:
        raise CannotRound(_("RT ini belum punya kamera yang boleh Anda lihat."))
    begun = Round.objects.create(
        rt=rt,
        night=night,
        by=by,
        scheduled=plan_on(rt, night, now=now).has(by.pk),
        in_hours=_in_hours(rt, now),
        started_at=now,
    )
    Stop.objects.bulk_create(
        Stop(round=begun, camera=camera, name=camera.name, position=position)
        for position, camera in enumerate(cameras, start=1)
    )
    return begun


def _in_hours(rt: RT, now: datetime) -> bool:
    return hours_book([rt.pk]).span(rt.pk, tonight(now)).around(now, by=MARGIN)


def _came(rt: RT, by: User, people: list[int], now: datetime) -> None:
    """Who is there this night: those of the RT alone."""
    belong = {by.pk} | {one.pk for one in residents(rt)} if len(people) > 1 else {by.pk}
    Presence.objects.bulk_create(
        [
            Presence(rt=rt, night=tonight(now), person_id=pk, by=by, at=now)
            for pk in dict.fromkeys(people)
            if pk in belong
        ],
        ignore_conflicts=True,
    )


def _settle(here: Round, stop: Stop, made: Mark) -> None:
    """The newest mark holds, in whatever order they came; the round ends with its last stop."""
    newer = Stop.objects.filter(Q(marked_at__isnull=True) | Q(marked_at__lte=made.at), pk=stop.pk)
    newer.update(verdict=made.verdict, marked_at=made.at)
    if not here.stops.filter(verdict="").exists():
        last = max(at for at in here.stops.values_list("marked_at", flat=True) if at is not None)
        Round.objects.filter(pk=here.pk, finished_at__isnull=True).update(finished_at=last)


def _report(here: Round, stop: Stop, finding: Finding, at: datetime, now: datetime) -> Incident:
    """Raises: CannotRound, where a report cannot be made."""
    words = finding.note.strip()
    if len(words) < 3:
        with translation.override("id"):  # others read it
            words = _("%(category)s, terlihat saat ronda") % {"category": Category(finding.category).label}
    wish = reporting.Wish(finding.category, words, camera=stop.camera, key=f"ronda-{finding.key}", at=at)
    assert here.by is not None  # noqa: S101 - looked at before
    try:
        return reporting.report(here.by, here.rt, wish, now=now)
    except reporting.CannotReport as problem:
        raise CannotRound(str(problem)) from None
