"""The pages, as the standing cast meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cameras.models import Camera, Health, Visibility, VisibilityChange
from cameras.reasons import Reason
from cameras.templatetags.waktu import ago_words, since_words
from neighborhoods.models import RT, Kelurahan, Residency
from tests.conftest import browser_of, make_camera

pytestmark = pytest.mark.django_db


def page(person: User | AnonymousUser, address: str) -> str:
    answer = browser_of(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# ---- the map and the hierarchy -------------------------------------------------------------------------------------------------


def test_the_map_page_credits_the_region_data_and_links_to_the_list_for_those_without_javascript(
    stranger: AnonymousUser, db: None
) -> None:
    html = page(stranger, "/")
    assert "idn-area-data" in html
    assert "ODbL" in html
    assert '<noscript><p class="empty">' in html


def test_the_hierarchy_leads_from_the_city_to_a_camera(stranger: AnonymousUser, camera: Camera) -> None:
    steps = [
        "/wilayah/",
        "/wilayah/33.74.12/",
        "/wilayah/33.74.12.1008/",
        "/wilayah/33.74.12.1008/rw-005/",
        "/wilayah/33.74.12.1008/rw-005/rt-003/",
        camera.get_absolute_url(),
    ]
    for here, below in pairwise(steps):
        assert f'href="{below}"' in page(stranger, here)


def test_a_place_counts_only_what_the_person_may_know_of(
    stranger: AnonymousUser, resident: User, rt: RT, camera: Camera
) -> None:
    make_camera(rt, Visibility.WARGA_RT, "Gapura, arah Jl. Kartini")
    assert "1 kamera:" in page(stranger, "/wilayah/33.74.12/")
    assert "2 kamera:" in page(resident, "/wilayah/33.74.12/")


def test_a_dead_camera_says_why_since_when_and_who_mends_it(stranger: AnonymousUser, camera: Camera) -> None:
    since = datetime.now(UTC) - timedelta(minutes=3, seconds=5)
    Health.objects.filter(camera=camera).update(status="offline", reason=Reason.UNREACHABLE, since=since)
    for address in ("/wilayah/33.74.12.1008/rw-005/rt-003/", camera.get_absolute_url()):
        html = page(stranger, address)
        assert "Kamera tidak terjangkau jaringan" in html
        assert "3 menit lalu" in html
        assert "Pengurus RT perlu memeriksa listrik" in html


@pytest.mark.parametrize("code", ["33.74.99", "33.74.12.9999", "33.74.12.1008/rw-009", "33.74.12.1008/rw-005/rt-099"])
def test_an_unknown_place_is_not_found(stranger: AnonymousUser, camera: Camera, code: str) -> None:
    answer = browser_of(stranger).get(f"/wilayah/{code}/")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_number_of_cameras(
    rt: RT, next_rt: RT, resident: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        make_camera((rt, next_rt)[number % 2], Visibility.PUBLIK, f"Gang {number}, arah utara")
    client = browser_of(resident)
    # Two for the session and the account, one for the standing, and the page's own; RT saya tells of tonight's ronda too.
    for address, most in (
        ("/wilayah/", 12),
        ("/wilayah/33.74.12.1008/rw-005/", 12),
        ("/wilayah/33.74.12.1008/rw-005/rt-003/", 12),
        ("/rt-saya/", 15),
    ):
        with django_assert_max_num_queries(most):
            client.get(address)


@pytest.mark.parametrize("name", ["resident", "head", "rw_head", "lurah", "officer"])
def test_what_somebody_may_costs_a_page_of_a_hundred_cameras_two_queries(
    name: str, rt: RT, request: pytest.FixtureRequest
) -> None:
    for number in range(100):
        make_camera(rt, list(Visibility)[number % 6], f"Gang {number}, arah utara")
    client = browser_of(request.getfixturevalue(name))
    address = "/wilayah/33.74.12.1008/rw-005/rt-003/"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.content.count(b"data-camera=") == 100
    of_standing = ("neighborhoods_residency", "neighborhoods_office", "mfa_authenticator")
    about = [query["sql"] for query in asked if any(table in query["sql"] for table in of_standing)]
    # What they are; and for who stands in where an office is vacant, whether it is.
    assert 1 <= len(about) <= 2, "\n".join(about)
    assert len(asked) <= 14


# ---- the watch page ------------------------------------------------------------------------------------------------------------


def test_the_watch_page_has_one_video_and_speaks_of_connecting(stranger: AnonymousUser, camera: Camera) -> None:
    html = page(stranger, camera.get_absolute_url())
    assert html.count("<video") == 1
    assert 'data-state="connecting"' in html
    assert 'data-watchable="yes"' in html


def test_a_stranger_meets_a_camera_that_is_not_for_them_as_not_found_and_may_log_in(
    stranger: AnonymousUser, rt: RT
) -> None:
    closed = make_camera(rt, Visibility.WARGA_RT)
    answer = browser_of(stranger).get(closed.get_absolute_url())
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "Kamera tidak ditemukan, atau tidak dibuka untuk umum" in html
    assert f"/masuk/?next={closed.get_absolute_url()}" in html
    assert closed.name not in html


def test_a_camera_that_does_not_exist_looks_the_same_as_one_that_is_closed(stranger: AnonymousUser, rt: RT) -> None:
    closed = make_camera(rt, Visibility.MATI)
    answers = [browser_of(stranger).get(f"/kamera/{name}/") for name in (closed.public_id, "x" * len(closed.public_id))]
    texts = [answer.content.decode().replace(closed.public_id, "x" * len(closed.public_id)) for answer in answers]
    assert texts[0] == texts[1]


def test_the_neighbour_from_the_next_rt_does_not_find_it_and_the_resident_does(
    neighbour: User, resident: User, rt: RT
) -> None:
    closed = make_camera(rt, Visibility.WARGA_RT)
    assert browser_of(neighbour).get(closed.get_absolute_url()).status_code == 404
    assert 'data-watchable="yes"' in page(resident, closed.get_absolute_url())


def test_a_resident_reads_that_a_camera_of_their_rt_is_hidden(resident: User, rt: RT) -> None:
    hidden = make_camera(rt, Visibility.MATI)
    html = page(resident, hidden.get_absolute_url())
    assert 'data-state="hidden"' in html
    assert "sedang disembunyikan" in html


def test_only_the_head_and_the_officer_see_the_switch(
    stranger: AnonymousUser, resident: User, head: User, officer: User, camera: Camera
) -> None:
    seen = ["data-switch" in page(person, camera.get_absolute_url()) for person in (stranger, resident, head, officer)]
    assert seen == [False, False, True, True]


def test_no_page_runs_a_script_of_its_own_text(head: User, camera: Camera) -> None:
    for address in ("/", "/rt-saya/", camera.get_absolute_url(), "/wilayah/33.74.12.1008/rw-005/rt-003/"):
        html = page(head, address)
        for tag in html.split("<script")[1:]:
            opening = tag.split(">", 1)[0]
            assert "src=" in opening or "application/json" in opening
        for handler in (" onclick=", " onload=", " onsubmit=", " style="):
            assert handler not in html


# ---- my RT and the switch --------------------------------------------------------------------------------------------------------


def test_my_rt_asks_to_log_in(stranger: AnonymousUser, db: None) -> None:
    answer: Any = browser_of(stranger).get("/rt-saya/")
    assert answer.status_code == 302
    assert answer.url == "/masuk/?next=/rt-saya/"


def test_a_resident_sees_the_cameras_of_their_rt_but_not_the_next_ones(
    resident: User, camera: Camera, next_rt: RT
) -> None:
    other = make_camera(next_rt, Visibility.PUBLIK, "Lapangan voli, arah selatan")
    html = page(resident, "/rt-saya/")
    assert camera.name in html
    assert other.name not in html
    assert "data-switch" not in html


def test_the_head_sees_who_changed_what_and_why(head: User, camera: Camera) -> None:
    VisibilityChange.objects.create(
        camera=camera, old="mati", new="publik", by=head, at=datetime.now(UTC), reason="rapat RT setuju"
    )
    html = page(head, "/rt-saya/")
    assert "rapat RT setuju" in html
    assert "ketua:" in html


def test_somebody_who_waits_for_approval_reads_so(rt: RT, camera: Camera) -> None:
    waiting = User.objects.create_user("calon")
    Residency.objects.create(user=waiting, rt=rt, state=Residency.State.PENDING)
    html = page(waiting, "/rt-saya/")
    assert "Menunggu persetujuan" in html
    assert camera.name not in html


def test_somebody_without_an_rt_reads_what_to_do(db: None) -> None:
    assert "belum terdaftar di sebuah RT" in page(User.objects.create_user("baru"), "/rt-saya/")


def test_the_switch_works_as_a_plain_form(head: User, camera: Camera) -> None:
    wish = {"visibility": "petugas", "reason": "kamera digeser", "kembali": "rt-saya"}
    answer = browser_of(head).post(f"/kamera/{camera.public_id}/keterlihatan/", wish, follow=True)
    camera.refresh_from_db()
    change = camera.visibility_changes.get()
    assert answer.redirect_chain == [("/rt-saya/", 302)]
    assert "langsung berlaku" in answer.content.decode()
    assert (camera.visibility, change.by, change.reason) == ("petugas", head, "kamera digeser")


@pytest.mark.parametrize("who", ["resident", "neighbour"])
def test_who_is_not_the_head_cannot_switch(who: str, camera: Camera, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(who)
    answer = browser_of(person).post(f"/kamera/{camera.public_id}/keterlihatan/", {"visibility": "mati"})
    camera.refresh_from_db()
    assert answer.status_code == 404
    assert camera.visibility == Visibility.PUBLIK


def test_a_stranger_who_switches_is_asked_to_log_in(stranger: AnonymousUser, camera: Camera) -> None:
    answer: Any = browser_of(stranger).post(f"/kamera/{camera.public_id}/keterlihatan/", {"visibility": "mati"})
    assert answer.url.startswith("/masuk/")


def test_an_unknown_level_changes_nothing_and_says_so(head: User, camera: Camera) -> None:
    answer = browser_of(head).post(f"/kamera/{camera.public_id}/keterlihatan/", {"visibility": "rahasia"}, follow=True)
    camera.refresh_from_db()
    assert "belum tersimpan" in answer.content.decode()
    assert camera.visibility == Visibility.PUBLIK


def test_a_camera_of_no_rt_does_not_offer_levels_that_need_one(officer: User, kelurahan: Kelurahan) -> None:
    camera = Camera.objects.create(
        name="Jembatan, arah hulu", kelurahan=kelurahan, latitude=-7.05, longitude=110.39, visibility="publik"
    )
    html = page(officer, camera.get_absolute_url())
    assert 'value="petugas"' in html
    assert 'value="warga_rt"' not in html


# ---- logging in and out, and errors ----------------------------------------------------------------------------------------------


def test_logging_in_leads_to_where_one_wanted_to_go(resident: User, camera: Camera) -> None:
    where = camera.get_absolute_url()
    secret = {"login": "warga", "password": "warga-malam"}
    answer: Any = Client().post("/masuk/", {**secret, "next": where})
    assert answer.url == where
    elsewhere: Any = Client().post("/masuk/", {**secret, "next": "https://example.org/"})
    assert elsewhere.url == "/rt-saya/"


def test_a_wrong_password_is_told_plainly(resident: User) -> None:
    answer = Client().post("/masuk/", {"login": "warga", "password": "salah"})
    assert "tidak cocok" in answer.content.decode()


def test_logging_out_takes_a_post_and_leads_to_the_map(resident: User) -> None:
    client = browser_of(resident)
    assert client.get("/keluar/").status_code == 405
    answer: Any = client.post("/keluar/")
    assert answer.url == "/"


def test_a_form_that_was_open_too_long_says_what_to_do(head: User, camera: Camera) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    answer = client.post(f"/kamera/{camera.public_id}/keterlihatan/", {"visibility": "mati"})
    assert answer.status_code == 403
    assert "terlalu lama terbuka" in answer.content.decode()


def test_a_fault_of_ours_shows_a_page_that_needs_no_database(camera: Camera) -> None:
    client = Client(raise_request_exception=False)
    with patch("cameras.pages.access.listed", side_effect=RuntimeError("on purpose")):
        answer = client.get(camera.get_absolute_url())
    assert answer.status_code == 500
    assert "kesalahan di pihak kami" in answer.content.decode()


def test_robots_are_kept_from_cameras_and_accounts(db: None) -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /kamera/" in text


# ---- times -----------------------------------------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 21, 14, 17, tzinfo=UTC)  # 21.17 WIB


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=20), "sejak 21.16, baru saja"),
        (timedelta(minutes=3), "sejak 21.14, 3 menit lalu"),
        (timedelta(hours=5), "sejak 16.17, 5 jam lalu"),
        (timedelta(hours=22), "sejak kemarin 23.17, 22 jam lalu"),
        (timedelta(days=18), "sejak 3 Nov, 18 hari lalu"),
        (timedelta(days=400), "sejak 17 Okt 2025, 1 tahun lalu"),
    ],
)
def test_since_is_said_as_people_say_it(back: timedelta, words: str) -> None:
    assert since_words(NOW - back, NOW) == words


def test_a_clock_that_runs_ahead_makes_no_negative_time() -> None:
    assert ago_words(NOW + timedelta(seconds=40), NOW) == "baru saja"
