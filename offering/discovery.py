"""Finds out what pictures the device at a typed address has: by ONVIF where it speaks that, else on the paths of known makes.

Every connection goes through the guard. One device is asked politely: no path is tried again with a password that was refused, since
many devices lock an account after some wrong ones. Pure.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from cameras import reach
from cameras.addresses import Address, Credentials
from cameras.reasons import Reason
from cameras.rtsp import Report, probe
from neighborhoods.wording import said

from .http import Door
from .onvif import Device, Elsewhere, NotAnswered, Profile, WrongPassword
from .typed import HTTP, RTSP, Typed
from .wellknown import FIRST, Paths, known

ONVIF_PORTS, RTSP_PORTS = (80, 8080, 8000, 8899), (554, 8554, 10554)
MOST_CHANNELS = 16
LOOK_SECONDS = 6.0
KNOCK_SECONDS = 5.0
ELSEWHERE = said("Kamera menyebut alamat lain yang bukan alamatnya sendiri. Demi keamanan portal tidak mengikutinya.")


@dataclass(frozen=True)
class Found:
    """One picture. *substream*: the same in small; *device*, *token*: where the camera can be asked for a picture it makes itself."""

    number: int
    address: Address
    substream: Address | None
    codec: str
    device: Device | None = None
    profile: Profile | None = None


@dataclass(frozen=True)
class Outcome:
    """What was found; or nothing, and why, in words for people."""

    found: tuple[Found, ...] = ()
    words: str = ""


class Search:
    """One search at one place."""

    def __init__(
        self, typed: Typed, credentials: Credentials, rules: reach.Rules, resolver: reach.Resolver = reach.resolve
    ) -> None:
        self._typed, self._credentials, self._rules, self._resolver = typed, credentials, rules, resolver
        self._seen = Reason.NONE

    async def run(self, *, seconds: float) -> Outcome:
        """Over in *seconds*, whatever the device does."""
        try:
            async with asyncio.timeout(seconds):
                return await self._search()
        except reach.Forbidden as why:
            return Outcome(words=str(why))
        except Elsewhere:
            return Outcome(words=ELSEWHERE)
        except WrongPassword:
            return Outcome(words=words(Reason.UNAUTHORIZED))
        except socket.gaierror:
            return Outcome(words=words(Reason.UNRESOLVED))
        except TimeoutError:
            return Outcome(words=words(Reason.TIMEOUT))
        except OSError:
            return Outcome(words=words(Reason.UNREACHABLE))

    async def _search(self) -> Outcome:
        typed = self._typed
        if typed.target:
            address = self._address(typed.port or 554, typed.target, typed.scheme)
            found = await self._by_addresses([(1, address, None)])
            return self._outcome(found)
        doors, ports = self._candidates()
        if typed.port is not None:  # what was typed must be allowed, not only what is tried besides
            await reach.pin(typed.host, typed.port, self._rules, resolver=self._resolver)
        allowed = await self._allowed({door.port for door in doors} | set(ports))
        answering = await self._answering(allowed)
        found = await self._by_onvif([door for door in doors if door.port in answering])
        if not found:
            found = await self._by_paths([port for port in ports if port in answering])
        return self._outcome(found)

    def _candidates(self) -> tuple[list[Door], list[int]]:
        """Where ONVIF and where the stream itself may answer: what was typed, else the usual ports as far as they are allowed."""
        typed = self._typed
        allowed = [port for port in RTSP_PORTS if port in self._rules.ports]
        doors = [Door(typed.host, port) for port in ONVIF_PORTS if port in self._rules.ports]
        if typed.scheme in HTTP:
            return [Door(typed.host, typed.port or 80, typed.scheme == "https")], allowed
        if typed.scheme in RTSP:
            return [], [typed.port or 554]
        if typed.port is not None:
            return [Door(typed.host, typed.port)], [typed.port]
        return doors, allowed

    async def _allowed(self, ports: set[int]) -> set[int]:
        """Those of them that may be asked. Raises: Forbidden, none may."""
        allowed, refusal = set(), reach.Forbidden()
        for port in ports:
            try:
                await reach.pin(self._typed.host, port, self._rules, resolver=self._resolver)
                allowed.add(port)
            except reach.Forbidden as why:
                refusal = why
        if not allowed:
            raise refusal
        return allowed

    async def _answering(self, ports: set[int]) -> set[int]:
        async def knock(port: int) -> tuple[int, OSError | None]:
            try:
                async with asyncio.timeout(KNOCK_SECONDS):
                    _, writer = await reach.connect(self._typed.host, port, self._rules, resolver=self._resolver)
                await reach.hang_up(writer)
            except OSError as error:
                return port, error
            return port, None

        answers = await asyncio.gather(*(knock(port) for port in ports))
        answering = {port for port, error in answers if error is None}
        if not answering:
            refused = any(isinstance(error, ConnectionRefusedError) for _, error in answers)
            self._seen = Reason.REFUSED if refused else Reason.TIMEOUT
        return answering

    async def _by_onvif(self, doors: Iterable[Door]) -> list[Found]:
        for door in doors:
            device = Device(door, self._credentials, self._rules, self._resolver)
            try:
                await device.open()
                profiles = await device.profiles()
                wanted = [
                    (number, await device.stream(main), await device.stream(small) if small else None, device, main)
                    for number, main, small in channels_of(profiles)
                ]
            except (NotAnswered, OSError):
                continue
            found = [await self._by_device(*one) for one in wanted]
            if any(found):
                return [one for one in found if one]
        return []

    async def _by_device(
        self, number: int, main: Address, small: Address | None, device: Device, profile: Profile
    ) -> Found | None:
        report = await self._look(main)
        return Found(number, main, small, report.codec, device, profile) if report.reason == Reason.NONE else None

    async def _by_paths(self, ports: Iterable[int]) -> list[Found]:
        for port in ports:
            # A device that answers anything would seem to have every path of every make, and any number of channels.
            anything = await self._look(self._address(port, f"/{secrets.token_hex(6)}"))
            if anything.reason not in {
                Reason.NONE,
                Reason.NOT_FOUND,
                Reason.UNSUPPORTED,
                Reason.NO_VIDEO,
                Reason.REFUSED,
            }:
                continue
            if anything.reason == Reason.NONE:
                found = await self._by_addresses((1, self._address(port, path), None) for path in ("/", "/stream1"))
                return found[:1]
            for paths in known():
                found = await self._by_addresses(self._channel(paths, port, FIRST))
                if found:
                    return found + await self._further(paths, port)
                if self._seen == Reason.UNAUTHORIZED:
                    return []
        return []

    async def _further(self, paths: Paths, port: int) -> list[Found]:
        found: list[Found] = []
        for channel in range(FIRST + 1, MOST_CHANNELS + 1) if paths.numbered else ():
            more = await self._by_addresses(self._channel(paths, port, channel))
            if not more:
                break
            found += more
        return found

    def _channel(self, paths: Paths, port: int, channel: int) -> list[tuple[int, Address, Address | None]]:
        main, sub = paths.of(channel)
        return [(channel, self._address(port, main), self._address(port, sub) if sub else None)]

    async def _by_addresses(self, wanted: Iterable[tuple[int, Address, Address | None]]) -> list[Found]:
        found = []
        for number, main, small in wanted:
            report = await self._look(main)
            if report.reason == Reason.NONE:
                there = small is not None and (await self._look(small)).reason == Reason.NONE
                found.append(Found(number, main, small if there else None, report.codec))
        return found

    async def _look(self, address: Address) -> Report:
        report = await probe(
            address, self._credentials, timeout=LOOK_SECONDS, rules=self._rules, resolver=self._resolver
        )
        if report.reason != Reason.NONE:
            self._seen = report.reason
        return report

    def _address(self, port: int, target: str, scheme: str = "") -> Address:
        scheme = scheme if scheme in RTSP else "rtsps" if port == 322 else "rtsp"
        return Address(scheme, self._typed.host, port, target, guarded=True)

    def _outcome(self, found: list[Found]) -> Outcome:
        return Outcome(tuple(found)) if found else Outcome(words=words(self._seen or Reason.NOT_RTSP))


def channels_of(profiles: Iterable[Profile]) -> list[tuple[int, Profile, Profile | None]]:
    """One row for each lens or channel: its number, its largest pictures, and its smallest in H.264 if those are smaller."""
    by_source: dict[str, list[Profile]] = {}
    for profile in profiles:
        by_source.setdefault(profile.source, []).append(profile)
    rows = []
    for number, mine in enumerate(list(by_source.values())[:MOST_CHANNELS], start=1):
        main = max(mine, key=lambda one: one.width)
        small = min((one for one in mine if one.codec == "h264"), key=lambda one: one.width, default=None)
        rows.append((number, main, small if small is not None and 0 < small.width < main.width else None))
    return rows


_HINTS = {
    Reason.UNAUTHORIZED: said("Periksa nama pengguna dan kata sandi kamera, lalu coba lagi."),
    Reason.UNRESOLVED: said("Periksa tulisan alamatnya."),
    Reason.TIMEOUT: said("Pastikan kamera menyala dan router meneruskan sambungan dari internet ke kamera."),
    Reason.REFUSED: said("Pastikan kamera menyala dan router meneruskan sambungan dari internet ke kamera."),
    Reason.UNREACHABLE: said("Pastikan kamera menyala dan router meneruskan sambungan dari internet ke kamera."),
    Reason.NOT_RTSP: said("Periksa nomor port, atau tanyakan kepada yang memasang kamera."),
    Reason.NOT_FOUND: said("Tempelkan alamat lengkap gambarnya dari buku petunjuk kamera."),
}


def words(reason: Reason) -> str:
    """Why nothing came of it and what to do, for people."""
    return f"{reason.label}. {_HINTS.get(reason, 'Tanyakan kepada yang memasang kamera.')}"
