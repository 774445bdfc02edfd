"""Where the portal may connect when a stranger typed the address, and the only way to connect there. Pure asyncio, no Django.

``connect`` resolves a name once, checks *every* address that came back, and connects to the checked addresses themselves: an answer
of the name service that changes a moment later changes nothing. Nothing here follows a redirect. Ranges: IANA's special-purpose
registries (RFC 6890 and its updates), and the places where clouds keep their metadata.

Forbidden       the address may not be reached; the message is for people and does not repeat what a name resolved to
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from neighborhoods.wording import said

IP = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# A name and a port to addresses, as text.
Resolver = Callable[[str, int], Awaitable[list[str]]]

DEFAULT_PORTS = frozenset({80, 322, 443, 554, 7447, 8000, 8080, 8554, 8899, 10554})
MOST_ADDRESSES = 16
RESOLVE_SECONDS = 5.0
CONNECT_SECONDS = 6.0


_WRONG_PORT, _RIGHT_PORTS = said("Port ini tidak boleh dihubungi oleh portal."), said("Yang boleh")


class Forbidden(Exception):
    """Says why this place may not be reached."""


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


# Never, whatever a city lists: this machine, neighbours on its cable, everybody at once, metadata of clouds, and IPv4 in disguise.
_NEVER = _networks(
    "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "100.100.100.200/32", "168.63.129.16/32",
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16",
    "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::/32", "fd20:ce::254/128",
)  # fmt: skip
# Not on the public internet: only where a city lists it.
_NOT_PUBLIC = _networks(
    "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.168.0.0/16",
    "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "fc00::/7",
)  # fmt: skip
_PUBLIC_V6 = IPv6Network("2000::/3")
# The last 64 bits of an ISATAP address: IPv4 in disguise, in anybody's network.
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL_NAMES = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "home.arpa")


@dataclass(frozen=True)
class Rules:
    """What is allowed.

    *public*: every public unicast address; *networks*: these besides; *exceptions*: exactly these addresses and ports, against all
    other rules (a demo's simulator); *own*: the portal's own services, by address, with port 0 for every port.
    """

    public: bool = True
    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = DEFAULT_PORTS
    exceptions: frozenset[tuple[str, int]] = frozenset()
    own: frozenset[tuple[str, int]] = frozenset()

    def check(self, ip: IP, port: int) -> None:
        """Raises: Forbidden."""
        self.check_port(port)
        if (str(ip), 0) in self.own or (str(ip), port) in self.own or _in(ip, _NEVER) or _in_disguise(ip):
            raise Forbidden(said("Alamat ini tidak boleh dihubungi oleh portal."))
        if _in(ip, self.networks):
            return
        if not _is_public(ip):
            raise Forbidden(
                said(
                    "Alamat ini hanya berlaku di jaringan setempat (misalnya 192.168.…), jadi portal tidak dapat menjangkaunya. "
                    "Pakai alamat umum dari router Anda, atau tanyakan kepada petugas."
                )
            )
        if not self.public:
            raise Forbidden(said("Portal kota ini hanya menghubungi kamera di jaringan kota. Tanyakan kepada petugas."))

    def check_port(self, port: int) -> None:
        """Raises: Forbidden."""
        if port not in self.ports:
            listed = ", ".join(str(one) for one in sorted(self.ports))
            raise Forbidden(f"{_WRONG_PORT} {_RIGHT_PORTS}: {listed}.")


# Nothing but the public internet: what holds where nobody says otherwise.
STRICT = Rules()


def host_of(text: str) -> IP | str:
    """A host as it was typed: an IP address, or a name in small letters.

    Only the usual notations are understood. What other programs would read as an IPv4 address (``2130706433``, ``0x7f.1``,
    ``0177.0.0.1``) is refused and not guessed at, since two readers would guess differently.

    Raises: Forbidden.
    """
    host = text.strip().lower()
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
        if ":" not in host:
            raise Forbidden(said("Alamat ini tidak dikenal. Contoh: 203.0.113.7 atau kamera.contoh.id."))
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return _name(host)
    if isinstance(ip, IPv6Address) and ip.scope_id:
        raise Forbidden(said("Alamat ini tidak boleh dihubungi oleh portal."))
    return ip


def _name(host: str) -> str:
    name = host.removesuffix(".")
    labels = name.split(".")
    if not name.isascii() or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Forbidden(said("Nama alamat ini tidak benar. Contoh: 203.0.113.7 atau kamera.contoh.id."))
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        raise Forbidden(said("Tulis alamat IP seperti biasa: empat angka, misalnya 203.0.113.7."))
    if len(labels) < 2 or any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES):
        raise Forbidden(
            said("Nama ini hanya dikenal di jaringan setempat. Pakai alamat umum, misalnya kamera.contoh.id.")
        )
    return name


def _in(ip: IP, networks: Iterable[Network]) -> bool:
    return any(ip.version == network.version and ip in network for network in networks)


def _in_disguise(ip: IP) -> bool:
    return isinstance(ip, IPv6Address) and (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP


def _is_public(ip: IP) -> bool:
    if isinstance(ip, IPv6Address) and ip not in _PUBLIC_V6:
        return False
    return not _in(ip, _NOT_PUBLIC)


async def resolve(name: str, port: int) -> list[str]:
    """The system's resolver. Raises: socket.gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True)
class Pinned:
    """Checked addresses of one place; nothing is asked about its name any more."""

    addresses: tuple[str, ...]
    port: int


async def pin(host: str, port: int, rules: Rules, *, resolver: Resolver = resolve) -> Pinned:
    """The addresses of *host*, each of which may be reached at *port*.

    Raises: Forbidden (already where one of several may not be reached); socket.gaierror, TimeoutError.
    """
    place = host_of(host)
    if not isinstance(place, str):
        if (str(place), port) not in rules.exceptions:
            rules.check(place, port)
        return Pinned((str(place),), port)
    rules.check_port(port)  # before anything is asked about the name
    async with asyncio.timeout(RESOLVE_SECONDS):
        answers = list(dict.fromkeys(await resolver(place, port)))
    if not answers:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    if len(answers) > MOST_ADDRESSES:
        raise Forbidden(said("Nama ini menunjuk ke terlalu banyak alamat."))
    checked = []
    for answer in answers:
        found = host_of(answer)  # refuses scoped addresses
        if isinstance(found, str):
            raise Forbidden(said("Alamat ini tidak boleh dihubungi oleh portal."))
        rules.check(found, port)
        checked.append(str(found))
    return Pinned(tuple(checked), port)


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def connect(
    host: str,
    port: int,
    rules: Rules,
    *,
    tls: ssl.SSLContext | None = None,
    resolver: Resolver = resolve,
    limit: int = 65_536,
) -> Connection:
    """A connection to *host*, if it may be reached; the first of its addresses that answers.

    Raises: Forbidden; OSError (socket.gaierror, ConnectionError), TimeoutError.
    """
    pinned = await pin(host, port, rules, resolver=resolver)
    trouble: OSError = ConnectionRefusedError()
    for address in pinned.addresses:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                name = host if tls else None
                # An address and not a name: there is nothing left to resolve.
                return await asyncio.open_connection(address, port, ssl=tls, server_hostname=name, limit=limit)
        except OSError as error:  # TimeoutError is one
            trouble = error
    raise trouble


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Closes a connection and waits until it is; what the other side makes of it does not matter."""
    writer.close()
    with contextlib.suppress(OSError, ssl.SSLError):
        await writer.wait_closed()
