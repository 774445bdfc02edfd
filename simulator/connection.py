"""One RTSP connection: reads requests, answers them as a camera would, or as a broken camera would."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from simulator.auth import Verdict
from simulator.cameras import Camera, Playing, Start
from simulator.clip import Film
from simulator.faults import Kind
from simulator.messages import (
    Address,
    BadRequestError,
    Interleaved,
    Request,
    format_response,
    read_address,
    read_message,
)
from simulator.session import DatagramRoad, InterleavedRoad, Road, Session, SoundSession, Wish, read_transport
from simulator.sound import Sound, track
from simulator.workshop import WorkshopError

if TYPE_CHECKING:
    from simulator.server import Server

METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - what an SDP says for "wherever you are"; nothing is bound to it
Answer = tuple[int, list[tuple[str, str]], bytes]


class _CloseError(Exception):
    """The connection is to be closed without an answer."""


def _plain(status: int, *headers: tuple[str, str]) -> Answer:
    return status, list(headers), b""


class Connection:
    """Serves one client until either side closes."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader, self._writer = reader, writer
        self.camera: Camera | None = None
        self.sessions: dict[str, Session] = {}

    @property
    def peer(self) -> str:
        """The client's host."""
        return str((self._writer.get_extra_info("peername") or ("",))[0])

    def interleaved(self, session: Session) -> bool:
        """Whether a session's packets travel on this connection, and so end with it."""
        return isinstance(session.road, InterleavedRoad)

    def close(self) -> None:
        """End at once, whatever is still unsent."""
        self._writer.transport.abort()

    async def run(self) -> None:
        try:
            while (message := await read_message(self._reader)) is not None:
                if isinstance(message, Interleaved):
                    self._heard()
                elif not await self._serve(message):
                    break
        except BadRequestError as error:
            self._writer.write(format_response(error.status, []))
        except (_CloseError, ConnectionError):
            pass
        finally:
            for session in list(self.sessions.values()):
                self._server.end(session)
            self._writer.close()
            with suppress(ConnectionError):
                await self._writer.wait_closed()

    def _heard(self) -> None:
        for session in self.sessions.values():
            session.heard = self._server.now()

    async def _serve(self, request: Request) -> bool:
        self._heard()
        fault = await self._suffer(request)
        if fault is Kind.SILENT:
            return True
        status, headers, body = await self._answer(request, fault)
        sequence = request.headers.get("cseq")
        first = [("CSeq", sequence)] if sequence else []
        self._writer.write(format_response(status, [*first, ("Server", "Tilik Semar simulator"), *headers], body))
        await self._writer.drain()
        if request.method == "PLAY" and status == 200:
            self._server.wake()
        return status != 400

    async def _suffer(self, request: Request) -> Kind | None:
        """Bear the camera's fault as far as it comes before any answer."""
        name = request.address.camera if request.url != "*" else ""
        if name and (self.camera is None or self.camera.name != name):
            self.camera = self._server.cameras.find(name)
            if self.camera:
                self.camera.connections += 1
        fault = self._server.faults.of(self.camera.name if self.camera else name)
        if fault is None:
            return None
        if fault.kind.closes_connections:
            raise _CloseError
        if fault.kind is Kind.SLOW:
            await asyncio.sleep(fault.seconds)
        return fault.kind

    async def _answer(self, request: Request, fault: Kind | None) -> Answer:
        if "cseq" not in request.headers:
            return _plain(400)
        if "require" in request.headers:
            return _plain(551, ("Unsupported", request.headers["require"]))
        if request.method == "OPTIONS":
            return _plain(200, ("Public", METHODS))
        if request.method not in METHODS.split(", "):
            return _plain(501, ("Public", METHODS))
        refused = self._check(request, fault)
        if refused:
            return refused
        address = request.address
        camera = self._server.cameras.find(address.camera) if address.camera else None
        if request.method in ("DESCRIBE", "SETUP"):
            if camera is None or fault is Kind.NOT_FOUND:
                return _plain(404)
            opening = self._describe if request.method == "DESCRIBE" else self._setup
            return await opening(request, address, camera, fault)
        return self._control(request, address)

    def _check(self, request: Request, fault: Kind | None) -> Answer | None:
        wanted = request.address.camera

        def is_ours(uri: str) -> bool:
            with suppress(ValueError):
                return read_address(uri).camera == wanted
            return False

        verdict = self._server.gate.check(
            method=request.method, header=request.headers.get("authorization"), is_ours=is_ours
        )
        if fault is Kind.UNAUTHORIZED:
            verdict = Verdict.WRONG
        if verdict is Verdict.WELCOME:
            return None
        challenges = self._server.gate.challenges(stale=verdict is Verdict.STALE)
        return _plain(401, *(("WWW-Authenticate", challenge) for challenge in challenges))

    def _playing(self, address: Address, camera: Camera) -> Playing | None:
        try:
            return camera.playing.asked(address.options)
        except ValueError:
            return None

    async def _describe(self, request: Request, address: Address, camera: Camera, fault: Kind | None) -> Answer:
        playing = self._playing(address, camera)
        if playing is None:
            return _plain(404)
        try:
            clip, _ = await self._films(playing)
        except WorkshopError:
            return _plain(503)
        camera.described += 1
        host = self._writer.get_extra_info("sockname")[0]
        kind = "IP6" if ":" in host else "IP4"
        lines = [
            "v=0",
            f"o=- 1 1 IN {kind} {host}",
            f"s={camera.title}",
            f"c=IN {kind} {'::' if kind == 'IP6' else _ANY_ADDRESS}",
        ]
        lines += ["t=0 0", "a=control:*", "a=range:npt=now-"]
        if fault is not Kind.NO_VIDEO:
            lines += [f"m=video 0 RTP/AVP {clip.payload_type}", *clip.describe(), "a=control:trackID=0"]
        if sound := track(playing.sound):
            lines += [f"m=audio 0 RTP/AVP {sound.payload_type}", *sound.lines, "a=control:trackID=1"]
        body = ("\r\n".join(lines) + "\r\n").encode()
        return 200, [("Content-Base", address.base + "/"), ("Content-Type", "application/sdp")], body

    async def _setup(self, request: Request, address: Address, camera: Camera, fault: Kind | None) -> Answer:
        if address.track is None and not request.session:
            address = Address(address.camera, 0, address.options, address.base)
        playing = self._playing(address, camera)
        if address.track == 1 and playing is not None and (known := self.sessions.get(request.session or "")):
            return await self._add_sound(request, playing, known)
        if address.track != 0 or playing is None or fault is Kind.NO_VIDEO:
            return _plain(404)
        if request.session:
            known = self.sessions.get(request.session)
            return _plain(454) if known is None else _plain(455 if known.playing else 459)
        wish = read_transport(request.headers.get("transport", ""), free_channel=2 * len(self.sessions))
        if wish is None or (wish.udp and playing.tcp_only):
            return _plain(461)
        try:
            clip, other = await self._films(playing)
        except WorkshopError:
            return _plain(503)
        road, transport = await self._road(wish)
        session = Session(camera=camera, clip=clip, road=road, now=self._server.now(), playing=playing, other=other)
        self.sessions[session.id] = session
        self._server.open(session, self)
        camera.opened += 1
        value = f'{transport};ssrc={session.source:08X};mode="PLAY"'
        lifetime = f"{session.id};timeout={self._server.session_seconds:g}"
        return _plain(200, ("Session", lifetime), ("Transport", value))

    async def _films(self, playing: Playing) -> tuple[Film, Film | None]:
        """The film of a camera and, where its size changes, the other one."""
        films = [await self._server.workshop.clip(form) for form in playing.forms(self._server.form)]
        return films[0], films[1] if len(films) > 1 else None

    async def _add_sound(self, request: Request, playing: Playing, session: Session) -> Answer:
        """SETUP of the second track, in the session of the first."""
        sound = track(playing.sound)
        if sound is None or session.playing or session.sound:
            return _plain(455 if sound else 404)
        wish = read_transport(request.headers.get("transport", ""), free_channel=2 * len(self.sessions))
        if wish is None or wish.udp:
            return _plain(461)
        road, transport = await self._road(wish)
        session.sound = SoundSession(track=sound, road=road, mute=playing.sound is Sound.SILENT)
        return _plain(200, ("Session", session.id), ("Transport", transport))

    async def _road(self, wish: Wish) -> tuple[Road, str]:
        if not wish.udp:
            transport = self._writer.transport
            road = InterleavedRoad(transport, wish.first, self._server.most_unsent)
            return road, f"RTP/AVP/TCP;unicast;interleaved={wish.first}-{wish.second}"
        pair = await self._server.datagrams()
        ports = f"client_port={wish.first}-{wish.second};server_port={pair.port}-{pair.port + 1}"
        return DatagramRoad(pair.rtp, pair.rtcp, self.peer, wish.first, wish.second), f"RTP/AVP;unicast;{ports}"

    def _control(self, request: Request, address: Address) -> Answer:
        """PLAY, PAUSE, TEARDOWN and the parameters, for a session that exists."""
        if request.session is None and request.method.endswith("_PARAMETER"):
            return _plain(200)
        if request.session is None and request.method == "PLAY" and not self.sessions:
            return _plain(455)
        session = self.sessions.get(request.session or "")
        if session is None:
            return _plain(454)
        named = ("Session", session.id)
        if request.method == "PLAY":
            return self._play(session, address)
        if request.method == "PAUSE":
            session.pause()
        elif request.method == "TEARDOWN":
            session.say_goodbye()
            self._server.end(session)
            del self.sessions[session.id]
        return _plain(200, named)

    def _play(self, session: Session, address: Address) -> Answer:
        if not session.playing:
            playing = self._playing(address, session.camera) or session.camera.playing
            tick = self._server.next_tick_at(session.clip.form.fps)
            session.begin(tick, at_once=playing.start is Start.NOW, keyframe=playing.start is not Start.MID)
            session.camera.played += 1
        when = f"seq={session.sequence};rtptime={session.timestamp(session.first_tick or 0)}"
        info = f"url={address.base}/trackID=0;{when}"
        return _plain(200, ("Session", session.id), ("Range", "npt=now-"), ("RTP-Info", info))
