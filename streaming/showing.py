"""A person looks at a camera's still: the web side. The gate has let the person through before."""

from __future__ import annotations

import contextlib
import time

from django.conf import settings
from redis.exceptions import RedisError

from cameras.models import Camera, Status

from . import lease, nodes, still_wishes, stills
from .stills import Still
from .tasks import grab_stills

# A message that no worker took by then is dropped; the page asks again.
MESSAGE_SECONDS = 10.0


def latest(camera: Camera, file: str, *, wish: bool) -> Still | None:
    """The newest still there is. With *wish*, one that is not quite new leaves a wish for a newer one. Raises: RedisError."""
    still = stills.read(camera.pk, camera.access_epoch, file)
    if wish and (still is None or time.time() - still.at > settings.STILL_EVERY / 2):
        with contextlib.suppress(RedisError, OSError):  # what is there can be shown nevertheless
            _wish(camera)
    return still


def will_come(camera: Camera) -> bool:
    """Whether asking again soon makes sense."""
    return bool(camera.health.status != Status.OFFLINE)


def _wish(camera: Camera) -> None:
    streams = lease.held(camera.pk)
    if not streams and not will_come(camera):
        return  # the prober sees when it is back
    still_wishes.wish(camera.pk)
    if not streams and _somebody_has_room() and still_wishes.ask_once(camera.pk):
        grab_stills.apply_async(expires=MESSAGE_SECONDS, retry=False)


def _somebody_has_room() -> bool:
    return settings.STILL_GRABS > 0 and any(node.running < node.slots - 1 for node in nodes.alive())
