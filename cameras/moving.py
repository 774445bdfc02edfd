"""Giving a camera to another RT or kelurahan. Other people may look after that, so it bites at once, as a switch
does.
"""

from __future__ import annotations

from copy import copy

from django.db import transaction
from django.db.models import F

from neighborhoods.models import RT, Kelurahan

from . import events
from .models import Camera
from .signals import access_changed


def move(camera: Camera, *, kelurahan: Kelurahan, rt: RT | None) -> bool:
    """Gives *camera* to *rt* (None: to no RT) in *kelurahan*; False if it stood there already. The caller has
    validated both.
    """
    before = Camera.objects.select_related("kelurahan", "rt__rw").get(pk=camera.pk)
    camera.kelurahan, camera.rt = kelurahan, rt
    if (before.kelurahan_id, before.rt_id) == (kelurahan.pk, rt.pk if rt else None):
        return False
    with transaction.atomic():
        Camera.objects.filter(pk=camera.pk).update(kelurahan=kelurahan, rt=rt, access_epoch=F("access_epoch") + 1)
        camera.refresh_from_db(fields=["access_epoch"])
        after = copy(camera)
        transaction.on_commit(lambda: _announce(before, after))
    return True


def _announce(before: Camera, after: Camera) -> None:
    # First the stream, then the word to browsers, as with a switch. Both neighbourhoods are told.
    access_changed.send(sender=Camera, camera_id=after.pk, epoch=after.access_epoch)
    events.publish_access(before, before.visibility)
    events.publish_access(after, after.visibility)
