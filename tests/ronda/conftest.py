"""Nights of one RT, and a clock that is handed in. Monday, 23 November 2026, is a night like others."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from cameras.models import Camera, Visibility
from neighborhoods.models import RT
from ronda import planning
from tests.conftest import _belongs, make_camera

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026, city time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


AFTERNOON, EVENING, SMALL_HOURS = at(23, 15), at(23, 22, 30), at(24, 3)


@pytest.fixture
def budi(rt: RT) -> User:
    return _belongs("budi", rt)


@pytest.fixture
def cameras(rt: RT) -> list[Camera]:
    """Three that every resident sees, and one that is closed."""
    seen = [make_camera(rt, Visibility.WARGA_RT, name) for name in ("Balai RT", "Gapura", "Pos kamling")]
    return [*seen, make_camera(rt, Visibility.MATI, "Gudang")]


@pytest.fixture
def roster(rt: RT, head: User, resident: User, budi: User) -> None:
    """On Mondays *resident* and *budi* watch, on Wednesdays *head*."""
    for person, weekday in ((resident, 1), (budi, 1), (head, 3)):
        planning.put_weekly(rt, person, weekday, by=head, now=at(20, 9))
