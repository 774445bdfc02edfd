"""What the map shows whom: clusters from afar, cameras from near, and nothing of what somebody may not know of, not even a number."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from cameras import map_view, visibility
from cameras.map_answer import MapView
from cameras.map_query import Box, MapQuery
from cameras.models import Camera, Category, Health, Status, Visibility
from neighborhoods.models import RT, Kecamatan, Kelurahan, get_or_create_rt
from tests.conftest import make_camera

from .test_access import CAST, KNOWS, WATCHES

pytestmark = pytest.mark.django_db
# Around tests.conftest.make_camera's place.
HERE = Box(110.389, -7.051, 110.391, -7.049)
ZOOMS = (10, 13, 15, 17)
STATUSES: tuple[Literal["online", "offline", "unknown"], ...] = ("online", "offline", "unknown")


def seen(person: User | AnonymousUser, zoom: int, **filters: Any) -> MapView:
    return map_view.view_of(person, MapQuery(zoom, HERE, **filters))


def number_of(view: MapView) -> int:
    """How many cameras the picture speaks of; its totals must say the same."""
    rings = sum(ring["online"] + ring["offline"] + ring["unknown"] for ring in view["clusters"])
    assert rings + len(view["cameras"]) == sum(view["totals"][status] for status in STATUSES)
    return rings + len(view["cameras"])


def put(camera: Camera, *, east: float = 0.0, status: str = "", category: str = "") -> Camera:
    """Moves it so many degrees, and says how it is."""
    Camera.objects.filter(pk=camera.pk).update(longitude=camera.longitude + east, category=category or camera.category)
    Health.objects.filter(pk=camera.pk).update(status=status or Status.UNKNOWN)
    return camera


@pytest.fixture
def three(rt: RT) -> list[Camera]:
    """Public ones in one RT, some steps from each other."""
    statuses = (Status.ONLINE, Status.ONLINE, Status.OFFLINE)
    return [put(make_camera(rt, name=f"Gang {n}"), east=n * 2e-5, status=status) for n, status in enumerate(statuses)]


# ---- levels ------------------------------------------------------------------------------------------------------------------


def test_from_afar_the_kecamatan_then_the_kelurahan_then_cells_then_cameras(
    three: list[Camera], stranger: AnonymousUser
) -> None:
    afar, nearer, near, close = (seen(stranger, zoom) for zoom in ZOOMS)
    assert [view["level"] for view in (afar, nearer, near, close)] == ["kecamatan", "kelurahan", "cell", "camera"]
    assert [ring["id"] for ring in afar["clusters"]] == ["33.74.12"]
    assert [(ring["id"], ring["name"], ring["url"]) for ring in nearer["clusters"]] == [
        ("33.74.12.1008", "Sekaran", "/wilayah/33.74.12.1008/")
    ]
    assert [(ring["name"], ring["url"]) for ring in near["clusters"]] == [
        ("RW 005, Sekaran", "/wilayah/33.74.12.1008/rw-005/")
    ]
    assert [camera["name"] for camera in close["cameras"]] == ["Gang 0", "Gang 1", "Gang 2"]
    for view in (afar, nearer, near, close):
        assert view["totals"] == {"online": 2, "offline": 1, "unknown": 0}
        assert number_of(view) == 3


def test_places_are_answered_for_the_whole_city_and_near_views_for_a_little_more_than_was_asked(
    three: list[Camera], stranger: AnonymousUser
) -> None:
    elsewhere = Box(100.0, 1.0, 100.1, 1.1)
    for zoom in (8, 14):
        view = map_view.view_of(stranger, MapQuery(zoom, elsewhere))
        assert view["covers"] is None
        assert view["zooms"][0] <= zoom <= view["zooms"][1]
        assert number_of(view) == 3
    for zoom in (15, 16, 17, 19):
        west, south, east, north = seen(stranger, zoom)["covers"] or HERE
        assert west < HERE.west < HERE.east < east
        assert south < HERE.south < HERE.north < north
        assert number_of(map_view.view_of(stranger, MapQuery(zoom, Box(100.0, 1.0, 100.01, 1.01)))) == 0


def test_cells_stand_still_while_the_map_is_moved(three: list[Camera], stranger: AnonymousUser) -> None:
    for zoom in (15, 16):
        views = [
            map_view.view_of(stranger, MapQuery(zoom, Box(110.38 + shift, -7.06, 110.40 + shift, -7.04)))
            for shift in (0.0, 0.0003, 0.004)
        ]
        assert views[0]["clusters"]
        assert views[0]["clusters"] == views[1]["clusters"] == views[2]["clusters"]


def test_a_cluster_of_one_is_that_camera(camera: Camera, stranger: AnonymousUser) -> None:
    for zoom in ZOOMS:
        view = seen(stranger, zoom)
        assert view["clusters"] == []
        assert view["cameras"] == [
            {
                "id": camera.public_id,
                "name": "Pos kamling, arah Jl. Taman Siswa",
                "place": "RT 003 / RW 005, Sekaran",
                "lon": 110.39,
                "lat": -7.05,
                "status": "unknown",
                "category": "lingkungan",
                "watchable": True,
            }
        ]


def test_a_cell_of_two_rws_or_two_kelurahan_is_called_by_what_they_have_in_common(
    rt: RT, kecamatan: Kecamatan, stranger: AnonymousUser
) -> None:
    make_camera(rt)
    make_camera(get_or_create_rt(rt.rw.kelurahan, "009", "001"))
    assert [ring["name"] for ring in seen(stranger, 16)["clusters"]] == ["Sekaran"]
    other = Kelurahan.objects.create(code="33.74.12.1009", name="Patemon", kecamatan=kecamatan)
    make_camera(get_or_create_rt(other, "001", "001"))
    assert [ring["name"] for ring in seen(stranger, 16)["clusters"]] == ["Sekaran dan sekitarnya"]


def test_a_place_with_a_label_has_its_cluster_there_and_one_without_in_the_middle_of_its_cameras(
    rt: RT, kelurahan: Kelurahan, stranger: AnonymousUser
) -> None:
    make_camera(rt)
    put(make_camera(rt), east=0.01)
    assert [(ring["lon"], ring["lat"]) for ring in seen(stranger, 13)["clusters"]] == [(110.395, -7.05)]
    assert [(ring["lon"], ring["lat"]) for ring in seen(stranger, 10)["clusters"]] == [(110.395, -7.05)]
    Kelurahan.objects.filter(pk=kelurahan.pk).update(longitude=110.38, latitude=-7.06)
    assert [(ring["lon"], ring["lat"]) for ring in seen(stranger, 13)["clusters"]] == [(110.38, -7.06)]


def test_more_cameras_than_can_be_shown_singly_are_cells(
    three: list[Camera], stranger: AnonymousUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view, "MOST_CAMERAS", 2)
    view = seen(stranger, 18)
    assert (view["level"], view["zooms"]) == ("cell", (18, 18))
    assert number_of(view) == 3


def test_a_part_too_wide_for_its_zoom_is_answered_as_if_from_farther_away(
    three: list[Camera], stranger: AnonymousUser
) -> None:
    view = map_view.view_of(stranger, MapQuery(17, Box(110.0, -7.5, 110.9, -6.5)))
    assert (view["level"], view["covers"], view["zooms"]) == ("kelurahan", None, (13, 17))


# ---- filters -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", ZOOMS)
def test_filters_hold_at_every_level(three: list[Camera], rt: RT, stranger: AnonymousUser, zoom: int) -> None:
    put(make_camera(rt, name="Bendung"), status=Status.OFFLINE, category=Category.SUNGAI)
    assert number_of(seen(stranger, zoom)) == 4
    assert seen(stranger, zoom, statuses=frozenset({"online"}))["totals"] == {"online": 2, "offline": 0, "unknown": 0}
    assert number_of(seen(stranger, zoom, categories=frozenset({"sungai", "fasilitas"}))) == 1
    assert number_of(seen(stranger, zoom, statuses=frozenset({"online"}), categories=frozenset({"sungai"}))) == 0
    both = seen(stranger, zoom, statuses=frozenset({"online", "offline"}), categories=frozenset({"lingkungan"}))
    assert both["totals"] == {"online": 2, "offline": 1, "unknown": 0}


# ---- the gate ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
def test_each_is_told_of_what_they_may_know_and_of_nothing_else_not_even_by_number(
    name: str, camera: Camera, request: pytest.FixtureRequest
) -> None:
    """Beside a public camera, so that a hidden one would raise a number."""
    person = request.getfixturevalue(name)
    assert camera.rt is not None
    asked = make_camera(camera.rt, name="Kenanga", owner=person if name == "owner" else None)
    for level in Visibility:
        Camera.objects.filter(pk=asked.pk).update(visibility=level)
        watches = name in WATCHES[level]
        knows = watches or name in KNOWS
        for zoom in ZOOMS:
            view = seen(person, zoom)
            assert number_of(view) == 1 + knows, (level, zoom)
            found = [one for one in view["cameras"] if one["id"] == asked.public_id]
            assert ("Kenanga" in str(view)) == (knows and zoom == 17)
            assert [one["watchable"] for one in found] == [watches] * (knows and zoom == 17)


def test_a_camera_that_was_hidden_a_moment_ago_is_gone_at_once(
    three: list[Camera], stranger: AnonymousUser, head: User
) -> None:
    assert [number_of(seen(stranger, zoom)) for zoom in ZOOMS] == [3, 3, 3, 3]
    visibility.switch(three[0], to=Visibility.MATI, by=head, reason="")
    assert [number_of(seen(stranger, zoom)) for zoom in ZOOMS] == [2, 2, 2, 2]
    assert [number_of(seen(head, zoom)) for zoom in ZOOMS] == [3, 3, 3, 3]


# ---- the address -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "zoom=99", "zoom=-1", "zoom=x", "zoom=", "zoom=1e1", "zoom=²",
        "zoom=15", "zoom=17&bbox=", "zoom=10&bbox=1,2,3", "zoom=10&bbox=1,2,3,x", "zoom=15&bbox=nan,-7,111,-6",
        "zoom=15&bbox=-inf,-7,111,-6", "zoom=15&bbox=179.9,-7,-179.9,-6",  # across the date line
        "zoom=15&bbox=110,-6,111,-7", "zoom=15&bbox=110,-7,110,-7", "zoom=15&bbox=110,-97,111,-6", "zoom=15&bbox=110,-7,1110,-6",
        "zoom=10&status=mati", "zoom=10&category=lingkungan,rahasia",
    ],
)  # fmt: skip
def test_nonsense_is_a_problem(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/map/?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


def test_a_browser_keeps_the_answer_but_asks_each_time_whether_it_still_holds(
    client: Client, three: list[Camera], head: User
) -> None:
    first = client.get("/api/v1/map/?zoom=10")
    assert (
        first.headers["Cache-Control"] == "private, no-cache" or first.headers["Cache-Control"] == "no-cache, private"
    )
    assert "Cookie" in first.headers["Vary"]
    again = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert client.get("/api/v1/map/?zoom=10", **again).status_code == 304  # type: ignore[arg-type]
    visibility.switch(three[0], to=Visibility.MATI, by=head, reason="")
    changed = client.get("/api/v1/map/?zoom=10", **again)  # type: ignore[arg-type]
    assert (changed.status_code, changed.json()["totals"]) == (200, {"online": 1, "offline": 1, "unknown": 0})
