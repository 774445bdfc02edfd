"""The one thread that reads for all: with real pipes."""

from __future__ import annotations

import os
import queue
import select
import tempfile
import threading
from collections.abc import Iterator

import pytest

from streaming.child import CHUNK, Child
from streaming.pump import REST, SHORT_REST, Flow, Pump

PATIENCE = 5.0


class Pipe:
    """A child whose output the test writes."""

    def __init__(self) -> None:
        self.ours, self.theirs = os.pipe()
        self.listened = False
        os.set_blocking(self.ours, False)

    def fileno(self) -> int:
        return self.ours

    def read(self, timeout: float) -> bytes | None:
        try:
            return os.read(self.ours, 1000) or None
        except BlockingIOError:
            return b""

    def listen(self) -> None:
        self.listened = True

    def say(self, data: bytes) -> None:
        os.write(self.theirs, data)

    def end(self) -> None:
        os.close(self.theirs)
        self.theirs = -1

    def close(self) -> None:
        os.close(self.ours)
        if self.theirs >= 0:
            os.close(self.theirs)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    pipe.close()


@pytest.fixture
def pump() -> Pump:
    return Pump()


def test_what_a_child_writes_is_fed_and_the_first_segment_is_news(pump: Pump, pipe: Pipe) -> None:
    fed: list[bytes] = []

    def feed(data: bytes) -> int:
        fed.append(data)
        return 1

    flow = pump.begin(pipe, feed)
    pipe.say(b"pictures")
    flow.wait(PATIENCE)
    assert (fed, flow.segments, flow.over, flow.trouble) == ([b"pictures"], 1, False, None)
    pump.end(flow)


def test_the_end_of_its_output_is_news(pump: Pump, pipe: Pipe) -> None:
    flow = pump.begin(pipe, len)
    pipe.end()
    flow.wait(PATIENCE)
    assert flow.over


def test_trouble_of_one_is_its_own_and_the_others_flow_on(pump: Pump, pipe: Pipe) -> None:
    def full(data: bytes) -> int:
        raise OSError(28, "full")

    other = Pipe()
    troubled, well = pump.begin(pipe, full), pump.begin(other, len)
    pipe.say(b"x")
    troubled.wait(PATIENCE)
    assert isinstance(troubled.trouble, OSError)
    other.say(b"abc")
    well.wait(PATIENCE)
    assert (well.segments, well.trouble) == (3, None)
    pump.end(well)
    other.close()


def test_after_the_end_nothing_is_fed_not_even_by_a_reading_under_way(pipe: Pipe) -> None:
    entered, leave = threading.Event(), threading.Event()
    fed: list[bytes] = []

    def feed(data: bytes) -> int:
        entered.set()
        leave.wait(PATIENCE)
        fed.append(data)
        return 0

    flow = Flow(pipe, feed, lambda: 0.0)
    pipe.say(b"one")
    reading = threading.Thread(target=flow.pour)
    reading.start()
    entered.wait(PATIENCE)
    closing = threading.Thread(target=flow.close)
    closing.start()
    assert closing.is_alive(), "the end waits for the reading"
    leave.set()
    closing.join(PATIENCE)
    pipe.say(b"two")
    assert not flow.pour()
    assert fed == [b"one"]
    reading.join(PATIENCE)


def test_a_number_that_is_given_to_another_pipe_is_not_taken_for_the_old_one(pump: Pump) -> None:
    for _ in range(20):
        pipe = Pipe()
        flow = pump.begin(pipe, len)
        pipe.say(b"abc")
        flow.wait(PATIENCE)
        assert flow.segments == 3
        pump.end(flow)
        pipe.close()


def test_news_of_the_first_segment_comes_when_it_can_be_seen(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = Flow(pipe, len, lambda: 0.0)
    seen: list[int] = []
    monkeypatch.setattr(flow._news, "set", lambda: seen.append(flow.segments))
    pipe.say(b"abc")
    flow.pour()
    assert seen == [3]


def test_a_child_that_cannot_be_watched_is_not_read_either(
    pump: Pump, pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number may belong to another camera's child by then."""
    with tempfile.TemporaryFile() as file, monkeypatch.context() as patched:
        patched.setattr(pipe, "ours", file.fileno())
        with pytest.raises(PermissionError):  # epoll takes no files
            pump.begin(pipe, len)
    assert pump._flows == {}


def test_a_pipe_that_was_closed_too_early_does_not_end_the_reading_of_others(pump: Pump, pipe: Pipe) -> None:
    gone = Pipe()
    flow = pump.begin(gone, len)
    gone.close()
    pump.end(flow)
    other = pump.begin(pipe, len)
    pipe.say(b"abc")
    other.wait(PATIENCE)
    assert other.segments == 3
    pump.end(other)


def test_what_a_child_said_before_its_end_is_heard(pump: Pump) -> None:
    child = Child(["sh", "-c", "echo refused >&2"], b"")
    flow = pump.begin(child, len)
    flow.wait(PATIENCE)
    assert flow.over
    assert child.last_words() == ["refused"]
    pump.end(flow)
    child.stop()


class Gushing(Pipe):
    """Has so many full readings waiting, and one that is not full."""

    def __init__(self, full: int) -> None:
        super().__init__()
        self.left = full
        self.say(b"!")  # epoll reports it for as long as nobody reads

    def read(self, timeout: float) -> bytes | None:
        self.left -= 1
        return bytes(CHUNK) if self.left >= 0 else b"x" if self.left == -1 else None


def test_there_is_no_rest_while_more_is_waiting() -> None:
    """A rest after each reading would bound a camera, and make large keyframes late."""
    rested_at: list[int] = []
    gushing = Gushing(50)
    pump = Pump(sleep=lambda seconds: rested_at.append(gushing.left))
    flow = pump.begin(gushing, len)
    while not flow.over:
        flow.wait(PATIENCE)
    pump.end(flow)
    gushing.close()
    assert flow.segments == 50 * CHUNK + 1
    assert [left for left in rested_at if left >= 0] == []


def test_rests_are_short_while_a_stream_has_no_picture_yet(pipe: Pipe) -> None:
    rests: queue.Queue[float] = queue.Queue()
    starting = Pipe()
    pump = Pump(rests.put)
    flow, other = pump.begin(pipe, len), pump.begin(starting, len)
    pipe.say(b"abc")
    assert rests.get(timeout=PATIENCE) == SHORT_REST
    starting.say(b"abc")
    assert rests.get(timeout=PATIENCE) == REST
    pump.end(other)
    pump.end(flow)
    starting.close()


def test_a_child_that_writes_very_much_is_read_to_its_end(pump: Pump) -> None:
    child = Child(["head", "-c", "50000000", "/dev/zero"], b"")
    flow = pump.begin(child, len)
    for _ in range(60):  # it takes a second; a busy machine may take many
        if flow.over:
            break
        flow.wait(PATIENCE)
    assert (flow.over, flow.segments) == (True, 50_000_000)
    pump.end(flow)
    child.stop()


def test_one_that_never_stops_talking_is_heard_a_pipe_full_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(["sh", "-c", "yes >&2"], b"")
    heard: list[int] = []

    def hear(data: bytes) -> None:
        heard.append(len(data))
        assert len(heard) < 3, "it would go on for ever"
        select.select([child._err], [], [], PATIENCE)

    monkeypatch.setattr(child._words, "hear", hear)
    select.select([child._err], [], [], PATIENCE)
    child.listen()
    assert len(heard) == 1
    child.stop()
