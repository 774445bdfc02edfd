"""The real launcher with dummies for services: `python -m tests.launcher.dummy_portal`.

One service obeys, one is deaf to every polite signal, and one has started a deaf process in a session of its own.
"""

import sys
from unittest import mock

from launcher.__main__ import main
from launcher.services import GROUND, PORTAL, Service

OBEDIENT = "import time; print('here', flush=True); time.sleep(600)"
DEAF = "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]; time.sleep(600)"
PARENT = f"""\
import subprocess, sys, time
subprocess.Popen([sys.executable, '-c', {DEAF!r}], start_new_session=True)
time.sleep(600)
"""


def dummies(*_: object) -> list[Service]:
    def python(name: str, code: str, group: str = PORTAL) -> Service:
        return Service(name, [sys.executable, "-c", code], group)

    return [python("obedient", OBEDIENT, GROUND), python("deaf", DEAF), python("parent", PARENT)]


if __name__ == "__main__":
    with mock.patch.multiple(
        "launcher.__main__", services=dummies, prepare=mock.DEFAULT, wait_until_ready=mock.DEFAULT
    ):
        sys.exit(main())
