"""What makes the portal installable: its manifest, its service worker, and the page for when there is no network.

The worker itself is ``static/js/sw.js``; in front of it stands what only the server knows: hashed addresses, and a version that
changes with any of them or with the page for bad times.
"""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

_WORKER = Path(settings.BASE_DIR) / "static" / "js" / "sw.js"
_ICONS = Path(settings.BASE_DIR) / "templates" / "parts" / "icon.html"
_ICON = re.compile(r'icon == "(\w+)"')
# What the page for bad times needs.
_KEPT = ("css/base.css", "css/parts.css", "img/lamp.svg", "img/kawung.svg")
# The header's colour by night, as in base.css.
_DARK = "#131c2a"


@require_safe
@conditional_page
@cache_control(no_cache=True)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(request: HttpRequest) -> HttpResponse:
    """``/manifest.webmanifest``: what a phone needs to put the portal among its apps (W3C Web Application Manifest)."""
    answer: dict[str, Any] = {
        "id": "/",
        "name": f"Tilik Semar, {settings.CITY_NAME}",
        "short_name": "Tilik Semar",
        "description": _("Kamera lingkungan: warga melihat jalannya sendiri, Ketua RT memutuskan siapa boleh melihat."),
        "lang": translation.get_language() or "id",
        "dir": "ltr",
        "start_url": "/rt-saya/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#0b111c",
        "theme_color": _DARK,
        "categories": ["security", "utilities"],
        "icons": [
            _icon("img/icon-192.png", 192),
            _icon("img/icon-512.png", 512),
            _icon("img/icon-maskable-512.png", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": words, "url": address}
            for words, address in ((_("Ronda"), _address("ronda")), (_("Peta"), "/"))
            if address
        ],
    }
    return JsonResponse(answer, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@conditional_page
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """``/sw.js?bahasa=``, which may look after every page because it stands at the root."""
    language = _language(request)
    offline = f"{reverse('luring')}?bahasa={language}"
    files = [static(name) for name in _KEPT]
    content = json.dumps([files, static("js/sw-push.js"), _offline(language), _source()])
    portal = {
        "version": sha256(content.encode()).hexdigest()[:16],
        "offline": offline,
        "files": files,
        "push": static("js/sw-push.js"),
        "lamp": {"icon": static("img/icon-192.png"), "badge": static("img/badge-96.png")},
    }
    return HttpResponse(f"const PORTAL = {json.dumps(portal)};\n{_source()}", content_type="text/javascript")


@require_safe
@conditional_page
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page for bad times, the same for everybody; ``?bahasa=`` says in which language, since it is asked for without cookies."""
    with translation.override(_language(request)):
        return render(None, "offline.html")  # no request: nothing of a person gets into it


@require_safe
def house_style(request: HttpRequest) -> HttpResponse:
    """``/gaya/``: every component with its markup, for those who carry on."""
    page = {"tally": {"online": 12, "offline": 3, "unknown": 1}, "icons": _ICON.findall(_ICONS.read_text())}
    return render(request, "gaya.html", page)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("bahasa", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _offline(language: str) -> str:
    with translation.override(language):
        return render_to_string("offline.html")


def _icon(name: str, side: int, purpose: str = "any") -> dict[str, str]:
    return {"src": static(name), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _source() -> str:
    return _WORKER.read_text()
