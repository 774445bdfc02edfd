"""Head and officer decide on an offer: who may, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cameras import sources
from cameras.models import NEEDS_RT, Camera, Site, Visibility, at_most
from neighborhoods.managing import managed_rts
from neighborhoods.models import Residency
from neighborhoods.residency import Standing

from .models import WAITING, Channel, Offer, State
from .turning import CannotTurn, forget, turn

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Step(Enum):
    """Whose decision it is."""

    NONE = ""
    HEAD = "head"
    OFFICER = "officer"


class CannotDecide(Exception):
    """The message says why, for people."""


def waiting(standing: Standing) -> QuerySet[Offer]:
    """The offers that wait for a decision of this person's."""
    rule = Q(state=State.OFFERED, rt__in=managed_rts(replace(standing, officer=False)))
    if standing.officer:
        rule |= Q(state=State.APPROVED) | Q(Q(rt__isnull=True) | ~Exists(_heads()), state=State.OFFERED)
    return Offer.objects.filter(rule).select_related("owner", "kelurahan", "rt__rw")


def step_of(offer: Offer, standing: Standing) -> Step:
    """What this person decides of *offer* now."""
    if not waiting(standing).filter(pk=offer.pk).exists():
        return Step.NONE
    return Step.OFFICER if standing.officer else Step.HEAD


def levels(offer: Offer) -> list[Visibility]:
    """For whom it may be opened: no wider than its owner wishes and than the head granted."""
    widest = offer.granted or offer.wish
    open_ = [level for level in Visibility if level != Visibility.MATI and at_most(level, widest)]
    return [level for level in open_ if offer.rt_id is not None or level not in NEEDS_RT]


def approve(offer: Offer, *, by: User, standing: Standing, level: Visibility) -> list[Camera]:
    """The next step of approval; after an officer's the cameras are there, and come back.

    Raises: CannotDecide, CannotTurn.
    """
    step = step_of(offer, standing)
    if step is Step.NONE:
        raise CannotDecide(_("Tawaran ini tidak menunggu keputusan Anda."))
    if level not in levels(offer):
        raise CannotDecide(_("Pilihan ini lebih luas daripada yang diizinkan pemiliknya."))
    if step is Step.HEAD:
        turn(offer, State.APPROVED, of={State.OFFERED}, by=by, granted=level)
        return []
    with transaction.atomic():
        channels = list(offer.channels.filter(chosen=True))
        site = Site.objects.create(name=offer.name) if len(channels) > 1 else None
        turn(offer, State.LIVE, of=WAITING, by=by, granted=level, site=site)
        cameras = [_bear(offer, channel, level, site, len(channels)) for channel in channels]
        forget(offer)
    return cameras


def refuse(offer: Offer, *, by: User, standing: Standing, reason: str) -> None:
    """Says no, with a reason that the owner reads; address, credentials and pictures are erased.

    Raises: CannotDecide, CannotTurn.
    """
    if step_of(offer, standing) is Step.NONE:
        raise CannotDecide(_("Tawaran ini tidak menunggu keputusan Anda."))
    if not reason.strip():
        raise CannotDecide(_("Tulis alasannya, supaya pemilik kamera mengerti."))
    with transaction.atomic():
        turn(offer, State.REFUSED, of=WAITING, by=by, reason=reason.strip())
        forget(offer)


def _bear(offer: Offer, channel: Channel, level: Visibility, site: Site | None, count: int) -> Camera:
    if not channel.sealed_address:
        raise CannotTurn(_("Alamat kamera ini sudah dihapus. Mintalah pemiliknya menawarkan lagi."))
    camera = Camera.objects.create(
        name=f"{offer.name}, kamera {channel.number}" if count > 1 else offer.name,
        kelurahan=offer.kelurahan,
        rt=offer.rt,
        latitude=offer.latitude,
        longitude=offer.longitude,
        visibility=level,
        widest=offer.wish,
        owner=offer.owner,
        site=site,
    )
    sources.set_source(
        camera,
        address=sources.open_address(channel.sealed_address),
        credentials=sources.open_credentials(offer.sealed_credentials),
        substream=sources.open_address(channel.sealed_substream) if channel.sealed_substream else None,
        same_view=True,  # who approved has looked at its picture
    )
    Channel.objects.filter(pk=channel.pk).update(camera=camera)
    return camera


def _heads() -> QuerySet[Residency]:
    return Residency.objects.active().filter(rt=OuterRef("rt"), role=Residency.Role.KETUA, user__is_active=True)
