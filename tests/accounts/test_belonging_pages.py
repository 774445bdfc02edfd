"""From the poster to the camera and out again, in the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Invitation
from accounts.tokens import token_of
from cameras import access
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Office, Residency
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(head: User) -> Client:
    return at(head)


@pytest.fixture
def poster(desk: Client, rt: RT) -> str:
    """The address on a poster that the head made."""
    answer: Any = desk.post(f"/rt-saya/warga/{rt.pk}/undangan/", {"role": "warga", "days": 30, "uses": 5})
    page = desk.get(answer.url).content.decode()
    found = re.search(r"http://testserver(/gabung/[a-z0-9-]+/)", page)
    assert found is not None
    assert f'src="{answer.url}kode.svg"' in page
    drawn = desk.get(f"{answer.url}kode.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<path" in drawn.content
    return found[1]


def test_a_neighbour_signs_up_by_the_poster_is_approved_and_sees_the_camera(poster: str, desk: Client, rt: RT) -> None:
    camera = make_camera(rt, Visibility.WARGA_RT)
    phone = Client()
    page = phone.get(poster).content.decode()
    assert str(rt) in page
    assert f"/akun/daftar/?next={poster}" in page
    form = {
        "first_name": "Ratna Dewi",
        "username": "ratna",
        "email": "",
        "password1": "hujan-di-simongan",
        "next": poster,
    }
    assert phone.post("/akun/daftar/", form).headers["Location"] == poster
    asked: Any = phone.post(poster)
    assert asked.url == "/rt-saya/"
    assert "Menunggu persetujuan" in phone.get("/rt-saya/").content.decode()
    assert phone.get(camera.get_absolute_url()).status_code == 404
    assert "1 menunggu" in desk.get("/rt-saya/").content.decode()
    people = desk.get(f"/rt-saya/warga/{rt.pk}/").content.decode()
    assert "Ratna Dewi" in people
    residency = Residency.objects.get(user__username="ratna")
    desk.post(f"/rt-saya/warga/{rt.pk}/putusan/", {"warga": residency.pk, "putusan": "setujui"})
    assert phone.get(camera.get_absolute_url()).status_code == 200
    residency.refresh_from_db()
    assert residency.approved_by is not None
    assert residency.approved_by.username == "ketua"


def test_somebody_refused_stays_outside_and_may_not_be_decided_twice(
    poster: str, desk: Client, rt: RT, db: None
) -> None:
    newcomer = User.objects.create_user("baru")
    at(newcomer).post(poster)
    residency = Residency.objects.get(user=newcomer)
    form = {"warga": residency.pk, "putusan": "tolak"}
    desk.post(f"/rt-saya/warga/{rt.pk}/putusan/", form)
    assert Residency.objects.get(user=newcomer).state == Residency.State.ENDED
    again = desk.post(f"/rt-saya/warga/{rt.pk}/putusan/", {**form, "putusan": "setujui"}, follow=True)
    assert "baru saja berubah" in again.content.decode()
    assert Residency.objects.get(user=newcomer).state == Residency.State.ENDED


@pytest.mark.django_db(transaction=True)
def test_leaving_ends_access_at_once_and_kills_what_was_given_out(resident: User, rt: RT) -> None:
    camera = make_camera(rt, Visibility.WARGA_RT)
    phone = at(resident)
    assert phone.get(camera.get_absolute_url()).status_code == 200
    phone.post(f"/akun/keluar-rt/{Residency.objects.get(user=resident).pk}/")
    assert phone.get(camera.get_absolute_url()).status_code == 404
    assert Camera.objects.get().access_epoch == 2
    gone = Residency.objects.get(user=resident)
    assert (gone.state, gone.ended_by) == (Residency.State.ENDED, resident)


def test_a_head_ends_a_residency_but_not_the_heads(desk: Client, head: User, resident: User, rt: RT) -> None:
    for user, state in ((resident, Residency.State.ENDED), (head, Residency.State.ACTIVE)):
        residency = Residency.objects.get(user=user)
        desk.post(f"/rt-saya/warga/{rt.pk}/putusan/", {"warga": residency.pk, "putusan": "akhiri"})
        assert Residency.objects.get(pk=residency.pk).state == state


def test_nobody_lets_somebody_else_leave(neighbour: User, resident: User) -> None:
    theirs = Residency.objects.get(user=resident)
    assert at(neighbour).post(f"/akun/keluar-rt/{theirs.pk}/").status_code == 404
    assert Residency.objects.get(pk=theirs.pk).state == Residency.State.ACTIVE


DOORS: list[Callable[[RT, Invitation], str]] = [
    lambda rt, _: f"/rt-saya/warga/{rt.pk}/",
    lambda rt, _: f"/rt-saya/warga/{rt.pk}/putusan/",
    lambda rt, _: f"/rt-saya/warga/{rt.pk}/kata-sandi/",
    lambda rt, _: f"/rt-saya/warga/{rt.pk}/undangan/",
    lambda rt, one: f"/rt-saya/warga/{rt.pk}/undangan/{one.pk}/",
    lambda rt, one: f"/rt-saya/warga/{rt.pk}/undangan/{one.pk}/kode.svg",
    lambda rt, one: f"/rt-saya/warga/{rt.pk}/undangan/{one.pk}/cabut/",
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ["resident", "neighbour", "guard", "former", "camat", "owner", "rw_head", "lurah"])
def test_an_rt_with_a_head_is_managed_by_nobody_else(
    name: str, door: Callable[[RT, Invitation], str], poster: str, rt: RT, request: pytest.FixtureRequest
) -> None:
    client = at(request.getfixturevalue(name))
    address = door(rt, Invitation.objects.get())
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}


@pytest.mark.parametrize("name", ["rw_head", "lurah", "officer"])
def test_where_no_head_is_others_stand_in(name: str, rt: RT, request: pytest.FixtureRequest) -> None:
    client = at(request.getfixturevalue(name))
    newcomer = User.objects.create_user("baru")
    residency = Residency.objects.create(user=newcomer, rt=rt)
    assert client.get(f"/rt-saya/warga/{rt.pk}/").status_code == 200
    client.post(f"/rt-saya/warga/{rt.pk}/putusan/", {"warga": residency.pk, "putusan": "setujui"})
    assert Residency.objects.active_of(newcomer).exists()


def test_a_person_of_another_rt_cannot_be_decided_from_here(desk: Client, rt: RT, neighbour: User) -> None:
    theirs = Residency.objects.get(user=neighbour)
    answer = desk.post(f"/rt-saya/warga/{rt.pk}/putusan/", {"warga": theirs.pk, "putusan": "akhiri"})
    assert answer.status_code == 404
    assert Residency.objects.active_of(neighbour).exists()


def test_an_invitation_of_a_guard_makes_a_guard(rt: RT, desk: Client) -> None:
    desk.post(f"/rt-saya/warga/{rt.pk}/undangan/", {"role": "penjaga", "days": 1, "uses": 1})
    newcomer = User.objects.create_user("ronda")
    at(newcomer).post(f"/gabung/{token_of(Invitation.objects.get())}/")
    assert Residency.objects.get(user=newcomer).role == Residency.Role.PENJAGA


@pytest.mark.parametrize("wish", [{"days": 0}, {"days": 366}, {"uses": 0}, {"uses": 201}, {"role": "ketua"}])
def test_no_invitation_is_endless_or_makes_a_head(wish: dict[str, Any], rt: RT, desk: Client) -> None:
    desk.post(f"/rt-saya/warga/{rt.pk}/undangan/", {"role": "warga", "days": 30, "uses": 5, **wish})
    assert not Invitation.objects.exists()


def test_a_revoked_poster_says_so(poster: str, desk: Client, rt: RT, neighbour: User) -> None:
    desk.post(f"/rt-saya/warga/{rt.pk}/undangan/{Invitation.objects.get().pk}/cabut/")
    assert "tidak berlaku" in Client().get(poster).content.decode()
    assert "tidak berlaku" in at(neighbour).post(poster, follow=True).content.decode()
    assert not Residency.objects.filter(user=neighbour, rt=rt).exists()


def test_a_made_up_address_is_no_invitation(poster: str) -> None:
    assert Client().get("/gabung/1-aaaaaaaaaaaaaaaa/").status_code == 404


@pytest.mark.parametrize("name", ["former", "owner"])
def test_a_former_resident_finds_nothing_of_the_rt(name: str, rt: RT, request: pytest.FixtureRequest) -> None:
    camera = make_camera(rt, Visibility.KELURAHAN)
    user = request.getfixturevalue(name)
    assert not access.listed(user).exists()
    assert at(user).get(camera.get_absolute_url()).status_code == 404
    assert camera.name not in at(user).get("/rt-saya/").content.decode()


def test_the_list_of_people_does_not_cost_more_with_more_people(
    desk: Client, rt: RT, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        user = User.objects.create_user(f"orang{number}")
        state = (Residency.State.PENDING, Residency.State.ACTIVE, Residency.State.ENDED)[number % 3]
        Residency.objects.create(user=user, rt=rt, state=state)
    with django_assert_max_num_queries(14):
        desk.get(f"/rt-saya/warga/{rt.pk}/")


def test_an_office_of_the_city_is_shown_on_the_own_page(lurah: User) -> None:
    assert "Lurah Sekaran" in at(lurah).get("/akun/").content.decode()
    assert Office.objects.get().title == "Lurah Sekaran"
