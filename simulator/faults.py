"""What can be wrong with a camera, and which cameras it is wrong with just now."""

from __future__ import annotations

import enum
from dataclasses import dataclass

EVERYONE = "*"


class Kind(enum.Enum):
    """The faults that can be ordered. What each does to a session that already plays stands behind it."""

    REFUSE = "refuse"  # connections are closed without an answer; plays on
    UNAUTHORIZED = "401"  # credentials are rejected, as after a changed password; plays on
    NOT_FOUND = "404"  # no such camera; ends
    SILENT = "silent"  # accepts and never answers; no more packets
    STALL = "stall"  # answers, but no packets any more
    CUT = "cut"  # connections end at once and are refused until cleared; ends
    SLOW = "slow"  # answers late; plays on
    NO_VIDEO = "novideo"  # describes itself without video; no more packets

    @property
    def ends_sessions(self) -> bool:
        return self in (Kind.CUT, Kind.NOT_FOUND)

    @property
    def closes_connections(self) -> bool:
        return self in (Kind.CUT, Kind.REFUSE)

    @property
    def holds_packets(self) -> bool:
        return self in (Kind.STALL, Kind.SILENT, Kind.NO_VIDEO)


@dataclass(frozen=True)
class Fault:
    """A kind and, for ``slow``, the seconds before each answer."""

    kind: Kind
    seconds: float = 3.0


def parse_fault(text: str, seconds: float = 3.0) -> Fault:
    """A fault of its name. Raises ``ValueError`` that lists the known names."""
    try:
        return Fault(Kind(text), seconds)
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        raise ValueError(f"gangguan tidak dikenal: {text} (yang ada: {known})") from None


class FaultBook:
    """Faults by camera; ``*`` stands for every camera without one of its own."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def set(self, camera: str, fault: Fault) -> None:
        self._faults[camera] = fault

    def clear(self, camera: str | None = None) -> None:
        """Mend one camera (or ``*``), or everything."""
        if camera is None:
            self._faults.clear()
        else:
            self._faults.pop(camera, None)

    def of(self, camera: str) -> Fault | None:
        return self._faults.get(camera) or self._faults.get(EVERYONE)

    def kind(self, camera: str) -> Kind | None:
        fault = self.of(camera)
        return fault.kind if fault else None

    @property
    def everyone(self) -> Fault | None:
        return self._faults.get(EVERYONE)

    def listed(self) -> dict[str, str]:
        return {camera: fault.kind.value for camera, fault in sorted(self._faults.items())}
