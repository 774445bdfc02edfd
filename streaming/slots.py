"""A counted number of places. Pure, and safe between threads."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Slots:
    """*total* places, a number or how to find it out; whoever took one gives it back."""

    def __init__(self, total: int | Callable[[], int]) -> None:
        self._total = total
        self._taken = 0
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        return self._total() if callable(self._total) else self._total

    @property
    def taken(self) -> int:
        return self._taken

    def take(self) -> bool:
        """False when all are taken."""
        with self._lock:
            if self._taken >= self.total:
                return False
            self._taken += 1
            return True

    def give_back(self) -> None:
        with self._lock:
            self._taken -= 1
