"""What a citizen types as the address of a camera: a host, a host with a port, or a whole address. Pure.

WrongAddress (cameras.addresses)    the message says what is wrong, for people, without the address
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from cameras.addresses import DEFAULT_PORTS, Credentials, WrongAddress, parse
from neighborhoods.wording import said

LONGEST = 300
RTSP, HTTP = frozenset({"rtsp", "rtsps"}), frozenset({"http", "https"})
_PORTS = {**DEFAULT_PORTS, "http": 80, "https": 443}


@dataclass(frozen=True, repr=False)
class Typed:
    """*scheme* is empty where only a place was typed; *port* None: none was; *target*: the path of a whole RTSP address, else ""."""

    scheme: str
    host: str
    port: int | None
    target: str = ""

    def __repr__(self) -> str:
        return "Typed(…)"

    __str__ = __repr__


def read(text: str, port: int | None = None) -> tuple[Typed, Credentials]:
    """Takes apart what stands in the field of the address, and the port's field beside it; the credentials that were pasted with it.

    Raises: WrongAddress.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise WrongAddress(said("Tulis alamat kamera, misalnya 203.0.113.7 atau kamera.contoh.id."))
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower() if separator else ""
    if scheme in RTSP:
        address, credentials = parse(text)
        target = address.target if address.target != "/" else ""
        # The usual port may be left out, so there a port's field does not contradict.
        named = address.port if address.port != DEFAULT_PORTS[scheme] else None
        return Typed(scheme, address.host, _one(port, named) or address.port, target), credentials
    if scheme and scheme not in HTTP:
        raise WrongAddress(said("Alamat seperti ini tidak dapat dihubungi. Tulis alamat IP atau nama kameranya saja."))
    host, own_port, credentials = _place(rest if scheme else text)
    return Typed(scheme, host, _one(port, own_port) or (_PORTS[scheme] if scheme else None)), credentials


def _one(port: int | None, named: int | None) -> int | None:
    if port and named and port != named:
        raise WrongAddress(said("Port ditulis dua kali, dan berbeda. Tulis di satu tempat saja."))
    return port or named


def _place(text: str) -> tuple[str, int | None, Credentials]:
    """Host, port and credentials of ``user:password@host:port``; a path behind it is not needed."""
    userinfo, at, place = text.rpartition("@")
    # Also before an "@": what stands there may be meant to look like the place. An odd password has its own field.
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in text) or set(text) & set("'\"<>\\#?"):
        raise WrongAddress(said("Alamat kamera memuat spasi atau tanda yang tidak boleh ada."))
    username, _, password = userinfo.partition(":")
    credentials = Credentials(username, password) if at else Credentials()
    place = place.partition("/")[0]
    if _is_bare_v6(place):
        return place, None, credentials
    found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(\d{1,5}))?", place, re.ASCII)
    if found is None or (place.startswith("[") and not _is_bare_v6(found[1][1:-1])):
        raise WrongAddress(said("Alamat kamera tidak dikenal. Contoh: 203.0.113.7 atau kamera.contoh.id."))
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65536:
        raise WrongAddress(said("Nomor port tidak benar."))
    return found[1].strip("[]"), port, credentials


def _is_bare_v6(place: str) -> bool:
    try:
        return isinstance(ipaddress.ip_address(place), ipaddress.IPv6Address)
    except ValueError:
        return False
