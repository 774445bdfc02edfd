"""RT saya: what stands there, in which order, and beside what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards import favourites, home
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Residency
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db


def page(person: User, kept: str = "", **headers: str) -> str:
    client = Client()
    client.force_login(person)
    client.cookies["hemat"] = kept
    return client.get("/rt-saya/", headers=headers).content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/kamera/[^"]+">([^<]+)</a>', html)


def test_starred_cameras_come_first_and_those_from_elsewhere_have_a_place_of_their_own(
    resident: User, rt: RT, next_rt: RT
) -> None:
    ours = [make_camera(rt, name=f"Gang {letter}, arah utara") for letter in "ABC"]
    theirs = make_camera(next_rt, name="Lapangan voli, arah selatan")
    for camera in (theirs, ours[2]):
        favourites.star(resident, camera)
    html = page(resident)
    assert names(html) == [theirs.name, ours[2].name, ours[0].name, ours[1].name]
    assert ">Favorit</h2>" in html
    assert html.count('aria-pressed="true"') == 2


def test_a_relatives_rt_stands_below_ones_own(resident: User, rt: RT, next_rt: RT) -> None:
    Residency.objects.create(user=resident, rt=next_rt, state=Residency.State.ACTIVE)
    make_camera(next_rt, Visibility.WARGA_RT, "Mushola, arah gerbang")
    make_camera(rt, name="Gapura, arah Jl. Kartini")
    html = page(resident)
    assert names(html) == ["Gapura, arah Jl. Kartini", "Mushola, arah gerbang"]
    assert html.index("RT 003 / RW 005") < html.index("RT 004 / RW 005")


def test_the_cameras_beside_one_go_round_in_the_order_of_the_page(resident: User, rt: RT) -> None:
    first, second, third = (make_camera(rt, name=f"Gang {letter}, arah utara") for letter in "ABC")
    near = home.beside(resident, first)
    assert near is not None
    assert (near.before, near.after, near.number, near.total) == (third, second, 1, 3)
    near = home.beside(resident, third)
    assert near is not None
    assert (near.before, near.after) == (second, first)


def test_nobody_is_led_to_a_camera_that_they_may_not_watch(
    resident: User, stranger: AnonymousUser, rt: RT, camera: Camera
) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    make_camera(rt, Visibility.MATI)
    near = home.beside(resident, camera)
    assert near is not None
    assert near.total == 2
    assert home.beside(stranger, camera) is None


def test_the_page_of_a_camera_has_links_to_those_beside_it(resident: User, rt: RT, camera: Camera) -> None:
    other = make_camera(rt, Visibility.WARGA_RT, "Gapura, arah Jl. Kartini")
    client = Client()
    client.force_login(resident)
    html = client.get(camera.get_absolute_url()).content.decode()
    for rel in ("prev", "next"):
        assert f'rel="{rel}" href="{other.get_absolute_url()}"' in html


def test_however_many_cameras_and_stars_the_page_costs_the_same_queries(resident: User, rt: RT, next_rt: RT) -> None:
    def cost() -> int:
        client = Client()
        client.force_login(resident)
        with CaptureQueriesContext(connection) as asked:
            client.get("/rt-saya/")
        return len(asked)

    favourites.star(resident, make_camera(rt))
    before = cost()
    for number in range(12):
        favourites.star(resident, make_camera((rt, next_rt)[number % 2], name=f"Gang {number}, arah utara"))
    assert cost() == before <= 16


# ---- saving data -----------------------------------------------------------------------------------------------------------------


def checked(html: str) -> bool:
    switch = re.search(r'<input type="checkbox" role="switch" name="hemat"[^>]*>', html)
    assert switch is not None
    return " checked" in switch[0]


def test_data_is_saved_where_the_phone_asks_for_it_and_the_person_goes_first(resident: User) -> None:
    assert not checked(page(resident))
    assert checked(page(resident, save_data="on"))
    assert not checked(page(resident, "0", save_data="on"))


@pytest.mark.parametrize(("kept", "saving"), [("1", True), ("a", True), ("0", False), ("x", False)])
def test_a_choice_is_kept_in_a_cookie(resident: User, kept: str, saving: bool) -> None:
    assert checked(page(resident, kept)) is saving


def test_the_switch_works_as_a_plain_form_also_without_an_account(camera: Camera) -> None:
    client = Client()
    answer: Any = client.post("/hemat-data/", {"hemat": "1", "kembali": camera.get_absolute_url()})
    assert answer.url == camera.get_absolute_url()
    cookie = answer.cookies["hemat"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("1", "Lax", "")
    assert checked(client.get(camera.get_absolute_url()).content.decode())
    client.post("/hemat-data/", {"kembali": "/"})
    assert client.cookies["hemat"].value == "0"


def test_while_data_is_saved_no_page_asks_for_live_pictures_by_itself(camera: Camera) -> None:
    address = camera.get_absolute_url()
    assert "js/wish" in Client().get(address).content.decode()
    assert "js/wish" not in Client().get(address, headers={"save-data": "on"}).content.decode()
