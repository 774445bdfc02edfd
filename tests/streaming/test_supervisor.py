"""The supervisor's rules, with a clock and a child handed in. The real parts meet in tests/journeys."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from cameras.health import Observation
from cameras.reasons import Reason
from cameras.rtsp import Report
from streaming.demand import Wishes
from streaming.packager import Packager, PicturesChanged
from streaming.parts import ChildLike, Job, Limits, Parts
from streaming.pump import Flow, Pours
from streaming.slots import Slots
from streaming.space import Space
from streaming.states import StreamState
from streaming.supervisor import START_PATIENCE, Supervisor
from streaming.traits import Trait
from streaming.treating import Known, Treating
from streaming.treatment import Pictures, Treatment


@pytest.fixture(scope="module")
def pictures() -> bytes:
    argv = [
        settings.FFMPEG, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x96:r=10:d=2", "-c:v", "libx264", "-g", "10",
        "-bf", "0", "-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-frag_duration", "500000",
        "-f", "mp4", "pipe:1",
    ]  # fmt: skip
    return subprocess.run(argv, check=True, capture_output=True).stdout


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeChild:
    """Says what it is told to, one piece a read."""

    says: list[bytes | None] = field(default_factory=list)
    stopped: bool = False

    def fileno(self) -> int:
        return -1

    def read(self, timeout: float) -> bytes | None:
        return self.says.pop(0) if self.says else b""

    def listen(self) -> None:
        return

    def last_words(self) -> list[str]:
        return []

    def stop(self) -> None:
        self.stopped = True


class FakeFlow(Flow):
    """Reads when it is waited for; each wait takes a quarter of a second of the fake clock."""

    def __init__(self, child: Pours, feed: Callable[[bytes], int], clock: Clock) -> None:
        super().__init__(child, feed, clock)
        self._fake = clock

    def wait(self, seconds: float) -> None:
        self._fake.now += 0.25
        self.pour()


class World:
    """Everything around one supervisor, with its doings written down."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        self.children: list[FakeChild] = []
        self.script: list[list[bytes | None]] = []
        self.wanted, self.epoch, self.epoch_in_database = True, None, 1
        self.redis_away = self.ending = False
        self.lease = True
        self.diagnosis = Reason.NONE
        self.codec_told = ""
        self.plays: frozenset[str] = frozenset()
        self.treatments: list[Treatment] = []
        self.learnt: list[Trait] = []
        self.slots, self.space = Slots(1), Space(10_000_000)
        self.known = Known()
        self.treating = Treating(
            self.known,
            self.plays,
            slots=self.slots,
            audio=True,
            look=lambda: Report(self.diagnosis, self.codec_told),
            learn=self.learnt.append,
        )
        self.states: list[tuple[StreamState, Reason]] = []
        self.observed: list[Reason] = []
        self.supervisor = Supervisor(Job(7, "abcdefghjk", 1), self._parts(), Limits(idle=10, stall=6, demand=20))

    epoch: int | None

    def begin(self, child: Pours, feed: Callable[[bytes], int]) -> Flow:
        return FakeFlow(child, feed, self.clock)

    def end(self, flow: Flow) -> None:
        flow.close()

    def _parts(self) -> Parts:
        return Parts(
            launch=self._launch,
            turn=lambda now: 0.0,
            treating=self.treating,
            pump=self,
            packager=Packager(
                self.root,
                "abcdefghjk",
                1,
                segment=0.5,
                window=15,
                wall=lambda: self.clock.now,
                timeline=lambda: 1,
                space=self.space,
            ),
            root=self.root,
            look=self._look,
            epoch_now=lambda: self.epoch_in_database,
            revoked=lambda: self.epoch_in_database != 1,
            record=lambda state, reason: self.states.append((state, reason)),
            observe=lambda seen: self.observed.append(seen.reason),
            diagnose=lambda: Report(self.diagnosis, self.codec_told),
            pause=self._pause,
            clock=self.clock,
        )

    def _launch(self, treatment: Treatment) -> ChildLike:
        self.treatments.append(treatment)
        self.children.append(FakeChild(self.script.pop(0) if self.script else []))
        return self.children[-1]

    def _look(self) -> Wishes | None:
        if self.redis_away:
            raise OSError("Redis does not answer")
        if not self.lease:
            return None
        return Wishes(self.wanted, self.epoch, self.plays)

    def _pause(self, seconds: float) -> bool:
        self.clock.now += seconds
        return self.ending

    def until(self, done: Callable[[], bool], *, seconds: float = 300) -> str:
        """Steps until *done* or the end; why it ended, or ""."""
        limit = self.clock.now + seconds
        while self.clock.now < limit:
            if end := self.supervisor.step():
                return end
            if done():
                return ""
        raise AssertionError(f"not done within {seconds} s")

    def is_(self, state: StreamState) -> Callable[[], bool]:
        return lambda: bool(self.states) and self.states[-1][0] == state

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.root.rglob("*") if path.is_file())


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def never() -> bool:
    return False


def test_the_first_segment_makes_it_live_and_the_camera_online(world: World, pictures: bytes) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    assert [state for state, _ in world.states] == [StreamState.STARTING, StreamState.LIVE]
    assert world.observed == [Reason.NONE]
    assert "live.m3u8" in world.files


def test_it_ends_when_nobody_has_wanted_it_for_the_idle_time(world: World, pictures: bytes) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    world.wanted = False
    began = world.clock.now
    world.supervisor._limits = Limits(idle=10, stall=1000, demand=20)
    assert world.until(never) == "idle"
    assert 9 <= world.clock.now - began <= 12


def test_the_end_stops_the_child_and_takes_the_folder_away(world: World, pictures: bytes) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    world.ending = True
    assert world.supervisor.run() == "shutdown"
    assert world.children[0].stopped
    assert world.files == []


@pytest.mark.parametrize("announced", [True, False])
def test_a_change_of_who_may_look_ends_it_by_word_and_also_without(
    world: World, pictures: bytes, announced: bool
) -> None:
    world.script = [[pictures, *[pictures[-1:] * 0] * 3]]
    world.until(world.is_(StreamState.LIVE))
    world.epoch, world.epoch_in_database = (2 if announced else None), 2
    began = world.clock.now
    world.supervisor._limits = Limits(idle=10, stall=1000, demand=20)
    assert world.until(never) == "access"
    assert world.clock.now - began <= (1 if announced else 11)


def test_a_folder_taken_away_is_not_written_again(world: World, pictures: bytes) -> None:
    world.script = [[pictures[: len(pictures) // 2], pictures[len(pictures) // 2 :]]]
    world.until(world.is_(StreamState.LIVE))
    from streaming import folders

    folders.remove_older_epochs(world.root, "abcdefghjk", 2)
    assert world.until(never) == "access"
    assert world.files == []


def test_a_camera_that_falls_silent_is_stalled_and_connected_anew(world: World, pictures: bytes) -> None:
    world.script = [[pictures], [pictures]]
    world.until(world.is_(StreamState.LIVE))
    world.until(world.is_(StreamState.BACKING_OFF))
    assert (StreamState.STALLED, Reason.STALLED) in world.states
    assert world.children[0].stopped
    world.until(world.is_(StreamState.LIVE))
    assert len(world.children) == 2


def test_numbers_go_on_over_a_new_run(world: World, pictures: bytes) -> None:
    world.script = [[pictures], [pictures]]
    world.until(lambda: len(world.children) == 2 and world.is_(StreamState.LIVE)())
    text = (world.root / "abcdefghjk" / "1" / "live.m3u8").read_text()
    numbers = [int(line.split("/")[1].removesuffix(".m4s")) for line in text.splitlines() if line.endswith(".m4s")]
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1


def test_pauses_grow_while_a_camera_keeps_failing_and_its_status_says_why(world: World) -> None:
    world.diagnosis = Reason.REFUSED
    world.script = [[None] for _ in range(6)]
    starts: list[float] = []
    for wanted in range(1, 7):
        world.until(lambda wanted=wanted: len(world.children) == wanted)  # type: ignore[misc]
        starts.append(world.clock.now)
    gaps = [after - before for before, after in pairwise(starts)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 2
    assert set(world.observed) == {Reason.REFUSED}


@pytest.mark.parametrize("reason", [Reason.UNAUTHORIZED, Reason.NOT_FOUND])
def test_what_cannot_heal_is_tried_once_and_becomes_the_status(world: World, reason: Reason) -> None:
    world.diagnosis = reason
    world.script = [[None]]
    assert world.until(never) == "failed"
    assert world.states[-1] == (StreamState.FAILED, reason)
    assert world.observed == [reason]
    assert len(world.children) == 1


def test_a_camera_that_never_sends_a_picture_is_given_time_and_then_said_to_send_none(world: World) -> None:
    began = world.clock.now
    world.until(world.is_(StreamState.BACKING_OFF))
    assert START_PATIENCE <= world.clock.now - began <= START_PATIENCE + 1
    assert world.states[-1] == (StreamState.BACKING_OFF, Reason.NO_VIDEO)


def test_something_else_than_pictures_is_a_failure_not_a_crash(world: World) -> None:
    world.script = [[b"<html>" * 100]]
    world.until(world.is_(StreamState.BACKING_OFF))


def test_without_redis_it_goes_on_for_a_while_and_with_an_empty_one_until_wishes_are_renewed(
    world: World, pictures: bytes
) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    world.supervisor._limits = Limits(idle=10, stall=1000, demand=20)
    world.redis_away, lost_at = True, world.clock.now
    world.until(lambda: world.clock.now > lost_at + 60)
    world.redis_away, world.wanted = False, False
    world.until(lambda: world.clock.now > lost_at + 70)
    world.wanted = True
    world.until(lambda: world.clock.now > lost_at + 200)


def test_with_the_lease_lost_the_child_is_stopped_and_the_folder_left_to_its_new_owner(
    world: World, pictures: bytes
) -> None:
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    world.lease = False
    assert world.supervisor.run() == "lease"
    assert world.children[0].stopped
    assert "live.m3u8" in world.files


def test_observations_carry_that_pictures_were_looked_at(world: World, pictures: bytes) -> None:
    seen: list[Observation] = []
    object.__setattr__(world.supervisor._parts, "observe", seen.append)
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    assert (seen[0].camera_id, seen[0].pictures, seen[0].codec) == (7, True, "h264")


def test_a_stream_that_cannot_be_transcoded_now_ends_as_busy_without_touching_the_camera(world: World) -> None:
    world.known.codec = "h265"
    assert world.slots.take()
    assert world.supervisor.run() == "busy"
    assert world.states[-1] == (StreamState.BUSY, Reason.NONE)
    assert world.children == []
    assert world.observed == []
    assert world.slots.taken == 1


def test_a_camera_that_comes_back_with_another_codec_is_begun_anew_at_once(world: World, pictures: bytes) -> None:
    world.known.codec, world.codec_told = "h264", "jpeg"
    world.script = [[pictures, None], [pictures]]
    world.until(lambda: len(world.children) == 2)
    assert StreamState.BACKING_OFF not in [state for state, _ in world.states]
    assert [treatment.pictures for treatment in world.treatments] == [Pictures.COPY, Pictures.TRANSCODE]
    assert world.slots.taken == 1
    world.ending = True
    world.supervisor.run()
    assert world.slots.taken == 0


def test_a_codec_that_cannot_be_treated_is_the_cameras_status(world: World) -> None:
    world.known.codec = "x-secret"
    assert world.until(never) == "failed"
    assert world.observed == [Reason.UNSUPPORTED]
    assert world.children == []


def test_bytes_without_segments_are_a_stall_in_which_the_times_are_distrusted(world: World, pictures: bytes) -> None:
    half = len(pictures) // 2
    drops = [pictures[half + at : half + at + 1] for at in range(200)]
    world.script = [[pictures[:half], *drops], [pictures]]
    world.until(lambda: len(world.children) == 2)
    assert world.learnt == [Trait.WRONG_TIMES]
    assert world.treatments[1].arrival_times


def test_what_makes_a_run_begin_anew_again_and_again_is_followed_by_growing_pauses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(data: bytes) -> int:
        raise PicturesChanged

    monkeypatch.setattr(world.supervisor._parts.packager, "feed", changed)
    world.script = [[b"x"] for _ in range(5)]
    starts: list[float] = []
    for wanted in range(1, 6):
        world.until(lambda wanted=wanted: len(world.children) == wanted)  # type: ignore[misc]
        starts.append(world.clock.now)
    gaps = [after - before for before, after in pairwise(starts)]
    assert gaps[0] < 0.6
    assert gaps == sorted(gaps)
    assert gaps[-1] > 2
    assert world.observed == []


def test_in_a_storm_of_starts_it_waits_for_its_turn_once(world: World, pictures: bytes) -> None:
    turns = [3.0]
    object.__setattr__(world.supervisor._parts, "turn", lambda now: turns.pop())
    began = world.clock.now
    world.script = [[pictures]]
    world.until(world.is_(StreamState.LIVE))
    assert 3.0 <= world.clock.now - began <= 4.5
    assert turns == []
