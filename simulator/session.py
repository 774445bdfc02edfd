"""A playing session: RTP packets over the RTSP connection or over UDP."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass
from typing import Protocol

from simulator import payload
from simulator.cameras import Camera, Playing
from simulator.clip import Film, Picture, tick_at
from simulator.sound import Track

REPORT_SECONDS = 5.0
_JUMP_EVERY, _JUMP = 3.0, 3600  # seconds: how often broken timestamps jump, ahead and back again, and how far
_CLOCK_RATE = payload.CLOCK_RATE


class Road(Protocol):
    """How packets leave: both answer whether the other side still keeps up."""

    def send(self, packets: list[bytes]) -> bool: ...

    def send_control(self, packet: bytes) -> bool: ...


@dataclass(frozen=True)
class InterleavedRoad:
    """Over the RTSP connection. A reader that lets more than ``most`` bytes pile up has lost its session."""

    transport: asyncio.WriteTransport
    channel: int
    most: int

    def send(self, packets: list[bytes]) -> bool:
        self.transport.write(b"".join([payload.interleaved(self.channel, packet) for packet in packets]))
        return self.transport.get_write_buffer_size() <= self.most

    def send_control(self, packet: bytes) -> bool:
        self.transport.write(payload.interleaved(self.channel + 1, packet))
        return True


@dataclass(frozen=True)
class DatagramRoad:
    """Over the server's pair of UDP ports to the client's pair."""

    rtp: asyncio.DatagramTransport
    rtcp: asyncio.DatagramTransport
    host: str
    port: int
    control_port: int

    def send(self, packets: list[bytes]) -> bool:
        for packet in packets:
            self.rtp.sendto(packet, (self.host, self.port))
        return True

    def send_control(self, packet: bytes) -> bool:
        self.rtcp.sendto(packet, (self.host, self.control_port))
        return True


@dataclass(frozen=True)
class Wish:
    """What a client asks for in a ``Transport`` header: channels or ports, in pairs."""

    udp: bool
    first: int
    second: int


def read_transport(header: str, *, free_channel: int) -> Wish | None:
    """The first transport of a header that can be had; ``None`` if there is none (461)."""
    for choice in header.split(","):
        parts = [part.strip() for part in choice.split(";")]
        profile, words = parts[0].upper(), [part.lower() for part in parts[1:]]
        if "multicast" in words:
            continue
        pair = next(
            (m for part in words if (m := re.fullmatch(r"(interleaved|client_port)=(\d+)(?:-(\d+))?", part))), None
        )
        first = int(pair[2]) if pair else free_channel
        second = int(pair[3]) if pair and pair[3] else first + 1
        if profile == "RTP/AVP/TCP" and second <= 255:
            return Wish(False, first, second)
        if profile in ("RTP/AVP", "RTP/AVP/UDP") and pair and 0 < first < 65_536 and second < 65_536:
            return Wish(True, first, second)
    return None


class SoundSession:
    """The sound beside a session's pictures: silence, or a track that says nothing at all (``mute``)."""

    def __init__(self, *, track: Track, road: Road, mute: bool) -> None:
        self.track, self.mute = track, mute
        self._road = road
        self._source = secrets.randbits(32)
        self._sequence = secrets.randbits(16)
        self._sent: int | None = None

    def send_until(self, seconds: float) -> None:
        """Send what was heard up to a wall clock time (seconds since 1970)."""
        due = int(seconds * self.track.rate) // self.track.samples
        before, self._sent = due if self._sent is None else self._sent, due
        if self.mute or due - before > self.track.rate:
            return
        for number in range(before, due):
            head = payload.rtp_header(
                payload_type=self.track.payload_type,
                marker=True,
                sequence=self._sequence + number,
                timestamp=number * self.track.samples,
                source=self._source,
            )
            self._road.send([head + self.track.body(self.track.samples)])


class Session:
    """One client's view of a camera. ``first_tick`` is the number of its first picture, ``None`` before PLAY.

    ``other`` is the film to and fro which it changes every ``camera.playing.change`` seconds, where there is one.
    """

    def __init__(
        self,
        *,
        camera: Camera,
        clip: Film,
        road: Road,
        now: float,
        playing: Playing | None = None,
        other: Film | None = None,
    ) -> None:
        self.id = f"{secrets.randbits(31):08d}"
        self.source = secrets.randbits(32)
        self.camera = camera
        self.clip = clip
        self._films = [clip, other] if other else [clip]
        self._how = playing or camera.playing
        self._newest: int | None = None
        self.sound: SoundSession | None = None
        self.first_tick: int | None = None
        self.heard = now
        self.road = road
        self._offset = camera.offset
        self.sequence = secrets.randbits(16)
        self._base = secrets.randbits(32)
        self._packets = self._octets = 0
        self._reported = 0.0
        self._held = False

    @property
    def playing(self) -> bool:
        return self.first_tick is not None

    def _place(self, tick: int) -> int:
        return (tick + self._offset) % self.clip.length

    def timestamp(self, tick: int) -> int:
        """The RTP timestamp of a picture."""
        jumped = 0
        if self._how.jumping and self.first_tick is not None:
            turn = int((tick - self.first_tick) / self.clip.form.fps / _JUMP_EVERY)
            jumped = turn % 2 * _JUMP * _CLOCK_RATE
        return (self._base + tick * _CLOCK_RATE // self.clip.form.fps + jumped) & 0xFFFFFFFF

    def begin(self, tick: int, *, at_once: bool, keyframe: bool) -> None:
        """Play from ``tick`` on: at once with a keyframe of its own, or at the next keyframe, or in mid-GOP."""
        if at_once and keyframe:
            self._offset += -self._place(tick) % self.clip.form.gop
        while keyframe and not self.clip.is_key(self._place(tick)):
            tick += 1
        while not keyframe and self.clip.is_key(self._place(tick)):
            tick += 1
            if self.clip.form.gop == 1:
                break
        self.first_tick = tick

    def pause(self) -> None:
        self.first_tick = None

    def send_until(self, seconds: float, *, held: bool, broken: bool) -> bool:
        """Send what has become due by a wall clock time (seconds since 1970); as ``send``."""
        newest = tick_at(seconds, self.clip.form.fps)
        first = newest if self._newest is None or broken else self._newest + 1
        self._newest = newest
        keeps_up = True
        for tick in range(first, newest + 1):
            keeps_up = keeps_up and self.send(tick, held=held, broken=broken)
        if self.sound and self.playing and not held:
            self.sound.send_until(seconds)
        return keeps_up

    def _change(self, tick: int) -> None:
        """At a keyframe, go on with the film whose turn it is."""
        if len(self._films) > 1 and self.first_tick is not None:
            turn = int((tick - self.first_tick) / self.clip.form.fps / self._how.change)
            self.clip = self._films[turn % 2]

    def send(self, tick: int, *, held: bool, broken: bool) -> bool:
        """Send the picture of a tick. ``held``: a fault keeps it back; ``broken``: pictures were left out before.

        After either, the session goes on with the next keyframe. Answers False if the client does not keep up.
        """
        if self.first_tick is None or tick < self.first_tick:
            return True
        place = self._place(tick)
        self._held = held or ((self._held or broken) and not self.clip.is_key(place))
        if self._held:
            return True
        if self.clip.is_key(place):
            self._change(tick)
        picture = self.clip.picture(tick, place, self.camera.title)
        return self._report(tick) and self.road.send(self._packed(picture, self.timestamp(tick)))

    def _packed(self, picture: Picture, timestamp: int) -> list[bytes]:
        last = len(picture.payloads) - 1
        packets = []
        for place, body in enumerate(picture.payloads):
            head = payload.rtp_header(
                payload_type=self.clip.payload_type,
                marker=place == last,
                sequence=self.sequence,
                timestamp=timestamp,
                source=self.source,
            )
            packets.append(head + body)
            self.sequence = (self.sequence + 1) & 0xFFFF
            self._octets += len(body)
        self._packets += len(packets)
        return packets

    def _report(self, tick: int) -> bool:
        seconds = tick / self.clip.form.fps
        if seconds - self._reported < REPORT_SECONDS:
            return True
        self._reported = seconds
        return self.road.send_control(
            payload.sender_report(
                source=self.source,
                seconds=seconds,
                timestamp=self.timestamp(tick),
                packets=self._packets,
                octets=self._octets,
            )
        )

    def say_goodbye(self) -> None:
        self.road.send_control(payload.goodbye(self.source))
