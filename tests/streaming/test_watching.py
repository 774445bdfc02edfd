"""The web side of the watch river, with a real Redis; what Celery would be sent is caught."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from cameras.addresses import Address, Credentials
from cameras.models import Camera, Health, Visibility
from cameras.reasons import Reason
from cameras.sources import set_source
from neighborhoods.models import RT
from streaming import demand, lease, nodes, states, tasks, traits, watching
from streaming.nodes import Node
from streaming.states import Record, StreamState
from streaming.traits import Trait
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


H265 = frozenset({"h265"})


def test_a_transcode_needs_a_slot_of_its_own(camera: Camera, sent: list[int]) -> None:
    nodes.beat(Node("one", running=1, slots=9, transcodes=2, transcode_slots=2))
    with pytest.raises(watching.Busy):
        watching.watch(camera, user_pk=None, codec="h265")
    assert not demand.wishes(camera.pk).wanted
    watching.watch(camera, user_pk=None, codec="h265", plays=H265)
    assert sent == [camera.pk]
    nodes.beat(Node("two", running=1, slots=9, transcodes=1, transcode_slots=2))
    watching.watch(camera, user_pk=None, codec="jpeg")


def test_one_who_cannot_play_a_running_copy_gets_in_if_its_worker_can_transcode(
    camera: Camera, sent: list[int]
) -> None:
    states.write(camera.pk, Record(StreamState.LIVE, Reason.NONE, time.time(), "house", "copy"))
    nodes.beat(Node("house-1", running=1, slots=9, transcodes=1, transcode_slots=1))
    nodes.beat(Node("other-1", running=1, slots=9, transcodes=0, transcode_slots=1))
    with pytest.raises(watching.Busy):
        watching.watch(camera, user_pk=None, codec="h265")
    watching.watch(camera, user_pk=None, codec="h265", plays=H265)
    nodes.beat(Node("house-1", running=1, slots=9, transcodes=0, transcode_slots=1))
    watching.watch(camera, user_pk=None, codec="h265")
    states.write(camera.pk, Record(StreamState.LIVE, Reason.NONE, time.time(), "house", "transcode"))
    nodes.beat(Node("house-1", running=1, slots=9, transcodes=1, transcode_slots=1))
    watching.watch(camera, user_pk=None, codec="h265")


def test_a_stream_that_found_no_slot_is_told_as_busy_and_not_asked_for_again(camera: Camera, sent: list[int]) -> None:
    nodes.beat(Node("one", running=0, slots=9, transcodes=0, transcode_slots=2))
    states.write(camera.pk, Record(StreamState.BUSY, Reason.NONE, time.time(), "one"))
    with pytest.raises(watching.Busy):
        watching.watch(camera, user_pk=None, codec="h265")
    assert sent == []


def test_the_wishes_tell_what_everybody_plays(camera: Camera) -> None:
    demand.want(camera.pk, "one", plays=H265)
    assert demand.wishes(camera.pk).plays == H265
    demand.want(camera.pk, "two")
    demand.want(camera.pk, "one", plays=H265)
    assert demand.wishes(camera.pk).plays == frozenset()
    demand.leave(camera.pk, "two")
    assert demand.wishes(camera.pk).plays == H265


def test_somebody_with_two_devices_is_served_on_both(camera: Camera) -> None:
    demand.want(camera.pk, "same")
    demand.want(camera.pk, "same", plays=H265)
    assert demand.wishes(camera.pk).plays == frozenset()


def test_the_wishes_tell_whether_every_page_is_small(camera: Camera) -> None:
    assert not demand.wishes(camera.pk).small
    demand.want(camera.pk, "one", small=True)
    assert demand.wishes(camera.pk).small
    demand.want(camera.pk, "two")
    demand.want(camera.pk, "two", small=True)
    assert not demand.wishes(camera.pk).small
    demand.leave(camera.pk, "two")
    assert demand.wishes(camera.pk).small


def test_a_small_page_of_an_h265_camera_needs_no_transcode_where_the_substream_does(
    camera: Camera, sent: list[int]
) -> None:
    nodes.beat(Node("one", running=1, slots=9, transcodes=1, transcode_slots=1))
    address = Address("rtsp", "192.0.2.1", 554, "/main")
    set_source(camera, address=address, credentials=Credentials(), substream=replace(address, target="/sub"))

    def wish(*, small: bool = True) -> None:
        watching.watch(camera, user_pk=None, codec="h265", small=small)

    with pytest.raises(watching.Busy):
        wish(small=False)
    wish()
    assert sent == [camera.pk]
    demand.want(camera.pk, "somebody else", plays=H265)  # on a large page: the main stream must be transcoded then
    with pytest.raises(watching.Busy):
        wish()
    demand.leave(camera.pk, "somebody else")
    wish()
    traits.learn(camera.pk, Trait.H265_SUBSTREAM)
    with pytest.raises(watching.Busy):
        wish()


def test_another_source_makes_what_was_learnt_forgotten(
    camera: Camera, django_capture_on_commit_callbacks: Any
) -> None:
    address = Address("rtsp", "192.0.2.1", 554, "/main")
    set_source(camera, address=address, credentials=Credentials())
    traits.learn(camera.pk, Trait.NO_SUBSTREAM)
    with django_capture_on_commit_callbacks(execute=True):
        set_source(camera, address=replace(address, host="192.0.2.2"), credentials=Credentials())
    assert traits.known(camera.pk) == frozenset()


def test_traits_are_remembered_each(camera: Camera) -> None:
    assert traits.known(camera.pk) == frozenset()
    traits.learn(camera.pk, Trait.MUTE)
    traits.learn(camera.pk, Trait.WRONG_TIMES)
    assert traits.known(camera.pk) == {Trait.MUTE, Trait.WRONG_TIMES}


def test_the_api_takes_what_a_browser_plays_and_does_not_mind_what_it_does_not_know(
    camera: Camera, sent: list[int]
) -> None:
    nodes.beat(Node("one", running=1, slots=9, transcodes=1, transcode_slots=1))
    Health.objects.filter(camera=camera).update(codec="h265")
    address = f"/api/v1/cameras/{camera.public_id}/watch/"

    def post(plays: object, small: object = False) -> Any:
        return Client().post(address, {"plays": plays, "small": small}, content_type="application/json")

    assert post(["h265", "av1"], small=True).status_code == 200
    assert demand.wishes(camera.pk)[2:] == (H265, True)
    assert post(["h265", "av1"], small="perhaps").status_code == 400
    busy = post([])
    assert (busy.status_code, busy.json()["code"]) == (503, "busy")
    assert post("h265").status_code == 400


@pytest.mark.usefixtures("worker")
def test_one_address_does_not_take_everything(rt: RT, sent: list[int], resident: User, settings: Settings) -> None:
    settings.CAMERAS_AT_ONCE = 2
    cameras = [make_camera(rt, name=f"Gapura {number}") for number in range(3)]
    for camera in [*cameras[:2], *cameras[:2]]:
        watching.watch(camera, user_pk=None, address="10.9.8.7")
    with pytest.raises(watching.TooMany):
        watching.watch(cameras[2], user_pk=None, address="10.9.8.7")
    watching.watch(cameras[2], user_pk=None, address="10.9.8.6")
    watching.watch(cameras[2], user_pk=resident.pk, address="10.9.8.7")


def test_strangers_leave_room_for_residents(camera: Camera, resident: User, sent: list[int]) -> None:
    nodes.beat(Node("one", running=8, slots=10))
    with pytest.raises(watching.Busy):
        watching.watch(camera, user_pk=None)
    watching.watch(camera, user_pk=resident.pk)


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
    assert set(answer.json()) == {"playlist_url", "now", "expires_at", "renew_after", "stream"}
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
