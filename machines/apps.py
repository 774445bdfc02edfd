from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "machines"
    verbose_name = "Token mesin"

    def ready(self) -> None:
        from . import schema  # noqa: F401 -- makes itself known to the API's description
