"""A report: who makes one, what is kept with it, who hears of it, who reads what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from alerts.telling import Say
from cameras import visibility
from cameras.models import Camera, Visibility
from incidents import concerned, moments, reporting
from incidents.models import Category, Incident, Picture, State
from incidents.reporting import CannotReport, Wish
from neighborhoods.models import RT, Residency
from neighborhoods.residency import standing_of
from streaming import stills
from tests.conftest import make_camera

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
JPEG = b"\xff\xd8 one"


def wish(category: str = Category.KEAMANAN, words: str = "Pagar terbuka", **more: Any) -> Wish:
    return Wish(category, words, **more)


def keep_still(camera: Camera, data: bytes = JPEG, at: float = 1000.0) -> None:
    stills.keep(camera.pk, camera.access_epoch, at=at, files={"large.jpeg": data})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def tell(people: set[int], say: Say, **more: str) -> None:
        found.append({"people": set(people), **dict(zip(("title", "body"), say(), strict=True)), **more})

    monkeypatch.setattr(reporting, "tell", tell)
    return found


def test_a_resident_reports_and_the_head_hears_of_it_without_the_words(
    rt: RT, resident: User, head: User, guard: User, told: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = reporting.report(resident, rt, wish(place="depan musala"), now=NOW)
    assert (made.state, made.rt, made.title) == (State.OPEN, rt, "Keamanan: depan musala")
    assert [step.new for step in made.steps.all()] == [State.OPEN]
    (word,) = told
    assert word["people"] == {head.pk}
    assert "Pagar" not in f"{word}"
    assert word["url"] == made.get_absolute_url()


def test_officers_hear_of_their_categories_alone(
    rt: RT, resident: User, head: User, officer: User, settings: Settings
) -> None:
    settings.OFFICER_CATEGORIES = ["banjir"]
    theft = reporting.report(resident, rt, wish(), now=NOW)
    flood = reporting.report(resident, rt, wish(Category.BANJIR), now=NOW)
    assert concerned.people_of(theft) == {head.pk}
    assert concerned.people_of(flood) == {head.pk, officer.pk}
    assert list(concerned.handled_by(standing_of(officer))) == [flood]


def test_where_the_office_is_vacant_the_ketua_rw_and_officers_stand_in(
    rt: RT, resident: User, rw_head: User, lurah: User, officer: User, head: User
) -> None:
    made = reporting.report(resident, rt, wish(), now=NOW)
    assert concerned.people_of(made) == {head.pk}
    assert Residency.objects.get(user=head).become(Residency.State.ENDED)
    assert concerned.people_of(made) == {rw_head.pk, officer.pk}


def test_an_officer_without_a_second_factor_hears_nothing(rt: RT, resident: User, officer: User) -> None:
    made = reporting.report(resident, rt, wish(Category.KEBAKARAN), now=NOW)
    officer.authenticator_set.all().delete()  # type: ignore[attr-defined]
    assert concerned.people_of(made) == set()


# ---- the still of the moment -------------------------------------------------------------------------------------------------


def test_the_picture_that_the_reporter_saw_is_kept_though_a_newer_one_has_come(resident: User, camera: Camera) -> None:
    keep_still(camera)
    seen = moments.hold(camera, resident.pk)
    assert seen is not None
    keep_still(camera, b"\xff\xd8 two", at=1005.0)
    made = reporting.report(resident, None, wish(camera=camera, moment=seen.token), now=NOW)
    assert (bytes(made.picture.data), made.picture.taken_at.timestamp()) == (JPEG, 1000.0)
    assert (made.rt, made.place) == (camera.rt, camera.name)


def test_another_person_s_moment_is_nobody_s(resident: User, head: User, camera: Camera) -> None:
    keep_still(camera)
    seen = moments.hold(camera, head.pk)
    assert seen is not None
    assert moments.held(seen.token, resident.pk) is None
    assert moments.held("0.0", resident.pk) is None
    assert moments.held("ü.*" * 9, resident.pk) is None


def test_opening_the_form_again_and_again_holds_a_few_pictures_only(
    resident: User, camera: Camera, redis_server: Any
) -> None:
    keep_still(camera)
    tokens = [seen.token for _ in range(9) if (seen := moments.hold(camera, resident.pk))]
    assert len(set(tokens)) == 9
    assert sum(moments.held(token, resident.pk) is not None for token in tokens) == 4


@pytest.mark.parametrize("level", [Visibility.PETUGAS, Visibility.MATI])
def test_no_picture_of_a_camera_at_which_the_reporter_may_not_look(resident: User, rt: RT, level: Visibility) -> None:
    hidden = make_camera(rt, level)
    keep_still(hidden)
    made = reporting.report(resident, None, wish(Category.KAMERA, camera=hidden), now=NOW)
    assert not Picture.objects.exists()
    assert made.camera == hidden


def test_a_camera_that_was_closed_meanwhile_gives_no_picture_of_before(
    resident: User, head: User, camera: Camera
) -> None:
    keep_still(camera)
    seen = moments.hold(camera, resident.pk)
    assert seen is not None
    for level in (Visibility.MATI, Visibility.PUBLIK):
        visibility.switch(camera, to=level, by=head)
        camera.refresh_from_db()
    reporting.report(resident, None, wish(camera=camera, moment=seen.token), now=NOW)
    assert not Picture.objects.exists()


def test_who_wants_none_and_who_finds_none_report_without_a_picture(resident: User, camera: Camera) -> None:
    reporting.report(resident, None, wish(camera=camera), now=NOW)
    keep_still(camera)
    reporting.report(resident, None, wish(camera=camera, with_picture=False), now=NOW)
    assert not Picture.objects.exists()
    assert Incident.objects.count() == 2


# ---- who may, and how often ----------------------------------------------------------------------------------------------------


def test_somebody_from_elsewhere_reports_of_a_camera_that_they_know_of_alone(
    neighbour: User, rt: RT, camera: Camera
) -> None:
    hidden = make_camera(rt, Visibility.WARGA_RT)
    assert reporting.report(neighbour, None, wish(camera=camera), now=NOW).rt == rt
    for given in (wish(camera=hidden), wish()):
        with pytest.raises(CannotReport):
            reporting.report(neighbour, rt, given, now=NOW)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("category", "words"),
    [("", "Pagar terbuka"), ("x", "Pagar terbuka"), ("keamanan", " a "), ("keamanan", "a" * 1001)],
)
def test_what_says_nothing_is_no_report(rt: RT, resident: User, category: str, words: str) -> None:
    with pytest.raises(CannotReport):
        reporting.report(resident, rt, wish(category, words), now=NOW)
    assert not Incident.objects.exists()


def test_sent_twice_it_is_one_report(rt: RT, resident: User, head: User) -> None:
    first = reporting.report(resident, rt, wish(key="mark-0001"), now=NOW)
    assert reporting.report(resident, rt, wish(key="mark-0001"), now=NOW) == first
    assert reporting.report(head, rt, wish(key="mark-0001"), now=NOW) != first


def test_sent_twice_in_one_moment_it_is_one_report(rt: RT, resident: User, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reporting.report(resident, rt, wish(key="mark-0001"), now=NOW)
    answers = iter([None, first])
    monkeypatch.setattr(reporting, "_sent_before", lambda reporter, given: next(answers))
    assert reporting.report(resident, rt, wish(key="mark-0001"), now=NOW) == first
    assert Incident.objects.count() == 1


def test_one_person_reports_so_often_in_an_hour(rt: RT, resident: User, head: User, settings: Settings) -> None:
    settings.INCIDENTS_AN_HOUR = 2
    for _ in range(2):
        reporting.report(resident, rt, wish(), now=NOW)
    with pytest.raises(CannotReport, match="112"):
        reporting.report(resident, rt, wish(), now=NOW)
    reporting.report(head, rt, wish(), now=NOW)
    reporting.report(resident, rt, wish(), now=NOW + timedelta(minutes=61))
    assert Incident.objects.count() == 4


def test_when_something_was_seen_is_no_way_round_that(rt: RT, resident: User, settings: Settings) -> None:
    settings.INCIDENTS_AN_HOUR = 1
    reporting.report(resident, rt, wish(at=NOW - timedelta(hours=5)), now=NOW)
    with pytest.raises(CannotReport, match="112"):
        reporting.report(resident, rt, wish(at=NOW - timedelta(hours=5)), now=NOW)


def test_of_an_rt_that_ended_officers_handle_what_is_left(rt: RT, resident: User, head: User, officer: User) -> None:
    made = reporting.report(resident, rt, wish(), now=NOW)
    assert concerned.people_of(made) == {head.pk}
    RT.objects.filter(pk=rt.pk).update(valid_to=NOW.date())
    made.refresh_from_db()
    assert concerned.people_of(made) == {officer.pk}
