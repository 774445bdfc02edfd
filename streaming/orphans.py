"""Children that outlived their worker: found by a record on disk, and ended.

The parent-death signal ends them on Linux at once; this is for where there is none, and for what slips through.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import psutil


def remember(root: Path, pid: int) -> None:
    """Records a child of this process. Two numbers name a process: a pid alone is given again to strangers."""
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mine, child = _born(os.getpid()), _born(pid)
    if mine is not None and child is not None:
        (folder / f"{pid}.json").write_text(
            json.dumps({"pid": pid, "born": child, "worker": os.getpid(), "since": mine})
        )


def sweep(root: Path) -> int:
    """Ends children whose worker is gone, forgets those that ended; how many were ended."""
    ended = 0
    for file in _folder(root).glob("*.json"):
        try:
            row = json.loads(file.read_text())
            child_lives = _born(row["pid"]) == row["born"]
            worker_lives = _born(row["worker"]) == row["since"]
        except (OSError, ValueError, KeyError):
            child_lives, worker_lives, row = False, False, {}
        if child_lives and worker_lives:
            continue
        if child_lives:
            ended += _kill(row["pid"])
        file.unlink(missing_ok=True)
    return ended


def _kill(pid: int) -> int:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return 0
    return 1


def _born(pid: int) -> float | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.Error:
        return None


def _folder(root: Path) -> Path:
    return root / ".children"
