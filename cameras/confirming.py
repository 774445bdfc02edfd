"""The confirmed view. A camera that was moved, mended, given another address, or whose picture shows another scene may show what
nobody agreed to: it drops to ``petugas`` until somebody who manages it has looked and confirmed, and then returns to its level.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from neighborhoods.wording import said

from . import events, timetables, visibility
from .models import CLOSED, NEEDS_RT, Camera, Need, Visibility
from .signals import view_confirmed
from .view_records import PrivacyReport, ViewEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import User

log = logging.getLogger(__name__)

LOOKED = said("Sudah dilihat dan dikonfirmasi.")
_WAITING = said("menunggu pandangan dikonfirmasi")


class CannotConfirm(Exception):
    """The message says why, for people."""


def ask(camera_id: int, need: Need, *, note: str = "", by: User | None = None, now: datetime | None = None) -> bool:
    """Somebody must look at the view of this camera, because of *need*; False where that is known already."""
    now = now or timezone.now()
    with transaction.atomic():
        camera = _locked(camera_id)
        if camera is None or any(event.need == need for event in asks_of(camera)):
            return False
        ViewEvent.objects.create(camera=camera, need=need, by=by, at=now, note=note[:200])
        if camera.need:  # closed already; whoever looks sees both reasons
            return True
        old = camera.visibility
        Camera.objects.filter(pk=camera_id).update(need=need, need_since=now, return_to=old)
        camera.refresh_from_db(fields=["need", "need_since", "return_to"])
        if old not in CLOSED:
            with translation.override(settings.LANGUAGE_CODE):  # kept; whoever reads it has their own
                why = f"{need.label}; {_WAITING}"
            visibility.put(camera, to=Visibility.PETUGAS, by=None, reason=why, now=now)
        transaction.on_commit(lambda: events.publish_access(camera, old))
    return True


def confirm(camera_id: int, *, by: User, asked: int | None = None, now: datetime | None = None) -> bool:
    """*by* has looked: the camera returns to its level, or to what its timetable says now. False if nobody was asked to look.

    *asked*: the newest ``ViewEvent`` that was on the page. What came after it was not looked at.

    Raises: CannotConfirm.
    """
    now = now or timezone.now()
    with transaction.atomic():
        camera = _locked(camera_id)
        if camera is None or not camera.need:
            return False
        if asked is not None and asked != newest_ask(camera):
            raise CannotConfirm(
                _("Sementara itu ada alasan baru untuk memeriksa kamera ini. Lihat lagi, lalu konfirmasi.")
            )
        needs = frozenset(Need(event.need) for event in asks_of(camera))
        old, return_to = camera.visibility, Visibility(camera.return_to or camera.visibility)
        Camera.objects.filter(pk=camera_id).update(
            need=Need.NONE, need_since=None, return_to="", confirmed_at=now, confirmed_by=by
        )
        camera.refresh_from_db(fields=["need", "need_since", "return_to", "confirmed_at", "confirmed_by"])
        ViewEvent.objects.create(camera=camera, by=by, at=now)
        PrivacyReport.objects.filter(camera=camera, answered_at__isnull=True).update(
            answered_at=now, answered_by=by, answer=LOOKED
        )
        level = timetables.settle(camera, now, current=return_to).level
        if level in NEEDS_RT and camera.rt_id is None:
            level = Visibility.PETUGAS  # it was taken out of its RT meanwhile
        visibility.put(camera, to=level, by=by, reason=said("pandangan dikonfirmasi"), now=now)
        transaction.on_commit(lambda: events.publish_access(camera, old))
        transaction.on_commit(lambda: view_confirmed.send(sender=Camera, camera_id=camera_id, needs=needs))
    return True


def newest_ask(camera: Camera) -> int | None:
    """The newest reason to look, as the page that asks for the confirmation shows it."""
    return ViewEvent.objects.filter(camera=camera).exclude(need="").values_list("pk", flat=True).first()


def asks_of(camera: Camera) -> list[ViewEvent]:
    """Why somebody must look, newest first: what came since the view came into doubt."""
    if not camera.need or camera.need_since is None:
        return []
    return list(camera.view_events.exclude(need="").filter(at__gte=camera.need_since))


def address_changed(*, camera_id: int, **kwargs: Any) -> None:
    """Receiver of ``address_replaced``, in its transaction."""
    ask(camera_id, Need.ADDRESS)


def _locked(camera_id: int) -> Camera | None:
    cameras = Camera.objects.select_for_update(of=("self",)).select_related("kelurahan", "rt__rw")
    return cameras.filter(pk=camera_id).first()
