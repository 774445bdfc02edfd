"""One picture of a camera that is not one of ours yet, for whoever tries it; without a lease, since nobody can stream it."""

from __future__ import annotations

import logging
import time

from cameras.addresses import Address, Credentials

from . import pictures, still_command
from .pulling import pull_picture

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5


def take(address: Address, credentials: Credentials, *, patience: float) -> bytes | None:
    """A JPEG of at most 640 pixels, or None where none came within *patience* seconds. Raises: OSError, ffmpeg cannot be started."""
    child = pull_picture(address, credentials)
    data, end = bytearray(), time.monotonic() + patience
    try:
        while (piece := child.read(LOOK_EVERY)) is not None and time.monotonic() < end:
            data += piece
            if len(data) > still_command.MOST_BYTES:
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
