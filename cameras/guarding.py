"""The rules of cameras.reach as this installation has them: its settings, and where its own services are."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from threading import Lock
from urllib.parse import urlsplit

import psutil
from django.conf import settings

from .addresses import Address
from .reach import STRICT, Rules

PUBLIC = "public"
# Seconds after which the addresses of this machine and of its services are looked up anew.
_KEPT = 60.0
_lock = Lock()
_own: tuple[float, frozenset[tuple[str, int]]] = (0.0, frozenset())


def rules() -> Rules:
    """What holds now for addresses that strangers typed."""
    words = settings.OFFER_NETWORKS
    return Rules(
        public=PUBLIC in words,
        networks=tuple(ip_network(word) for word in words if word != PUBLIC),
        ports=frozenset(settings.OFFER_PORTS),
        exceptions=frozenset(_place(word) for word in settings.OFFER_EXCEPTIONS),
        own=_own_places(),
    )


def rules_for(addresses: Iterable[Address]) -> Rules:
    """The same, where one of them is guarded. The others' probes ask no rule, and need not wait for a name service."""
    return rules() if any(address.guarded for address in addresses) else STRICT


def _place(word: str) -> tuple[str, int]:
    host, _, port = word.rpartition(":")
    return str(ip_address(host.strip("[]"))), int(port)


def _own_places() -> frozenset[tuple[str, int]]:
    """This machine at every port, the database's and Redis' machines at every port, and the portal's names at the web's ports."""
    global _own  # noqa: PLW0603 -- asked for every connection, and a name service may be slow
    now = time.monotonic()
    with _lock:
        if _own[1] and now - _own[0] < _KEPT:
            return _own[1]
        interfaces = psutil.net_if_addrs().values()
        machine = {
            address.address.partition("%")[0]
            for interface in interfaces
            for address in interface
            if address.family in (socket.AF_INET, socket.AF_INET6)
        }
        places = {(address, 0) for address in machine}
        places |= {(address, 0) for host in _services() for address in _addresses(host)}
        web = [name.strip("[].*") for name in settings.ALLOWED_HOSTS]
        places |= {(address, port) for name in web if name for address in _addresses(name) for port in (80, 443)}
        _own = (now, frozenset(places))
        return _own[1]


def _services() -> set[str]:
    hosts = {str(database.get("HOST", "")) for database in settings.DATABASES.values()}
    hosts.add(urlsplit(settings.REDIS_URL).hostname or "")
    return {host for host in hosts if host and not host.startswith("/")}


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return set()
