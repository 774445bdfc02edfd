"""The folder for segments as a link into memory, which somebody may take away, or make, while the portal runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from streaming import folders


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """Where anybody may make folders."""
    folder = tmp_path / "memory"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


@pytest.fixture
def root(tmp_path: Path, memory: Path) -> Path:
    link = tmp_path / "hls"
    link.symlink_to(memory / "ours")
    return link


def test_a_folder_that_was_taken_away_is_made_again_for_us_alone(root: Path, memory: Path) -> None:
    folders.make_epoch(root, "abcdefghjk", 1)
    assert folders.make_run(root, "abcdefghjk", 1).is_dir()
    assert (memory / "ours").stat().st_mode & 0o777 == 0o700


def test_one_that_somebody_else_made_in_its_place_is_not_written_to(
    root: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (memory / "ours").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(PermissionError):
        folders.make_epoch(root, "abcdefghjk", 1)
    assert list((memory / "ours").iterdir()) == []


def test_a_link_to_a_disk_that_is_not_there_is_a_trouble_and_no_loss_of_access(tmp_path: Path) -> None:
    root = tmp_path / "hls"
    root.symlink_to(tmp_path / "disk" / "hls")
    with pytest.raises(FileExistsError):  # and not FileNotFoundError, by which a supervisor takes its access for lost
        folders.make_epoch(root, "abcdefghjk", 1)
