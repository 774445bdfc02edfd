"""The headers that tell a browser what our pages may do: load and run only what is ours, be framed by nobody, use no sensor.

Content security policy without inline script or style, and without nonces: templates hold none, so there is nothing to exempt.
Written here and not by a package, since it is one constant line (docs/decisions, "Doors and their locks").
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Passkeys need the last two, "dekat saya" on the map the place; everything else that asks for a sensor or a purse is somebody else's
# script.
_PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), fullscreen=(self), autoplay=(self), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Puts them on every answer, static files too: a picture that is opened by itself is a page as well."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request))
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def _policy(request: HttpRequest) -> str:
    tiles = _origin(settings.MAP_TILES_URL)
    # Older Safari does not count a WebSocket as 'self'. The Host header was checked before anything was routed.
    socket = f"{'wss' if request.is_secure() else 'ws'}://{request.META.get('HTTP_HOST', '')}"
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": f"'self' data: blob:{tiles}",
        # hls.js feeds the video from a blob, and works in one.
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        "child-src": "'self' blob:",
        "connect-src": f"'self' {socket}",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    if settings.HTTPS:
        rules["upgrade-insecure-requests"] = ""
    return "; ".join(f"{name} {value}".strip() for name, value in rules.items())


def _origin(template: str) -> str:
    """Of the map tiles, with a blank before it; empty where they are ours or there are none."""
    parts = urlsplit(template)
    return f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else ""
