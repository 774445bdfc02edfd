"""Asks a camera by ONVIF what pictures it has. Only the four questions that are needed, and only to the place that was typed.

What the camera answers is not trusted: of an address in it, only the path is used (``rtsp_of`` says how), XML with a document type is
refused, and lengths are bounded. Pure; ONVIF Core and Media specifications, WS-UsernameToken of OASIS.

NotAnswered     no ONVIF here, or none that we understand
WrongPassword   the camera knows ONVIF and refuses the credentials
Elsewhere       the camera names an address that is not its own
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError  # only the types: what parses is defusedxml
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cameras import reach
from cameras.addresses import Address, Credentials, WrongAddress, parse
from cameras.rtsp import authorization, strongest_challenge

from .http import Door, Reply, Unwilling, ask

DEVICE = "/onvif/device_service"
MOST_PROFILES = 64
_LAN = tuple(ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
_MEDIA = "http://www.onvif.org/ver10/media/wsdl"


class NotAnswered(Exception):
    """No ONVIF."""


class WrongPassword(Exception):
    """Name or password is not right."""


class Elsewhere(Exception):
    """An address of another machine."""


@dataclass(frozen=True)
class Profile:
    """One kind of pictures. *source* names the lens or the channel; *width* 0: not told; *codec*: h264, h265, jpeg or empty."""

    token: str
    source: str
    width: int
    codec: str


@dataclass
class Device:
    """One camera or recorder, and how it wants to be asked."""

    door: Door
    credentials: Credentials
    rules: reach.Rules
    resolver: reach.Resolver = reach.resolve
    ahead: timedelta = timedelta(0)
    media: str = ""

    async def open(self) -> None:
        """Its clock and its media service. Raises: NotAnswered, WrongPassword; Forbidden, OSError."""
        self.ahead = _ahead(
            await self._ask(DEVICE, '<GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/>', who=False)
        )
        wish = '<GetCapabilities xmlns="http://www.onvif.org/ver10/device/wsdl"><Category>Media</Category></GetCapabilities>'
        media = next(
            (place for one in _all(await self._ask(DEVICE, wish), "Media") if (place := _text(one, "XAddr"))), ""
        )
        self.media = urlsplit(media).path if _is_path(urlsplit(media).path) else "/onvif/media_service"

    async def profiles(self) -> list[Profile]:
        answer = await self._ask(self.media, f'<GetProfiles xmlns="{_MEDIA}"/>')
        found = [_profile(one) for one in _all(answer, "Profiles")]
        return [one for one in found if one.token and one.source][:MOST_PROFILES]

    async def stream(self, profile: Profile) -> Address:
        """Raises: Elsewhere too."""
        wish = (
            f'<GetStreamUri xmlns="{_MEDIA}"><StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream>'
            '<Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>'
            f"<ProfileToken>{escape(profile.token)}</ProfileToken></GetStreamUri>"
        )
        return rtsp_of(_uri(await self._ask(self.media, wish)), self.door.host)

    async def snapshot(self, profile: Profile) -> bytes | None:
        """The picture that the camera itself makes; None where it makes none."""
        wish = f'<GetSnapshotUri xmlns="{_MEDIA}"><ProfileToken>{escape(profile.token)}</ProfileToken></GetSnapshotUri>'
        parts = urlsplit(_uri(await self._ask(self.media, wish)))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if not _is_path(target):
            return None
        reply = await self._request(target, b"", method="GET", most=2 * 1024 * 1024)
        return reply.body if reply.status == 200 else None

    async def _ask(self, target: str, wish: str, *, who: bool = True) -> Element:
        header = _username_token(self.credentials, self.ahead) if who and self.credentials else ""
        body = (
            '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">'
            f"<s:Header>{header}</s:Header><s:Body>{wish}</s:Body></s:Envelope>"
        )
        reply = await self._request(target, body.encode())
        if reply.status in {401, 403}:
            raise WrongPassword
        answer = _parsed(reply.body)
        if any(
            word in text
            for one in _all(answer, "Fault")
            for text in one.itertext()
            for word in ("NotAuthorized", "not authorized")
        ):
            raise WrongPassword
        if reply.status != 200 or _first(answer, "Fault") is not None:
            raise NotAnswered("fault")
        return answer

    async def _request(self, target: str, body: bytes, *, method: str = "POST", most: int = 512 * 1024) -> Reply:
        """Asked again once with HTTP's own authentication where the device wants that instead."""
        headers: tuple[tuple[str, str], ...] = (
            (("Content-Type", "application/soap+xml; charset=utf-8"),) if body else ()
        )
        try:
            for attempt in range(2):
                reply = await ask(
                    self.door,
                    target,
                    self.rules,
                    method=method,
                    headers=headers,
                    body=body,
                    resolver=self.resolver,
                    most=most,
                )
                challenge = strongest_challenge(reply.headers)
                if attempt or reply.status != 401 or challenge is None or not self.credentials:
                    break
                headers += (("Authorization", authorization(challenge, method, target, self.credentials)),)
        except Unwilling as why:
            raise NotAnswered(str(why)) from None
        return reply


def rtsp_of(uri: str, typed: str) -> Address:
    """The address of a stream that a camera at *typed* named.

    Behind a router a camera names itself by its address there, which nobody outside can reach: then *typed* stands in its place, with
    the path that the camera named. Any other machine is refused.

    Raises: Elsewhere, NotAnswered.
    """
    try:
        address, _ = parse(uri)
    except WrongAddress:
        raise NotAnswered("no stream") from None
    try:
        is_lan = any(ip_address(address.host) in network for network in _LAN)
    except ValueError:
        is_lan = False
    if address.host.lower() != typed.lower() and not is_lan:
        raise Elsewhere
    return Address(address.scheme, typed, address.port, address.target, guarded=True)


def _is_path(target: str) -> bool:
    return target.startswith("/") and len(target) < 500 and all(32 < ord(sign) < 127 for sign in target)


def _username_token(credentials: Credentials, ahead: timedelta) -> str:
    nonce, created = secrets.token_bytes(16), (datetime.now(UTC) + ahead).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    # SHA-1 is what the specification says.
    digest = hashlib.sha1(nonce + created.encode() + credentials.password.encode(), usedforsecurity=False).digest()
    return (
        f'<Security s:mustUnderstand="1" xmlns="{_WSSE}wssecurity-secext-1.0.xsd"><UsernameToken>'
        f"<Username>{escape(credentials.username)}</Username>"
        f'<Password Type="{_WSSE}username-token-profile-1.0#PasswordDigest">{b64encode(digest).decode()}</Password>'
        f'<Nonce EncodingType="{_WSSE}soap-message-security-1.0#Base64Binary">{b64encode(nonce).decode()}</Nonce>'
        f'<Created xmlns="{_WSSE}wssecurity-utility-1.0.xsd">{created}</Created></UsernameToken></Security>'
    )


def _parsed(body: bytes) -> Element:
    try:
        found: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotAnswered("no XML") from None
    return found


def _all(element: Element, name: str) -> Iterator[Element]:
    """By the name alone: cameras differ in their namespaces."""
    return (one for one in element.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def _first(element: Element, name: str) -> Element | None:
    return next(_all(element, name), None)


def _text(element: Element, name: str) -> str:
    found = _first(element, name)
    return (found.text or "").strip() if found is not None else ""


def _uri(answer: Element) -> str:
    return _text(answer, "Uri")


def _profile(element: Element) -> Profile:
    encoder = _first(element, "VideoEncoderConfiguration")
    encoding = _text(encoder, "Encoding").lower() if encoder is not None else ""
    width = _text(encoder, "Width") if encoder is not None else ""
    source = _first(element, "VideoSourceConfiguration")
    return Profile(
        element.get("token", "")[:100],
        _text(source, "SourceToken")[:100] if source is not None else "",
        int(width) if width.isdigit() and len(width) < 6 else 0,
        {"h264": "h264", "h265": "h265", "hevc": "h265", "jpeg": "jpeg"}.get(encoding, ""),
    )


def _ahead(answer: Element) -> timedelta:
    """How far the camera's clock is ahead of ours: a token of another time would be refused."""
    utc = _first(answer, "UTCDateTime")
    if utc is None:
        return timedelta(0)
    try:
        year, month, day, hour, minute, second = (
            int(_text(utc, name)) for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")
        )
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return timedelta(0)
