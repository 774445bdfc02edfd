"""What a supervisor is given: its job, its limits, and everything that it touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cameras.health import Observation
from cameras.reasons import Reason
from cameras.rtsp import Report

from .demand import Wishes
from .packager import Packager
from .pump import Flow, Pours
from .states import StreamState
from .treating import Treating
from .treatment import Treatment


class ChildLike(Pours, Protocol):
    def last_words(self) -> list[str]: ...
    def stop(self) -> None: ...


class PumpLike(Protocol):
    def begin(self, child: Pours, feed: Callable[[bytes], int]) -> Flow: ...
    def end(self, flow: Flow) -> None: ...


@dataclass(frozen=True)
class Job:
    """What is streamed: the camera, and the access epoch for which it is."""

    camera_id: int
    public_id: str
    epoch: int


@dataclass(frozen=True)
class Limits:
    """Seconds; the settings of the same names."""

    idle: float
    stall: float
    demand: float


@dataclass(frozen=True)
class Parts:
    """What a supervisor touches.

    *launch* starts ffmpeg; *turn* says in how many seconds it may be; *treating* says how; *look* says what is wished, None where
    somebody else has the camera, and may raise OSError; *epoch_now* is the epoch that the database had last; *revoked* asks it
    whether the job's is over; *diagnose* asks the camera what is wrong; *pause* waits, at the most the given seconds, and is True
    once the worker ends.
    """

    launch: Callable[[Treatment], ChildLike]
    turn: Callable[[float], float]
    treating: Treating
    pump: PumpLike
    packager: Packager
    root: Path
    look: Callable[[], Wishes | None]
    epoch_now: Callable[[], int | None]
    revoked: Callable[[], bool]
    record: Callable[[StreamState, Reason], None]
    observe: Callable[[Observation], None]
    diagnose: Callable[[], Report]
    pause: Callable[[float], bool]
    clock: Callable[[], float]
