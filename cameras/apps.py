from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import Camera


class CamerasConfig(AppConfig):
    name = "cameras"
    verbose_name = _("Kamera")

    def ready(self) -> None:
        from neighborhoods.signals import standing_changed

        from .camera_names import forget
        from .confirming import address_changed
        from .leaving import follow
        from .signals import address_replaced

        standing_changed.connect(follow, dispatch_uid="cameras.leaving")
        address_replaced.connect(address_changed, dispatch_uid="cameras.confirming")
        post_delete.connect(_end_with_camera, sender="cameras.Camera", dispatch_uid="cameras.end_with_camera")
        for news in (post_save, post_delete):
            news.connect(forget, sender="cameras.Camera", dispatch_uid="cameras.camera_names")


def _end_with_camera(instance: "Camera", **kwargs: Any) -> None:
    """A camera that is deleted, wherever and however, leaves no stream behind."""
    from .epochs import announce_after_commit

    announce_after_commit(int(instance.pk), instance.public_id, instance.access_epoch + 1)
