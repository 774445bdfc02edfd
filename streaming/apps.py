from django.apps import AppConfig


class StreamingConfig(AppConfig):
    name = "streaming"
    verbose_name = "Tayangan"

    def ready(self) -> None:
        from cameras.signals import access_changed

        from .revoking import revoke

        access_changed.connect(revoke, dispatch_uid="streaming.revoke")
