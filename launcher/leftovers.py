"""Finds and ends processes by the mark of the run that started them.

Every process of a run has ``TILIK_MARK=<random sign>`` in its environment and the sign stands in ``run/mark``. A
process that carries the sign was started by that run or by a child of it, whatever its process id, so it may be ended
without a doubt; others never are.
Where there is no /proc (macOS) nothing is found.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

VARIABLE = "TILIK_MARK"
PATIENCE = 3.0


def remember(run: Path, mark: str) -> None:
    (run / "mark").write_text(mark)


def end_previous(run: Path) -> int:
    """Ends what the last run left, if it was killed; returns how many processes that were. Only with the lock held."""
    file = run / "mark"
    mark = file.read_text().strip() if file.exists() else ""
    return end_marked(mark) if mark else 0


def end_marked(mark: str, patience: float = PATIENCE) -> int:
    """Asks the processes of *mark* to end, kills those that live on after *patience* seconds; returns their number."""
    found = marked(mark)
    if patience:
        for pid in found:
            send(pid, mark, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while marked(mark) and time.monotonic() < deadline:
            time.sleep(0.05)  # processes that are not our children cannot be waited for
    for _ in range(50):  # a process may just have forked another
        if not (left := marked(mark)):
            break
        for pid in left:
            send(pid, mark, signal.SIGKILL)
        time.sleep(0.02)
    return len(found)


def marked(mark: str) -> list[int]:
    """Process ids that carry *mark*, without our own and without zombies."""
    own = os.getpid()
    return [pid for entry in Path("/proc").glob("[0-9]*") if (pid := int(entry.name)) != own and carries(pid, mark)]


def carries(pid: int, mark: str) -> bool:
    with contextlib.suppress(OSError):  # gone, a zombie, or another user's
        return f"{VARIABLE}={mark}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return False


def send(pid: int, mark: str, number: signal.Signals) -> None:
    """Signals *pid* only while it surely carries *mark*: the number may have gone to another process meanwhile."""
    with contextlib.suppress(OSError):
        handle = os.pidfd_open(pid)
        try:
            if carries(pid, mark):
                signal.pidfd_send_signal(handle, number)
        finally:
            os.close(handle)
