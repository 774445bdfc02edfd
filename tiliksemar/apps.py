from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "tiliksemar"
    verbose_name = "Tilik Semar"

    def ready(self) -> None:
        from . import checks  # noqa: F401 -- registers the checks
