"""Giving a camera to another RT or kelurahan. Other people may look after that, so it bites at once, as a switch
does.
"""

from __future__ import annotations

from copy import copy
from math import cos, hypot, radians

from django.db import transaction

from neighborhoods.models import RT, Kelurahan

from . import confirming, events
from .epochs import raise_epoch
from .models import Camera, Need

# Metres.
ELSEWHERE = 50.0


def move(camera: Camera, *, kelurahan: Kelurahan, rt: RT | None) -> bool:
    """Gives *camera* to *rt* (None: to no RT) in *kelurahan*; False if it stood there already. The caller has
    validated both.
    """
    before = Camera.objects.select_related("kelurahan", "rt__rw").get(pk=camera.pk)
    camera.kelurahan, camera.rt = kelurahan, rt
    if (before.kelurahan_id, before.rt_id) == (kelurahan.pk, rt.pk if rt else None):
        return False
    with transaction.atomic():
        Camera.objects.filter(pk=camera.pk).update(kelurahan=kelurahan, rt=rt)
        # First the stream, then the word to browsers, as with a switch. Both neighbourhoods are told.
        raise_epoch(camera)
        confirming.ask(camera.pk, Need.MOVED)
        camera.refresh_from_db(fields=["visibility", "access_epoch", "need"])
        after = copy(camera)
        transaction.on_commit(lambda: _announce(before, after))
    return True


def put(camera: Camera, *, latitude: float, longitude: float) -> None:
    """Writes where it stands, in degrees. Further away than a slip of the finger, somebody must look what it shows there."""
    before = Camera.objects.get(pk=camera.pk)
    camera.latitude, camera.longitude = latitude, longitude
    with transaction.atomic():
        Camera.objects.filter(pk=camera.pk).update(latitude=latitude, longitude=longitude)
        if _metres(before, camera) > ELSEWHERE:
            confirming.ask(camera.pk, Need.MOVED)


def _metres(one: Camera, other: Camera) -> float:
    north = (one.latitude - other.latitude) * 111_320
    return hypot(north, (one.longitude - other.longitude) * 111_320 * cos(radians(one.latitude)))


def _announce(before: Camera, after: Camera) -> None:
    events.publish_access(before, before.visibility)
    events.publish_access(after, after.visibility)
