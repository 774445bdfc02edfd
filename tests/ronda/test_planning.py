"""The roster: groups of the week, single nights, hours. The past stays as it was."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import User

from neighborhoods.models import RT, Residency
from ronda import planning
from ronda.changing import CannotPlan
from ronda.hours_of import hours_book, next_night, tonight
from ronda.models import HoursSetting, WeeklyDuty
from ronda.roster import next_of, plan_on, plans

from .conftest import AFTERNOON, EVENING, MONDAY, SMALL_HOURS, at

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def names(rt: RT, night: date, now: object = AFTERNOON) -> str:
    return plan_on(rt, night, now=now).names  # type: ignore[arg-type]


@pytest.mark.usefixtures("roster")
def test_who_is_in_a_group_watches_every_week_on_its_evening(rt: RT, resident: User) -> None:
    assert names(rt, MONDAY) == names(rt, MONDAY + WEEK) == "warga, budi"
    assert names(rt, MONDAY + timedelta(days=1)) == ""
    ahead = plans(rt, MONDAY + timedelta(days=1), MONDAY + WEEK, now=SMALL_HOURS)
    mine = next_of(resident.pk, ahead)
    assert mine is not None
    assert mine.night == MONDAY + WEEK


@pytest.mark.usefixtures("roster")
def test_the_same_twice_is_once(rt: RT, head: User, resident: User) -> None:
    before = WeeklyDuty.objects.count()
    planning.put_weekly(rt, resident, 1, by=head, now=AFTERNOON)
    assert WeeklyDuty.objects.count() == before


@pytest.mark.usefixtures("roster")
def test_who_leaves_a_group_in_the_evening_still_has_that_night(rt: RT, head: User, budi: User) -> None:
    duty = WeeklyDuty.objects.get(person=budi)
    assert planning.end_weekly(duty, by=head, now=EVENING)
    assert not planning.end_weekly(duty, by=head, now=EVENING)
    assert names(rt, MONDAY, SMALL_HOURS) == "warga, budi"
    assert names(rt, MONDAY + WEEK, SMALL_HOURS) == "warga"
    planning.put_weekly(rt, budi, 1, by=head, now=at(25, 9))
    assert names(rt, MONDAY + WEEK, at(25, 9)) == "warga, budi"


@pytest.mark.usefixtures("roster")
def test_a_single_night_differs_and_the_next_week_does_not(rt: RT, head: User, resident: User) -> None:
    planning.take_off(rt, resident, MONDAY, by=head, now=AFTERNOON)
    planning.put_on(rt, head, MONDAY, by=head, now=AFTERNOON)
    planning.put_on(rt, head, MONDAY, by=head, now=AFTERNOON)
    assert names(rt, MONDAY) == "budi, ketua"
    assert names(rt, MONDAY + WEEK) == "warga, budi"


@pytest.mark.parametrize("night", [date(2026, 11, 21), date(2020, 1, 1), date(2030, 1, 1)])
def test_nights_that_are_over_or_far_away_are_not_planned(rt: RT, head: User, night: date) -> None:
    with pytest.raises(CannotPlan):
        planning.put_on(rt, head, night, by=head, now=AFTERNOON)


def test_only_people_of_the_rt_are_put_on_its_roster(rt: RT, head: User, neighbour: User, former: User) -> None:
    for person in (neighbour, former):
        with pytest.raises(CannotPlan):
            planning.put_weekly(rt, person, 1, by=head, now=AFTERNOON)
        with pytest.raises(CannotPlan):
            planning.put_on(rt, person, MONDAY, by=head, now=AFTERNOON)


@pytest.mark.usefixtures("roster")
def test_who_leaves_the_rt_leaves_its_roster_and_stays_in_its_past(
    rt: RT, budi: User, django_capture_on_commit_callbacks: object
) -> None:
    duty = WeeklyDuty.objects.get(person=budi)
    WeeklyDuty.objects.filter(pk=duty.pk).update(first_night=date(2020, 1, 6))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Residency.objects.get(user=budi).become(Residency.State.ENDED)
    duty.refresh_from_db()
    assert duty.last_night is not None
    assert names(rt, MONDAY) == "warga"
    assert names(rt, date(2020, 1, 6)) == "budi"


def test_hours_hold_from_the_next_night_that_has_not_begun(rt: RT, head: User) -> None:
    assert str(hours_book([rt.pk]).on(rt.pk, MONDAY)) == "22.00–04.00"
    planning.set_hours(rt, begins=time(21), ends=time(3), by=head, now=EVENING)
    book = hours_book([rt.pk])
    assert str(book.on(rt.pk, MONDAY)) == "22.00–04.00"
    assert str(book.on(rt.pk, MONDAY + timedelta(days=1))) == "21.00–03.00"
    planning.set_hours(rt, begins=time(21), ends=time(3), by=head, now=EVENING)
    assert HoursSetting.objects.count() == 1
    assert tonight(SMALL_HOURS) == MONDAY
    assert next_night(rt, SMALL_HOURS) == MONDAY + timedelta(days=1)


def test_impossible_hours_are_refused(rt: RT, head: User) -> None:
    with pytest.raises(CannotPlan):
        planning.set_hours(rt, begins=time(22), ends=time(14), by=head, now=AFTERNOON)
