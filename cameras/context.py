"""What every page shows, whatever it is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .marks import mark_of


def city(request: HttpRequest) -> dict[str, Any]:
    """The city's name, the year in its zone, and the zone in which times are shown."""
    return {
        "city_name": settings.CITY_NAME,
        "year": timezone.localtime().year,
        "zone": settings.TIME_ZONE,
        "picture_mark": lambda: mark_of(request.user),
    }
