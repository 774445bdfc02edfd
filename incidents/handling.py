"""What becomes of a report, by those who have to do with it. Compare-and-set from the state that they saw; each step a row.

CannotTurn      somebody was first, and the message says who and what they did; or it is not for this person
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.telling import tell
from neighborhoods.names import name_of
from neighborhoods.residency import standing_of

from . import concerned
from .models import RUNNING, Incident, IncidentStep, Picture, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LEAST_REASON = 3
MOST_REASON = 300


class CannotTurn(Exception):
    """Says why."""


class Step(Enum):
    """What somebody does with a report."""

    HANDLE = "tangani"
    CLOSE = "selesai"
    WITHDRAW = "tarik"


@dataclass(frozen=True)
class Turn:
    """*seen*: the state that the person had before their eyes; empty: whichever it is."""

    step: Step
    reason: str = ""
    seen: str = ""


_TO = {Step.HANDLE: State.HANDLED, Step.CLOSE: State.CLOSED, Step.WITHDRAW: State.WITHDRAWN}
_OF = {Step.HANDLE: frozenset({State.OPEN}), Step.CLOSE: RUNNING, Step.WITHDRAW: RUNNING}


def steps_for(incident: Incident, user: User) -> list[Step]:
    """What *user* may do with it as it is now."""
    found = []
    if concerned.handles(standing_of(user), incident):
        found = [Step.HANDLE, Step.CLOSE]
    if incident.reporter_id == user.pk:
        found = [*found, *([] if Step.CLOSE in found else [Step.CLOSE]), Step.WITHDRAW]
    return [step for step in found if incident.state in _OF[step]]


def turn(incident: Incident, wish: Turn, *, by: User, now: datetime | None = None) -> None:
    """Raises: CannotTurn."""
    reason = " ".join(wish.reason.split())
    if wish.step is Step.CLOSE and len(reason) < LEAST_REASON:
        raise CannotTurn(_("Tulis apa hasilnya, supaya pelapor tahu."))
    if wish.seen and wish.seen != incident.state:
        raise CannotTurn(_first(incident))
    if wish.step not in steps_for(incident, by):
        raise CannotTurn(
            _first(incident) if incident.state not in _OF[wish.step] else _("Langkah ini bukan untuk Anda.")
        )
    old, new = State(incident.state), _TO[wish.step]
    now = now or timezone.now()
    with transaction.atomic():
        if not Incident.objects.filter(pk=incident.pk, state=old).update(state=new, since=now):
            incident.refresh_from_db()
            raise CannotTurn(_first(incident))
        IncidentStep.objects.create(incident=incident, old=old, new=new, by=by, at=now, reason=reason[:MOST_REASON])
        if new == State.WITHDRAWN:
            Picture.objects.filter(incident=incident).delete()
        transaction.on_commit(lambda: _tell(incident, new, by))
    incident.state, incident.since = new, now


def forget_pictures(now: datetime | None = None) -> int:
    """Erases pictures older than INCIDENT_PICTURE_DAYS; how many."""
    before = (now or timezone.now()) - timedelta(days=settings.INCIDENT_PICTURE_DAYS)
    return Picture.objects.filter(incident__at__lt=before).delete()[0]


def _first(incident: Incident) -> str:
    """Who was there before, and what they did."""
    last = incident.steps.select_related("by").last()
    if last is None:
        return _("Laporan ini sudah berubah. Muat ulang halaman.")
    said = f" “{last.reason}”" if last.reason else ""
    words = {
        State.OPEN: _("Laporan ini masih menunggu; %(who)s membuatnya pukul %(time)s."),
        State.HANDLED: _("%(who)s sudah menanganinya sejak pukul %(time)s.%(said)s"),
        State.CLOSED: _("%(who)s sudah menutupnya pukul %(time)s.%(said)s"),
        State.WITHDRAWN: _("%(who)s sudah menariknya pukul %(time)s.%(said)s"),
    }[State(last.new)]
    return words % {"who": last.who, "time": f"{timezone.localtime(last.at):%H.%M}", "said": said}


def _tell(incident: Incident, new: State, by: User) -> None:
    people = (concerned.people_of(incident) | {incident.reporter_id}) - {by.pk}
    body = " · ".join(filter(None, [name_of(by), incident.place]))

    def say() -> tuple[str, str]:
        return _("%(state)s: %(what)s") % {"state": new.label, "what": incident.get_category_display()}, body

    tell(people, say, url=incident.get_absolute_url(), tag=f"laporan-{incident.public_id}")
