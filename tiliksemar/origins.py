"""Who may open a socket: pages of this portal alone, told by scheme, host and port."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
_PORTS = {"http": 80, "https": 443}


class SameOrigin:
    """An ASGI application that denies sockets whose Origin is not the address that the browser itself asked.

    Behind a proxy that address is the Host header, which must be one of ALLOWED_HOSTS; CSRF_TRUSTED_ORIGINS are let in as well. A
    browser always says where a socket comes from: without an Origin, or with several, it is denied.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if is_ours(_values(scope, b"origin"), _values(scope, b"host")):
            await self._application(scope, receive, send)
        else:
            await WebsocketDenier()(scope, receive, send)


def is_ours(origins: list[str], hosts: list[str]) -> bool:
    if len(origins) != 1 or len(hosts) != 1:
        return False
    if origins[0] in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = hosts[0]
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    return _place(origins[0]) == _place(f"{'https' if settings.HTTPS else 'http'}://{host}")


def _place(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for anything that is not just that, "null" among them."""
    try:
        parts = urlsplit(origin.lower())
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        return None
    return parts.scheme, parts.hostname, port


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope.get("headers", []) if key == name]
