"""The sealed source of a camera: the only place where an address and its credentials are written or opened."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, replace
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .addresses import Address, Credentials
from .epochs import raise_epoch
from .models import Camera, CameraSource, Health
from .sealing import CannotOpen, Seal
from .signals import address_replaced, source_changed


class Source(NamedTuple):
    """*substream*: where the camera sends small pictures, with the same credentials; None: it does not."""

    address: Address
    credentials: Credentials
    substream: Address | None = None


@cache
def _seal() -> Seal:
    return Seal(settings.SOURCE_KEYS)


def set_source(
    camera: Camera,
    *,
    address: Address,
    credentials: Credentials,
    substream: Address | None = None,
    same_view: bool = False,
) -> None:
    """Seals and keeps the source, and has the camera looked at anew; a stream from the old address ends.

    Behind another address may be another view, which somebody must confirm; *same_view*: the caller knows that it is the same.
    """
    if camera.owner_id is not None:
        # Somebody else's camera stays behind the guard, whoever changes its address.
        address = replace(address, guarded=True)
        substream = replace(substream, guarded=True) if substream else None
    with transaction.atomic():
        same_view = same_view or _has_address(camera.pk, address)
        _, new = CameraSource.objects.update_or_create(
            camera=camera,
            defaults={
                "sealed_address": seal_address(address),
                "sealed_credentials": seal_credentials(credentials),
                "sealed_substream": seal_address(substream) if substream else "",
            },
        )
        now = timezone.now()
        # A look at the old address that is under way is older than this, and will not count.
        seen = {} if new else {"observed_at": now}
        Health.objects.update_or_create(camera=camera, defaults={"due_at": now, "failures": 0, **seen})
        if new:
            return  # nothing was ever given out for it
        # Another source may show another place: whatever was given out for the old one is dead.
        raise_epoch(camera)
        if not same_view:
            address_replaced.send(sender=Camera, camera_id=camera.pk)
        transaction.on_commit(lambda: source_changed.send(sender=Camera, camera_id=camera.pk))


def _has_address(camera_id: int, address: Address) -> bool:
    try:
        known = open_source(camera_id)
    except CannotOpen:  # sealed with a key that is lost: nobody knows
        return False
    return known is not None and known.address.url() == address.url()


def seal_address(address: Address) -> str:
    """For records above that keep an address before there is a camera."""
    return _seal().seal(json.dumps(astuple(address)))


def seal_credentials(credentials: Credentials) -> str:
    return _seal().seal(json.dumps(astuple(credentials))) if credentials else ""


def open_address(sealed: str) -> Address:
    """Raises: CannotOpen."""
    return Address(*json.loads(_seal().open(sealed)))


def open_credentials(sealed: str) -> Credentials:
    """Raises: CannotOpen."""
    return Credentials(*json.loads(_seal().open(sealed))) if sealed else Credentials()


def forget_source(camera: Camera) -> None:
    """Erases the address and the credentials; a stream ends."""
    with transaction.atomic():
        if CameraSource.objects.filter(camera=camera).delete()[0]:
            # A look that is under way is older than this, and will not count.
            now = timezone.now()
            Health.objects.filter(camera=camera).update(observed_at=now, due_at=now, failures=0)
            raise_epoch(camera)


def open_source(camera_id: int) -> Source | None:
    """Where the picture of a camera comes from, or None where nothing was entered.

    Raises:
        CannotOpen: sealed with a key that is not in the settings any more.
    """
    row = CameraSource.objects.filter(camera_id=camera_id).first()
    return None if row is None else _open(row)


def has_substream(camera_id: int) -> bool:
    return CameraSource.objects.filter(camera_id=camera_id).exclude(sealed_substream="").exists()


def open_sources(camera_ids: Iterable[int]) -> dict[int, Source]:
    """Those of many cameras, in one query, by primary key; without the ones that have none or cannot be opened."""
    found = {}
    for row in CameraSource.objects.filter(camera_id__in=camera_ids):
        with suppress(CannotOpen):
            found[row.pk] = _open(row)
    return found


def _open(row: CameraSource) -> Source:
    return Source(
        open_address(row.sealed_address),
        open_credentials(row.sealed_credentials),
        open_address(row.sealed_substream) if row.sealed_substream else None,
    )


def each_address() -> Iterator[tuple[int, Address]]:
    """Camera's primary key and address of every source that opens with today's keys, to find one that is entered twice; substreams
    too."""
    for pk, *addresses in CameraSource.objects.values_list("pk", "sealed_address", "sealed_substream"):
        for sealed in filter(None, addresses):
            with suppress(CannotOpen):
                yield pk, open_address(sealed)
