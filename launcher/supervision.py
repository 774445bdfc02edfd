"""supervisord: its configuration, starting it, asking it, ending it."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from .child import die_with_parent
from .installation import Installation
from .leftovers import end_marked
from .services import GROUND, PORTAL, Service
from .trouble import CannotStartError

# Seconds that a service has to end by itself, and that the whole portal has, before the rest is killed.
STOP_SECONDS = 3
WHOLE_STOP_SECONDS = 4.0

# Paths are relative to the folder `run`, where supervisord works: its parser trips over a percent sign in a path.
HEAD = """\
[supervisord]
nodaemon=true
silent=true
logfile=../logs/supervisord.log
logfile_maxbytes=1MB
logfile_backups=2
pidfile=supervisord.pid

[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{socket}
"""

# The pauses between failed starts grow by a second each, so twenty of them last over three minutes.
PROGRAM = """
[program:{name}]
command=python -m launcher.child {name}
autostart={autostart}
autorestart=true
startsecs=1
startretries=20
stopwaitsecs={stop_seconds}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile=../logs/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


def configuration(services: list[Service], socket_path: str = "../supervisor.sock") -> str:
    """supervisord's configuration, to be read in the folder ``run``.

    Groups are ended whole, the one with the highest priority first; only the ground starts by itself.
    """
    text = HEAD.format(socket=socket_path)
    for priority, group in enumerate((GROUND, PORTAL), start=1):
        members = [service.name for service in services if service.group == group]
        if members:
            text += f"\n[group:{group}]\nprograms={','.join(members)}\npriority={priority}\n"
    for service in services:
        autostart = "true" if service.group == GROUND else "false"
        text += PROGRAM.format(name=service.name, autostart=autostart, stop_seconds=STOP_SECONDS)
    return text


class Supervisor:
    """A running supervisord. It is our child and ends its services when we die, however we die."""

    def __init__(self, installation: Installation, services: list[Service], environ: Mapping[str, str]) -> None:
        self.installation = installation
        self.services = services
        self.environ = environ
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Starts supervisord, and by it the services of the ground, and waits until it can be asked.

        Raises:
            CannotStartError: it does not come up.
        """
        file = self.installation.run / "supervisord.conf"
        file.write_text(configuration(self.services, self._socket()))
        described = {service.name: service.as_json() for service in self.services}
        (self.installation.run / "services.json").write_text(json.dumps(described, indent=1))
        self._remove_sockets()  # of a run that was killed
        with (self.installation.logs / "supervisord.err").open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", file.name],
                cwd=self.installation.run,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # Ctrl-C at the terminal is ours to pass on
                preexec_fn=_end_with_launcher,  # noqa: PLW1509 (the launcher has one thread)
            )
        self._wait_until_it_answers()

    def _socket(self) -> str:
        own = self.installation
        return "../supervisor.sock" if own.sockets == own.data else str(own.supervisor_socket)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait(self) -> None:
        """Returns when supervisord has ended, which it does not do by itself."""
        if self.process:
            self.process.wait()

    def _remove_sockets(self) -> None:
        own = self.installation
        for path in (own.redis_socket, own.supervisor_socket, own.simulator_socket):
            path.unlink(missing_ok=True)

    def call(self, method: str, *arguments: Any) -> Any:
        """supervisord's answer over its socket.

        Raises:
            OSError, HTTPException: it does not answer (yet).
        """
        transport = SupervisorTransport(None, None, f"unix://{self.installation.supervisor_socket}")
        with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as server:
            return getattr(server.supervisor, method)(*arguments)

    def _wait_until_it_answers(self, seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.alive:
            try:
                self.call("getState")
            except (OSError, HTTPException):
                time.sleep(0.05)
            else:
                return
        log = self.installation.logs / "supervisord.err"
        raise CannotStartError(f"Pengawas proses tidak mau berjalan. Lihat {log}")

    def start(self, group: str) -> None:
        self.call("startProcessGroup", group, False)

    def not_running(self) -> list[str]:
        """Names of the services that do not run at the moment."""
        try:
            return [info["name"] for info in self.call("getAllProcessInfo") if info["statename"] != "RUNNING"]
        except (OSError, HTTPException):
            return ["supervisord"]

    def stop(self) -> None:
        """Ends every process of this run, within five seconds whatever they do."""
        if self.process and self.alive:
            self.process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + WHOLE_STOP_SECONDS
            while self.alive and time.monotonic() < deadline:
                self._knock()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.1)
        end_marked(self.installation.mark, patience=0)
        self.wait()
        self._remove_sockets()

    def _knock(self) -> None:
        """Wakes supervisord, which otherwise looks up only once a second and needs three looks for an end."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as door:
            door.settimeout(0.1)
            door.connect(str(self.installation.supervisor_socket))


def _end_with_launcher() -> None:
    # Not TERM: a launcher that was killed has nobody left to wait for a polite end, and the services die with supervisord.
    die_with_parent(signal.SIGKILL)
