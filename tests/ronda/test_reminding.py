"""Tonight's people are reminded when their watch begins: once."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import User

from neighborhoods.models import RT
from ronda import planning, reminding, swapping

from .conftest import AFTERNOON, MONDAY, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roster")]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[int], str]]:
    heard: list[tuple[set[int], str]] = []
    monkeypatch.setattr(reminding, "tell", lambda people, say, **more: heard.append((set(people), say()[1])))
    return heard


def test_when_the_watch_begins_and_only_then(resident: User, budi: User, told: list[tuple[set[int], str]]) -> None:
    assert reminding.remind_due(at(23, 21, 59)) == 0
    assert reminding.remind_due(at(23, 22)) == 1
    assert reminding.remind_due(at(23, 22, 1)) == 0
    assert told == [({resident.pk, budi.pk}, "RT 003 / RW 005, pukul 22.00–04.00: warga, budi.")]


def test_nobody_is_woken_late_or_on_a_night_without_a_roster(told: list[tuple[set[int], str]]) -> None:
    assert reminding.remind_due(at(24, 1)) == reminding.remind_due(at(24, 22)) == 0
    assert told == []


def test_the_hours_of_the_rt_and_who_cannot_come_are_heeded(
    rt: RT, head: User, resident: User, budi: User, told: list[tuple[set[int], str]]
) -> None:
    planning.set_hours(rt, begins=time(23, 30), ends=time(4), by=head, now=AFTERNOON)
    swapping.cannot_come(rt, resident, MONDAY, now=AFTERNOON)
    assert reminding.remind_due(at(23, 22)) == 0
    assert reminding.remind_due(at(23, 23, 30) + timedelta(minutes=1)) == 1
    assert told[0][0] == {budi.pk}
