"""A request over HTTP/1.1 to a place that a stranger named: through the guard, without redirects, bounded in time and size. Pure.

Unwilling       the server answered in a way that is of no use; the message names the kind of it for the log, never an address
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from cameras import reach
from cameras.rtsp import unverified_tls

MOST_HEAD, MOST_BODY = 16_384, 512 * 1024
SECONDS = 8.0
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


class Unwilling(Exception):
    """No answer that could be used."""


@dataclass(frozen=True)
class Door:
    """Where a device answers over HTTP."""

    host: str
    port: int
    tls: bool = False

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


async def ask(
    door: Door,
    target: str,
    rules: reach.Rules,
    *,
    method: str = "POST",
    headers: tuple[tuple[str, str], ...] = (),
    body: bytes = b"",
    resolver: reach.Resolver = reach.resolve,
    most: int = MOST_BODY,
) -> Reply:
    """One request on a connection of its own.

    Raises: reach.Forbidden; OSError; TimeoutError; Unwilling, for a redirect too.
    """
    tls = unverified_tls() if door.tls else None
    async with asyncio.timeout(SECONDS):
        reader, writer = await reach.connect(door.host, door.port, rules, tls=tls, resolver=resolver, limit=MOST_HEAD)
        try:
            lines = [f"{method} {target} HTTP/1.1", f"Host: {door.authority}", "Connection: close"]
            lines += ["User-Agent: TilikSemar", f"Content-Length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers]
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)
            await writer.drain()
            return await _reply(reader, most)
        except asyncio.IncompleteReadError:
            raise Unwilling("hung up") from None
        except asyncio.LimitOverrunError:
            raise Unwilling("no HTTP") from None
        finally:
            await reach.hang_up(writer)


async def _reply(reader: asyncio.StreamReader, most: int) -> Reply:
    head = await reader.readuntil(b"\r\n\r\n")
    status = _STATUS.match(head)
    if status is None:
        raise Unwilling("no HTTP")
    if 300 <= int(status[1]) < 400:
        raise Unwilling("redirect")
    lines = head.decode("latin-1").split("\r\n")[1:]
    headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    named = dict(headers)
    if "chunked" in named.get("transfer-encoding", "").lower():
        body = await _chunks(reader, most)
    elif "content-length" in named:
        body = await _exactly(reader, named["content-length"], most, 10)
    else:
        body = await _to_the_end(reader, most)
    return Reply(int(status[1]), headers, body)


async def _exactly(reader: asyncio.StreamReader, length: str, most: int, base: int) -> bytes:
    if not re.fullmatch(r"[0-9A-Fa-f]{1,8}", length) or (base == 10 and not length.isdigit()):
        raise Unwilling("no HTTP")
    if int(length, base) > most:
        raise Unwilling("too long")
    return await reader.readexactly(int(length, base))


async def _chunks(reader: asyncio.StreamReader, most: int) -> bytes:
    body = b""
    while piece := await _exactly(
        reader, (await reader.readuntil(b"\r\n")).decode("latin-1").partition(";")[0].strip(), most - len(body), 16
    ):
        body += piece
        await reader.readexactly(2)
    return body


async def _to_the_end(reader: asyncio.StreamReader, most: int) -> bytes:
    body = b""
    while piece := await reader.read(65_536):
        body += piece
        if len(body) > most:
            raise Unwilling("too long")
    return body
