"""The sealed source of a camera: the only place where an address and its credentials are written or opened."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .addresses import Address, Credentials
from .epochs import raise_epoch
from .models import Camera, CameraSource, Health
from .sealing import CannotOpen, Seal


@cache
def _seal() -> Seal:
    return Seal(settings.SOURCE_KEYS)


def set_source(camera: Camera, *, address: Address, credentials: Credentials) -> None:
    """Seals and keeps the source, and has the camera looked at anew; a stream from the old address ends."""
    with transaction.atomic():
        _, new = CameraSource.objects.update_or_create(
            camera=camera,
            defaults={
                "sealed_address": _seal().seal(json.dumps(astuple(address))),
                "sealed_credentials": _seal().seal(json.dumps(astuple(credentials))) if credentials else "",
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


def open_source(camera_id: int) -> tuple[Address, Credentials] | None:
    """The address and the credentials of a camera, or None where none was entered.

    Raises:
        CannotOpen: sealed with a key that is not in the settings any more.
    """
    row = CameraSource.objects.filter(camera_id=camera_id).first()
    return None if row is None else _open(row)


def open_sources(camera_ids: Iterable[int]) -> dict[int, tuple[Address, Credentials]]:
    """Those of many cameras, in one query, by primary key; without the ones that have none or cannot be opened."""
    found = {}
    for row in CameraSource.objects.filter(camera_id__in=camera_ids):
        with suppress(CannotOpen):
            found[row.pk] = _open(row)
    return found


def _open(row: CameraSource) -> tuple[Address, Credentials]:
    address = Address(*json.loads(_seal().open(row.sealed_address)))
    if not row.sealed_credentials:
        return address, Credentials()
    return address, Credentials(*json.loads(_seal().open(row.sealed_credentials)))


def each_address() -> Iterator[tuple[int, Address]]:
    """Camera's primary key and address of every source that opens with today's keys, to find one that is entered twice."""
    for pk, sealed in CameraSource.objects.values_list("pk", "sealed_address"):
        with suppress(CannotOpen):
            yield pk, Address(*json.loads(_seal().open(sealed)))
