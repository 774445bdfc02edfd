import os
import shutil
from pathlib import Path

import pytest

from launcher import segments
from launcher.installation import Installation

from .test_preflight import installed

MEMORY = segments.MEMORY
needs_memory = pytest.mark.skipif(segments._free(MEMORY) < segments.LEAST_FREE, reason="this machine lends no memory")


def hls(installation: Installation) -> Path:
    return installation.data / "hls"


@needs_memory
def test_segments_lie_in_memory_in_a_folder_of_ours_alone_and_leave_with_the_portal(tmp_path: Path) -> None:
    installation = installed(tmp_path)
    added = segments.settle(installation, {})
    target = hls(installation).resolve()
    assert target.parent == MEMORY
    assert target.stat().st_mode & 0o777 == 0o700
    assert 0 < int(added["HLS_MAX_MB"]) <= segments.HLS_MAX_MB
    segments.clear(installation)
    assert not target.exists()
    assert not hls(installation).is_symlink()


@needs_memory
def test_what_a_killed_portal_left_gives_way_to_an_empty_folder(tmp_path: Path) -> None:
    installation = installed(tmp_path)
    segments.settle(installation, {})
    left = hls(installation).resolve()
    os.close(segments._claims.pop(left))  # as the kernel does
    segments.settle(installation, {})
    assert not left.exists()
    assert hls(installation).resolve().parent == MEMORY
    segments.clear(installation)


@needs_memory
@pytest.mark.parametrize("left", ["a folder of the disk", "a link to nowhere", "a link to elsewhere"])
def test_anything_else_in_its_place_gives_way(tmp_path: Path, left: str) -> None:
    installation = installed(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if left == "a folder of the disk":
        (hls(installation) / "camera").mkdir(parents=True)
    else:
        hls(installation).symlink_to(elsewhere if left == "a link to elsewhere" else MEMORY / "tilik-semar-gone")
    segments.settle(installation, {})
    assert hls(installation).resolve().parent == MEMORY
    assert elsewhere.is_dir(), "what is not ours is left alone"
    segments.clear(installation)


def test_without_memory_they_lie_on_the_disk(tmp_path: Path) -> None:
    installation = installed(tmp_path)
    assert segments.settle(installation, {}, memory=tmp_path) == {}
    assert hls(installation).is_dir()
    assert not hls(installation).is_symlink()
    shutil.rmtree(hls(installation))


def test_the_persons_own_choice_is_left_alone(tmp_path: Path) -> None:
    installation = installed(tmp_path)
    assert segments.settle(installation, {"HLS_ROOT": "/somewhere"}) == {}
    assert not hls(installation).exists()


@needs_memory
def test_what_other_killed_portals_left_goes_and_what_others_use_stays(tmp_path: Path) -> None:
    (tmp_path / "killed").mkdir()
    (tmp_path / "running").mkdir()
    killed, running = installed(tmp_path / "killed"), installed(tmp_path / "running")
    for one in (killed, running):
        segments.settle(one, {})
    left, used = hls(killed).resolve(), hls(running).resolve()
    os.close(segments._claims.pop(left))  # as the kernel does
    shutil.rmtree(killed.data)
    installation = installed(tmp_path)
    segments.settle(installation, {})
    assert not left.exists()
    assert used.is_dir()
    for one in (installation, running):
        segments.clear(one)


@needs_memory
def test_a_copied_data_folder_leaves_the_segments_of_the_first_alone(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    first, copy = installed(tmp_path), installed(tmp_path / "copy")
    segments.settle(first, {})
    used = hls(first).resolve()
    hls(copy).symlink_to(used)
    segments.settle(copy, {})
    assert used.is_dir()
    assert hls(copy).resolve() != used
    for one in (first, copy):
        segments.clear(one)
    assert not used.exists()


@needs_memory
def test_a_folder_of_the_persons_own_is_left_alone_whatever_its_name(tmp_path: Path) -> None:
    installation = installed(tmp_path)
    own = tmp_path / "tilik-semar-hls"
    own.mkdir()
    hls(installation).symlink_to(own)
    segments.settle(installation, {})
    assert own.is_dir()
    segments.clear(installation)


def test_a_memory_that_is_nearly_full_is_not_used_though_it_was_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    installation = installed(tmp_path)
    monkeypatch.setattr(segments, "_free", lambda memory: segments.LEAST_FREE)
    segments.settle(installation, {}, memory=memory)
    os.close(segments._claims.pop(hls(installation).readlink()))  # it is killed
    monkeypatch.setattr(segments, "_free", lambda memory: 3 * segments.MEGABYTE)
    assert segments.settle(installation, {}, memory=memory) == {}
    assert hls(installation).is_dir()
    assert not hls(installation).is_symlink()
    assert list(memory.iterdir()) == []
