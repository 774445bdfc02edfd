"""Trying an offered camera: what it has, and one picture of each. Asked for by ``asking``, done by a stream worker."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cameras import reach, sources
from cameras.addresses import Credentials
from cameras.guarding import rules
from cameras.sealing import CannotOpen
from neighborhoods.wording import said
from streaming import single
from streaming.slots import Slots

from .discovery import Found, Outcome, Search
from .models import EARLY, Channel, Offer, State
from .onvif import NotAnswered, WrongPassword
from .turning import turn
from .typed import Typed

log = logging.getLogger(__name__)

SEARCH_SECONDS, PICTURES_SECONDS, PICTURE_SECONDS = 40.0, 40.0, 14.0
# Trials that one worker runs at a time.
_places = Slots(2)
FULL = said("Sedang banyak kamera yang dicoba. Coba lagi beberapa menit lagi.")
NO_PICTURE = said("Kamera menjawab, tetapi belum mengirim gambar. Coba sekali lagi, atau periksa pengaturan gambarnya.")


@dataclass(frozen=True)
class _Taken:
    found: Found
    still: bytes | None


def try_now(offer_id: int, since: datetime, *, resolver: reach.Resolver = reach.resolve) -> None:
    """The trial that was marked at *since*; nothing where it was overtaken. Never raises for what the device does."""
    offer = Offer.objects.filter(pk=offer_id, state__in=EARLY, trying_since=since).first()
    if offer is None:
        return
    if not _places.take():
        _report(offer, since, [], FULL)
        return
    try:
        outcome, taken = _try(offer, resolver)
    finally:
        _places.give_back()
    shown = [one for one in taken if one.still is not None]
    _report(offer, since, shown, outcome.words or ("" if shown else NO_PICTURE))


def _try(offer: Offer, resolver: reach.Resolver) -> tuple[Outcome, list[_Taken]]:
    try:
        typed, credentials = typed_of(offer), sources.open_credentials(offer.sealed_credentials)
    except CannotOpen:
        return Outcome(words=said("Isi lagi alamat dan kata sandi kamera.")), []
    outcome = asyncio.run(Search(typed, credentials, rules(), resolver).run(seconds=SEARCH_SECONDS))
    end = time.monotonic() + PICTURES_SECONDS
    return outcome, [_Taken(one, _picture(one, credentials)) for one in outcome.found if time.monotonic() < end]


def _picture(found: Found, credentials: Credentials) -> bytes | None:
    try:
        still = single.take(found.substream or found.address, credentials, patience=PICTURE_SECONDS)
    except OSError as problem:
        log.error("no picture for a trial: %s", problem.strerror)
        return None
    if still is None and found.device is not None and found.profile is not None:
        still = asyncio.run(_snapshot(found))
    return still


async def _snapshot(found: Found) -> bytes | None:
    """A camera that takes long to its first picture may hand one out by itself."""
    if found.device is None or found.profile is None:
        return None
    try:
        data = await found.device.snapshot(found.profile)
    except (NotAnswered, WrongPassword, reach.Forbidden, OSError, socket.gaierror):
        return None
    return single.shrink(data) if data else None


def _report(offer: Offer, since: datetime, taken: list[_Taken], problem: str) -> None:
    """Writes what came of it, unless the offer was turned, withdrawn or tried anew meanwhile."""
    with transaction.atomic():
        mine = Offer.objects.select_for_update().filter(pk=offer.pk, state__in=EARLY, trying_since=since).first()
        if mine is None:
            return
        mine.channels.all().delete()
        Channel.objects.bulk_create(_channel(mine, one) for one in taken)
        Offer.objects.filter(pk=mine.pk).update(trying_since=None, problem=problem[:300])
        wanted = State.TRIED if taken else State.DRAFT
        if mine.state != wanted:
            turn(mine, wanted, of=EARLY, by=None, reason=problem)


def _channel(offer: Offer, taken: _Taken) -> Channel:
    found = taken.found
    return Channel(
        offer=offer,
        number=found.number,
        codec=found.codec,
        sealed_address=sources.seal_address(found.address),
        sealed_substream=sources.seal_address(found.substream) if found.substream else "",
        still=taken.still,
    )


def typed_of(offer: Offer) -> Typed:
    """What was typed as its address. Raises: CannotOpen."""
    kept = sources.open_address(offer.sealed_address)
    return Typed(kept.scheme, kept.host, kept.port or None, kept.target)
