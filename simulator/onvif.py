"""A small ONVIF device: clock, capabilities, profiles, addresses of streams and a snapshot, for one recorder of some cameras.

It asks for a WS-UsernameToken as the RTSP side asks for its password. Faults on command (``{"do": "onvif", "kind": …}``):

``password``   every password is wrong
``redirect``   every answer is a redirect to ``uri``
``huge``       an answer without end
``slow``       an answer after half a minute
``bomb``       XML whose entities grow without end
``elsewhere``  streams are said to be at ``uri``
``clock``      the camera's clock is three hours ahead
``garbage``    something that is no XML
"""

from __future__ import annotations

import asyncio
import enum
import io
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

from simulator.auth import Gate
from simulator.cameras import Camera, Playing

if TYPE_CHECKING:
    from simulator.server import Server

_LONGEST = 64 * 1024
_SLOW = 30.0
_AHEAD = timedelta(hours=3)
_LATE = timedelta(minutes=5)
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" '
    'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body>{}</env:Body></env:Envelope>'
)
_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><x>&i;</x>"
)


class OnvifFault(enum.Enum):
    NONE = "none"
    PASSWORD = "password"  # noqa: S105 -- a name
    REDIRECT = "redirect"
    HUGE = "huge"
    SLOW = "slow"
    BOMB = "bomb"
    ELSEWHERE = "elsewhere"
    CLOCK = "clock"
    GARBAGE = "garbage"


class OnvifDevice:
    """Listens on a port of its own; its cameras are ``tamu-1`` to ``tamu-<count>`` of the server."""

    def __init__(self, server: Server, *, port: int, count: int = 1, now: Callable[[], datetime] | None = None) -> None:
        self._server, self.port, self._count = server, port, count
        self._now = now or (lambda: datetime.now(UTC))
        self.fault, self.uri = OnvifFault.NONE, ""
        self.asked: list[str] = []
        self._listening: asyncio.Server | None = None

    async def start(self) -> None:
        """Raises ``OSError`` where the port is taken."""
        for number in range(1, self._count + 1):
            self._server.cameras.add(Camera(f"tamu-{number}", f"Kamera tamu {number}", Playing()))
        self._listening = await asyncio.start_server(self._accept, self._server.host, self.port, limit=_LONGEST)
        self.port = self._listening.sockets[0].getsockname()[1]

    def close(self) -> None:
        if self._listening:
            self._listening.close()

    def order(self, kind: str, uri: str = "") -> None:
        """Break it, or mend it (``none``). Raises ``ValueError``."""
        self.fault, self.uri = OnvifFault(kind), uri

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"^content-length:\s*(\d+)", head, re.IGNORECASE | re.MULTILINE)
            body = await reader.readexactly(min(int(length[1]) if length else 0, _LONGEST))
            await self._serve(head, body.decode("utf-8", "replace"), writer)
        writer.close()

    async def _serve(self, head: str, body: str, writer: asyncio.StreamWriter) -> None:
        if self.fault is OnvifFault.SLOW:
            await asyncio.sleep(_SLOW)
        if self.fault is OnvifFault.REDIRECT:
            _send(writer, "302 Found", b"", f"Location: {self.uri}")
        elif self.fault is OnvifFault.HUGE:
            await _send_without_end(writer)
        elif self.fault is OnvifFault.BOMB:
            _send(writer, "200 OK", _BOMB.encode())
        elif self.fault is OnvifFault.GARBAGE:
            _send(writer, "200 OK", b"\x00\xff<html><body>It works!")
        elif head.startswith("GET "):
            _send(writer, "200 OK", _picture(), "Content-Type: image/jpeg")
        else:
            status, answer = self._answer(body, _host_of(head))
            _send(
                writer, status, _ENVELOPE.format(answer).encode(), "Content-Type: application/soap+xml; charset=utf-8"
            )
        await writer.drain()

    def _answer(self, body: str, host: str) -> tuple[str, str]:
        question = re.search(r"Body[^>]*>\s*<(?:\w+:)?(\w+)", body)
        name = question[1] if question else ""
        self.asked.append(name)
        clock = self._now() + (_AHEAD if self.fault is OnvifFault.CLOCK else timedelta(0))
        if name == "GetSystemDateAndTime":
            return "200 OK", _date(clock)
        if self.fault is OnvifFault.PASSWORD or not _may(self._server.gate, body, clock):
            return "400 Bad Request", _fault("env:Sender", "ter:NotAuthorized")
        answers = {
            "GetCapabilities": self._capabilities,
            "GetProfiles": self._profiles,
            "GetStreamUri": self._stream,
            "GetSnapshotUri": self._snapshot,
        }
        if name not in answers:
            return "400 Bad Request", _fault("env:Receiver", "ter:ActionNotSupported")
        return "200 OK", answers[name](body, host)

    def _capabilities(self, body: str, host: str) -> str:
        # As behind a router: a camera names itself by its address there.
        place = f"http://192.168.1.64:{self.port}/onvif/media_service"
        media = f"<tt:Media><tt:XAddr>{place}</tt:XAddr></tt:Media>"
        return (
            f"<tds:GetCapabilitiesResponse><tds:Capabilities>{media}</tds:Capabilities></tds:GetCapabilitiesResponse>"
        )

    def _profiles(self, body: str, host: str) -> str:
        rows = "".join(
            _profile(number, kind, width)
            for number in range(1, self._count + 1)
            for kind, width in (("main", 640), ("sub", 320))
        )
        return f"<trt:GetProfilesResponse>{rows}</trt:GetProfilesResponse>"

    def _stream(self, body: str, host: str) -> str:
        token = re.search(r"ProfileToken>\s*(main|sub)-(\d+)\s*<", body)
        kind, number = (token[1], token[2]) if token else ("main", "1")
        query = "?size=small" if kind == "sub" else ""
        uri = (
            self.uri
            if self.fault is OnvifFault.ELSEWHERE
            else f"rtsp://192.168.1.64:{self._server.port}/tamu-{number}{query}"
        )
        return f"<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>{escape(uri)}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>"

    def _snapshot(self, body: str, host: str) -> str:
        uri = f"http://{host}/onvif/snapshot"
        return f"<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>{uri}</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>"


def _profile(number: int, kind: str, width: int) -> str:
    size = f"<tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{width * 9 // 16}</tt:Height></tt:Resolution>"
    return (
        f'<trt:Profiles token="{kind}-{number}" fixed="true"><tt:Name>{kind} {number}</tt:Name>'
        f'<tt:VideoSourceConfiguration token="v{number}"><tt:SourceToken>lensa-{number}</tt:SourceToken>'
        f'</tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="e{number}{kind}">'
        f"<tt:Encoding>H264</tt:Encoding>{size}</tt:VideoEncoderConfiguration></trt:Profiles>"
    )


def _may(gate: Gate, body: str, clock: datetime) -> bool:
    """Whether a WS-UsernameToken is right, and of this hour."""

    def text(name: str) -> str:
        found = re.search(rf"<(?:\w+:)?{name}\b[^>]*>([^<]*)<", body)
        return found[1].strip() if found else ""

    created = text("Created")
    try:
        born = datetime.fromisoformat(created)
    except ValueError:
        return gate.is_open
    return gate.check_token(user=text("Username"), digest=text("Password"), nonce=text("Nonce"), created=created) and (
        gate.is_open or abs(born - clock) <= _LATE
    )


def _date(clock: datetime) -> str:
    time = f"<tt:Hour>{clock.hour}</tt:Hour><tt:Minute>{clock.minute}</tt:Minute><tt:Second>{clock.second}</tt:Second>"
    date = f"<tt:Year>{clock.year}</tt:Year><tt:Month>{clock.month}</tt:Month><tt:Day>{clock.day}</tt:Day>"
    utc = f"<tt:UTCDateTime><tt:Time>{time}</tt:Time><tt:Date>{date}</tt:Date></tt:UTCDateTime>"
    return f"<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>{utc}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"


def _fault(code: str, sub: str) -> str:
    subcode = f"<env:Subcode><env:Value>{sub}</env:Value></env:Subcode>"
    return f"<env:Fault><env:Code><env:Value>{code}</env:Value>{subcode}</env:Code></env:Fault>"


def _host_of(head: str) -> str:
    found = re.search(r"^host:\s*(\S+)", head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else "127.0.0.1"


def _send(writer: asyncio.StreamWriter, status: str, body: bytes, *headers: str) -> None:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)


async def _send_without_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<x>")
    while True:
        writer.write(b"a" * 65_536)
        await writer.drain()


def _picture() -> bytes:
    image = Image.new("RGB", (640, 360), (24, 34, 52))
    ImageDraw.Draw(image).rectangle((80, 200, 560, 320), fill=(90, 84, 70))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()
