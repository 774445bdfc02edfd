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
from .states import StreamState
from .treating import Treating
from .treatment import Treatment


class ChildLike(Protocol):
    def read(self, timeout: float) -> bytes | None: ...
    def last_words(self) -> list[str]: ...
    def stop(self) -> None: ...


class LeaseLike(Protocol):
    def keep(self) -> bool: ...


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

    *launch* starts ffmpeg; *treating* says how; *wishes* may raise OSError; *epoch_now* reads the epoch from the database; *diagnose*
    asks the camera what is wrong; *pause* waits, at the most the given seconds, and is True once the worker ends.
    """

    launch: Callable[[Treatment], ChildLike]
    treating: Treating
    lease: LeaseLike
    packager: Packager
    root: Path
    wishes: Callable[[], Wishes]
    epoch_now: Callable[[], int | None]
    record: Callable[[StreamState, Reason], None]
    observe: Callable[[Observation], None]
    diagnose: Callable[[], Report]
    pause: Callable[[float], bool]
    clock: Callable[[], float]
