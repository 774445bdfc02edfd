from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from cameras.hours import Hours, level_at, span_at

WIB = ZoneInfo("Asia/Jakarta")
NIGHT = Hours(time(22), time(5))
# 20 November 2026 is a Friday.
FRIDAYS = Hours(time(22), time(5), frozenset({5}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=WIB)


class Night:
    level = "warga_rt"
    hours = NIGHT


@pytest.mark.parametrize(
    ("moment", "level"),
    [
        ("20T21:59:59", None),
        ("20T22:00:00", "warga_rt"),
        ("20T23:59:59", "warga_rt"),
        ("21T00:00:00", "warga_rt"),
        ("21T04:59:59", "warga_rt"),
        ("21T05:00:00", None),
        ("21T12:00:00", None),
    ],
)
def test_hours_over_midnight_begin_and_end_on_the_minute(moment: str, level: str | None) -> None:
    assert level_at(Night(), at(moment)) == level


def test_a_span_over_midnight_is_one_span() -> None:
    before, after = span_at(NIGHT, at("20T23:00:00")), span_at(NIGHT, at("21T04:00:00"))
    assert before == after
    assert before is not None
    assert (before.begin, before.end) == (at("20T22:00:00"), at("21T05:00:00"))


def test_days_are_those_of_the_evening() -> None:
    assert span_at(FRIDAYS, at("20T23:00:00"))
    assert span_at(FRIDAYS, at("21T04:00:00")), "the night of Friday to Saturday"
    assert span_at(FRIDAYS, at("20T04:00:00")) is None, "the night of Thursday to Friday"
    assert span_at(FRIDAYS, at("21T23:00:00")) is None


def test_hours_within_a_day() -> None:
    school = Hours(time(6, 30), time(13))
    assert span_at(school, at("20T06:30:00"))
    assert span_at(school, at("20T13:00:00")) is None
    assert span_at(school, at("20T03:00:00")) is None


def test_the_citys_clock_counts_and_not_utc() -> None:
    utc = datetime.fromisoformat("2026-11-20T15:00:00+00:00")
    assert span_at(NIGHT, utc.astimezone(WIB)), "22.00 WIB"
    assert span_at(NIGHT, utc) is None
