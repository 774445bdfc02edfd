"""Residents swap nights among themselves; whatever is answered twice is settled once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from neighborhoods.models import RT, Residency
from ronda import swapping
from ronda.changing import CannotPlan
from ronda.models import Swap, SwapState
from ronda.roster import plan_on

from .conftest import AFTERNOON, EVENING, MONDAY, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roster")]
WEDNESDAY = MONDAY + timedelta(days=2)


def names(rt: RT, night: object) -> str:
    return plan_on(rt, night, now=AFTERNOON).names  # type: ignore[arg-type]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[int], str]]:
    heard: list[tuple[set[int], str]] = []
    monkeypatch.setattr(swapping, "tell", lambda people, say, **more: heard.append((set(people), say()[0])))
    return heard


def test_who_cannot_come_is_off_the_roster_and_the_head_hears_of_it(
    rt: RT, resident: User, head: User, told: list[tuple[set[int], str]]
) -> None:
    swapping.cannot_come(rt, resident, MONDAY, reason="demam", now=AFTERNOON)
    plan = plan_on(rt, MONDAY, now=AFTERNOON)
    assert plan.names == "budi"
    assert [(one.name, one.note) for one in plan.away] == [("warga", "berhalangan: demam")]
    assert told == [({head.pk}, "warga berhalangan ronda")]
    with pytest.raises(CannotPlan):
        swapping.cannot_come(rt, resident, MONDAY, now=AFTERNOON)
    swapping.can_come_after_all(rt, resident, MONDAY, now=AFTERNOON)
    assert names(rt, MONDAY) == "warga, budi"


def test_a_night_is_given_away_in_return_for_another(rt: RT, resident: User, head: User) -> None:
    swap = swapping.ask(rt, resident, MONDAY, in_return=WEDNESDAY, now=AFTERNOON)
    swapping.accept(swap, head, now=AFTERNOON)
    assert names(rt, MONDAY) == "budi, ketua"
    assert names(rt, WEDNESDAY) == "warga"
    away = plan_on(rt, MONDAY, now=AFTERNOON).away
    assert [(one.name, one.note) for one in away] == [("warga", "bertukar dengan ketua")]


def test_whoever_answers_second_hears_who_was_quicker(rt: RT, resident: User, head: User, guard: User) -> None:
    swap = swapping.ask(rt, resident, MONDAY, now=AFTERNOON)
    swapping.accept(swap, guard, now=AFTERNOON)
    with pytest.raises(CannotPlan, match="penjaga"):
        swapping.accept(swap, head, now=AFTERNOON)
    with pytest.raises(CannotPlan):
        swapping.withdraw(swap, resident, now=AFTERNOON)
    assert names(rt, MONDAY) == "budi, penjaga"


def test_a_request_to_one_is_answered_by_that_one_alone(rt: RT, resident: User, head: User, guard: User) -> None:
    swap = swapping.ask(rt, resident, MONDAY, asked=head, now=AFTERNOON)
    assert swapping.ask(rt, resident, MONDAY, now=AFTERNOON) == swap, "one open request a night"
    for verb in (swapping.accept, swapping.refuse):
        with pytest.raises(CannotPlan):
            verb(swap, guard, now=AFTERNOON)
    swapping.refuse(swap, head, now=AFTERNOON)
    assert Swap.objects.get().state == SwapState.REFUSED
    assert names(rt, MONDAY) == "warga, budi"


def test_nobody_swaps_what_is_not_theirs_or_over(rt: RT, resident: User, budi: User, guard: User) -> None:
    with pytest.raises(CannotPlan):
        swapping.ask(rt, guard, MONDAY, now=AFTERNOON)
    with pytest.raises(CannotPlan):
        swapping.ask(rt, resident, MONDAY, in_return=MONDAY + timedelta(days=1), now=AFTERNOON)
    swap = swapping.ask(rt, resident, MONDAY, now=EVENING)
    with pytest.raises(CannotPlan):
        swapping.accept(swap, budi, now=EVENING)  # watches that night himself
    with pytest.raises(CannotPlan):
        swapping.accept(swap, guard, now=at(24, 4))


def test_in_return_only_who_watches_that_night_can_accept(rt: RT, resident: User, guard: User) -> None:
    swap = swapping.ask(rt, resident, MONDAY, in_return=WEDNESDAY, now=AFTERNOON)
    with pytest.raises(CannotPlan):
        swapping.accept(swap, guard, now=AFTERNOON)
    assert names(rt, MONDAY) == "warga, budi"


def test_nobody_swaps_with_somebody_who_left_meanwhile(rt: RT, resident: User, head: User) -> None:
    swap = swapping.ask(rt, resident, MONDAY, in_return=WEDNESDAY, now=AFTERNOON)
    assert Residency.objects.get(user=resident).become(Residency.State.ENDED)
    with pytest.raises(CannotPlan):
        swapping.accept(swap, head, now=AFTERNOON)
    assert names(rt, WEDNESDAY) == "ketua", "who gave this night away would have left a gap"


def test_who_changes_their_mind_all_day_wakes_nobody_all_day(
    rt: RT, resident: User, told: list[tuple[set[int], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "_WORDS_A_NIGHT", 2)
    monkeypatch.setattr(swapping, "_WORDS_A_DAY", 2)
    for _ in range(3):
        swapping.withdraw(swapping.ask(rt, resident, MONDAY, now=AFTERNOON), resident, now=AFTERNOON)
        swapping.cannot_come(rt, resident, MONDAY, now=AFTERNOON)
        swapping.can_come_after_all(rt, resident, MONDAY, now=AFTERNOON)
    assert [title for _, title in told] == ["warga minta tukar ronda", "warga berhalangan ronda"] * 2
