"""One picture of a camera that is not one of ours yet, for whoever tries it; without a lease, since nobody can stream it."""

from __future__ import annotations

import logging
import time

from django.conf import settings

from cameras.addresses import Address, Credentials

from . import pictures, still_command
from .pulling import pull
from .treatment import Treatment

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
_MOST_BYTES = still_command.WIDEST * still_command.WIDEST * 4 * 3


def take(address: Address, credentials: Credentials, *, patience: float) -> bytes | None:
    """A JPEG of at most 640 pixels, or None where none came within *patience* seconds. Raises: OSError, ffmpeg cannot be started."""
    child = pull(
        still_command.picture_of_camera(program=settings.FFMPEG), address, credentials, Treatment(long_look=True)
    )
    data, end = bytearray(), time.monotonic() + patience
    try:
        while (piece := child.read(LOOK_EVERY)) is not None and time.monotonic() < end:
            data += piece
            if len(data) > _MOST_BYTES:
                return None
    finally:
        child.stop()
    if not data:
        log.info("a trial brought no picture: %s", " | ".join(child.last_words()[-3:]))
    return shrink(bytes(data))


def shrink(data: bytes) -> bytes | None:
    """The same of any picture that Pillow reads; None where it is none."""
    try:
        return pictures.develop(data)[pictures.name_of("large", "jpeg")]
    except pictures.NoPicture:
        return None
