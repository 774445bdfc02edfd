"""Searching: places and cameras, with errors forgiven, and nothing for those who may not know."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from cameras import visibility
from cameras.models import Camera, Visibility
from cameras.searching import Result, search
from neighborhoods.models import RT, Kelurahan
from tests.conftest import make_camera

from .test_access import CAST, KNOWS, WATCHES

pytestmark = pytest.mark.django_db


def found(person: User | AnonymousUser, text: str) -> list[Result]:
    return search(person, text)


def names(person: User | AnonymousUser, text: str) -> list[str]:
    return [one["title"] for one in found(person, text) if one["kind"] == "camera"]


@pytest.fixture
def street(rt: RT) -> list[Camera]:
    wanted = ("Gapura, arah Jl. Kartini", "Pos kamling, arah Jl. Pahlawan", "Simpang Lima, arah Jl. Pahlawan", "CAM 1")
    return [make_camera(rt, name=name) for name in wanted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kartini", ["Gapura, arah Jl. Kartini"]),
        ("jalan kartini", ["Gapura, arah Jl. Kartini"]),
        ("kartni", ["Gapura, arah Jl. Kartini"]),
        ("GAPURO", ["Gapura, arah Jl. Kartini"]),
        ("simpang lma", ["Simpang Lima, arah Jl. Pahlawan"]),
        ("pos kam", ["Pos kamling, arah Jl. Pahlawan"]),
        ("pahlwan", ["Pos kamling, arah Jl. Pahlawan", "Simpang Lima, arah Jl. Pahlawan"]),
        ("pos kamling arah jalan pahlawan utara", ["Pos kamling, arah Jl. Pahlawan"]),
        ("kamling sekaran", ["Pos kamling, arah Jl. Pahlawan"]),
        ("kartini rt 3 rw 5", ["Gapura, arah Jl. Kartini"]),
        ("kartini rt 4 rw 5", []),
        ("xyzzy", []),
    ],
)
def test_cameras_are_found_by_street_and_landmark(
    street: list[Camera], stranger: AnonymousUser, text: str, expected: list[str]
) -> None:
    assert sorted(names(stranger, text)) == expected


def test_an_rt_comes_with_its_cameras(street: list[Camera], stranger: AnonymousUser) -> None:
    results = found(stranger, "rt 3 rw 5 sekaran")
    assert (results[0]["kind"], results[0]["id"]) == ("rt", "33.74.12.1008/005/003")
    assert results[0]["url"] == "/wilayah/33.74.12.1008/rw-005/rt-003/"
    assert (results[0]["lon"], results[0]["lat"]) == (110.39, -7.05)
    assert [one["kind"] for one in results[1:]] == ["camera"] * 4
    assert found(stranger, "rt 3 rw 5")[1:] == results[1:]


def test_a_name_that_tells_nothing_is_shown_as_what_people_read(street: list[Camera], stranger: AnonymousUser) -> None:
    [one] = [one for one in found(stranger, "cam") if one["id"] == street[3].public_id]
    assert one["title"] == street[3].shown_name != "CAM 1"


@pytest.mark.parametrize("name", CAST)
def test_each_finds_exactly_the_cameras_that_they_may_know_of(
    name: str, rt: RT, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)
    asked = make_camera(rt, name="Kenanga Merah", owner=person if name == "owner" else None)
    for level in Visibility:
        Camera.objects.filter(pk=asked.pk).update(visibility=level)
        knows = name in WATCHES[level] or name in KNOWS
        for text in ("kenanga", "kennga", "rt 3 rw 5", "kenanga rt 3"):
            assert names(person, text) == ["Kenanga Merah"] * knows, (level, text)


def test_where_an_rt_lies_is_told_by_no_camera_that_somebody_may_not_know_of(
    rt: RT, kelurahan: Kelurahan, stranger: AnonymousUser, resident: User
) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    Kelurahan.objects.filter(pk=kelurahan.pk).update(longitude=110.38, latitude=-7.06)
    [result] = found(stranger, "rt 3 rw 5 sekaran")
    assert (result["lon"], result["lat"], result["bbox"]) == (110.38, -7.06, None)
    result = found(resident, "rt 3 rw 5 sekaran")[0]
    assert (result["lon"], result["lat"]) == (110.39, -7.05)


def test_hidden_cameras_crowd_out_nobody(
    rt: RT, stranger: AnonymousUser, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cameras.searching._CHUNKS", (2, 2, 2))
    for number in range(9):
        make_camera(rt, Visibility.WARGA_RT, name=f"Kartini {number}")
    make_camera(rt, name="Kartini Z")
    assert names(stranger, "kartini") == ["Kartini Z"]
    assert len(names(head, "kartini")) == 10


def test_a_new_a_renamed_and_a_hidden_camera_are_found_as_they_are_now(
    street: list[Camera], rt: RT, stranger: AnonymousUser, head: User
) -> None:
    assert len(names(stranger, "kartini")) == 1
    other = make_camera(rt, name="Toko, arah Jl. Kartini")
    assert len(names(stranger, "kartini")) == 2
    other.name = "Toko, arah Jl. Melati"
    other.save(update_fields=["name"])
    assert names(stranger, "melati") == ["Toko, arah Jl. Melati"]
    visibility.switch(street[0], to=Visibility.MATI, by=head, reason="")
    assert names(stranger, "kartini") == []


@pytest.mark.parametrize("query", ["limit=0", "limit=21", "limit=x", "limit="])
def test_a_limit_that_is_none_is_a_problem(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/search/?q=a&{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("text", ["", " ", "%00", "'; --", "½²", "a" * 5000, "🙂", "(((", "rt", "/"])
def test_whatever_is_typed_is_answered(client: Client, camera: Camera, text: str) -> None:
    assert client.get("/api/v1/search/", {"q": text}).status_code == 200
    assert client.get("/cari/", {"q": text}).status_code == 200


def test_the_page_answers_without_javascript(client: Client, street: list[Camera]) -> None:
    html = client.get("/cari/", {"q": "kartni"}).content.decode()
    assert "Gapura, arah Jl. Kartini" in html
    assert street[0].get_absolute_url() in html
    assert 'value="kartni"' in html
    assert "<script" not in client.get("/cari/", {"q": "<script>x"}).content.decode().partition("<main")[2]
    assert "Tidak ditemukan" in client.get("/cari/", {"q": "xyzzy"}).content.decode()
