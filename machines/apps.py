from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MachinesConfig(AppConfig):
    name = "machines"
    verbose_name = _("Token mesin")

    def ready(self) -> None:
        from . import schema  # noqa: F401 -- makes itself known to the API's description
