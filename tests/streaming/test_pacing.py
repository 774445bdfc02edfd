from streaming.pacing import Pace


def test_a_few_go_at_once_and_the_rest_one_after_the_other() -> None:
    pace = Pace(0.1, at_once=3)
    waits = [round(pace.turn(100.0), 3) for _ in range(6)]
    assert waits == [0.0, 0.0, 0.0, 0.1, 0.2, 0.3]


def test_who_comes_alone_never_waits() -> None:
    pace = Pace(0.1, at_once=1)
    assert [pace.turn(100.0 + second) for second in range(5)] == [0.0] * 5


def test_a_pause_brings_the_turns_without_a_wait_back() -> None:
    pace = Pace(0.1, at_once=2)
    for _ in range(10):
        pace.turn(100.0)
    assert [pace.turn(110.0), pace.turn(110.0)] == [0.0, 0.0]
    assert pace.turn(110.0) > 0
