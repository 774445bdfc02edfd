"""The processes of the portal: what each is called, its command line and what it may know."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .installation import Installation
from .leftovers import VARIABLE

# Started before the preparations and ended last; the others need them.
GROUND = "dasar"
PORTAL = "portal"
STREAM_SLOTS = "100"
SIMULATOR_USER = "tilik"


@dataclass(frozen=True)
class Service:
    """One process. No secret stands in *argv* or *environ*: programs get the paths of their files."""

    name: str
    argv: list[str]
    group: str = PORTAL
    environ: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def services(installation: Installation, environ: Mapping[str, str], redis: str | None) -> list[Service]:
    """All processes, in the order in which they start.

    *redis* is the server's program; None where REDIS_URL names a server that runs already.
    """
    python = [sys.executable, "-m"]
    # Celery's own choice of what to log, which would outdo Django's.
    loglevel = ["--loglevel", environ.get("LOG_LEVEL") or "INFO"]
    worker = [*python, "celery", "-A", "tiliksemar", "worker", *loglevel, "-P", "threads"]
    ground = [Service("redis", [redis, str(redis_settings(installation))], GROUND)] if redis else []
    return [
        *ground,
        simulator(installation, environ),
        # Gossip queues of stream workers only grow, and nobody listens to them.
        Service(
            "worker-streams",
            [
                *worker,
                "-Q",
                "streams",
                "-c",
                environ["STREAM_SLOTS"],
                "-n",
                "streams@%h",
                "--without-gossip",
                "--without-mingle",
                # Said to nobody: who is there and how full is in streaming/nodes.py.
                "--without-heartbeat",
            ],
        ),
        Service(
            "worker-default",
            [
                *worker,
                "-Q",
                "default",
                "-c",
                "4",
                "-n",
                "default@%h",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ],
        ),
        Service(
            "beat",
            [
                *[*python, "celery", "-A", "tiliksemar", "beat", "-s", str(installation.run / "beat"), "--pidfile="],
                # Left alone it says nothing of the messages that it sends every few seconds.
                *(loglevel if environ.get("LOG_LEVEL") else []),
            ],
        ),
        # Verbosity 0: no access log. Playback addresses hold tickets, which belong in no log.
        Service(
            "web",
            [
                *python,
                "daphne",
                "-v",
                "0",
                "-b",
                installation.host,
                "-p",
                str(installation.port),
                # Browsers say nothing over our sockets; what they send is read before it is ignored. Not the size of a message:
                # that limit holds for what we send too, and a snapshot of many cameras is long.
                "--websocket-max-frame-size",
                "4096",
                "tiliksemar.asgi:application",
            ],
        ),
    ]


def simulator(installation: Installation, environ: Mapping[str, str]) -> Service:
    argv = [sys.executable, "-m", "simulator", "--host", "127.0.0.1", "--port", environ["SIMULATOR_PORT"]]
    argv += ["--control", str(installation.simulator_socket), "--user", SIMULATOR_USER]
    # The demo city writes the names while the portal prepares; so the simulator belongs to what starts after that.
    argv += ["--names", str(installation.simulator_names), "--cache", str(installation.data / "simulator")]
    # A camera that nobody has offered yet, to try that with.
    argv += ["--onvif-port", environ["SIMULATOR_ONVIF_PORT"]]
    # By its file: what a process has in its environment is read by others of the same account, and by its children.
    return Service("simulator", [*argv, "--password-file", str(installation.secrets / "simulator_password")])


def redis_settings(installation: Installation) -> Path:
    """Writes Redis' settings: a socket only we can open, no port, nothing kept on disk (the database is the truth)."""
    file = installation.run / "redis.conf"
    file.write_text(
        "port 0\n"
        f"unixsocket {quoted(installation.redis_socket)}\n"
        "unixsocketperm 700\n"
        f"dir {quoted(installation.run)}\n"
        'save ""\n'
        "appendonly no\n"
        "daemonize no\n"
    )
    return file


def quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def environment(
    installation: Installation, environ: Mapping[str, str], *, ffmpeg: str, simulator_port: int, onvif_port: int
) -> dict[str, str]:
    """The environment of every process: the person's own, with all that the launcher decided."""
    decided = {
        "DJANGO_SETTINGS_MODULE": "tiliksemar.settings",
        "DATA_DIR": str(installation.data),
        "HOST": installation.host,
        "PORT": str(installation.port),
        "FFMPEG": ffmpeg,
        "REDIS_URL": environ.get("REDIS_URL") or f"unix://{quote(str(installation.redis_socket))}",
        "SIMULATOR_PORT": str(simulator_port),
        "SIMULATOR_ONVIF_PORT": str(onvif_port),
        # Our own simulator, and nothing else of this machine, may be offered as a camera.
        "OFFER_EXCEPTIONS": ",".join(
            filter(
                None, [environ.get("OFFER_EXCEPTIONS"), *(f"127.0.0.1:{port}" for port in (simulator_port, onvif_port))]
            )
        ),
        "SIMULATOR_CONTROL": str(installation.simulator_socket),
        "SIMULATOR_USER": SIMULATOR_USER,
        "STREAM_SLOTS": environ.get("STREAM_SLOTS") or STREAM_SLOTS,
        "ALLOWED_HOSTS": environ.get("ALLOWED_HOSTS") or ",".join(own_names(installation.host)),
        "TILIK_RUN": str(installation.run),
        # supervisord works in the folder `run`; each service goes to the project first (see ``child``).
        "TILIK_PROJECT": str(installation.project),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(installation.project), environ.get("PYTHONPATH")])),
        VARIABLE: installation.mark,
        # supervisord looks its programs up there: the configuration holds no path.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environ.get('PATH', os.defpath)}",
    }
    return {**environ, **decided}


def own_names(host: str) -> list[str]:
    """The names by which this machine's portal may be asked for; more than loopback only where it listens to more."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        names += [socket.gethostname(), f"{socket.gethostname()}.local", *outward_address()]
    elif host not in names:
        names.append(host)
    return names


def outward_address() -> list[str]:
    """This machine's address towards its network, where it has one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address reserved for documentation
        except OSError:
            return []
        return [probe.getsockname()[0]]
