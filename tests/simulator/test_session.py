"""A session without a network: its schedule, its faults, and a reader that is too slow."""

import asyncio

import pytest

from simulator.cameras import Camera, Playing
from simulator.clip import Film, Format
from simulator.harness import clip_folder
from simulator.session import InterleavedRoad, Session
from simulator.workshop import Workshop


class _Wire(asyncio.WriteTransport):
    """Takes what is written and never gets rid of it."""

    def __init__(self) -> None:
        super().__init__()
        self.unsent = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.unsent += len(data)

    def get_write_buffer_size(self) -> int:
        return self.unsent


@pytest.fixture(scope="module")
def clip() -> Film:
    return Workshop(folder=clip_folder()).make(Format())


def _session(clip: Film, wire: _Wire, most: int = 1 << 30) -> Session:
    return Session(camera=Camera("pos-1", "Pos", Playing()), clip=clip, road=InterleavedRoad(wire, 0, most), now=0.0)


def test_a_reader_that_is_too_slow_loses_its_session_instead_of_growing_memory(clip: Film) -> None:
    wire = _Wire()
    session = _session(clip, wire, most=100_000)
    session.begin(1000, at_once=True, keyframe=True)
    sent = [session.send(tick, held=False, broken=False) for tick in range(1000, 1100)]
    assert sent[0]
    assert not sent[-1]


def test_after_a_stall_a_session_goes_on_with_a_keyframe(clip: Film) -> None:
    wire = _Wire()
    session = _session(clip, wire)
    session.begin(1000, at_once=True, keyframe=True)
    grown = []
    for tick in range(1000, 1048):
        before = wire.unsent
        session.send(tick, held=1005 <= tick < 1010, broken=False)
        grown.append(wire.unsent > before)
    assert grown == [True] * 5 + [False] * 19 + [True] * 24


def test_a_session_begins_where_it_was_asked_to(clip: Film) -> None:
    camera = Camera("pos-1", "Pos", Playing())
    for at_once, keyframe in ((True, True), (False, True), (False, False)):
        session = _session(clip, _Wire())
        session.begin(5000, at_once=at_once, keyframe=keyframe)
        assert session.first_tick is not None
        if at_once:
            assert session.first_tick == 5000
        else:
            assert clip.is_key((session.first_tick + camera.offset) % clip.length) is keyframe
