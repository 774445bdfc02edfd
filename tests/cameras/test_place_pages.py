"""The pages of places: how their cameras are, who mends them, a page of cameras at a time, and the way to the map."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cameras.models import Camera, Health, Status, Visibility
from cameras.place_health import health_by, whole
from cameras.reasons import Reason, mender
from neighborhoods.models import RT, Kelurahan
from tests.conftest import browser_of, make_camera

from .test_pages import page

pytestmark = pytest.mark.django_db
KELURAHAN = "/wilayah/33.74.12.1008/"
WHOLE_WAY = ("/wilayah/", "/wilayah/33.74.12/", KELURAHAN, f"{KELURAHAN}rw-005/", f"{KELURAHAN}rw-005/rt-003/")


def be(camera: Camera, status: Status, reason: Reason = Reason.NONE, *, days: float = 0) -> None:
    since = timezone.now() - timedelta(days=days)
    Health.objects.filter(camera=camera).update(status=status, reason=reason, since=since)


def test_how_cameras_are_is_counted_with_the_long_dead_and_who_mends_them(rt: RT, kelurahan: Kelurahan) -> None:
    works, dead, long_dead, wrong, unknown = (make_camera(rt, name=f"Gang {n}, arah utara") for n in range(5))
    of_the_city = Camera.objects.create(
        name="Jembatan, arah hulu", kelurahan=kelurahan, latitude=-7.01, longitude=110.4, visibility="publik"
    )
    be(works, Status.ONLINE, days=30)
    be(dead, Status.OFFLINE, Reason.TIMEOUT, days=6)
    be(long_dead, Status.OFFLINE, Reason.UNREACHABLE, days=8)
    be(wrong, Status.OFFLINE, Reason.UNAUTHORIZED, days=1)
    be(of_the_city, Status.OFFLINE, Reason.TIMEOUT)
    health = whole(health_by(Camera.objects.all(), "rt_id").values())
    assert (health.online, health.offline, health.unknown, health.long, health.working) == (1, 4, 1, 1, 16)
    assert health.to_mend == [
        (mender(Reason.TIMEOUT, belongs_to_rt=True), 2),
        (mender(Reason.TIMEOUT, belongs_to_rt=False), 1),
        (mender(Reason.UNAUTHORIZED, belongs_to_rt=True), 1),
    ]
    assert unknown.health.status == Status.UNKNOWN


def test_each_page_of_the_way_down_says_how_its_cameras_are(stranger: AnonymousUser, rt: RT) -> None:
    be(make_camera(rt), Status.OFFLINE, Reason.TIMEOUT, days=9)
    for address in WHOLE_WAY:
        html = page(stranger, address)
        assert "1 kamera mati lebih dari seminggu" in html
        assert "Pengurus RT perlu memeriksa listrik" in html
        assert "#peta=" in html


def test_a_place_where_all_works_says_nothing_of_mending(stranger: AnonymousUser, camera: Camera) -> None:
    be(camera, Status.ONLINE, days=90)
    html = page(stranger, KELURAHAN)
    assert "Siapa memperbaiki" not in html
    assert "lebih dari seminggu" not in html


def test_what_somebody_may_not_know_of_is_in_no_number_and_no_point(
    stranger: AnonymousUser, resident: User, rt: RT
) -> None:
    be(make_camera(rt, Visibility.WARGA_RT), Status.OFFLINE, Reason.TIMEOUT, days=9)
    for address in WHOLE_WAY:
        html = page(stranger, address)
        assert "lebih dari seminggu" not in html
        assert "-7.05" not in html
    assert "lebih dari seminggu" in page(resident, KELURAHAN)


def test_cameras_come_a_page_at_a_time_with_stills(stranger: AnonymousUser, rt: RT) -> None:
    cameras = [make_camera(rt, name=f"Gang {number:02d}, arah utara") for number in range(50)]
    counts = [page(stranger, f"{KELURAHAN}?hal={number}").count("data-still=") for number in (1, 2, 3)]
    assert counts == [24, 24, 2]
    last = page(stranger, f"{KELURAHAN}?hal=3")
    assert cameras[-1].name in last
    assert 'href="?hal=2#kamera"' in last
    assert page(stranger, WHOLE_WAY[-1]).count("data-still=") == 50, "an RT shows all of its"


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "²", "9" * 9])
def test_a_page_that_is_not_there_is_the_nearest_one(stranger: AnonymousUser, camera: Camera, number: str) -> None:
    assert camera.name in page(stranger, f"{KELURAHAN}?hal={number}")


def test_the_dead_ones_alone_can_be_listed(stranger: AnonymousUser, rt: RT) -> None:
    dead, works = make_camera(rt, name="Gapura, arah pasar"), make_camera(rt, name="Musala, arah kebun")
    be(dead, Status.OFFLINE, Reason.TIMEOUT)
    be(works, Status.ONLINE)
    html = page(stranger, f"{KELURAHAN}?keadaan=offline")
    assert dead.name in html
    assert works.name not in html
    assert works.name in page(stranger, f"{KELURAHAN}?keadaan=apa-saja")


def test_a_member_finds_the_wall_of_an_rt_and_a_stranger_does_not(
    stranger: AnonymousUser, resident: User, rt: RT, camera: Camera
) -> None:
    assert f"/dinding/siap/rt-{rt.pk}/" in page(resident, WHOLE_WAY[-1])
    assert f"/dinding/siap/rw-{rt.rw.pk}/" in page(resident, WHOLE_WAY[-2])
    assert "/dinding/siap/" not in page(stranger, WHOLE_WAY[-1])


def test_a_page_asks_few_questions_however_many_cameras_there_are(
    resident: User, rt: RT, next_rt: RT, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        make_camera((rt, next_rt)[number % 2], name=f"Gang {number}, arah utara")
    client = browser_of(resident)
    for address in WHOLE_WAY:
        with django_assert_max_num_queries(11):
            client.get(address)
