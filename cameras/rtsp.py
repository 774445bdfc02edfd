"""Asks a camera how it is: RTSP OPTIONS and DESCRIBE with Basic or Digest authentication. Pure asyncio, no Django.

A probe takes no session (no SETUP), since many cameras allow only one or two. RTSP 1.0 is RFC 2326, Digest RFC 7616, SDP RFC 8866.

    RTSPError           carries a Reason; never an address
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass

from . import reach
from .addresses import Address, Credentials
from .reasons import Reason

log = logging.getLogger(__name__)

MAX_HEADER_BYTES = 16 * 1024
MAX_BODY_BYTES = 64 * 1024
LONGEST_CODEC = 10  # letters that a health record has room for; a description may say anything
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class RTSPError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Report:
    """What a camera said: *reason* NONE when it would send pictures, in *codec* ("h264", "h265", "jpeg", …).

    *sound*: the codec of its sound ("pcmu", "pcma", "mpeg4-generic", …), empty where it declares none.
    """

    reason: Reason
    codec: str = ""
    sound: str = ""


async def probe(
    address: Address,
    credentials: Credentials,
    *,
    timeout: float,
    rules: reach.Rules = reach.STRICT,
    resolver: reach.Resolver = reach.resolve,
) -> Report:
    """One look at a camera, over in *timeout* seconds whatever the camera does. Never raises for what the camera does.

    *rules* and *resolver* hold for a guarded address.
    """
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await _connect(address, rules, resolver)
            return await _describe(reader, writer, address, credentials)
    except RTSPError as error:
        return Report(error.reason)
    except reach.Forbidden:
        return Report(Reason.FORBIDDEN)
    except TimeoutError:
        return Report(Reason.TIMEOUT)
    except socket.gaierror:
        return Report(Reason.UNRESOLVED)
    except ConnectionRefusedError:
        return Report(Reason.REFUSED)
    except (ConnectionError, asyncio.IncompleteReadError):
        return Report(Reason.REFUSED)
    except OSError:
        return Report(Reason.UNREACHABLE)
    except UnicodeError:  # a host name that cannot be one, such as cam..local
        return Report(Reason.UNRESOLVED)
    except Exception as error:
        # One camera that answers in a way nobody thought of must not cost the status of all the others of its batch.
        log.error("a probe failed on %s", type(error).__name__)
        return Report(Reason.NOT_RTSP)


async def _connect(address: Address, rules: reach.Rules, resolver: reach.Resolver) -> reach.Connection:
    tls = unverified_tls() if address.scheme == "rtsps" else None
    if address.guarded:
        return await reach.connect(
            address.host, address.port, rules, tls=tls, resolver=resolver, limit=MAX_HEADER_BYTES
        )
    return await asyncio.open_connection(address.host, address.port, ssl=tls, limit=MAX_HEADER_BYTES)


async def _describe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: Address, credentials: Credentials
) -> Report:
    try:
        conversation = Conversation(reader, writer, address.url(), credentials)
        await conversation.ask("OPTIONS")
        status, body = await conversation.ask("DESCRIBE")
    finally:
        await reach.hang_up(writer)
    _raise_for(status)
    return Report(Reason.NONE, video_codec(body), audio_codec(body))


def _raise_for(status: int) -> None:
    if status in {401, 403}:
        raise RTSPError(Reason.UNAUTHORIZED)
    if status in {404, 410, 454}:
        raise RTSPError(Reason.NOT_FOUND)
    if status == 415:
        raise RTSPError(Reason.UNSUPPORTED)
    if status != 200:
        raise RTSPError(Reason.REFUSED)


def video_codec(sdp: str) -> str:
    """The codec of the first video track of a session description, in small letters.

    Raises:
        RTSPError: NO_VIDEO, nothing in it promises pictures.
    """
    codec = _codec(sdp, "video")
    if codec is None:
        raise RTSPError(Reason.NO_VIDEO)
    return "h265" if codec == "hevc" else codec[:LONGEST_CODEC]


def audio_codec(sdp: str) -> str:
    """The codec of the first sound track, in small letters; empty where there is none."""
    return _codec(sdp, "audio") or ""


# What these payload types mean needs no rtpmap (RFC 3551).
_STATIC = {"0": "pcmu", "8": "pcma", "26": "jpeg"}


def _codec(sdp: str, kind: str) -> str | None:
    section = re.search(rf"^m={kind}\s+\S+\s+\S+\s+(\d+)(.*?)(?=^m=|\Z)", sdp, re.MULTILINE | re.DOTALL)
    if section is None:
        return None
    payload, lines = section.groups()
    named = re.search(rf"^a=rtpmap:{payload}\s+([^/\s]+)", lines, re.MULTILINE)
    return named[1].lower() if named else _STATIC.get(payload, "")


class Conversation:
    """Requests and answers on one connection, one at a time; authenticates when asked to."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, url: str, credentials: Credentials
    ) -> None:
        self._reader, self._writer = reader, writer
        self._url, self._credentials = url, credentials
        self._cseq = 0
        self._challenge: str | None = None

    async def ask(self, method: str) -> tuple[int, str]:
        """Status and body of the answer; a 401 is answered once with the credentials, where there are any."""
        status, headers, body = await self._exchange(method)
        if status == 401 and self._credentials and self._challenge is None:
            self._challenge = strongest_challenge(headers)
            if self._challenge is not None:
                status, headers, body = await self._exchange(method)
        return status, body

    async def _exchange(self, method: str) -> tuple[int, list[tuple[str, str]], str]:
        self._cseq += 1
        lines = [f"{method} {self._url} RTSP/1.0", f"CSeq: {self._cseq}", "User-Agent: TilikSemar"]
        if method == "DESCRIBE":
            lines.append("Accept: application/sdp")
        if self._challenge is not None:
            lines.append(f"Authorization: {authorization(self._challenge, method, self._url, self._credentials)}")
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await self._writer.drain()
        return await self._answer()

    async def _answer(self) -> tuple[int, list[tuple[str, str]], str]:
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace")
        except asyncio.LimitOverrunError:
            raise RTSPError(Reason.NOT_RTSP) from None
        except asyncio.IncompleteReadError as error:
            # Some words, but not ours: another kind of server. No word at all: it hung up.
            raise RTSPError(Reason.NOT_RTSP if error.partial else Reason.REFUSED) from None
        first, *rest = head.split("\r\n")
        status = re.match(r"RTSP/1\.\d (\d{3})", first)
        if status is None:
            raise RTSPError(Reason.NOT_RTSP)
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in rest)]
        length = next((value for name, value in headers if name == "content-length"), "0")
        if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY_BYTES:
            raise RTSPError(Reason.NOT_RTSP)
        body = (await self._reader.readexactly(int(length))).decode("utf-8", "replace")
        return int(status[1]), headers, body.replace("\r\n", "\n")


def strongest_challenge(headers: list[tuple[str, str]]) -> str | None:
    """Digest before Basic; None where nothing is offered that we can answer."""
    offers = [value for name, value in headers if name == "www-authenticate"]
    return next((offer for scheme in ("digest", "basic") for offer in offers if offer.lower().startswith(scheme)), None)


def authorization(challenge: str, method: str, url: str, credentials: Credentials) -> str:
    """The Authorization header's value that answers *challenge*.

    Raises:
        RTSPError: UNAUTHORIZED, an algorithm that we do not speak.
    """
    if challenge.lower().startswith("basic"):
        return "Basic " + b64encode(f"{credentials.username}:{credentials.password}".encode()).decode()
    asked = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(challenge)}
    algorithm = asked.get("algorithm", "MD5").upper()
    if algorithm not in _HASHES:
        raise RTSPError(Reason.UNAUTHORIZED)

    def digest(text: str) -> str:
        return _HASHES[algorithm](text.encode()).hexdigest()

    realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
    secret = digest(f"{credentials.username}:{realm}:{credentials.password}")
    request = digest(f"{method}:{url}")
    fields = [f'username="{_escaped(credentials.username)}"', f'realm="{realm}"', f'nonce="{nonce}"', f'uri="{url}"']
    if "auth" in [kind.strip() for kind in asked.get("qop", "").split(",")]:
        cnonce = secrets.token_hex(8)
        fields += [f'response="{digest(f"{secret}:{nonce}:00000001:{cnonce}:auth:{request}")}"', "qop=auth"]
        fields += ["nc=00000001", f'cnonce="{cnonce}"']
    else:
        fields.append(f'response="{digest(f"{secret}:{nonce}:{request}")}"')
    fields += [f"algorithm={algorithm}"] if "algorithm" in asked else []
    fields += [f'opaque="{asked["opaque"]}"'] if "opaque" in asked else []
    return "Digest " + ", ".join(fields)


_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def unverified_tls() -> ssl.SSLContext:
    """TLS as cameras speak it."""
    # Cameras carry certificates they signed themselves; encryption without a name is what there is to have.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
