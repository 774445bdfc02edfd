"""Where segments lie: in memory, where this machine lends some. They are written twice a second and worth nothing a minute later.

``hls`` in the data folder is then a link to a private folder on the tmpfs, which goes when the portal ends. What a killed portal left
goes when the next one begins, with the same data folder or another: a folder in use is known by a lock.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .installation import Installation

MEMORY = Path("/dev/shm")  # noqa: S108 -- only a folder of our own in it, made with a random name and mode 0700
MEGABYTE = 1024 * 1024
LEAST_FREE = 512 * MEGABYTE
# As the setting of this name, where the memory has room for twice that.
HLS_MAX_MB = 1024
_PREFIX = "tilik-semar-"
# Locked as long as the launcher lives that made the folder.
_CLAIM = ".claim"
_claims: dict[Path, int] = {}


def settle(installation: Installation, environ: Mapping[str, str], *, memory: Path = MEMORY) -> dict[str, str]:
    """Makes the folder, in memory where it can be; the settings to add. Nothing where the person chose HLS_ROOT."""
    if environ.get("HLS_ROOT"):
        return {}
    link = _link(installation)
    _remove(link, memory)
    _remove_unclaimed(memory)
    if _free(memory) < LEAST_FREE:
        link.mkdir()
        return {}
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=memory))
    _claim(folder)
    link.symlink_to(folder)
    most = min(HLS_MAX_MB, _free(memory) // 2 // MEGABYTE)
    return {} if environ.get("HLS_MAX_MB") else {"HLS_MAX_MB": str(most)}


def clear(installation: Installation, *, memory: Path = MEMORY) -> None:
    """Takes the folder in memory away, where there is one."""
    link = _link(installation)
    if link.is_symlink():
        if (claim := _claims.pop(link.readlink(), None)) is not None:
            os.close(claim)
        _remove(link, memory)


def _link(installation: Installation) -> Path:
    return installation.data / "hls"


def _claim(folder: Path) -> None:
    draft = folder / f"{_CLAIM}.new"
    _claims[folder] = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(_claims[folder], fcntl.LOCK_EX)
    draft.rename(folder / _CLAIM)


def _remove_unclaimed(memory: Path) -> None:
    """Takes away what killed portals left: it would keep its memory until the machine is switched off."""
    for claim in memory.glob(f"{_PREFIX}*/{_CLAIM}"):
        if _ours(claim.parent, memory) and not _locked(claim):
            shutil.rmtree(claim.parent, ignore_errors=True)


def _locked(claim: Path) -> bool:
    """By somebody who lives: also a data folder that was copied leads to the folder of the first."""
    with contextlib.suppress(OSError), claim.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True


def _ours(folder: Path, memory: Path) -> bool:
    # Anybody may put something into this place: neither a link nor somebody else's folder will do.
    named = folder.parent == memory and folder.name.startswith(_PREFIX)
    return named and folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid()


def _remove(link: Path, memory: Path) -> None:
    if not link.is_symlink():
        shutil.rmtree(link, ignore_errors=True)
        return
    target = link.readlink()
    link.unlink()
    if _ours(target, memory) and not _locked(target / _CLAIM):
        shutil.rmtree(target, ignore_errors=True)


def _free(memory: Path) -> int:
    """Bytes; 0 where this is no memory, or we may not write to it."""
    try:
        mounts = Path("/proc/mounts").read_text()
    except OSError:
        return 0
    if f" {memory} tmpfs " not in mounts or not os.access(memory, os.W_OK):
        return 0
    return shutil.disk_usage(memory).free
