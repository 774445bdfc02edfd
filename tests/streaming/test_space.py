"""The room for segments: counted over all streams, given back, and its end a reason instead of a crash."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from streaming.space import NoSpace, Space
from streaming.states import StreamState

from .test_supervisor import World, never, pictures, world

__all__ = ["pictures", "world"]


def test_what_does_not_fit_is_refused_and_what_is_given_back_can_be_taken_again() -> None:
    space = Space(100)
    space.take(60)
    with pytest.raises(NoSpace):
        space.take(50)
    space.give_back(60)
    space.take(100)
    assert space.used == 100


def test_a_stream_that_finds_no_room_ends_with_the_reason_and_gives_its_room_back(
    world: World, pictures: bytes
) -> None:
    world.space._most = len(pictures) // 2
    world.script = [[pictures]]
    assert world.supervisor.run() == "disk"
    assert world.space.used == 0
    assert world.files == []
    assert world.children[0].stopped


def test_a_disk_that_is_full_ends_the_stream_with_the_same_reason(
    world: World, pictures: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: str, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("streaming.folders.write", full)
    world.script = [[pictures]]
    assert world.supervisor.run() == "disk"
    assert world.space.used == 0


def test_a_stream_that_ends_for_other_reasons_gives_its_room_back_too(world: World, pictures: bytes) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    assert world.space.used > 0
    world.ending = True
    world.supervisor.run()
    assert world.space.used == 0


def test_an_epoch_that_was_taken_away_before_a_new_run_ends_the_stream(
    world: World, pictures: bytes, tmp_path: Path
) -> None:
    from streaming import folders

    world.script = [[pictures, None], [pictures]]
    world.until(world.is_(StreamState.BACKING_OFF))
    folders.remove_older_epochs(world.root, "abcdefghjk", 2)
    assert world.until(never) == "access"
    assert world.files == []


def held_by(world: World) -> int:
    return sum(path.stat().st_size for path in world.root.rglob("*.m4s"))


def test_what_left_the_playlist_makes_room_before_a_stream_ends_for_want_of_it(world: World, pictures: bytes) -> None:
    packager = world.supervisor._parts.packager
    packager.begin_run()
    packager.feed(pictures)
    first = held_by(world)
    packager.begin_run(fresh=True)
    world.space._most = first + len(pictures) // 4
    packager.feed(pictures)
    assert held_by(world) == world.space.used <= world.space._most


def test_a_camera_that_sends_far_too_much_holds_no_more_than_twice_its_playlist(
    world: World, pictures: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streaming.packager.MOST_BYTES", len(pictures))
    monkeypatch.setattr("streaming.packager.KEPT_AFTER", 1e9)
    packager = world.supervisor._parts.packager
    for _ in range(10):
        packager.begin_run()
        packager.feed(pictures)
    assert held_by(world) == world.space.used <= 2 * len(pictures)


def test_two_who_write_one_playlist_for_a_moment_keep_their_drafts_apart(
    world: World, pictures: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streaming import folders

    drafts: list[str] = []
    write = folders.write

    def noted(file: str, data: bytes) -> None:
        drafts.extend([file] if file.endswith(folders.PLAYLIST) else [])
        write(file, data)

    monkeypatch.setattr(folders, "write", noted)
    for one in (world, World(world.root)):
        one.supervisor._parts.packager.begin_run()
        one.supervisor._parts.packager.feed(pictures)
    assert len(drafts) == len(set(drafts)) == 2


def test_a_stream_that_begins_while_its_camera_is_hidden_leaves_nothing(world: World) -> None:
    world.epoch_in_database = 2
    assert world.supervisor.run() == "access"
    assert world.children == []
    assert list(world.root.rglob("*")) == []
