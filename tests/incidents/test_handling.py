"""Open, handled, closed: by those who have to do with it, one after the other, each a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from incidents import handling, reporting
from incidents.handling import CannotTurn, Step, Turn
from incidents.models import Incident, Picture, State
from neighborhoods.models import RT

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@pytest.fixture
def made(rt: RT, resident: User) -> Incident:
    made = reporting.report(resident, rt, reporting.Wish("banjir", "Air naik", place="gang"), now=NOW)
    Picture.objects.create(incident=made, data=b"\xff\xd8", taken_at=NOW)
    return made


def turn(incident: Incident, step: Step, by: User, reason: str = "", seen: str = "") -> None:
    handling.turn(incident, Turn(step, reason, seen), by=by, now=NOW)


def test_the_head_handles_and_closes_and_the_reporter_hears_of_each(
    made: Incident, head: User, resident: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[set[int], str]] = []
    monkeypatch.setattr(handling, "tell", lambda people, say, **more: told.append((set(people), say()[0])))
    with django_capture_on_commit_callbacks(execute=True):
        turn(made, Step.HANDLE, head)
        turn(made, Step.CLOSE, head, "Selokan sudah dibersihkan")
    assert told == [
        ({resident.pk}, "Sedang ditangani: Banjir atau rob"),
        ({resident.pk}, "Selesai: Banjir atau rob"),
    ]
    rows = [(step.old, step.new, step.by, step.reason) for step in made.steps.all()]
    assert rows[1:] == [
        (State.OPEN, State.HANDLED, head, ""),
        (State.HANDLED, State.CLOSED, head, "Selokan sudah dibersihkan"),
    ]


def test_of_two_who_close_it_at_once_the_second_is_told_who_was_first(
    made: Incident, head: User, officer: User
) -> None:
    theirs = Incident.objects.get(pk=made.pk)
    turn(made, Step.CLOSE, head, "Sudah surut")
    with pytest.raises(CannotTurn, match=r"ketua sudah menutupnya pukul 23\.00\. “Sudah surut”"):
        turn(theirs, Step.CLOSE, officer, "Pompa dinyalakan")
    with pytest.raises(CannotTurn, match="ketua"):
        turn(Incident.objects.get(pk=made.pk), Step.HANDLE, officer)
    assert made.steps.count() == 2


def test_who_saw_another_state_is_told_before_anything_is_done(made: Incident, head: User, officer: User) -> None:
    turn(made, Step.HANDLE, head)
    fresh = Incident.objects.get(pk=made.pk)
    with pytest.raises(CannotTurn, match="ketua sudah menanganinya"):
        turn(fresh, Step.CLOSE, officer, "Selesai", seen=State.OPEN)
    turn(fresh, Step.CLOSE, officer, "Selesai", seen=State.HANDLED)
    assert fresh.state == State.CLOSED


def test_closing_says_what_came_of_it(made: Incident, head: User) -> None:
    with pytest.raises(CannotTurn, match="hasilnya"):
        turn(made, Step.CLOSE, head, " a ")
    assert Incident.objects.get().state == State.OPEN


def test_the_reporter_closes_or_withdraws_their_own_and_a_withdrawn_one_has_no_picture(
    made: Incident, resident: User
) -> None:
    assert handling.steps_for(made, resident) == [Step.CLOSE, Step.WITHDRAW]
    with pytest.raises(CannotTurn):
        turn(made, Step.HANDLE, resident)
    turn(made, Step.WITHDRAW, resident)
    assert not Picture.objects.exists()
    assert handling.steps_for(made, resident) == []
    with pytest.raises(CannotTurn, match="warga sudah menariknya"):
        turn(made, Step.WITHDRAW, resident)


@pytest.mark.parametrize("who", ["guard", "neighbour", "former", "rw_head", "lurah"])
def test_others_turn_nothing(made: Incident, head: User, who: str, request: pytest.FixtureRequest) -> None:
    for step in Step:
        with pytest.raises(CannotTurn):
            turn(made, step, request.getfixturevalue(who), "alasan")
    assert Incident.objects.get().state == State.OPEN


def test_pictures_go_after_their_time_and_words_stay(made: Incident, settings: Settings) -> None:
    settings.INCIDENT_PICTURE_DAYS = 30
    assert handling.forget_pictures(NOW + timedelta(days=29)) == 0
    assert handling.forget_pictures(NOW + timedelta(days=31)) == 1
    assert Incident.objects.get().words == "Air naik"
