"""Walls: made, changed, shared, and opening no camera to anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from boards import favourites, ready_walls, walls
from boards.wall_records import Wall
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Residency
from tests.cameras.test_pages import page
from tests.conftest import browser_of, make_camera

from .wall_scene import make_wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def cameras(rt: RT) -> list[Camera]:
    return [make_camera(rt, name=f"Gang {number}, arah utara") for number in range(5)]


def wish(*cameras: Camera, **more: Any) -> walls.Wish:
    return walls.Wish(**{"name": "Malam", "cameras": cameras, **more})


def names(wall: Wall, user: User) -> list[str | None]:
    return [camera.name if camera else None for camera in walls.tiles_of(wall, user)]


# ---- made and changed ------------------------------------------------------------------------------------------------------------


def test_a_wall_keeps_its_cameras_in_their_order(resident: User, cameras: list[Camera]) -> None:
    wall = walls.make(resident, wish(cameras[3], cameras[0], cameras[2], side=4, seconds=30))
    assert names(wall, resident) == [cameras[3].name, cameras[0].name, cameras[2].name]
    changed = walls.change(wall, wish(cameras[1], name="Siang", side=2), version=1)
    assert (changed.name, changed.side, changed.seconds, changed.version) == ("Siang", 2, 0, 2)
    assert names(changed, resident) == [cameras[1].name]


@pytest.mark.parametrize("problem", ["none", "name", "tiles", "walls", "not head"])
def test_what_cannot_be_kept_is_told_and_changes_nothing(
    problem: str, resident: User, rt: RT, cameras: list[Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wall(resident, name="Ada")
    good = wish(cameras[0])
    wrong = {
        "none": (replace(good, cameras=[]), walls.NoCameras),
        "name": (replace(good, name="Ada"), walls.NameTaken),
        "tiles": (replace(good, cameras=cameras), walls.TooManyTiles),
        "walls": (good, walls.TooManyWalls),
        "not head": (replace(good, shared_with=rt), walls.NotTheirs),
    }[problem]
    if problem in {"tiles", "walls"}:
        monkeypatch.setattr(walls, "MOST_TILES", 4)
        monkeypatch.setattr(walls, "MOST_WALLS", 1 if problem == "walls" else 20)
    with pytest.raises(wrong[1]) as caught:
        walls.make(resident, wrong[0])
    assert str(caught.value)
    assert Wall.objects.count() == 1


def test_of_two_who_change_one_wall_at_once_the_second_is_told(resident: User, cameras: list[Camera]) -> None:
    wall = walls.make(resident, wish(cameras[0]))
    walls.change(Wall.objects.get(), wish(cameras[1]), version=1)
    with pytest.raises(walls.Changed):
        walls.change(wall, wish(cameras[2]), version=1)
    assert names(wall, resident) == [cameras[1].name]


def test_erasing_twice_is_erasing_once(resident: User, cameras: list[Camera]) -> None:
    wall = walls.make(resident, wish(cameras[0]))
    walls.erase(wall)
    walls.erase(wall)
    assert not Wall.objects.exists()
    assert Camera.objects.count() == 5


# ---- what a wall shows -----------------------------------------------------------------------------------------------------------


def test_a_camera_that_somebody_may_no_longer_know_of_is_an_empty_tile_without_a_name(
    neighbour: User, cameras: list[Camera]
) -> None:
    wall = walls.make(neighbour, wish(*cameras[:2]))
    Camera.objects.filter(pk=cameras[0].pk).update(visibility=Visibility.WARGA_RT)
    assert names(wall, neighbour) == [None, cameras[1].name]
    for address in (wall.get_absolute_url(), f"/dinding/{wall.pk}/atur/", f"/api/v1/walls/{wall.pk}/"):
        html = page(neighbour, address)
        assert cameras[0].name not in html
        assert cameras[0].public_id not in html
        assert cameras[1].name in html
    assert "tidak lagi dibuka untuk Anda" in page(neighbour, wall.get_absolute_url())


def test_an_empty_tile_stays_when_its_owner_changes_the_wall_unless_they_say_otherwise(
    neighbour: User, cameras: list[Camera]
) -> None:
    wall = walls.make(neighbour, wish(*cameras[:2]))
    Camera.objects.filter(pk=cameras[0].pk).update(visibility=Visibility.WARGA_RT)
    wall = walls.change(wall, wish(cameras[1], cameras[2]), version=1)
    assert names(wall, neighbour) == [cameras[1].name, cameras[2].name, None]
    wall = walls.change(wall, wish(cameras[1]), version=2, drop_hidden=True)
    assert names(wall, neighbour) == [cameras[1].name]


def test_a_camera_that_is_hidden_from_its_own_people_says_so_and_has_no_picture(resident: User, rt: RT) -> None:
    camera = make_camera(rt, Visibility.MATI)
    html = page(resident, make_wall(resident, camera).get_absolute_url())
    assert "Disembunyikan" in html
    assert f"/api/v1/cameras/{camera.public_id}/still/" not in html


def test_nobody_else_opens_changes_or_erases_a_wall(resident: User, head: User, cameras: list[Camera]) -> None:
    wall = make_wall(resident, cameras[0])
    for path in ("", "atur/"):
        assert browser_of(head).get(f"/dinding/{wall.pk}/{path}").status_code == 404
    assert browser_of(head).post(f"/dinding/{wall.pk}/hapus/").status_code == 404
    assert Client().get(f"/dinding/{wall.pk}/").status_code == 302
    assert Wall.objects.exists()


def test_a_wall_that_the_head_shares_is_there_for_the_people_of_the_rt_while_the_head_is_head(
    head: User, resident: User, neighbour: User, rt: RT, cameras: list[Camera]
) -> None:
    wall = walls.make(head, wish(cameras[0], shared_with=rt))
    assert wall.name in page(resident, "/dinding/")
    assert cameras[0].name in page(resident, wall.get_absolute_url())
    assert browser_of(resident).get(f"/dinding/{wall.pk}/atur/").status_code == 404
    assert browser_of(neighbour).get(wall.get_absolute_url()).status_code == 404
    Residency.objects.filter(user=head).update(role=Residency.Role.WARGA)
    assert browser_of(resident).get(wall.get_absolute_url()).status_code == 404
    assert names(wall, head) == [cameras[0].name]


def test_the_questions_of_a_wall_do_not_grow_with_its_cameras(
    resident: User, rt: RT, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wall = make_wall(resident, *(make_camera(rt, name=f"Gang {number}, arah timur") for number in range(36)))
    client = browser_of(resident)
    with django_assert_max_num_queries(8):
        assert client.get(wall.get_absolute_url()).content.count(b'class="tile"') == 36


# ---- walls that nobody made ------------------------------------------------------------------------------------------------------


def test_an_rt_its_rw_and_the_favourites_are_walls_by_themselves(
    resident: User, rt: RT, next_rt: RT, cameras: list[Camera]
) -> None:
    other = make_camera(next_rt, name="Lapangan voli, arah selatan")
    closed = make_camera(next_rt, Visibility.WARGA_RT, "Balai, arah taman")
    favourites.star(resident, other)
    assert [one.key for one in ready_walls.ready_for(resident)] == [f"rt-{rt.pk}", f"rw-{rt.rw.pk}", "favorit"]
    of_rw = page(resident, f"/dinding/siap/rw-{rt.rw.pk}/")
    assert other.name in of_rw
    assert cameras[0].name in of_rw
    assert closed.name not in of_rw
    assert other.name not in page(resident, f"/dinding/siap/rt-{rt.pk}/")
    assert other.name in page(resident, "/dinding/siap/favorit/")


@pytest.mark.parametrize("key", ["rt-999999", "rw-0", "xx-1", "rt-", "semua"])
def test_no_such_place_is_not_found(resident: User, key: str) -> None:
    assert browser_of(resident).get(f"/dinding/siap/{key}/").status_code == 404


# ---- the form, without scripts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["voli rt 4", "lapangn vole"])
def test_a_wall_is_made_by_searching_choosing_and_saving(
    resident: User, next_rt: RT, camera: Camera, words: str
) -> None:
    other = make_camera(next_rt, name="Lapangan voli, arah selatan")
    client = browser_of(resident)
    typed = {"nama": "Malam", "sisi": "2", "detik": "15", "kamera": [camera.public_id]}
    found = client.post("/dinding/baru/", {**typed, "q": words, "cari": "1"}).content.decode()
    assert not Wall.objects.exists(), "a search saves nothing"
    assert 'value="Malam"' in found
    assert f'value="{camera.public_id}" checked' in found
    assert f'value="{other.public_id}">' in found
    kept = client.post("/dinding/baru/", {**typed, "kamera": [camera.public_id, other.public_id]}, follow=True)
    wall = Wall.objects.get()
    assert kept.redirect_chain == [(wall.get_absolute_url(), 302)]
    assert (wall.name, wall.side, wall.seconds, names(wall, resident)) == ("Malam", 2, 15, [camera.name, other.name])


def test_a_ready_wall_can_be_kept_as_ones_own(resident: User, rt: RT, cameras: list[Camera]) -> None:
    html = page(resident, f"/dinding/baru/?dari=rt-{rt.pk}&nama=RT%20kami&sisi=4")
    assert 'value="RT kami"' in html
    assert html.count(" checked>") == 5


def test_a_form_that_lay_open_while_the_wall_was_changed_elsewhere_is_told(
    resident: User, cameras: list[Camera]
) -> None:
    wall = make_wall(resident, cameras[0])
    typed = {"nama": "Lain", "sisi": "2", "detik": "0", "kamera": [cameras[1].public_id], "versi": "1"}
    assert browser_of(resident).post(f"/dinding/{wall.pk}/atur/", typed).status_code == 302
    again = browser_of(resident).post(f"/dinding/{wall.pk}/atur/", {**typed, "nama": "Ketiga"})
    assert "baru saja diubah" in again.content.decode()
    assert Wall.objects.get().name == "Lain"


@pytest.mark.parametrize(
    "typed",
    [
        {"nama": ""}, {"nama": "x" * 61}, {"sisi": "9"}, {"detik": "3"}, {"kamera": []}, {"bagikan": "1"}, {"versi": "x"},
        {"kamera": ["tidak-ada"]}, {"kamera": ["x"] * 200},
    ],
)  # fmt: skip
def test_nonsense_is_told_and_not_kept(resident: User, cameras: list[Camera], typed: dict[str, Any]) -> None:
    wall = make_wall(resident, cameras[0])
    good = {"nama": "Lain", "sisi": "2", "detik": "0", "kamera": [cameras[1].public_id], "versi": "1"}
    answer = browser_of(resident).post(f"/dinding/{wall.pk}/atur/", {**good, **typed})
    kept = Wall.objects.get()
    if "bagikan" in typed:  # a field that this person does not have
        assert (answer.status_code, kept.shared_with) == (302, None)
    else:
        assert answer.status_code == 200
        assert (kept.name, kept.version) == ("Malam", 1)


def test_only_a_head_is_offered_to_share(head: User, resident: User) -> None:
    assert 'name="bagikan"' in page(head, "/dinding/baru/")
    assert 'name="bagikan"' not in page(resident, "/dinding/baru/")


# ---- the API ---------------------------------------------------------------------------------------------------------------------


def test_the_api_makes_reads_changes_and_erases(resident: User, cameras: list[Camera]) -> None:
    client = browser_of(resident)
    typed: dict[str, Any] = {"name": " Malam  ini ", "cameras": [cameras[1].public_id, "tidak-ada"], "seconds": 20}
    made = client.post("/api/v1/walls/", typed, content_type="application/json")
    assert made.status_code == 201
    wall = made.json()
    assert wall["tiles"] == [{"camera": cameras[1].public_id, "name": cameras[1].name}]
    assert (wall["name"], wall["side"], wall["mine"], wall["version"]) == ("Malam ini", 3, True, 1)
    address = f"/api/v1/walls/{wall['id']}/"
    change = {**typed, "name": "Pagi", "version": 1}
    assert client.put(address, change, content_type="application/json").json()["name"] == "Pagi"
    assert client.put(address, change, content_type="application/json").status_code == 409
    assert [one["name"] for one in client.get("/api/v1/walls/").json()] == ["Pagi"]
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_the_api_asks_who_it_is_and_refuses_what_cannot_be(resident: User, cameras: list[Camera]) -> None:
    assert Client().get("/api/v1/walls/").status_code == 401
    typed = {"name": "Malam", "cameras": [cameras[0].public_id], "seconds": 5}
    answer = browser_of(resident).post("/api/v1/walls/", typed, content_type="application/json")
    assert answer.status_code == 400
    assert "seconds" in answer.json()["fields"]
