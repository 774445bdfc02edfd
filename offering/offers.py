"""What an owner does with an offer: makes it, corrects its address, hands it in, withdraws it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cameras import sources, visibility
from cameras.addresses import Address, Credentials
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Kelurahan
from neighborhoods.wording import said

from . import consent
from .models import EARLY, OVER, Offer, OfferChange, State
from .turning import CannotTurn, forget, turn
from .typed import Typed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Offers of one person that are not over.
MOST = 30


class CannotOffer(Exception):
    """The message says why, for people."""


@dataclass(frozen=True)
class Place:
    """Where the camera is and how it is called there."""

    kind: str
    name: str
    contact: str
    kelurahan: Kelurahan
    rt: RT | None
    latitude: float
    longitude: float
    wish: Visibility


def make(owner: User, place: Place, typed: Typed, credentials: Credentials) -> Offer:
    """A new offer, not tried yet; the address and the credentials are sealed before anything else. The owner has consented.

    Raises: CannotOffer.
    """
    if Offer.objects.filter(owner=owner).exclude(state__in=OVER).count() >= MOST:
        raise CannotOffer(_("Anda sudah punya %(n)s tawaran. Tarik yang tidak dipakai, lalu coba lagi.") % {"n": MOST})
    now = timezone.now()
    with transaction.atomic():
        offer = Offer.objects.create(
            owner=owner,
            kind=place.kind,
            name=place.name,
            contact=place.contact,
            kelurahan=place.kelurahan,
            rt=place.rt,
            latitude=place.latitude,
            longitude=place.longitude,
            wish=place.wish,
            consent_version=consent.VERSION,
            consented_at=now,
            since=now,
            **_sealed(typed, credentials),
        )
        OfferChange.objects.create(
            offer=offer, old=State.DRAFT, new=State.DRAFT, by=owner, at=now, reason=said("dibuat")
        )
    return offer


def readdress(offer: Offer, typed: Typed, credentials: Credentials, *, by: User) -> None:
    """Another address or other credentials for an offer that was not handed in; what was found at the old one is forgotten.

    Raises: CannotTurn.
    """
    with transaction.atomic():
        turn(
            offer,
            State.DRAFT,
            of=EARLY,
            by=by,
            reason=said("alamat diganti"),
            trying_since=None,
            problem="",
            **_sealed(typed, credentials),
        )
        offer.channels.all().delete()


def hand_in(offer: Offer, numbers: Collection[int], *, by: User) -> None:
    """Offers the channels with these *numbers* to the neighbourhood. Raises: CannotOffer, CannotTurn."""
    with transaction.atomic():
        there = set(offer.channels.values_list("number", flat=True))
        if not there & set(numbers):
            raise CannotOffer(_("Pilih paling sedikit satu gambar untuk ditawarkan."))
        offer.channels.exclude(number__in=numbers).delete()
        turn(offer, State.OFFERED, of={State.TRIED}, by=by)


def withdraw(offer: Offer, *, by: User) -> None:
    """Takes everything back at once: streams end, address and credentials are erased, the cameras are closed for good.

    What was decided stays as history. Raises: CannotTurn.
    """
    with transaction.atomic():
        turn(offer, State.WITHDRAWN, of=set(State) - OVER, by=by, trying_since=None)
        cameras = Camera.objects.select_for_update().filter(pk__in=offer.channels.values("camera"))
        for camera in cameras.select_related("kelurahan", "rt__rw"):
            if camera.visibility != Visibility.MATI:
                _close(camera, by)
            # Nobody can open it again: it may show at most nothing.
            Camera.objects.filter(pk=camera.pk).update(widest=Visibility.MATI)
            sources.forget_source(camera)
        forget(offer)


def _close(camera: Camera, by: User) -> None:
    try:
        visibility.switch(camera, to=Visibility.MATI, by=by, reason=said("Ditarik oleh pemiliknya"))
    except visibility.CannotSwitch as why:
        raise CannotTurn(str(why)) from None


def _sealed(typed: Typed, credentials: Credentials) -> dict[str, str]:
    address = Address(typed.scheme, typed.host, typed.port or 0, typed.target, guarded=True)
    return {
        "sealed_address": sources.seal_address(address),
        "sealed_credentials": sources.seal_credentials(credentials),
    }
