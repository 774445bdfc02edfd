"""How long to wait before a camera is connected again. Pure."""

from __future__ import annotations

# Short for the first half minute, in which most cameras are back after a cut of their line; then longer and longer.
PAUSES = (0.5, 1.0, 2.0, *[3.0] * 8, 6.0, 10.0, 15.0)
# Seconds of pictures after which the past is forgiven.
HEALTHY = 60.0


class Retries:
    """Growing pauses; a long healthy run starts them anew."""

    def __init__(self) -> None:
        self.failures = 0

    def failed(self, *, lived: float) -> float:
        """Seconds to wait now, after a run of *lived* seconds of pictures."""
        if lived >= HEALTHY:
            self.failures = 0
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
        self.failures += 1
        return pause
