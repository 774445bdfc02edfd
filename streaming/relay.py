"""A way to one camera whose address a stranger typed, for ffmpeg, which resolves names and follows redirects by itself.

ffmpeg is pointed to a port of loopback. The relay takes one connection there, connects to the checked address of the camera
(``cameras.reach``, anew for every run), and passes on what both say:

* Until PLAY is answered, every answer is read and *written anew*, without the headers that could lead elsewhere. An answer 3xx, a
  request by the camera, or anything that is no clean RTSP ends the connection. ffmpeg follows redirects only until then.
* After that bytes are copied as they are.

The credentials stay between ffmpeg and the camera. One thread of this process carries all relays. Knows no Django.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import Self

from cameras import reach
from cameras.addresses import Address, Credentials
from cameras.rtsp import MAX_BODY_BYTES, MAX_HEADER_BYTES, unverified_tls

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
# Seconds in which ffmpeg must have come, and PLAY must have been answered.
PATIENCE = 30.0
_CHUNK = 64 * 1024
_STATUS = re.compile(r"RTSP/1\.[01] (\d{3})(?: [ -~\x80-\xff]*)?")
_HEADER = re.compile(r"([!-9;-~]+)[ \t]*:([ -~\t\x80-\xff]*)")
# What ffmpeg needs to set a stream up. Never Location, and nothing that changes the way of transport.
_PASSED = frozenset(
    {"cseq", "session", "transport", "www-authenticate", "content-base", "content-type", "public", "rtp-info", "range"}
)


class _Unfit(Exception):
    """The camera said what must not be passed on."""


class Relay:
    """Open from its making to ``close``; both may be called from any thread."""

    def __init__(self, address: Address, rules: reach.Rules, *, resolver: reach.Resolver = reach.resolve) -> None:
        """Raises: OSError, no port is to be had."""
        self._address, self._rules, self._resolver = address, rules, resolver
        self._listening: asyncio.Server | None = None
        self._work: asyncio.Task[None] | None = None
        self.port: int = asyncio.run_coroutine_threadsafe(self._listen(), _loop()).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, credentials: Credentials) -> str:
        """What ffmpeg is to open. For its standard input only."""
        return Address("rtsp", LOOPBACK, self.port, self._address.target).url_with(credentials)

    def close(self) -> None:
        """Ends both connections. Harmless to call twice."""
        _loop().call_soon_threadsafe(self._end)

    def _end(self) -> None:
        if self._listening is not None:
            self._listening.close()
        if self._work is not None:
            self._work.cancel()

    async def _listen(self) -> int:
        self._listening = await asyncio.start_server(self._accept, LOOPBACK, 0, limit=MAX_HEADER_BYTES)
        asyncio.get_running_loop().call_later(PATIENCE, self._listening.close)
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        if self._listening is not None:
            self._listening.close()  # one, and no other
        if self._work is not None:
            writer.close()
            return
        self._work = asyncio.current_task()
        try:
            await self._carry(reader, writer)
        except (_Unfit, reach.Forbidden, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as end:
            log.info("a way to a camera ended: %s", type(end).__name__)
        except asyncio.CancelledError:
            pass  # closed
        finally:
            writer.close()

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        address = self._address
        tls = unverified_tls() if address.scheme == "rtsps" else None
        async with asyncio.timeout(PATIENCE) as deadline:
            camera_reader, camera_writer = await reach.connect(
                address.host, address.port, self._rules, tls=tls, resolver=self._resolver, limit=MAX_HEADER_BYTES
            )
            try:
                await _both_ways(reader, writer, camera_reader, camera_writer, deadline)
            finally:
                camera_writer.close()


async def _both_ways(
    reader: StreamReader,
    writer: StreamWriter,
    camera_reader: StreamReader,
    camera_writer: StreamWriter,
    deadline: asyncio.Timeout,
) -> None:
    """Until one side ends. *deadline* is lifted when the camera plays."""
    asked = Asked()
    ways = {
        asyncio.create_task(_requests(reader, camera_writer, asked)),
        asyncio.create_task(_answers(camera_reader, writer, asked, deadline)),
    }
    try:
        done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in done:
            way.result()
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


class Asked:
    """What ffmpeg asked for so far: the number of its PLAY."""

    play: str | None = None


async def _requests(reader: StreamReader, camera: StreamWriter, asked: Asked) -> None:
    while asked.play is None:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"PLAY "):
            number = re.search(rb"\r\nCSeq:[ \t]*(\d+)", head, re.IGNORECASE)
            asked.play = number[1].decode() if number else None
        camera.write(head)
        await camera.drain()
    await _copy(reader, camera)


async def _answers(camera: StreamReader, writer: StreamWriter, asked: Asked, deadline: asyncio.Timeout) -> None:
    playing = False
    while not playing:
        first = await camera.readexactly(1)
        if first == b"$":
            head = await camera.readexactly(3)
            writer.write(first + head + await camera.readexactly(int.from_bytes(head[1:])))
        else:
            head = first + await camera.readuntil(b"\r\n\r\n")
            status, headers = _clean(head)
            body = await camera.readexactly(_length(headers))
            writer.write(_written(status, headers, body))
            playing = status == 200 and asked.play is not None and ("cseq", asked.play) in headers
        await writer.drain()
    deadline.reschedule(None)
    await _copy(camera, writer)


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()


def _clean(head: bytes) -> tuple[int, list[tuple[str, str]]]:
    """Status and headers (names in small letters) of an answer. Raises: _Unfit."""
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    status = _STATUS.fullmatch(first)
    headers = [_HEADER.fullmatch(line) for line in lines]
    if status is None or None in headers or 300 <= int(status[1]) < 400:
        raise _Unfit
    return int(status[1]), [(header[1].lower(), header[2].strip()) for header in headers if header]


def _length(headers: list[tuple[str, str]]) -> int:
    given = [value for name, value in headers if name == "content-length"] or ["0"]
    if len(given) > 1 or not given[0].isdigit() or int(given[0]) > MAX_BODY_BYTES:
        raise _Unfit
    return int(given[0])


def _written(status: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [f"RTSP/1.0 {status} Answer"]
    lines += [f"{name}: {value}" for name, value in headers if name in _PASSED]
    lines += [f"content-length: {len(body)}"] if body else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all relays of this process, in a thread of its own."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=_run, args=(loop,), name="relays", daemon=True).start()
    return loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    with suppress(RuntimeError):
        loop.run_forever()
