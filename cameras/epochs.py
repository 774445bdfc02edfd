"""The access epoch of a camera: it goes up whenever what was given out before must be dead, and whoever streams is told."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet

from .models import Camera
from .signals import access_changed


def raise_epoch(camera: Camera) -> None:
    """Begins another epoch, in the caller's transaction; the word goes out after its commit."""
    Camera.objects.filter(pk=camera.pk).update(access_epoch=F("access_epoch") + 1)
    camera.refresh_from_db(fields=["access_epoch"])
    announce_after_commit(camera.pk, camera.public_id, camera.access_epoch)


def raise_epochs(cameras: QuerySet[Camera]) -> None:
    """The same for many at once: three queries, however many."""
    ids = list(cameras.order_by().values_list("pk", flat=True))
    with transaction.atomic():
        Camera.objects.filter(pk__in=ids).update(access_epoch=F("access_epoch") + 1)
        for row in Camera.objects.filter(pk__in=ids).values_list("pk", "public_id", "access_epoch"):
            announce_after_commit(*row)


def announce_after_commit(camera_id: int, public_id: str, epoch: int) -> None:
    transaction.on_commit(
        lambda: access_changed.send(sender=Camera, camera_id=camera_id, public_id=public_id, epoch=epoch)
    )
