"""RTSP 1.0 messages as bytes and back (RFC 2326), and the addresses in them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Request Entity Too Large",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    501: "Not Implemented",
    503: "Service Unavailable",
    505: "RTSP Version Not Supported",
    551: "Option Not Supported",
}
LARGEST_HEAD, LARGEST_BODY = 16_384, 65_536
_TRACK = re.compile(r"/?trackID=(\d+)/?$", re.IGNORECASE)


class BadRequestError(ValueError):
    """A message that is not RTSP; ``status`` is what to answer before closing."""

    def __init__(self, status: int) -> None:
        super().__init__(REASONS[status])
        self.status = status


@dataclass(frozen=True)
class Address:
    """What an RTSP address asks for. ``camera`` is the decoded path, without slashes at its ends."""

    camera: str
    track: int | None
    options: Mapping[str, str]
    base: str  # the address without its track, as the client wrote it, without credentials


@dataclass(frozen=True)
class Request:
    """A request; header names in lower case. ``length`` bytes of body were read and dropped."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int = 0

    @property
    def address(self) -> Address:
        return read_address(self.url)

    @property
    def session(self) -> str | None:
        """The session id without its parameters."""
        given = self.headers.get("session")
        return given.partition(";")[0].strip() if given else None


@dataclass(frozen=True)
class Interleaved:
    """A binary packet between the messages."""

    channel: int
    data: bytes


def read_address(url: str) -> Address:
    """Take an address apart; the track may stand behind the path or, as some clients write it, behind the query."""
    track = _TRACK.search(url)
    bare = url[: track.start()] if track else url
    bare = bare.rstrip("/")
    parts = urlsplit(bare)
    if track is None and (in_path := _TRACK.search(parts.path)):
        track, parts = in_path, parts._replace(path=parts.path[: in_path.start()])
        bare = parts.geturl()
    if "@" in parts.netloc:
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        bare = parts.geturl()
    options = dict(parse_qsl(parts.query.rstrip("/")))
    return Address(unquote(parts.path).strip("/"), int(track[1]) if track else None, options, bare)


def parse_head(head: bytes) -> Request:
    """A request of its lines up to the empty one. Raises ``BadRequestError``."""
    lines = head.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n").split("\n")
    words = lines[0].split()
    if len(words) != 3 or not words[2].startswith("RTSP/"):
        raise BadRequestError(400)
    if words[2] != "RTSP/1.0":
        raise BadRequestError(505)
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise BadRequestError(400)
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise BadRequestError(400)
    try:
        urlsplit(words[1])
    except ValueError:
        raise BadRequestError(400) from None
    return Request(words[0], words[1], headers, int(length))


async def read_message(reader: asyncio.StreamReader) -> Request | Interleaved | None:
    """The next message on a connection; ``None`` at its end. Raises ``BadRequestError``."""
    try:
        first = await reader.readexactly(1)
        while first in (b"\r", b"\n"):
            first = await reader.readexactly(1)
        if first == b"$":
            channel, high, low = await reader.readexactly(3)
            return Interleaved(channel, await reader.readexactly(high << 8 | low))
        head = first + await _read_head(reader)
        request = parse_head(head)
        if request.length > LARGEST_BODY:
            raise BadRequestError(413)
        await reader.readexactly(request.length)
        return request
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


async def _read_head(reader: asyncio.StreamReader) -> bytes:
    head = bytearray()
    while True:
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.LimitOverrunError:
            raise BadRequestError(400) from None
        head += line
        if line in (b"\r\n", b"\n"):
            return bytes(head)
        if len(head) > LARGEST_HEAD:
            raise BadRequestError(400)


def format_response(status: int, headers: list[tuple[str, str]], body: bytes = b"") -> bytes:
    """A response; headers in the given order, a name may repeat."""
    lines = [f"RTSP/1.0 {status} {REASONS[status]}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
