from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfferingConfig(AppConfig):
    name = "offering"
    verbose_name = _("Kamera dari warga")
