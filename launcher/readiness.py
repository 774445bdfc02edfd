"""Waiting until the portal answers, and saying what is missing when it does not."""

import time
import urllib.error
import urllib.request
from http.client import HTTPException

from .installation import Installation
from .supervision import Supervisor
from .trouble import CannotStartError

PATIENCE = 60.0
# Nobody's web proxy stands between us and our own loopback.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def wait_until_ready(installation: Installation, supervisor: Supervisor, seconds: float = PATIENCE) -> None:
    """Returns when /readyz answers 200.

    Raises:
        CannotStartError: it did not within *seconds*, or supervisord ended; names the missing parts and their logs.
    """
    deadline = time.monotonic() + seconds
    answer = ""
    while time.monotonic() < deadline and supervisor.alive:
        code, answer = ask(f"{installation.address}/readyz")
        if code == 200:
            return
        time.sleep(0.2)
    missing = supervisor.not_running()
    told = f" Jawaban terakhirnya: {answer}" if answer else ""
    if missing:
        logs = ", ".join(str(installation.logs / f"{name}.log") for name in missing)
        raise CannotStartError(f"Portal tidak siap: {', '.join(missing)} tidak berjalan (lihat {logs}).{told}")
    raise CannotStartError(f"Portal tidak siap setelah {seconds:.0f} detik (lihat {installation.logs}).{told}")


def ask(address: str) -> tuple[int, str]:
    """Status and the first words of the answer; (0, "") where nobody listens."""
    try:
        with DIRECT.open(address, timeout=5) as answer:
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read(500).decode(errors="replace").strip()
    except (OSError, HTTPException):
        return 0, ""
