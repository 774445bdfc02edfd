"""The one place where an offer's state changes: compare-and-set, with a row of history.

CannotTurn      somebody else turned it meanwhile, or it is not in a state for that; the message is for people
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Offer, OfferChange, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotTurn(Exception):
    """The message says why."""


def turn(offer: Offer, to: State, *, of: Iterable[State], by: User | None, reason: str = "", **more: Any) -> None:
    """From the state that was read, one of *of*, to *to*; *more* are further columns that change with it.

    Raises: CannotTurn.
    """
    if offer.state not in set(of):
        raise CannotTurn(_("Tawaran ini sudah tidak dalam keadaan itu. Muat ulang halaman."))
    now = timezone.now()
    with transaction.atomic():
        if not Offer.objects.filter(pk=offer.pk, state=offer.state).update(state=to, since=now, **more):
            raise CannotTurn(_("Tawaran ini baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi."))
        OfferChange.objects.create(offer=offer, old=offer.state, new=to, by=by, at=now, reason=reason[:200])
    offer.refresh_from_db()


def forget(offer: Offer) -> None:
    """Erases the address, the credentials and the pictures of an offer; what was decided of it stays."""
    Offer.objects.filter(pk=offer.pk).update(sealed_address="", sealed_credentials="")
    offer.channels.update(sealed_address="", sealed_substream="", still=None)
    offer.refresh_from_db()
