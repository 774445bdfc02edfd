from __future__ import annotations

import pytest

from streaming.gathering import Gatherer
from streaming.mp4 import Segment


def gathered(length: float, *fragments: tuple[float, bool]) -> list[tuple[float, bool, bytes]]:
    gatherer = Gatherer(length)
    parts = [Segment(bytes([number]), seconds, keyframe) for number, (seconds, keyframe) in enumerate(fragments)]
    return [(round(one.duration, 3), one.keyframe, one.data) for part in parts for one in gatherer.take(part)]


def test_the_first_fragment_is_out_at_once_and_later_ones_wait_for_their_length() -> None:
    found = gathered(0.5, (0.25, True), *[(0.25, False)] * 4)
    assert found == [(0.25, True, b"\0"), (0.5, False, b"\1\2"), (0.5, False, b"\3\4")]


def test_a_camera_of_nothing_but_keyframes_makes_few_segments() -> None:
    found = gathered(0.5, *[(0.04, True)] * 100)
    assert len(found) <= 10
    assert all(keyframe for _, keyframe, _ in found)


def test_a_keyframe_begins_a_segment() -> None:
    found = gathered(0.5, (0.2, True), (0.2, False), (0.2, True), (0.2, False), (0.2, False))
    assert found == [(0.2, True, b"\0"), (0.2, False, b"\1"), (0.4, True, b"\2\3")]


def test_parameter_sets_sent_as_a_picture_of_their_own_stay_with_their_keyframe() -> None:
    found = gathered(0.5, (0.00001, True), (0.25, True), (0.25, False), (0.00001, True), (0.5, True))
    assert found == [(0.25, True, b"\0\1"), (0.25, False, b"\2"), (0.5, True, b"\3\4")]


def test_a_fragment_of_sound_alone_hides_no_keyframe() -> None:
    found = gathered(
        0.5, (0.5, True), (0.0, False), (0.5, True), (0.0, False), (0.25, False), (0.25, True), (0.5, False)
    )
    assert found == [(0.5, True, b"\0"), (0.5, True, b"\1\2"), (0.25, False, b"\3\4"), (0.75, True, b"\5\6")]


@pytest.mark.parametrize("fragment", [0.2, 0.25, 0.5, 1.0])
def test_nothing_is_lost_and_nothing_is_longer_than_need_be(fragment: float) -> None:
    found = gathered(0.5, *[(fragment, number % 8 == 0) for number in range(33)])
    assert b"".join(data for _, _, data in found) == bytes(range(33))[: sum(len(data) for _, _, data in found)]
    assert max(seconds for seconds, _, _ in found) <= max(0.5, fragment) + 0.1
