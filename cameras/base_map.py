"""What the map lies on: a PMTiles file of this installation, online tiles, or nothing but the boundaries."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from neighborhoods.outlines import version

from .pmtiles import Kind, NotPMTiles, kind_of

# A tile or a directory is smaller; nobody gets the whole file in one answer.
MOST_BYTES = 4 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
# What every map of ours needs, so that a slow phone fetches it at once and not one after the other.
_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "map-view",
        "map-base",
        "map-boundaries",
        "map-canvas",
        "map-colours",
        "map-names",
        "mercator",
        "api",
        "words",
    )
)
_LIBRARIES: dict[Kind, str] = {"raster": "vendor/pmtiles.js", "vector": "vendor/protomaps-leaflet.js"}


def base_map() -> dict[str, Any]:
    """For the head of a page with a map, and for templates/parts/map_data.html: modules, bounds, the boundaries' address, and what
    lies under the map."""
    kind = _kind(settings.MAP_FILE) if settings.MAP_FILE else None
    tiles = "" if kind else settings.MAP_TILES_URL
    return {
        "bounds": ",".join(str(degree) for degree in settings.CITY_BOUNDS),
        "boundaries": f"{reverse('api-boundaries')}?v={version()}",
        "tiles": tiles,
        "tiles_credit": settings.MAP_TILES_CREDIT if tiles or kind else "",
        "file": reverse("peta-dasar") if kind else "",
        "file_kind": kind or "",
        "file_library": static(_LIBRARIES[kind]) if kind else "",
        "modules": _MODULES,
    }


@require_safe
@cache_control(public=True, max_age=3600)
def file(request: HttpRequest) -> HttpResponse:
    """Parts of the PMTiles file, which browsers ask for by ``Range: bytes=from-to``; any other wish is refused."""
    here = Path(settings.MAP_FILE).expanduser() if settings.MAP_FILE else None
    if here is None or not here.is_file():
        raise Http404("no map file")
    size = here.stat().st_size
    wish = _RANGE.fullmatch(request.headers.get("Range", ""))
    begin = int(wish[1]) if wish else size
    end = min(size, int(wish[2]) + 1 if wish and wish[2] else size, begin + MOST_BYTES)
    if begin >= end:
        refusal = HttpResponse(status=416)
        refusal.headers["Content-Range"] = f"bytes */{size}"
        return refusal
    with here.open("rb") as stream:
        stream.seek(begin)
        part = stream.read(end - begin)
    answer = HttpResponse(part, status=206, content_type="application/vnd.pmtiles")
    answer.headers["Content-Range"] = f"bytes {begin}-{begin + len(part) - 1}/{size}"
    answer.headers["Accept-Ranges"] = "bytes"
    return answer


@lru_cache(maxsize=4)
def _kind(name: str) -> Kind | None:
    """None for a file that is none: the start-up check has said so, and the map does without."""
    try:
        return kind_of(Path(name).expanduser())
    except NotPMTiles:
        return None
