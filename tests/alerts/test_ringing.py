"""The kentongan rings for an RT's own people, once, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from alerts import answering, muting, ringing
from alerts.models import Alarm, AlarmStep, Ending, Kind, Mute, State, What
from alerts.ringing import Call, CannotRing
from alerts.telling import Say
from neighborhoods.models import RT, Residency

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ring(rt: RT, by: User, kind: Kind = Kind.MALING, *, now: datetime = NOW, **more: Any) -> Alarm:
    return ringing.ring(rt, Call(kind, **more), by=by, now=now)


@pytest.fixture
def pushed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[int], dict[str, str]]]:
    """What was to be pushed, and to whom; nothing is handed to a worker."""
    found: list[tuple[set[int], dict[str, str]]] = []

    def push(people: set[int], say: Say, **more: str) -> None:
        found.append((set(people), {**dict(zip(("title", "body"), say(), strict=True)), **more}))

    for module in (ringing, answering):
        monkeypatch.setattr(module, "push", push)
    return found


def test_the_rt_s_people_are_pushed_and_the_caller_is_not(
    rt: RT, resident: User, head: User, guard: User, neighbour: User, former: User,
    pushed: list[tuple[set[int], dict[str, str]]], django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        alarm = ring(rt, resident, note="  gang   belakang ")
    (people, word), *others = pushed
    assert people == {head.pk, guard.pk}
    assert word == {
        "title": "Kentongan RT 003 / RW 005: Maling!",
        "body": "warga: gang belakang",
        "url": f"/kentongan/bunyi/{alarm.pk}/",
        "tag": f"kentongan-{alarm.pk}",
    }
    assert not others
    assert [(step.what, step.by, step.words) for step in alarm.steps.all()] == [(What.RANG, resident, "gang belakang")]


@pytest.mark.parametrize("who", ["neighbour", "former", "officer", "rw_head"])
def test_nobody_else_sounds_it(rt: RT, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(CannotRing, match="112"):
        ring(rt, request.getfixturevalue(who))
    assert not Alarm.objects.exists()


def test_sent_twice_it_rings_once(rt: RT, resident: User) -> None:
    first = ring(rt, resident, key="one-tap-0001")
    answering.end(first, by=resident, ending=Ending.SAFE, now=NOW)
    assert ring(rt, resident, key="one-tap-0001", now=NOW + MINUTE) == first
    assert Alarm.objects.count() == 1


def test_who_sounds_the_same_danger_joins_and_another_danger_is_another_alarm(
    rt: RT, resident: User, head: User, pushed: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    first = ring(rt, resident)
    with django_capture_on_commit_callbacks(execute=True):
        assert ring(rt, head, note="saya lihat juga") == first
        assert ring(rt, head) == first
    assert not pushed, "the RT has heard already"
    assert [step.words for step in first.steps.filter(what=What.JOINED)] == ["saya lihat juga"]
    assert ring(rt, head, Kind.KEBAKARAN) != first


def test_two_who_sound_it_in_the_same_moment_are_one_alarm(
    rt: RT, resident: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ring(rt, resident)
    answers = iter([None, first])
    monkeypatch.setattr(ringing, "_running", lambda rt, kind: next(answers))
    assert ring(rt, head) == first
    assert Alarm.objects.count() == 1
    assert AlarmStep.objects.filter(what=What.JOINED, by=head).exists()


def test_one_person_and_one_rt_may_sound_it_so_often_in_an_hour(
    rt: RT, resident: User, head: User, settings: Settings
) -> None:
    settings.ALARMS_A_PERSON, settings.ALARMS_AN_RT = 2, 3

    def once(by: User, minute: int) -> None:
        alarm = ring(rt, by, now=NOW + minute * MINUTE)
        answering.end(alarm, by=by, ending=Ending.SAFE, now=NOW + minute * MINUTE)

    once(resident, 0)
    once(resident, 1)
    with pytest.raises(CannotRing, match="beberapa kali"):
        once(resident, 2)
    once(head, 2)
    with pytest.raises(CannotRing, match="terlalu sering"):
        once(head, 3)
    once(resident, 61)
    assert Alarm.objects.count() == 4


def test_a_head_mutes_somebody_for_a_time_and_says_why(rt: RT, resident: User, head: User) -> None:
    muting.mute(rt, resident, by=head, days=2, reason="Membunyikan untuk bercanda", now=NOW)
    with pytest.raises(CannotRing, match=r"bercanda.*112"):
        ring(rt, resident, now=NOW + timedelta(days=1))
    assert ring(rt, resident, now=NOW + timedelta(days=2, seconds=1))


def test_a_mute_is_lifted_once_and_stays_as_history(rt: RT, resident: User, head: User) -> None:
    row = muting.mute(rt, resident, by=head, days=7, reason="Salah paham", now=NOW)
    assert muting.lift(row, by=head, now=NOW + MINUTE)
    assert not muting.lift(row, by=head, now=NOW + MINUTE)
    assert ring(rt, resident, now=NOW + 2 * MINUTE)
    assert Mute.objects.get().lifted_by == head


@pytest.mark.parametrize(
    ("days", "reason", "whom"), [(0, "alasan benar", "resident"), (91, "alasan benar", "resident"), (3, "x", "resident"),
                                 (3, "alasan benar", "neighbour"), (3, "alasan benar", "head")],
)  # fmt: skip
def test_what_is_no_mute_is_refused(
    rt: RT, head: User, resident: User, neighbour: User, days: int, reason: str, whom: str
) -> None:
    people = {"resident": resident, "neighbour": neighbour, "head": head}
    with pytest.raises(muting.CannotMute):
        muting.mute(rt, people[whom], by=head, days=days, reason=reason, now=NOW)
    assert not Mute.objects.exists()


# ---- what becomes of it ------------------------------------------------------------------------------------------------------


def test_somebody_comes_and_the_caller_hears_of_it(
    rt: RT, resident: User, head: User, pushed: list[tuple[set[int], dict[str, str]]], django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    alarm = ring(rt, resident)
    with django_capture_on_commit_callbacks(execute=True):
        answering.come(alarm, by=head, now=NOW)
        answering.come(alarm, by=head, now=NOW + MINUTE)
    assert alarm.state == State.ANSWERED
    assert [step.at for step in alarm.steps.filter(what=What.COMING)] == [NOW]
    assert [(people, word["title"]) for people, word in pushed] == [({resident.pk}, "ketua datang")]


def test_the_caller_and_people_of_other_rts_do_not_come(rt: RT, resident: User, neighbour: User) -> None:
    alarm = ring(rt, resident)
    for who in (resident, neighbour):
        with pytest.raises(answering.CannotTurn):
            answering.come(alarm, by=who, now=NOW)
    assert alarm.state == State.RINGING


def test_it_is_ended_by_the_caller_or_who_manages_the_rt(rt: RT, resident: User, head: User, guard: User) -> None:
    alarm = ring(rt, resident)
    with pytest.raises(answering.CannotTurn):
        answering.end(alarm, by=guard, ending=Ending.SAFE, now=NOW)
    answering.end(alarm, by=head, ending=Ending.FALSE, words="kucing", now=NOW)
    assert (alarm.state, alarm.ending) == (State.ENDED, Ending.FALSE)


def test_the_second_who_ends_it_is_told_who_was_first(rt: RT, resident: User, head: User) -> None:
    alarm = ring(rt, resident)
    other = Alarm.objects.get(pk=alarm.pk)
    answering.end(alarm, by=head, ending=Ending.SAFE, now=NOW)
    with pytest.raises(answering.CannotTurn, match=r"ketua pukul 23\.00: sudah aman"):
        answering.end(other, by=resident, ending=Ending.FALSE, now=NOW)
    with pytest.raises(answering.CannotTurn, match="ketua"):
        answering.come(Alarm.objects.get(pk=alarm.pk), by=head, now=NOW)
    assert alarm.steps.filter(what=What.ENDED).count() == 1


def test_what_nobody_ended_ends_by_itself(rt: RT, resident: User, settings: Settings) -> None:
    settings.ALARM_HOURS = 6
    alarm = ring(rt, resident)
    assert answering.end_forgotten(NOW + timedelta(hours=5)) == 0
    assert answering.end_forgotten(NOW + timedelta(hours=7)) == 1
    assert answering.end_forgotten(NOW + timedelta(hours=7)) == 0
    alarm.refresh_from_db()
    assert alarm.ending == Ending.FORGOTTEN
    assert alarm.steps.last().who == "portal"  # type: ignore[union-attr]


def test_somebody_who_left_neither_sounds_nor_comes(
    rt: RT, resident: User, head: User, make_left: Callable[[User], None]
) -> None:
    alarm = ring(rt, head)
    make_left(resident)
    with pytest.raises(answering.CannotTurn):
        answering.come(alarm, by=resident, now=NOW)
    with pytest.raises(CannotRing):
        ring(rt, resident, Kind.BANJIR)


@pytest.fixture
def make_left() -> Callable[[User], None]:
    def leave(user: User) -> None:
        assert Residency.objects.get(user=user).become(Residency.State.ENDED)

    return leave
