"""What `make run` was asked for: the folders, the address and the port of one installation."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .trouble import CannotStartError

# A unix socket's path may have 107 bytes; supervisord puts its process id behind the name while it binds.
LONGEST_SOCKET_PATH = 90
DEFAULT_PORT = 8000
DEFAULT_SIMULATOR_PORT = 8554


@dataclass(frozen=True)
class Installation:
    """Where everything of one installation is, and where the portal listens.

    ``sockets`` is the data folder, or a private folder with a short name where the data folder's path is too long.
    ``mark`` is this run's random sign, carried by every process of it (see ``leftovers``).
    """

    project: Path
    data: Path
    sockets: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    simulator_port: int = DEFAULT_SIMULATOR_PORT
    mark: str = field(default_factory=lambda: secrets.token_hex(16))

    @classmethod
    def from_environment(cls, project: Path, environ: Mapping[str, str]) -> "Installation":
        """Reads DATA_DIR, HOST, PORT and SIMULATOR_PORT; an empty variable counts as not given.

        Raises:
            CannotStartError: a port that is no port.
        """
        data = Path(environ.get("DATA_DIR") or project / "data").expanduser().absolute()
        return cls(
            project=project,
            data=data,
            sockets=socket_folder(data),
            host=environ.get("HOST") or "127.0.0.1",
            port=port_number("PORT", environ.get("PORT"), DEFAULT_PORT),
            simulator_port=port_number("SIMULATOR_PORT", environ.get("SIMULATOR_PORT"), DEFAULT_SIMULATOR_PORT),
        )

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def supervisor_socket(self) -> Path:
        return self.sockets / "supervisor.sock"

    @property
    def simulator_socket(self) -> Path:
        return self.sockets / "simulator.sock"

    @property
    def simulator_names(self) -> Path:
        """The list of cameras that the demo city writes for the simulator."""
        return self.data / "simulator_names.txt"

    def forget_sockets(self) -> None:
        """Removes the private folder of the sockets, where there is one."""
        if self.sockets != self.data:
            shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the portal."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        return f"http://{host}:{self.port}"


def port_number(name: str, text: str | None, default: int) -> int:
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,5}", text.strip()) or not 0 < int(text) < 65536:
        raise CannotStartError(
            f"{name} harus angka dari 1 sampai 65535, bukan {text!r}. Contoh: make run {name}={default}"
        )
    return int(text)


def socket_folder(data: Path) -> Path:
    """The data folder, or a new private folder under the system's temporary one where its paths would be too long."""
    if len(os.fsencode(data / "supervisor.sock")) <= LONGEST_SOCKET_PATH:
        return data
    return Path(tempfile.mkdtemp(prefix="tilik-"))  # mode 0700
