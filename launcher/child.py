"""Becomes one service: `python -m launcher.child NAME`, which supervisord runs for each.

The command lines stand in a file beside supervisord's configuration and not in it, because its parser knows no way to
write a folder with a blank, a percent or a number sign in its name.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int) -> None:
    """Asks Linux to send us signal *number* when the thread that started us ends; survives exec, not a further fork."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def main() -> None:
    parent = os.getppid()
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:  # it died before we had asked
        sys.exit(1)
    service = json.loads((Path(os.environ["TILIK_RUN"]) / "services.json").read_text())[sys.argv[1]]
    environ = {**os.environ, **service["environ"]}
    os.chdir(os.environ["TILIK_PROJECT"])
    # supervisord leaves Python's own choice here: a service's last lines must be in its log when it dies.
    environ["PYTHONUNBUFFERED"] = "1"
    os.execvpe(service["argv"][0], service["argv"], environ)  # noqa: S606 (no shell is wanted)


if __name__ == "__main__":
    main()
