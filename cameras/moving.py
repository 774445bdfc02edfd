"""Giving a camera to another RT or kelurahan. Other people may look after that, so it bites at once, as a switch
does.
"""

from __future__ import annotations

from copy import copy

from django.db import transaction

from neighborhoods.models import RT, Kelurahan

from . import events
from .epochs import raise_epoch
from .models import Camera


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
        after = copy(camera)
        transaction.on_commit(lambda: _announce(before, after))
    return True


def _announce(before: Camera, after: Camera) -> None:
    events.publish_access(before, before.visibility)
    events.publish_access(after, after.visibility)
