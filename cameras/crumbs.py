"""The way down to a place: its larger places, largest first, as names with addresses."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from neighborhoods.models import Kelurahan

from .models import Camera

Crumb = tuple[str, str]


def of_city() -> Crumb:
    return settings.CITY_NAME, reverse("wilayah")


def of_kelurahan(here: Kelurahan) -> list[Crumb]:
    """With the kelurahan itself as the last."""
    return [
        of_city(),
        (f"Kec. {here.kecamatan}", here.kecamatan.get_absolute_url()),
        (f"Kel. {here}", here.get_absolute_url()),
    ]


def of_camera(here: Camera) -> list[Crumb]:
    crumbs = of_kelurahan(here.kelurahan)
    if here.rt is not None:
        number = (here.kelurahan.code, here.rt.rw.number, here.rt.number)
        crumbs.append((str(here.rt), reverse("wilayah-rt", args=number)))
    return crumbs
