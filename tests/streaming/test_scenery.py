"""The same scene under other light and weather, and other scenes: some hundred generated pairs, and whole days of a camera."""

from __future__ import annotations

import random
from base64 import b64encode
from functools import partial

import pytest
from PIL import Image

from streaming import remembering
from streaming.remembering import DOUBTS, Light, Memory, Verdict, light_of
from streaming.scenery import Signature, agreement, signature

from . import weather

PLACES: tuple[weather.Place, ...] = (weather.kampung, *(partial(weather.invented, seed) for seed in range(14)))
LIGHTS = ("day", "night", "infrared")
Marks = dict[str, list[tuple[Signature, Light]]]


def _marks(number: int) -> Marks:
    """Pictures of one place, in each light, each with up to two of rain, crowds, headlights, shadows, noise and other exposure."""
    dice = random.Random(f"marks {number}")
    found: Marks = {}
    for light in LIGHTS:
        for _ in range(6):
            effects = tuple(dice.sample(list(weather.EFFECTS), dice.choice((0, 1, 1, 2))))
            picture = weather.shot(PLACES[number](), light, dice, effects)
            found.setdefault(light, []).append((signature(picture), light_of(picture)))
    return found


@pytest.fixture(scope="module")
def marks() -> list[Marks]:
    return [_marks(number) for number in range(len(PLACES))]


def test_pairs_of_one_scene_agree_and_of_two_scenes_do_not(marks: list[Marks]) -> None:
    """In one light. Measured: 2 % of 650 pairs of one scene are taken for two, and of 745 pairs of two scenes none for one."""
    same = [
        value
        for place in marks
        for light in LIGHTS
        for one in range(6)
        for other in range(one)
        if (value := agreement(place[light][one][0], place[light][other][0])) is not None
    ]
    different = [
        value
        for number, place in enumerate(marks)
        for step in (1, 4, 7)
        for light in LIGHTS
        for picture in range(6)
        if (value := agreement(place[light][picture][0], marks[(number + step) % len(marks)][light][picture][0]))
        is not None
    ]
    assert len(same) > 600
    assert len(different) > 600
    taken_for_another = sum(value < remembering.OTHER for value in same) / len(same)
    taken_for_the_same = sum(value >= remembering.SAME for value in different) / len(different)
    print(f"one scene taken for another: {taken_for_another:.3f} of {len(same)}")
    print(f"two scenes taken for one: {taken_for_the_same:.3f} of {len(different)}")
    assert taken_for_another < 0.05
    assert taken_for_the_same < 0.02


def test_days_of_a_camera_raise_no_alarm_and_another_scene_does(marks: list[Marks]) -> None:
    alarms, found, nights = 0, 0, 0
    for number, place in enumerate(marks):
        memory, at = Memory(), 0.0
        dark = "infrared" if number % 2 else "night"
        for turn in range(6):
            for seen, light in place[("day", dark)[turn % 2]]:
                at += 300
                alarms += memory.look(seen, light, at=at) is Verdict.ANOTHER_SCENE
        moved = marks[(number + 3) % len(marks)]
        kept = memory.packed()
        found += _notices(Memory.unpack(kept), moved["day"], at)
        nights += _notices(Memory.unpack(kept), moved[dark], at)
    print(f"false alarms {alarms}; moved by day and noticed {found}, by night {nights}, of {len(marks)}")
    assert alarms == 0
    assert found >= len(marks) - 1
    assert nights >= len(marks) - 5


def _notices(memory: Memory, pictures: list[tuple[Signature, Light]], at: float) -> bool:
    return any(
        memory.look(seen, light, at=at + 60 * turn) is Verdict.ANOTHER_SCENE
        for turn, (seen, light) in enumerate([*pictures, *pictures], start=1)
    )


# ---- what is remembered ------------------------------------------------------------------------------------------------------


@pytest.fixture
def day(marks: list[Marks]) -> Signature:
    return marks[0]["day"][0][0]


@pytest.fixture
def elsewhere(marks: list[Marks]) -> Signature:
    return marks[5]["day"][0][0]


def test_some_disagreements_are_no_other_scene_before_they_last(day: Signature, elsewhere: Signature) -> None:
    memory = Memory()
    memory.look(day, Light.DAY, at=0)
    quick = [memory.look(elsewhere, Light.DAY, at=10 + second) for second in range(DOUBTS + 2)]
    assert set(quick) == {Verdict.DOUBT}, "within seconds: a lorry before the lens"
    assert memory.look(elsewhere, Light.DAY, at=300) is Verdict.ANOTHER_SCENE


def test_a_picture_that_agrees_ends_the_doubt(day: Signature, elsewhere: Signature) -> None:
    memory = Memory()
    memory.look(day, Light.DAY, at=0)
    for turn in range(DOUBTS - 1):
        memory.look(elsewhere, Light.DAY, at=100.0 * turn)
    assert memory.look(day, Light.DAY, at=1000) is Verdict.SAME
    assert memory.look(elsewhere, Light.DAY, at=1100) is Verdict.DOUBT


def test_the_first_night_waits_for_the_day(marks: list[Marks]) -> None:
    day, dark = marks[5]["day"][0][0], [seen for seen, _ in marks[9]["infrared"]]
    memory = Memory()
    memory.look(day, Light.DAY, at=0)
    assert {memory.look(seen, Light.INFRARED, at=3600) for seen in dark} <= {Verdict.UNSURE}
    assert "infrared" not in memory.known
    memory.look(day, Light.DAY, at=40_000)
    assert memory.known["infrared"], "between two days of the same scene it was the same scene"


def test_what_was_confirmed_is_one_more_scene_of_a_camera_that_turns(day: Signature, elsewhere: Signature) -> None:
    memory = Memory()
    memory.look(day, Light.DAY, at=0)
    for turn in range(DOUBTS):
        memory.look(elsewhere, Light.DAY, at=100.0 * turn)
    memory.accept()
    assert memory.look(elsewhere, Light.DAY, at=1000) is Verdict.SAME
    assert memory.look(day, Light.DAY, at=1100) is Verdict.SAME


def test_darkness_and_fog_say_nothing() -> None:
    dark, fog = (Image.new("RGB", weather.SIZE, (value,) * 3) for value in (3, 190))
    memory = Memory()
    assert memory.look(signature(dark), Light.NIGHT, at=0) is Verdict.UNSURE
    assert not memory.anchors
    street = signature(weather.kampung()[0])
    memory.look(street, Light.DAY, at=1)
    for turn in range(20):
        assert memory.look(signature(fog), Light.DAY, at=100.0 * turn) is Verdict.UNSURE


def test_a_memory_is_small_and_comes_back_as_it_was_or_empty(marks: list[Marks]) -> None:
    memory = Memory()
    for light in LIGHTS:
        for turn, (seen, kind) in enumerate(marks[3][light] * 3):
            memory.look(seen, kind, at=300.0 * turn)
    text = memory.packed()
    assert len(text) < 120_000
    assert Memory.unpack(text) == memory
    for broken in ("", "{}", "[]", '{"anchors": {"day": ["x"]}}', text[:-5]):
        assert Memory.unpack(broken) == Memory()


def test_a_signature_holds_no_picture(day: Signature) -> None:
    assert len(day.cells) == 24 * 12 * 4
    with pytest.raises(ValueError, match="not a signature"):
        Signature.unpack(b64encode(b"short").decode())
