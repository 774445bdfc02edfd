from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamingConfig(AppConfig):
    name = "streaming"
    verbose_name = _("Tayangan")

    def ready(self) -> None:
        from cameras.signals import access_changed, source_changed, view_confirmed

        from . import scenes, traits
        from .revoking import revoke

        access_changed.connect(revoke, dispatch_uid="streaming.revoke")
        view_confirmed.connect(scenes.confirmed, dispatch_uid="streaming.scenes")
        source_changed.connect(traits.forget, dispatch_uid="streaming.traits")
