"""Every page, question and picture × everybody × every visibility, from the URL table: a new route without a row fails.

Two things are asked of each answer: whether the door opened exactly for those for whom it should, and whether it names the camera
only to those who may know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from cameras.consumers import StatusConsumer
from cameras.models import Camera, Visibility
from neighborhoods.models import RT
from tests.cameras.test_access import KNOWS, WATCHES
from tests.conftest import make_camera
from tests.secrecy.routes import Route, table

from .conftest import NAME, OFFERED, REPORTED, Person, Scene
from .rows import ROWS, May, Row, nobody

CAST = (
    "stranger", "resident", "neighbour", "other_rw", "guard", "former", "head", "rw_head", "lurah", "camat", "officer", "owner",
)  # fmt: skip
# Rooms of libraries: their doors are for whoever administers, and for one's own account.
LIBRARIES = {"django", "allauth"}
LEAD = {"rw_head", "lurah", "camat", "officer"}


def may(name: str, level: Visibility) -> May:
    """What somebody of the cast may, while the RT has a head. The words of the gate's own test, and what stands around them."""
    watches = {"other_rw"} | WATCHES[level] if level in {Visibility.PUBLIK, Visibility.KELURAHAN} else WATCHES[level]
    keeps = name in {"head", "officer"}
    return May(
        watch=name in watches,
        know=name in watches or name in KNOWS,
        manage=keeps,
        keep=keeps,
        decide=name == "head",  # an officer after the head
        member=name != "stranger",
        leads=name in LEAD,
        leads_kelurahan=name in LEAD - {"rw_head"},
        officer=name == "officer",
        owner=name == "owner",
        belong=name in {"resident", "guard", "head"},
    )


def ours() -> Iterator[Route]:
    return (route for route in table() if route.room not in LIBRARIES)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.name for route in ours()} == set(ROWS)


def _public_id(route: Route, scene: Scene) -> str:
    """Of the offer or the report in their rooms, else of the camera."""
    record = {"offering": "offer", "incidents": "incident"}.get(route.room)
    return str(getattr(scene.records[record] if record else scene.camera, "public_id"))  # noqa: B009 -- a Model of either kind


def address(route: Route, scene: Scene) -> str:
    """Of this scene's camera, its places and its records."""
    rt = scene.rt
    by_number = "wilayah" in route.name or "pengurus" in route.name or "/rts/" in route.name
    kelurahan = rt.rw.kelurahan
    values = {word: str(record.pk) for word, record in scene.records.items()}
    values |= {
        "public_id": _public_id(route, scene),
        "code": kelurahan.kecamatan.code if route.form.endswith("%(code)s/") and r"\.\d{4}" not in route.name else kelurahan.code,
        "rw": rt.rw.number,
        "rt": rt.number if by_number else str(rt.pk),
        "number": "1",
        "moment": "0.0",
        "key": f"rt-{rt.pk}",
    }  # fmt: skip
    if "gabung" in route.name:
        values["token"] = scene.token
    return route.address(values)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> tuple[str, Person]:
    return request.param, request.getfixturevalue(request.param)


class Visitor:
    """One person, who asks as often as the test likes; nothing of what they do stays."""

    def __init__(self, person: Person) -> None:
        self._client = Client(raise_request_exception=False)
        if isinstance(person, User):
            self._client.force_login(person)
        self._cookies = self._client.cookies.output(header="", sep=";")

    def ask(self, row: Row, path: str, scene: Scene) -> tuple[bool, bytes]:
        """Whether the door opened, and the whole answer."""
        self._client.cookies = SimpleCookie(self._cookies)
        with transaction.atomic():
            options: dict[str, Any] = {"content_type": "application/json"} if path.startswith("/api/") else {}
            if row.sends:
                options["data"] = {
                    field: word[1:] if word.startswith("=") else scene.records[word].pk for field, word in row.sends
                }
            answer = getattr(self._client, row.method.lower())(path, **options)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        assert answer.status_code < 500 or answer.status_code == 503, f"{path}: {answer.status_code}"
        assert answer.status_code != 405, f"{path}: the row has another method than the route"
        to_login = answer.status_code == 302 and answer.headers["Location"].startswith(("/masuk/", "/admin/login/"))
        return not to_login and answer.status_code not in {401, 403, 404}, body


@pytest.mark.django_db
@pytest.mark.parametrize("name", CAST)
def test_every_door_opens_for_whom_it_should_and_names_the_camera_to_nobody_else(
    name: str, scene: Scene, with_still: Callable[[], None], request: pytest.FixtureRequest
) -> None:
    visitor = Visitor(request.getfixturevalue(name))
    wrong: list[str] = []
    asked = named = 0
    for number, level in enumerate(Visibility):
        Camera.objects.filter(pk=scene.camera.pk).update(visibility=level)
        with_still()
        can = may(name, level)
        for route in ours():
            row = ROWS[route.name]
            if number and not row.of_camera:
                continue
            path = address(route, scene)
            opened, body = visitor.ask(row, path, scene)
            asked += 1
            if opened != row.need(can):
                wrong.append(f"{row.method} {path} at {level}: {'opened' if opened else 'shut'}")
            if NAME.encode() in body:
                named += 1
                if not can.know:
                    wrong.append(f"{row.method} {path} at {level} names the camera")
            if REPORTED.encode() in body and not (can.owner or can.keep):
                wrong.append(f"{row.method} {path} tells what was reported")
            if OFFERED.encode() in body and not (can.owner or can.decide):
                wrong.append(f"{row.method} {path} names the offer")
    assert not wrong, f"{name}:\n" + "\n".join(wrong)
    assert asked > 200
    assert named >= 3, "an answer that never names it would prove nothing"


@pytest.mark.django_db
def test_whose_log_in_ran_out_on_the_way_comes_back_to_a_page(scene: Scene, officer: User) -> None:
    """Never to an address that can only be posted to, whatever somebody was about to do."""
    before, stranger, later = "/wilayah/", Client(headers={"Referer": "http://testserver/wilayah/"}), Client()
    later.force_login(officer)
    led = {}
    for route in ours():
        if ROWS[route.name].method == "POST" and not route.name.startswith("api/"):
            answer = stranger.post(address(route, scene))
            if answer.headers.get("Location", "").startswith("/masuk/"):
                led[route.name] = answer.headers["Location"].partition("?next=")[2]
    assert len(led) > 30
    wrong = {name for name, after in led.items() if after != before and later.get(unquote(after)).status_code == 405}
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("name", CAST)
def test_only_who_may_watch_is_given_an_address_to_play(
    name: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    visitor = Visitor(request.getfixturevalue(name))
    row, path = ROWS["api/v1/cameras/<slug:public_id>/watch/"], f"/api/v1/cameras/{scene.camera.public_id}/watch/"
    for level in Visibility:
        Camera.objects.filter(pk=scene.camera.pk).update(visibility=level)
        _, body = visitor.ask(row, path, scene)
        assert (b"/hls/" in body) == may(name, level).watch, f"{name} at {level}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", CAST)
def test_the_administration_is_shut_to_all_who_do_not_administer(
    name: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    visitor = Visitor(request.getfixturevalue(name))
    doors = [route for route in table() if route.room == "django" and route.name.startswith("admin/")]
    assert len(doors) > 50
    values = {"object_id": str(scene.camera.pk), "content_type_id": "1", "app_label": "cameras", "url": "x", "id": "1"}
    for route in doors:
        if route.name in {"admin/login/", "admin/logout/", "admin/jsi18n/"}:
            continue
        path = route.address({word: values.get(word, "1") for word in route.words})
        opened, body = visitor.ask(Row(nobody), path, scene)
        assert not opened, path
        assert NAME.encode() not in body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cast", CAST, indirect=True)
async def test_the_socket_names_the_camera_to_those_who_may_know_of_it(cast: tuple[str, Person], scene: Scene) -> None:
    name, person = cast
    for level in Visibility:
        await database_sync_to_async(Camera.objects.filter(pk=scene.camera.pk).update)(visibility=level)
        socket = WebsocketCommunicator(StatusConsumer.as_asgi(), "/ws/status/")
        socket.scope["user"] = person
        connected, _ = await socket.connect()
        assert connected
        snapshot = await socket.receive_from(timeout=10)
        assert (scene.camera.public_id in snapshot) == may(name, level).know, f"{name} at {level}"
        await socket.disconnect()


@pytest.fixture
def rest(rt: RT) -> list[Camera]:
    return [make_camera(rt, name=f"Gang {number}") for number in range(4)]


@pytest.mark.django_db(transaction=True)
async def test_a_snapshot_of_a_whole_city_comes_in_parts(
    scene: Scene, rest: list[Camera], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cameras.consumers.AT_ONCE", 2)
    socket = WebsocketCommunicator(StatusConsumer.as_asgi(), "/ws/status/")
    socket.scope["user"] = officer
    await socket.connect()
    parts = [await socket.receive_json_from(timeout=10) for _ in range(3)]
    assert [part["more"] for part in parts] == [True, True, False]
    named = {camera["id"] for part in parts for camera in part["cameras"]}
    assert named == {camera.public_id for camera in [scene.camera, *rest]}
    await socket.disconnect()
