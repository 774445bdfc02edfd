"""`python -m launcher`: starts the portal, says where it is, and ends it on Ctrl-C, TERM or HUP."""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TextIO

from . import keys, leftovers, preflight, segments
from .installation import Installation
from .prepare import prepare
from .readiness import wait_until_ready
from .services import PORTAL, environment, services
from .supervision import Supervisor
from .trouble import CannotStartError

PROJECT = Path(__file__).resolve().parent.parent
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody wants the portal to end."""


class StopOnce:
    """A signal handler that raises StopRequested once: make, the shell and a terminal may each send a signal of their own.

    The handlers stay as they are while the portal ends: a signal that has already arrived would meet a changed one.
    """

    heard = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if not self.heard:
            self.heard = True
            raise StopRequested


stop = StopOnce()


def main() -> int:
    os.umask(0o077)
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # `nohup make run` is meant to stay
            signal.signal(number, stop)
    try:
        installation = Installation.from_environment(PROJECT, os.environ)
        try:
            run(installation)
        finally:
            installation.forget_sockets()
    except CannotStartError as trouble:
        say(f"\n✗ {trouble}", sys.stderr)
        return 1
    except StopRequested:
        pass
    return 0


def run(installation: Installation) -> None:
    """The order of a start; see the package's docstring."""
    preflight.make_folders(installation)
    with preflight.take_lock(installation):
        leftovers.end_previous(installation.run)
        preflight.check_port(installation)
        redis = None if os.environ.get("REDIS_URL") else preflight.redis_binary()
        ffmpeg = preflight.ffmpeg_binary(os.environ)
        port = preflight.simulator_port(installation)
        (installation.run / "simulator_port").write_text(str(port))
        keys.make_missing(installation.secrets)
        environ = environment(
            installation,
            os.environ,
            ffmpeg=ffmpeg,
            simulator_port=port,
            onvif_port=preflight.port_after(port, but=installation.port),
        )
        environ |= segments.settle(installation, environ)
        leftovers.remember(installation.run, installation.mark)
        supervisor = Supervisor(installation, services(installation, environ, redis), environ)
        try:
            serve(installation, supervisor, environ)
        finally:
            stop.heard = True
            say("Menghentikan portal …")
            supervisor.stop()
            segments.clear(installation)


def serve(installation: Installation, supervisor: Supervisor, environ: dict[str, str]) -> None:
    """Opens the portal and stays until somebody wants it to end, or supervisord ends without being asked."""
    supervisor.open()
    prepare(installation, environ, say)
    installation.simulator_names.touch()  # a real installation has no demo cameras: then the simulator plays none
    say("→ Menyalakan portal …")
    supervisor.start(PORTAL)
    wait_until_ready(installation, supervisor)
    say(f"Tilik Semar siap: {installation.address}{demo_accounts(installation)}")
    supervisor.wait()
    log = installation.logs / "supervisord.log"
    raise CannotStartError(f"Pengawas proses berhenti sendiri. Lihat {log}, lalu ulangi make run.")


def demo_accounts(installation: Installation) -> str:
    file = installation.data / "demo_accounts.txt"
    return f" — {file.read_text().strip()}" if file.exists() else ""


def say(text: str, where: TextIO | None = None) -> None:
    """Prints a line; a terminal that has gone is no reason to stop halfway."""
    with contextlib.suppress(OSError):
        print(text, file=where or sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main())
