"""What was searched and what was found: place by place, with a control that must be found in each."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field

from .spellings import Finding, Search


@dataclass
class Place:
    """*searched* counts bytes; *findings* are leaks; *controls* are what was planted here and found."""

    searched: int = 0
    findings: list[Finding] = field(default_factory=list)
    controls: list[Finding] = field(default_factory=list)


class Ledger:
    """Searches whatever it is shown for the secrets, and for the *control* that was planted. Safe between threads."""

    def __init__(self, search: Search, control: Search) -> None:
        self._search, self._control = search, control
        self._places: dict[str, Place] = defaultdict(Place)
        self._seen: set[tuple[str, int]] = set()
        self._lock = threading.Lock()

    def look(self, place: str, where: str, content: bytes) -> None:
        """Searches *content*; what stood in the same place before is not searched, nor counted, again."""
        key = (place, hash(content))
        with self._lock:
            if key in self._seen:
                return
            self._seen.add(key)
        findings, controls = self._search(where, content), self._control(where, content)
        with self._lock:
            there = self._places[place]
            there.searched += len(content)
            there.findings += [one for one in findings if one not in there.findings]
            there.controls += [one for one in controls if one not in there.controls]

    def places(self) -> dict[str, Place]:
        with self._lock:
            return dict(self._places)

    def rows(self) -> list[list[object]]:
        """For a table: place, bytes searched, occurrences, the bar, and whether the control was found there."""
        return [
            [name, there.searched, len(there.findings), 0, "found" if there.controls else "MISSED"]
            for name, there in sorted(self.places().items())
        ]
