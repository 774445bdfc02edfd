"""Asks for a trial of an offered camera: counted, marked once, and handed to a stream worker.

CannotTry       the message says why, for people
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cameras.sealing import CannotOpen

from . import attempts
from .models import EARLY, Offer
from .tasks import try_offer
from .trials import typed_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# After this a trial that has not reported is over: its worker died, or there was none.
LONGEST = timedelta(seconds=100)


class CannotTry(Exception):
    """Not this one."""


def is_running(offer: Offer, now: datetime) -> bool:
    return offer.trying_since is not None and now - offer.trying_since < LONGEST


def begin(offer: Offer, *, by: User) -> None:
    """One that runs already is enough. Raises: CannotTry, attempts.TooMany."""
    now = timezone.now()
    if offer.state not in EARLY:
        raise CannotTry(_("Tawaran ini sudah dikirim; kameranya tidak perlu dicoba lagi."))
    if is_running(offer, now):
        return
    try:
        attempts.count(account=by.pk, host=typed_of(offer).host)
    except CannotOpen:
        raise CannotTry(_("Isi lagi alamat dan kata sandi kamera.")) from None
    with transaction.atomic():
        free = Q(trying_since__isnull=True) | Q(trying_since__lte=now - LONGEST)
        if Offer.objects.filter(free, pk=offer.pk, state__in=EARLY).update(trying_since=now, problem=""):
            transaction.on_commit(lambda: _send(offer.pk, now))
    offer.refresh_from_db()


def _send(offer_id: int, since: datetime) -> None:
    try:
        try_offer.apply_async(args=(offer_id, since.isoformat()), expires=LONGEST.total_seconds(), retry=False)
    except (OperationalError, RedisError, OSError):
        not_now = _("Kamera belum bisa dicoba sekarang. Coba lagi beberapa menit lagi.")
        Offer.objects.filter(pk=offer_id, trying_since=since).update(trying_since=None, problem=not_now)
