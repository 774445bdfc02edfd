"""Reports that a view violates privacy, by anyone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import Settings

from cameras import confirming, reports
from cameras.models import Camera
from cameras.reports import reporter_of
from cameras.view_records import PrivacyReport
from neighborhoods.models import RT
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOBODY = AnonymousUser()


def tell(camera: Camera, address: str, *, now: datetime = NOW) -> PrivacyReport:
    return reports.report(camera, reporter=reporter_of(NOBODY, address), reason="Tampak kamar tidur", now=now)


def need(camera: Camera) -> tuple[str, str]:
    camera.refresh_from_db()
    return camera.visibility, camera.need


def test_three_distinct_people_hide_a_camera_and_one_alone_does_not(camera: Camera) -> None:
    for _ in range(5):
        tell(camera, "36.80.1.1")
    assert PrivacyReport.objects.count() == 1
    tell(camera, "36.80.1.2")
    assert need(camera) == ("publik", "")
    tell(camera, "36.80.1.3")
    assert need(camera) == ("petugas", "reported")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("36.80.1.1", "36.80.1.2", False),
        ("2404:8000:1:2::1", "2404:8000:1:2:ffff::9", True),
        ("2404:8000:1:2::1", "2404:8000:1:3::1", False),
        ("::ffff:36.80.1.1", "36.80.1.1", True),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_one_household_is_one_reporter(one: str, other: str, same: bool) -> None:
    assert (reporter_of(NOBODY, one).key == reporter_of(NOBODY, other).key) == same


def test_the_network_address_is_not_kept(camera: Camera) -> None:
    row = tell(camera, "36.80.1.1")
    assert "36.80" not in " ".join(str(value) for value in vars(row).values())


def test_an_account_is_one_reporter_wherever_it_is(resident: User) -> None:
    assert reporter_of(resident, "36.80.1.1") == reporter_of(resident, "10.0.0.1")


def test_old_reports_and_answered_ones_do_not_count(camera: Camera, head: User) -> None:
    tell(camera, "36.80.1.1", now=NOW - timedelta(days=8))
    answered = tell(camera, "36.80.1.2", now=NOW - timedelta(days=1))
    assert reports.answer(answered, text="Kamera hanya melihat jalan.", by=head)
    assert not reports.answer(answered, text="Lagi", by=head)
    tell(camera, "36.80.1.3")
    tell(camera, "36.80.1.4")
    assert need(camera) == ("publik", "")
    tell(camera, "36.80.1.5")
    assert need(camera) == ("petugas", "reported")


def test_the_confirmation_answers_what_is_open_and_counting_begins_anew(camera: Camera, head: User) -> None:
    for number in range(3):
        tell(camera, f"36.80.1.{number}")
    confirming.confirm(camera.pk, by=head)
    assert need(camera) == ("publik", "")
    assert set(PrivacyReport.objects.values_list("answer", "answered_by")) == {(confirming.LOOKED, head.pk)}
    tell(camera, "36.80.1.9")
    assert need(camera) == ("publik", "")


def test_one_person_makes_only_so_many_reports_a_day(rt: RT, settings: Settings) -> None:
    settings.REPORTS_A_DAY = 2
    cameras = [make_camera(rt, name=f"Jalan {number}") for number in range(3)]
    for camera in cameras[:2]:
        tell(camera, "36.80.1.1")
    with pytest.raises(reports.TooManyReports):
        tell(cameras[2], "36.80.1.1")
    tell(cameras[2], "36.80.1.2")
    tell(cameras[2], "36.80.1.1", now=NOW + timedelta(days=1, seconds=1))
