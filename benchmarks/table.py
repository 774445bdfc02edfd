"""Tables in Markdown, and the conditions under which they were measured."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil


def conditions() -> str:
    chromium = shutil.which("chromium")
    version = (
        subprocess.run([chromium, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if chromium
        else "none"
    )
    return "\n".join(
        [
            f"Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"Machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before, {platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}, browser {version}",
        ]
    )


def show(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print(
            "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |",
            flush=True,
        )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least *share* of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]
