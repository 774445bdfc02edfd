"""Where segments lie: ``HLS_ROOT/<camera>/<epoch>/live.m3u8`` and ``…/<epoch>/<run>/<number>.m4s``. Pure but for the disk.

The camera is its public id, the epoch its access epoch, the run a random name. Taking an epoch's folder away takes every address
that was given out for it away, at once and for any web server. A stream makes its epoch's folder once, at its beginning, and nothing
else ever does, so what was taken away does not come back by a late write or a late run.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from pathlib import Path

PLAYLIST = "live.m3u8"
INIT = "init.mp4"


def epoch_folder(root: Path, camera: str, epoch: int) -> Path:
    return root / camera / str(epoch)


def keep_root(root: Path) -> None:
    """Makes the root again where it is a link to a folder that is gone, ours alone as it was: systemd empties /dev/shm of what belongs
    to somebody who logs out, also under a portal that stays.

    Raises: OSError; PermissionError where anybody may make folders and somebody else made this one, to read what is written there.
    """
    if not root.is_symlink():
        return
    folder = root.parent / root.readlink()
    try:
        folder.mkdir(mode=0o700)
    except FileNotFoundError:
        pass  # a disk that is not there, which is not a folder that was taken away: who writes hears of it
    except FileExistsError:
        if folder.parent.stat().st_mode & stat.S_IWOTH and folder.lstat().st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "the folder for segments is somebody else's") from None


def make_epoch(root: Path, camera: str, epoch: int) -> None:
    """The folder of an epoch; that of a supervisor whose lease was lost may be there still. Raises: OSError."""
    keep_root(root)
    epoch_folder(root, camera, epoch).mkdir(parents=True, exist_ok=True, mode=0o755)


def make_run(root: Path, camera: str, epoch: int) -> Path:
    """A new folder for one run. Raises: OSError; FileNotFoundError where the epoch's was taken away."""
    folder = epoch_folder(root, camera, epoch) / secrets.token_hex(8)
    folder.mkdir(mode=0o755)
    return folder


def write(file: str, data: bytes) -> None:
    """Writes a small file anew, with as few system calls as can be: this is done several times a second for each stream.

    Raises: OSError, the folder was taken away or the disk is full.
    """
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        if os.write(fd, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(fd)


def remove_older_epochs(root: Path, camera: str, epoch: int) -> None:
    """Takes away everything that was given out before *epoch*."""
    for folder in _children(root / camera):
        if folder.name.isdigit() and int(folder.name) < epoch:
            _remove(folder)


def remove_epoch(root: Path, camera: str, epoch: int) -> None:
    """Takes one epoch away, and the camera's folder where it was the last."""
    _remove(epoch_folder(root, camera, epoch))
    try:
        (root / camera).rmdir()
    except OSError:
        pass  # not empty: another epoch, or another run of this one, is in it


def remove_stale(root: Path, *, before: float) -> int:
    """Takes away the epochs into which nothing was written since *before* (Unix time, s); how many there were."""
    stale = [folder for camera in _children(root) for folder in _children(camera) if _written(folder) < before]
    for folder in stale:
        remove_epoch(root, folder.parent.name, int(folder.name) if folder.name.isdigit() else -1)
        _remove(folder)
    return len(stale)


def _children(folder: Path) -> list[Path]:
    try:
        return [child for child in folder.iterdir() if child.is_dir()]
    except OSError:
        return []


def _written(folder: Path) -> float:
    """When something was last put into the folder; the playlist is renamed into it with every segment."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _remove(folder: Path) -> None:
    # Renamed first: one step after which no address below it answers, however long the deletion takes.
    grave = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        folder.rename(grave)
    except OSError:
        grave = folder
    shutil.rmtree(grave, ignore_errors=True)
