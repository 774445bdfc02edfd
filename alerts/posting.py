"""Posts an envelope to a push service. Its address came from a browser, so it is reached through the guard alone (cameras.reach): each
address that its name resolves to is checked and then connected to by number, and no redirect is followed. No Django.

WrongEndpoint       the address is not one of a push service that the city knows
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from cameras import reach

from .envelopes import Envelope

LONGEST = 1000
SECONDS = 10.0
_HTTPS = 443
_MOST_HEAD = 16_384
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
_PLAIN = re.compile(r"[!-~]+")


class WrongEndpoint(Exception):
    """Not there."""


def check(endpoint: str, known_hosts: Iterable[str]) -> SplitResult:
    """The parts of an https address at one of *known_hosts*, or below one that begins with a dot. Raises: WrongEndpoint."""
    if len(endpoint) > LONGEST or not _PLAIN.fullmatch(endpoint) or set(endpoint) & set("\\#'\"<>"):
        raise WrongEndpoint
    try:
        parts = urlsplit(endpoint)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise WrongEndpoint from None
    if parts.scheme != "https" or "@" in parts.netloc or port == 0 or not parts.path.startswith("/"):
        raise WrongEndpoint
    if parts.netloc.endswith(":"):  # a port that is none, which the signature would refuse later
        raise WrongEndpoint
    if not any(host.endswith(one) if one.startswith(".") else host == one for one in known_hosts):
        raise WrongEndpoint
    return parts


async def post(
    endpoint: SplitResult,
    envelope: Envelope,
    rules: reach.Rules,
    *,
    tls: ssl.SSLContext,
    resolver: reach.Resolver = reach.resolve,
) -> int:
    """The status that the push service answers.

    Raises: reach.Forbidden; OSError (ssl.SSLError is one); TimeoutError; asyncio.IncompleteReadError, asyncio.LimitOverrunError.
    """
    host, port = endpoint.hostname or "", endpoint.port or _HTTPS
    async with asyncio.timeout(SECONDS):
        reader, writer = await reach.connect(host, port, rules, tls=tls, resolver=resolver, limit=_MOST_HEAD)
        try:
            writer.write(_request(endpoint, envelope))
            await writer.drain()
            found = _STATUS.match(await reader.readuntil(b"\r\n"))
            return int(found[1]) if found else 0
        finally:
            await reach.hang_up(writer)


def _request(endpoint: SplitResult, envelope: Envelope) -> bytes:
    target = f"{endpoint.path}?{endpoint.query}" if endpoint.query else endpoint.path
    lines = [f"POST {target} HTTP/1.1", f"Host: {endpoint.netloc}", "Connection: close", "User-Agent: TilikSemar"]
    lines += [f"Content-Length: {len(envelope.body)}", *(f"{name}: {value}" for name, value in envelope.headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + envelope.body
