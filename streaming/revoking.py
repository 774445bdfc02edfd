"""A change of who may look ends what was given out before it: at once on this machine, within some two seconds on others."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError

from . import demand, folders, still_wishes, stills

log = logging.getLogger(__name__)


def revoke(*, camera_id: int, public_id: str, epoch: int, **kwargs: Any) -> None:
    """Receiver of ``access_changed``: tells the supervisor, and takes the folder away where it is on this machine."""
    try:
        demand.announce_epoch(camera_id, epoch)
        stills.forget_before(camera_id, epoch)
        still_wishes.end_rest(camera_id)  # whoever may look now need not wait for a first picture
    except (RedisError, OSError):
        # Stream workers look at the database every ten seconds by themselves.
        log.error("camera %s: could not announce epoch %s: Redis does not answer", camera_id, epoch)
    folders.remove_older_epochs(settings.HLS_ROOT, public_id, epoch)
