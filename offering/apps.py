from django.apps import AppConfig


class OfferingConfig(AppConfig):
    name = "offering"
    verbose_name = "Kamera dari warga"
