"""The secrets of an installation: made once, never overwritten, readable by nobody else."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def fernet_key() -> str:
    """32 random bytes in URL-safe base64, as ``cryptography.fernet`` wants them."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


MAKERS: dict[str, Callable[[], str]] = {
    "secret_key": lambda: secrets.token_urlsafe(50),
    "source_key": fernet_key,
    "simulator_password": lambda: secrets.token_urlsafe(18),
}


def make_missing(folder: Path) -> list[str]:
    """Makes the secrets that *folder* does not hold yet, and returns their names.

    A lost ``source_key`` makes every stored camera address unreadable, so a file that exists is left alone,
    whatever it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return [name for name, make in MAKERS.items() if create(folder / name, make())]


def create(path: Path, text: str) -> bool:
    """Writes *text* as a new file of mode 0600, whole or not at all; False where *path* exists already."""
    if path.exists():
        return False
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # unlike a rename, a link never replaces a file that another start has just made
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True
