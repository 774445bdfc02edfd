"""The page of the public map. What it shows first comes with it, so that a phone far away asks once less."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .base_map import base_map
from .map_query import MapQuery
from .map_view import view_of
from .models import Category, Status

# The zoom at which a whole city is on a screen.
_WHOLE_CITY = 11
# What the first picture needs besides the modules of every map.
_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "map-address",
        "map-data",
        "map-filters",
        "map-list",
        "map-apart",
        "map-marks",
        "map-news",
        "map-scene",
    )
)


@require_safe
@cache_control(private=True, no_store=True)
def city_map(request: HttpRequest) -> HttpResponse:
    page: dict[str, Any] = {
        "map": base_map(),
        "first": view_of(request.user, MapQuery(zoom=_WHOLE_CITY)),
        "modules": _MODULES,
        "statuses": Status.choices,
        "categories": Category.choices,
    }
    return render(request, "cameras/map.html", page)
