"""The web side of the watch river, with a real Redis; what Celery would be sent is caught."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client

from cameras.models import Camera, Visibility
from cameras.reasons import Reason
from neighborhoods.models import RT
from streaming import demand, lease, nodes, states, tasks, watching
from streaming.nodes import Node
from streaming.states import Record, StreamState
from tests.conftest import make_camera


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cameras for which a message was sent."""
    cameras: list[int] = []

    def apply_async(args: tuple[int], **options: Any) -> None:
        assert options["expires"] > 0
        cameras.append(args[0])

    monkeypatch.setattr(tasks.run_stream, "apply_async", apply_async)
    return cameras


@pytest.fixture
def worker() -> None:
    nodes.beat(Node("one", running=0, slots=2))


pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("worker")
def test_a_wish_leaves_a_mark_and_sends_one_message(camera: Camera, sent: list[int]) -> None:
    watch = watching.watch(camera, user_pk=None)
    assert sent == [camera.pk]
    assert demand.wishes(camera.pk)[0]
    assert watch.stream.state == StreamState.WAITING
    assert watch.playlist_url.startswith(f"/hls/{camera.public_id}/1/")


@pytest.mark.usefixtures("worker")
def test_a_hundred_viewers_in_the_same_instant_send_one_message(camera: Camera, sent: list[int]) -> None:
    with ThreadPoolExecutor(20) as pool:
        urls = list(pool.map(lambda _: watching.watch(camera, user_pk=None).playlist_url, range(100)))
    assert sent == [camera.pk]
    assert len(set(urls)) == 100


@pytest.mark.usefixtures("worker")
def test_a_renewal_keeps_the_address_while_it_is_good(camera: Camera, resident: User, sent: list[int]) -> None:
    for user_pk in (None, resident.pk):
        first = watching.watch(camera, user_pk=user_pk)
        again = watching.watch(camera, user_pk=user_pk, current_url=first.playlist_url)
        assert again.playlist_url == first.playlist_url


@pytest.mark.usefixtures("worker")
def test_a_renewal_in_another_epoch_gets_another_address(camera: Camera, sent: list[int]) -> None:
    first = watching.watch(camera, user_pk=None)
    camera.access_epoch += 1
    assert watching.watch(camera, user_pk=None, current_url=first.playlist_url).playlist_url != first.playlist_url


@pytest.mark.usefixtures("worker")
def test_the_ticket_of_another_is_not_kept(camera: Camera, resident: User, neighbour: User, sent: list[int]) -> None:
    theirs = watching.watch(camera, user_pk=resident.pk)
    mine = watching.watch(camera, user_pk=neighbour.pk, current_url=theirs.playlist_url)
    assert mine.playlist_url != theirs.playlist_url


def test_a_running_stream_needs_no_message_and_no_room(camera: Camera, sent: list[int]) -> None:
    nodes.beat(Node("one", running=2, slots=2))
    assert lease.Lease(camera.pk, clock=time.monotonic).take()
    states.write(camera.pk, Record(StreamState.LIVE, Reason.NONE, time.time()))
    assert watching.watch(camera, user_pk=None).stream.state == StreamState.LIVE
    assert sent == []


def test_a_failure_that_does_not_heal_is_told_and_not_tried_again(camera: Camera, sent: list[int]) -> None:
    states.write(camera.pk, Record(StreamState.FAILED, Reason.UNAUTHORIZED, time.time()))
    assert watching.watch(camera, user_pk=None).stream.reason == Reason.UNAUTHORIZED
    assert sent == []


def test_full_workers_are_busy_and_none_is_unavailable(camera: Camera, sent: list[int]) -> None:
    with pytest.raises(watching.Unavailable):
        watching.watch(camera, user_pk=None)
    nodes.beat(Node("one", running=2, slots=2))
    with pytest.raises(watching.Busy):
        watching.watch(camera, user_pk=None)
    nodes.beat(Node("two", running=1, slots=2))
    watching.watch(camera, user_pk=None)
    assert sent == [camera.pk]


def test_a_silent_worker_is_none() -> None:
    nodes.beat(Node("one", running=0, slots=2), wall=1000.0)
    assert nodes.alive(wall=1001.0) == [Node("one", 0, 2)]
    assert nodes.alive(wall=1000.0 + nodes.SILENT_AFTER + 1) == []


@pytest.mark.usefixtures("worker")
def test_a_goodbye_takes_only_ones_own_mark(camera: Camera, sent: list[int]) -> None:
    one, two = (watching.watch(camera, user_pk=None).playlist_url for _ in range(2))
    watching.leave(camera, current_url=one)
    assert demand.wishes(camera.pk)[0]
    watching.leave(camera, current_url="/hls/nonsense/1/x/live.m3u8")
    watching.leave(camera, current_url=two)
    assert not demand.wishes(camera.pk)[0]


@pytest.mark.usefixtures("worker")
def test_the_api_answers_and_says_what_is_wrong_in_words(rt: RT, resident: User, sent: list[int]) -> None:
    client = Client()
    client.force_login(resident)
    camera = make_camera(rt, Visibility.WARGA_RT)
    address = f"/api/v1/cameras/{camera.public_id}/watch/"
    answer = client.post(address, {}, content_type="application/json")
    assert answer.status_code == 200
    assert set(answer.json()) == {"playlist_url", "expires_at", "renew_after", "stream"}
    assert (
        client.delete(
            address, {"playlist_url": answer.json()["playlist_url"]}, content_type="application/json"
        ).status_code
        == 204
    )
    assert not demand.wishes(camera.pk)[0]
    assert Client().post(address, {}, content_type="application/json").json()["code"] == "not_found"
    Camera.objects.update(visibility=Visibility.PETUGAS)
    hidden = client.post(address, {}, content_type="application/json")
    assert (hidden.status_code, hidden.json()["code"]) == (403, "hidden")


def test_a_lost_redis_is_an_honest_answer(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:

    def away(*args: object, **kwargs: object) -> None:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(states, "read", away)
    answer = Client().post(f"/api/v1/cameras/{camera.public_id}/watch/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]
