"""A night belongs to its evening, from noon to noon."""

from __future__ import annotations

from datetime import date, time

import pytest

from ronda.nights import WatchHours, night_of

from .conftest import MONDAY, WIB, at


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (at(23, 22), MONDAY),
        (at(24, 3), MONDAY),
        (at(24, 11, 59), MONDAY),
        (at(24, 12), date(2026, 11, 24)),
        (at(23, 12), MONDAY),
    ],
)
def test_three_in_the_morning_is_still_the_night_before(moment: object, night: date) -> None:
    assert night_of(moment) == night  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begins", "ends", "begin", "end"),
    [
        (time(22), time(4), at(23, 22), at(24, 4)),
        (time(20), time(23), at(23, 20), at(23, 23)),
        (time(0), time(4), at(24, 0), at(24, 4)),
        (time(12), time(11, 59), at(23, 12), at(24, 11, 59)),
    ],
)
def test_hours_after_midnight_are_on_the_next_day(begins: time, ends: time, begin: object, end: object) -> None:
    hours = WatchHours(begins, ends)
    assert hours.fit_a_night
    assert (hours.span(MONDAY, WIB).begin, hours.span(MONDAY, WIB).end) == (begin, end)


@pytest.mark.parametrize(("begins", "ends"), [(time(22), time(22)), (time(4), time(22)), (time(22), time(13))])
def test_hours_that_do_not_fit_between_two_noons_are_none(begins: time, ends: time) -> None:
    assert not WatchHours(begins, ends).fit_a_night
