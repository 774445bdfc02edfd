"""Somebody reports what they saw. Two of the same, sent twice, are one.

CannotReport    the message says why, for people
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alerts.telling import tell
from cameras import access
from cameras.models import Camera
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import concerned, moments
from .models import Category, Incident, IncidentStep, Picture, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LEAST_WORDS, MOST_WORDS = 3, 1000
_HOUR = timedelta(hours=1)
# So long after something was seen the newest still is a still of that moment.
SAME_MOMENT = timedelta(minutes=2)


class CannotReport(Exception):
    """Says why."""


@dataclass(frozen=True)
class Wish:
    """What is reported. *moment*: the token of a still that is held for the reporter (incidents.moments); without one, and
    *with_picture*, the newest. *key*: made by the reporter's browser, so that what is sent twice is one report; empty: none.
    *at*: when they saw it, where it is sent later (a phone without a connection); then no still of now is kept with it.
    """

    category: str
    words: str
    camera: Camera | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    with_picture: bool = True
    moment: str = ""
    key: str = ""
    at: datetime | None = None


def report(reporter: User, rt: RT | None, wish: Wish, *, now: datetime | None = None) -> Incident:
    """*rt*: where it is; of a camera that of the camera (None where it has none). Raises: CannotReport."""
    now = now or timezone.now()
    rt = wish.camera.rt if wish.camera is not None else rt
    words = wish.words.strip()
    _check(reporter, rt, wish, words)
    if (before := _sent_before(reporter, wish)) is not None:
        return before
    # By when they came: when something was seen is what a phone says.
    lately = IncidentStep.objects.filter(incident__reporter=reporter, old="", at__gt=now - _HOUR)
    if lately.count() >= settings.INCIDENTS_AN_HOUR:
        raise CannotReport(
            _("Dalam satu jam ini sudah banyak laporan dari Anda. Coba lagi nanti; dalam bahaya, telepon 112.")
        )
    moment = _moment(reporter, wish, now)
    try:
        with transaction.atomic():
            made = _write(reporter, rt, wish, words, now)
            if moment is not None:
                Picture.objects.create(incident=made, data=moment.data, taken_at=moment.at)
            IncidentStep.objects.create(incident=made, old="", new=State.OPEN, by=reporter, at=now)
            transaction.on_commit(lambda: _tell(made))
    except IntegrityError:
        # The same was sent twice in one moment.
        if (before := _sent_before(reporter, wish)) is not None:
            return before
        raise
    return made


def _check(reporter: User, rt: RT | None, wish: Wish, words: str) -> None:
    if wish.category not in Category.values:
        raise CannotReport(_("Pilih dulu jenis laporannya."))
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        raise CannotReport(_("Tulis apa yang terjadi, paling panjang %(most)s huruf.") % {"most": MOST_WORDS})
    if wish.camera is not None:
        if not access.listed(reporter).filter(pk=wish.camera.pk).exists():
            raise CannotReport(_("Kamera ini tidak ditemukan, atau tidak dibuka untuk Anda."))
    elif rt is None or rt.pk not in standing_of(reporter).rts:
        raise CannotReport(_("Laporan tanpa kamera hanya untuk RT Anda sendiri."))


def _sent_before(reporter: User, wish: Wish) -> Incident | None:
    return Incident.objects.filter(reporter=reporter, key=wish.key[:64]).first() if wish.key else None


def _moment(reporter: User, wish: Wish, now: datetime) -> moments.Moment | None:
    """Never of a camera at which the reporter may not look now, nor from before somebody closed it."""
    camera = wish.camera
    if camera is None or not wish.with_picture or not access.may_watch(reporter, camera.pk):
        return None
    seen = moments.held(wish.moment, reporter.pk) if wish.moment else None
    if seen is None:
        late = wish.at is not None and now - wish.at > SAME_MOMENT
        return None if late else moments.newest(camera)
    return seen if (seen.camera_id, seen.epoch) == (camera.pk, camera.access_epoch) else None


def _write(reporter: User, rt: RT | None, wish: Wish, words: str, now: datetime) -> Incident:
    camera = wish.camera
    with translation.override("id"):
        place = wish.place.strip() or (camera.shown_name if camera is not None else "")
    point: tuple[float | None, float | None] = (wish.latitude, wish.longitude)
    if None in point:
        point = (camera.latitude, camera.longitude) if camera is not None else (None, None)
    return Incident.objects.create(
        rt=rt,
        camera=camera,
        reporter=reporter,
        category=wish.category,
        words=words,
        place=place[:200],
        latitude=point[0],
        longitude=point[1],
        at=min(wish.at or now, now),
        since=now,
        key=wish.key[:64],
    )


def _tell(made: Incident) -> None:
    """Those who handle it; what was written stays on its page, since a lock screen is read by others too."""
    body = " · ".join(filter(None, [str(made.rt or ""), made.place]))

    def say() -> tuple[str, str]:
        return _("Laporan baru: %(what)s") % {"what": made.get_category_display()}, body

    people = concerned.people_of(made) - {made.reporter_id}
    tell(people, say, url=made.get_absolute_url(), tag=f"laporan-{made.public_id}")
