"""A supervisor with the real ffmpeg, packager and clocks, on a camera of the simulator; only Redis and the database are left out."""

from __future__ import annotations

import asyncio
import struct
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from PIL import Image

from cameras.addresses import parse
from cameras.reasons import Reason
from cameras.rtsp import Report, probe
from streaming import command
from streaming.child import Child
from streaming.demand import Wishes
from streaming.packager import Packager
from streaming.parts import Job, Limits, Parts
from streaming.pump import the_pump
from streaming.slots import Slots
from streaming.space import Space
from streaming.states import StreamState
from streaming.supervisor import Supervisor
from streaming.traits import Trait
from streaming.treating import Known, Tracks, Treating
from streaming.treatment import Treatment


class Rig:
    """One stream. *plays* and *small* may be changed while it runs; ``states``, ``learnt``, ``treatments`` tell what happened."""

    def __init__(
        self,
        root: Path,
        url: str,
        *,
        codec: str = "",
        plays: frozenset[str] = frozenset(),
        audio: bool = False,
        substream: str = "",
    ) -> None:
        self.root, self.url, self.plays = root, url, plays
        self.substream, self.small = substream, bool(substream)
        self.slots = Slots(1)
        self.states: list[StreamState] = []
        self.learnt: list[Trait] = []
        self.treatments: list[Treatment] = []
        self._timelines = count(1)
        self.treating = Treating(
            Known(codec, substream=Tracks() if substream else None),
            plays,
            small=self.small,
            slots=self.slots,
            audio=audio,
            look=self._look,
            learn=self.learnt.append,
        )
        self._supervisor = Supervisor(Job(1, "abcdefghjk", 1), self._parts(), Limits(idle=60, stall=4, demand=20))
        self.began = time.monotonic()

    def _parts(self) -> Parts:
        return Parts(
            launch=self._launch,
            turn=lambda now: 0.0,
            treating=self.treating,
            pump=the_pump,
            packager=Packager(
                self.root,
                "abcdefghjk",
                1,
                segment=0.5,
                window=15,
                wall=time.time,
                timeline=lambda: next(self._timelines),
                space=Space(100_000_000),
            ),
            root=self.root,
            look=lambda: Wishes(True, None, self.plays, self.small),
            epoch_now=lambda: 1,
            revoked=lambda: False,
            record=self._record,
            observe=lambda seen: None,
            diagnose=self._look,
            pause=self._pause,
            clock=time.monotonic,
        )

    def _pause(self, seconds: float) -> bool:
        time.sleep(seconds)
        return False

    def _look(self) -> Report:
        # In a thread: the browser's driver of other tests keeps an event loop in this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, probe(*parse(self._pulled), timeout=3)).result()

    @property
    def _pulled(self) -> str:
        return self.substream if self.treating.now.substream else self.url

    def _record(self, state: StreamState, reason: Reason) -> None:
        if self.states[-1:] != [state]:
            self.states.append(state)

    def _launch(self, treatment: Treatment) -> Child:
        self.treatments.append(treatment)
        argv = command.to_fragments(treatment, program=settings.FFMPEG, fragment_seconds=0.2)
        script = command.source_script(self._pulled, timeout_seconds=5, treatment=treatment)
        return Child(argv, script)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._supervisor._stop_child()
        self.treating.end()

    def until(self, done: Callable[[], bool], *, seconds: float = 30) -> float:
        """Runs until *done*; the seconds since the rig was made."""
        limit = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < limit, f"not within {seconds} s: {self.states} {self.treatments}"
            end = self._supervisor.step()
            assert not end, f"it ended: {end}"
        return time.monotonic() - self.began

    def live(self) -> bool:
        return self.states[-1:] == [StreamState.LIVE]

    @property
    def playlist(self) -> list[str]:
        file = self.root / "abcdefghjk" / "1" / "live.m3u8"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def segments(self) -> list[Path]:
        return [self.root / "abcdefghjk" / "1" / line for line in self.playlist if line.endswith(".m4s")]

    @property
    def durations(self) -> list[float]:
        return [float(line[8:-1]) for line in self.playlist if line.startswith("#EXTINF:")]

    @property
    def init(self) -> bytes:
        """The newest run's."""
        return (self.segments[-1].parent / "init.mp4").read_bytes()

    def size(self) -> tuple[int, int]:
        """Width and height of the newest run's pictures, as its track header says (ISO 14496-12, 8.3.2)."""
        end = self.init.index(b"tkhd") + 4 + 84
        width, height = struct.unpack(">II", self.init[end - 8 : end])
        return width >> 16, height >> 16

    def picture(self) -> Image.Image:
        """The newest picture of the newest run, through a decoder."""
        run = self.segments[-1].parent
        data = self.init + b"".join(path.read_bytes() for path in self.segments if path.parent == run)
        argv = [settings.FFMPEG, "-v", "error", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
        raw = subprocess.run(argv, input=data, capture_output=True, check=True).stdout
        size = 640 * 360 * 3
        return Image.frombytes("RGB", (640, 360), raw[len(raw) // size * size - size :][:size])
