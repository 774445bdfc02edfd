"""Stars: put on, taken off, and opening nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client

from boards import favourites
from boards.favourite_records import Favourite
from cameras.models import Camera, Visibility
from neighborhoods.models import RT
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_star_is_put_on_once_however_often_and_taken_off_the_same_way(resident: User, camera: Camera) -> None:
    client, path = browser_of(resident), f"/api/v1/favourites/{camera.public_id}/"
    assert [client.put(path).status_code for _ in range(2)] == [204, 204]
    assert Favourite.objects.filter(user=resident, camera=camera).count() == 1
    assert client.get("/api/v1/favourites/").json() == {"cameras": [camera.public_id]}
    assert [client.delete(path).status_code for _ in range(2)] == [204, 204]
    assert client.get("/api/v1/favourites/").json() == {"cameras": []}


def test_two_taps_in_the_same_instant_are_one_star(
    resident: User, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beaten(**fields: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Favourite.objects, "create", beaten)
    assert favourites.star(resident, camera) is False


def test_a_stranger_has_no_stars_and_hears_that_they_must_log_in(camera: Camera) -> None:
    for answer in (
        Client().get("/api/v1/favourites/"),
        Client().head("/api/v1/favourites/"),
        Client().put(f"/api/v1/favourites/{camera.public_id}/"),
    ):
        assert answer.status_code == 401


def test_a_camera_that_somebody_may_not_know_of_cannot_be_starred_and_is_not_told(
    resident: User, neighbour: User, rt: RT
) -> None:
    closed = make_camera(rt, Visibility.WARGA_RT)
    assert browser_of(neighbour).put(f"/api/v1/favourites/{closed.public_id}/").status_code == 404
    favourites.star(neighbour, closed)  # as it was before it was closed
    assert browser_of(neighbour).get("/api/v1/favourites/").json() == {"cameras": []}
    assert closed.name not in browser_of(neighbour).get("/rt-saya/").content.decode()
    assert browser_of(neighbour).get(f"/api/v1/cameras/{closed.public_id}/still/").status_code == 404


def test_there_is_an_end_to_stars_and_it_is_said(
    resident: User, camera: Camera, rt: RT, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(favourites, "MOST", 1)
    favourites.star(resident, camera)
    answer = browser_of(resident).put(f"/api/v1/favourites/{make_camera(rt).public_id}/")
    assert answer.status_code == 409
    assert "sudah 1 kamera" in json.loads(answer.content)["detail"]


def test_the_star_works_as_a_plain_form_and_leads_back_only_to_us(resident: User, camera: Camera) -> None:
    client, path = browser_of(resident), f"/kamera/{camera.public_id}/bintang/"
    answer: Any = client.post(path, {"bintang": "1", "kembali": "/rt-saya/"}, follow=True)
    assert answer.redirect_chain == [("/rt-saya/", 302)]
    assert "ada di favorit Anda" in answer.content.decode()
    assert favourites.is_starred(resident, camera)
    answer = client.post(path, {"bintang": "0", "kembali": "https://example.org/"})
    assert (answer.status_code, answer.url) == (302, "/rt-saya/")
    assert not favourites.is_starred(resident, camera)
    assert client.post(path, {"kembali": "//example.org/"}).url == "/rt-saya/"  # type: ignore[attr-defined]
