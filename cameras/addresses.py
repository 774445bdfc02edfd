"""Addresses of cameras: parsed, kept apart from their credentials, and never printed by accident. Pure.

WrongAddress        not an address that we could open; the message is for people and never repeats the address
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from neighborhoods.wording import said

DEFAULT_PORTS = {"rtsp": 554, "rtsps": 322}

# Anything that looks like an address, for masking what other programs print. Greedy up to blanks and quotes: an odd password may
# hold slashes and more than one "@", and rather too much is masked than too little.
_ADDRESS_LIKE = re.compile(r"\b[a-z][a-z0-9+.-]*:(?://|\\/\\/)[^\s'\"<>]*", re.IGNORECASE)
_IPV4_LIKE = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


class WrongAddress(ValueError):
    """The message says what is wrong, in Indonesian, without the address."""


@dataclass(frozen=True)
class Credentials:
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.username or self.password)


@dataclass(frozen=True, repr=False)
class Address:
    """An RTSP address without credentials. *target* is the path with its query, beginning with ``/``.

    *guarded*: a stranger typed it; it is reached by way of ``cameras.reach`` alone.
    """

    scheme: str
    host: str
    port: int
    target: str
    guarded: bool = False

    def __repr__(self) -> str:  # an address in a traceback or a log line would be a leak
        return "Address(…)"

    __str__ = __repr__

    def url(self) -> str:
        """The address as RTSP requests name it, without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.target}"

    def url_with(self, credentials: Credentials) -> str:
        """The address with percent-encoded credentials. For a child's standard input only, never for argv or a log."""
        if not credentials:
            return self.url()
        scheme, rest = self.url().split("://", 1)
        return f"{scheme}://{quote(credentials.username, safe='')}:{quote(credentials.password, safe='')}@{rest}"


def parse(raw: str) -> tuple[Address, Credentials]:
    """Splits ``rtsp://user:password@host:port/path?query`` into the address and the credentials in it.

    Unquoted odd passwords are taken as people type them: the last ``@`` before the host's path ends the credentials.

    Raises:
        WrongAddress: not RTSP, no host, an impossible port, blanks or control characters.
    """
    text = raw.strip()
    if not text:
        raise WrongAddress(said("Alamat kamera kosong. Contoh: rtsp://192.168.1.10:554/stream1"))
    if any(ord(character) < 33 or ord(character) == 127 for character in text) or set(text) & set("'\"<>\\"):
        raise WrongAddress(said("Alamat kamera memuat spasi, kutip, atau tanda yang tidak boleh ada."))
    scheme = text.partition("://")[0].lower()
    if scheme not in DEFAULT_PORTS or "://" not in text:
        raise WrongAddress(said("Alamat kamera harus diawali rtsp:// atau rtsps://."))
    rest = text.split("://", 1)[1]
    userinfo, at, place = _split_userinfo(rest)
    credentials = _credentials(userinfo) if at else Credentials()
    try:
        parts = urlsplit(f"{scheme}://{place}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise WrongAddress(said("Nama host atau nomor port pada alamat kamera tidak benar.")) from None
    if host and not _possible_host(host):
        raise WrongAddress(said("Nama host pada alamat kamera tidak benar."))
    if parts.fragment:
        raise WrongAddress(
            said("Alamat kamera memuat tanda #. Tulis kata sandi di kolomnya sendiri, atau ganti # dengan %23.")
        )
    if not host:
        raise WrongAddress(said("Alamat kamera tidak menyebut host. Contoh: rtsp://192.168.1.10:554/stream1"))
    if port == 0:
        raise WrongAddress(said("Nomor port pada alamat kamera tidak benar."))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(scheme, host, port or DEFAULT_PORTS[scheme], target), credentials


def beside_main(raw: str, main: Address, credentials: Credentials) -> Address:
    """The address of a substream: of the same machine as *main*, since it gets the same *credentials*.

    Raises:
        WrongAddress: as ``parse``; another machine, other credentials, or *main* itself.
    """
    address, inside = parse(raw)
    if (address.scheme, address.host, address.port) != (main.scheme, main.host, main.port):
        raise WrongAddress(said("Alamat gambar kecil harus berada di host dan port yang sama dengan alamat kamera."))
    if inside and inside != credentials:
        raise WrongAddress(said("Nama pengguna dan kata sandi gambar kecil harus sama dengan milik kamera."))
    if address == main:
        raise WrongAddress(said("Alamat gambar kecil sama dengan alamat kamera. Kosongkan, atau isi alamat yang lain."))
    return address


def _possible_host(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def tells_an_address(text: str) -> bool:
    """Whether words that everybody reads (a name, a reason) hold a network address, put into the wrong field."""
    return "://" in text or _IPV4_LIKE.search(text) is not None


def mask(text: str) -> str:
    """*text* with everything that looks like an address replaced, for what other programs print."""
    return _ADDRESS_LIKE.sub("<alamat>", text)


def _split_userinfo(rest: str) -> tuple[str, str, str]:
    # A well-formed address keeps "/" out of its credentials; people paste passwords with "/" and "@" in them nevertheless. The
    # last "@" separates, unless it belongs to the path of an address whose authority is complete without it (…/live@main).
    userinfo, at, place = rest.rpartition("@")
    authority, slash, _ = rest.partition("/")
    if at and slash and "/" in userinfo and _looks_like_place(authority.rpartition("@")[2]):
        userinfo, at, place_authority = authority.rpartition("@")
        place = place_authority + rest[len(authority) :]
    return userinfo, at, place


def _looks_like_place(authority: str) -> bool:
    host, colon, port = authority.rpartition(":")
    return ("." in (host if colon else authority) or authority.startswith("[")) and (not colon or port.isdigit())


def _credentials(userinfo: str) -> Credentials:
    username, _, password = userinfo.partition(":")
    return Credentials(unquote(username), unquote(password))
