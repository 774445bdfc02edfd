"""The simulator put together: the listening socket, all sessions, and the pump that sends every picture on time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from simulator.auth import Gate
from simulator.cameras import CameraBook
from simulator.clip import Format, tick_at
from simulator.connection import Connection
from simulator.faults import Fault, FaultBook, Kind
from simulator.session import Session
from simulator.workshop import Workshop

_LATEST = 2.0  # seconds that the pump may lag before it leaves pictures out
_SWEEP_SECONDS = 1.0


@dataclass(frozen=True)
class DatagramPair:
    """The UDP ports that everything is sent from: ``port`` for RTP, the next one for RTCP."""

    rtp: asyncio.DatagramTransport
    rtcp: asyncio.DatagramTransport
    port: int


class _Listener(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        self._heard(address[0])

    def error_received(self, error: Exception) -> None:
        """A client that has gone away: its session ends with its connection."""


class Server:
    """Serves cameras. ``now`` is the wall clock in seconds since 1970; sessions show it."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        cameras: CameraBook,
        gate: Gate,
        workshop: Workshop,
        form: Format,
        now: Callable[[], float] = time.time,
        session_seconds: float = 60.0,
        most_unsent: int = 1 << 20,
    ) -> None:
        self.host, self.port = host, port
        self.cameras, self.gate, self.workshop, self.form = cameras, gate, workshop, form
        self.faults = FaultBook()
        self.now = now
        self.session_seconds, self.most_unsent = session_seconds, most_unsent
        self._sessions: dict[Session, Connection] = {}
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None
        self._datagrams: DatagramPair | None = None
        self._datagram_lock = asyncio.Lock()
        self._awake = asyncio.Event()
        self._tick = 0

    async def start(self) -> None:
        """Listen. Raises ``OSError`` where the port is taken."""
        await self._listen()
        self._keep(asyncio.create_task(self._pump()))
        self._keep(asyncio.create_task(self._sweep()))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self) -> None:
        self._listening = await asyncio.start_server(self._accept, self.host, self.port, backlog=1024)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self._connections.add(connection)
        try:
            await connection.run()
        except asyncio.CancelledError:
            connection.close()
        finally:
            self._connections.discard(connection)

    async def close(self) -> None:
        """End everything at once."""
        self.workshop.close()
        for task in list(self._tasks):
            task.cancel()
        if self._listening:
            self._listening.close()
        for connection in list(self._connections):
            connection.close()
        if self._datagrams:
            self._datagrams.rtp.close()
            self._datagrams.rtcp.close()

    async def datagrams(self) -> DatagramPair:
        """The pair of UDP ports, opened when first needed: an even one and the one above it."""
        async with self._datagram_lock:
            if self._datagrams is None:
                self._datagrams = await self._open_datagrams()
            return self._datagrams

    async def _open_datagrams(self) -> DatagramPair:
        loop = asyncio.get_running_loop()
        for _ in range(50):
            rtp, _ = await loop.create_datagram_endpoint(lambda: _Listener(self._heard), (self.host, 0))
            port = rtp.get_extra_info("sockname")[1]
            with suppress(OSError):
                if port % 2 == 0:
                    place = (self.host, port + 1)
                    rtcp, _ = await loop.create_datagram_endpoint(lambda: _Listener(self._heard), place)
                    return DatagramPair(rtp, rtcp, port)
            rtp.close()
        raise OSError("no free pair of UDP ports")

    def _heard(self, host: str) -> None:
        """A receiver report keeps the sessions of its sender alive."""
        for session, connection in self._sessions.items():
            if connection.peer == host:
                session.heard = self.now()

    def open(self, session: Session, connection: Connection) -> None:
        self._sessions[session] = connection

    def end(self, session: Session) -> None:
        self._sessions.pop(session, None)

    def wake(self) -> None:
        self._awake.set()

    def next_tick(self) -> int:
        """The number of the next picture to be sent."""
        return self.next_tick_at(self.form.fps)

    def next_tick_at(self, fps: int) -> int:
        """The same for a camera with a pace of its own."""
        newest = max(self._tick, tick_at(self.now(), self.form.fps))
        return tick_at((newest + 1) / self.form.fps, fps)

    async def _pump(self) -> None:
        """Send each picture when its time has come, to all who play; sleep while nobody does."""
        self._tick = tick_at(self.now(), self.form.fps)
        while True:
            if not self._sessions:
                self._awake.clear()
                await self._awake.wait()
                self._tick = tick_at(self.now(), self.form.fps)
            newest = tick_at(self.now(), self.form.fps)
            broken = not 0 <= newest - self._tick <= _LATEST * self.form.fps
            if broken:
                self._tick = newest - 1
            while self._tick < newest:
                self._tick += 1
                self.send(self._tick, broken=broken)
            await asyncio.sleep(max(0.001, (self._tick + 1) / self.form.fps - self.now()))

    def send(self, tick: int, *, broken: bool = False) -> None:
        """One step of the pump: the picture of a tick to every session. Drops clients that do not keep up."""
        for session, connection in list(self._sessions.items()):
            kind = self.faults.kind(session.camera.name)
            held = kind is not None and kind.holds_packets
            if not session.send_until(tick / self.form.fps, held=held, broken=broken):
                connection.close()
                self.end(session)

    async def _sweep(self) -> None:
        """End sessions over UDP that have said nothing for longer than their timeout."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            limit = self.now() - self.session_seconds * 1.5
            for session, connection in list(self._sessions.items()):
                if session.heard < limit and not connection.interleaved(session):
                    self.end(session)
                    connection.sessions.pop(session.id, None)

    async def order_fault(self, camera: str, fault: Fault) -> None:
        """Break a camera, or all (``*``), now."""
        self.faults.set(camera, fault)
        for connection in list(self._connections):
            name = connection.camera.name if connection.camera else None
            concerned = self.faults.of(name) if name else self.faults.everyone
            if concerned is fault and fault.kind.ends_sessions:
                connection.close()
        await self._match_listening()

    async def order_clear(self, camera: str | None) -> None:
        """Mend a camera, or everything."""
        self.faults.clear(camera)
        await self._match_listening()

    async def _match_listening(self) -> None:
        """While every connection is to be refused, nobody listens."""
        everyone = self.faults.everyone
        refused = everyone is not None and everyone.kind in (Kind.REFUSE, Kind.CUT)
        if refused and self._listening:
            self._listening.close()
            self._listening = None
        elif not refused and self._listening is None:
            await self._listen()

    def counts(self) -> dict[str, dict[str, int]]:
        """What was asked of each camera that was ever asked for, and how many sessions play just now."""
        playing: dict[str, int] = {}
        for session in self._sessions:
            if session.playing:
                playing[session.camera.name] = playing.get(session.camera.name, 0) + 1
        return {
            camera.name: {
                "playing": playing.get(camera.name, 0),
                "opened": camera.opened,
                "played": camera.played,
                "described": camera.described,
                "connections": camera.connections,
            }
            for camera in self.cameras.all()
            if camera.connections
        }
