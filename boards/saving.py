"""Whether data is to be saved for whoever asks: their own choice, else what their phone says. The mirror of static/js/data-care.js."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "hemat"
_ON, _OFF, _BY_ITSELF = "1", "0", "a"
_YEAR = 31_536_000


def is_saving(request: HttpRequest) -> bool:
    kept = request.COOKIES.get(COOKIE, "")
    if kept in {_ON, _BY_ITSELF}:
        return True
    return kept != _OFF and request.headers.get("Save-Data", "").strip().lower() == "on"


def choose(response: HttpResponse, *, on: bool) -> None:
    """The person's choice goes with *response*. Not hidden from scripts: theirs change it without asking the portal."""
    value = _ON if on else _OFF
    response.set_cookie(COOKIE, value, max_age=_YEAR, samesite="Lax", secure=settings.HTTPS)
