"""Stills at the API, with a real Redis; what Celery would be sent is caught."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import redis
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.test import Client
from django.utils.http import parse_http_date

from cameras import visibility
from cameras.models import Camera, Health, Visibility
from neighborhoods.models import RT
from streaming import demand, lease, nodes, still_wishes, stills, tasks
from streaming.nodes import Node
from streaming.still_api import kind_for
from streaming.stills import Still
from tests.cameras.test_access import CAST, KNOWS, WATCHES
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
FILES = {"small.webp": b"sw", "small.jpeg": b"sj", "large.webp": b"lw", "large.jpeg": b"lj"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The messages to the workers, of which one is there."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.grab_stills, "apply_async", lambda **options: messages.append(options))
    nodes.beat(Node("one", running=0, slots=4))
    return messages


def ask(camera: Camera, person: User | AnonymousUser | None = None, query: str = "", **headers: str) -> HttpResponse:
    client = Client()
    if isinstance(person, User):
        client.force_login(person)
    answer = client.get(f"/api/v1/cameras/{camera.public_id}/still/{query}", headers=headers)
    return cast(HttpResponse, answer)


def code(answer: HttpResponse) -> str:
    return str(json.loads(answer.content)["code"])


def keep(camera: Camera, *, age: float = 1.0) -> float:
    at = time.time() - age
    assert stills.keep(camera.pk, camera.access_epoch, at=at, files=FILES)
    return at


# ---- what is given out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("image/avif,image/webp,image/apng,image/*,*/*;q=0.8", "webp"),
        ("image/webp", "webp"),
        ("IMAGE/WEBP;q=0.5", "webp"),
        ("image/webp;q=0, image/jpeg", "jpeg"),
        ("image/webp;q=0.0", "jpeg"),
        ("image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "jpeg"),
        ("*/*", "jpeg"),
        ("", "jpeg"),
    ],
)
def test_webp_goes_to_those_who_name_it(accept: str, kind: str) -> None:
    assert kind_for(accept) == kind


def test_a_still_comes_in_two_sizes_and_two_kinds_with_its_time(camera: Camera, sent: list[dict[str, Any]]) -> None:
    at = keep(camera, age=7)
    answer = ask(camera, accept="image/webp")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"sw", "image/webp")
    assert parse_http_date(answer["Last-Modified"]) == int(at)
    assert 7 <= float(answer["X-Picture-Age"]) < 12
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Accept" in answer["Vary"]
    assert ask(camera, query="?size=large").content == b"lj"
    assert ask(camera, query="?size=huge").status_code == 400


def test_a_browser_that_has_it_is_told_so_until_there_is_another(camera: Camera, sent: list[dict[str, Any]]) -> None:
    keep(camera, age=9)
    first = ask(camera)
    again = ask(camera, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert float(again["X-Picture-Age"]) >= 9
    assert ask(camera, if_none_match=f'"other", W/{first["ETag"]}').status_code == 304
    for other in (ask(camera, query="?size=large"), ask(camera, accept="image/webp")):
        assert other["ETag"] != first["ETag"]
    keep(camera, age=1)
    assert ask(camera, if_none_match=first["ETag"]).status_code == 200


def test_without_a_picture_it_says_so_and_when_to_come_back(camera: Camera, sent: list[dict[str, Any]]) -> None:
    answer = ask(camera, accept="image/webp")
    assert (answer.status_code, code(answer), answer["Retry-After"]) == (404, "no_picture", "2")
    Health.objects.update(status="offline")
    assert not ask(camera).has_header("Retry-After")


def test_stills_expire_by_themselves(camera: Camera, redis_server: redis.Redis) -> None:
    keep(camera)
    assert 890 <= redis_server.ttl(f"still:{camera.pk}:1") <= 900


def test_without_redis_it_is_an_honest_answer(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(stills, "read", away)
    assert ask(camera).status_code == 503


# ---- who may look ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("level", list(Visibility))
def test_a_still_is_for_those_who_may_watch(
    name: str, level: Visibility, rt: RT, request: pytest.FixtureRequest, sent: list[dict[str, Any]]
) -> None:
    person = request.getfixturevalue(name)
    camera = make_camera(rt, level, owner=person if name == "owner" else None)
    keep(camera)
    answer = ask(camera, person)
    if name in WATCHES[level]:
        assert (answer.status_code, answer.content) == (200, b"sj")
    else:
        expected = (403, "hidden") if name in KNOWS else (404, "not_found")
        assert (answer.status_code, code(answer)) == expected
        assert not still_wishes.waiting()


@pytest.mark.django_db(transaction=True)
def test_a_switch_takes_the_picture_away_and_a_late_one_does_not_come_back(
    camera: Camera, head: User, redis_server: redis.Redis
) -> None:
    keep(camera)
    still_wishes.begin_rest(camera.pk)
    visibility.switch(camera, to=Visibility.PETUGAS, by=head)
    assert not redis_server.keys("still:*")
    assert not still_wishes.resting(camera.pk), "those who may look now get a first picture soon"
    assert (ask(camera, head).status_code, code(ask(camera, head))) == (404, "no_picture")
    assert not stills.keep(camera.pk, 1, at=time.time(), files=FILES), "taken before the switch, developed after it"
    assert not redis_server.keys("still:*")


def test_a_picture_of_an_older_epoch_is_never_given_out_even_where_it_could_not_be_taken_away(camera: Camera) -> None:
    keep(camera)
    Camera.objects.update(access_epoch=2)
    assert ask(camera).status_code == 404


# ---- wishes ----------------------------------------------------------------------------------------------------------------


def test_many_who_look_are_one_wish_and_one_message(camera: Camera, sent: list[dict[str, Any]]) -> None:
    for _ in range(20):
        ask(camera)
    assert still_wishes.waiting() == [camera.pk]
    assert len(sent) == 1
    assert sent[0]["expires"] > 0


def test_a_fresh_still_is_no_reason_for_another_and_an_older_one_is(camera: Camera, sent: list[dict[str, Any]]) -> None:
    keep(camera, age=1)
    ask(camera)
    assert not still_wishes.waiting()
    keep(camera, age=20)
    assert ask(camera).status_code == 200
    assert still_wishes.waiting() == [camera.pk]


def test_who_only_takes_what_is_there_wishes_for_nothing(camera: Camera, sent: list[dict[str, Any]]) -> None:
    assert ask(camera, query="?wish=false").status_code == 404
    assert (still_wishes.waiting(), sent) == ([], [])


def test_with_a_stream_the_wish_is_left_to_it(camera: Camera, sent: list[dict[str, Any]]) -> None:
    assert lease.Lease(camera.pk, clock=time.monotonic).take()
    ask(camera)
    assert (still_wishes.waiting(), sent) == ([camera.pk], [])


def test_nobody_is_sent_to_a_dead_camera_or_to_one_that_was_asked_a_moment_ago(
    camera: Camera, sent: list[dict[str, Any]]
) -> None:
    still_wishes.begin_rest(camera.pk)
    ask(camera)
    still_wishes.end_rest(camera.pk)
    Health.objects.update(status="offline")
    ask(camera)
    assert sent == []


def test_full_workers_are_not_asked(camera: Camera, sent: list[dict[str, Any]]) -> None:
    nodes.beat(Node("one", running=3, slots=4))
    ask(camera)
    assert sent == []


def test_a_wish_is_forgotten_when_nobody_makes_it_again(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    still_wishes.wish(camera.pk)
    assert not still_wishes.take(camera.pk + 1)
    later = time.time() + still_wishes.LASTS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert still_wishes.waiting() == []


def test_a_wish_is_taken_by_one(camera: Camera) -> None:
    still_wishes.wish(camera.pk)
    assert [still_wishes.take(camera.pk), still_wishes.take(camera.pk)] == [True, False]
    assert [still_wishes.begin_rest(camera.pk), still_wishes.begin_rest(camera.pk)] == [True, False]


def test_what_is_kept_is_what_is_read(camera: Camera) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC).timestamp() + 0.125
    stills.keep(camera.pk, 3, at=at, files=FILES)
    demand.announce_epoch(camera.pk, 3)
    assert stills.read(camera.pk, 3, "large.webp") == Still(b"lw", at)
    assert stills.read(camera.pk, 4, "large.webp") is None
