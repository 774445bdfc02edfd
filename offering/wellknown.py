"""Where cameras of known makes have their pictures, for those that do not tell. The list is ``wellknown.json``. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIRST = 1


@dataclass(frozen=True)
class Paths:
    """One make's paths; ``{channel}`` stands for the number of a recorder's channel, counted from 1. *sub* may be empty."""

    vendor: str
    main: str
    sub: str

    @property
    def numbered(self) -> bool:
        """Whether a recorder of this make has a path for each channel."""
        return "{channel" in self.main

    def of(self, channel: int) -> tuple[str, str]:
        """The main path and that of small pictures, which may be empty."""
        return self.main.format(channel=channel), self.sub.format(channel=channel)


@cache
def known() -> tuple[Paths, ...]:
    """In the order in which they are tried."""
    rows = json.loads((Path(__file__).with_name("wellknown.json")).read_text(encoding="utf-8"))
    return tuple(Paths(**row) for row in rows)
