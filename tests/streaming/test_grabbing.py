"""Pictures of cameras that nobody streams: rationed, through the lease, and of a simulated camera for real."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator

import pytest
from PIL import Image
from pytest_django import Settings

from cameras.addresses import Address, Credentials, parse
from cameras.models import Camera, Health, Status
from cameras.sources import set_source
from neighborhoods.models import RT
from simulator import clockcode
from simulator.harness import Simulator
from streaming import demand, grabbing, lease, pictures, still_wishes, stills
from streaming.grabbing import Outcome, fulfil_wishes
from streaming.slots import Slots
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db


class Hands:
    """In the place of the connection to cameras: who was asked, at most how many at once, and what they gave."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gives: bytes | Outcome = _ppm()
        self.started: list[int] = []
        self.meanwhile = lambda camera_id: None

    def picture(
        self, camera_id: int, the_lease: lease.Lease, address: Address, credentials: Credentials
    ) -> tuple[float, bytes] | Outcome:
        assert lease.held(camera_id)
        self.asked.append(camera_id)
        self.meanwhile(camera_id)
        return (time.time(), self.gives) if isinstance(self.gives, bytes) else self.gives

    def fulfil(self) -> int:
        return fulfil_wishes(start_stream=self.started.append)


def _ppm() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(file, "ppm")
    return file.getvalue()


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(grabbing, "_picture", hands.picture)
    return hands


@pytest.fixture
def camera(rt: RT) -> Camera:
    camera = make_camera(rt)
    set_source(camera, address=Address("rtsp", "192.0.2.1", 554, "/1"), credentials=Credentials())
    return camera


def test_a_wish_becomes_a_still_and_the_camera_is_seen_to_work(camera: Camera, hands: Hands) -> None:
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 1
    still = stills.read(camera.pk, 1, pictures.name_of("small", "webp"))
    assert still is not None
    assert time.time() - still.at < 5
    assert Health.objects.get(camera=camera).status == Status.ONLINE
    assert not lease.held(camera.pk)
    assert (still_wishes.waiting(), hands.started) == ([], [])


def test_a_camera_is_asked_once_in_the_time_set_however_often_it_is_wished(camera: Camera, hands: Hands) -> None:
    for _ in range(5):
        still_wishes.wish(camera.pk)
        hands.fulfil()
    assert hands.asked == [camera.pk]


@pytest.mark.parametrize(("took", "waiting", "seconds"), [(0.4, 0, 5), (2.0, 3, 8), (9.0, 0, 30), (0.4, 5, 30)])
def test_a_quick_camera_may_be_asked_again_soon_while_few_wait(took: float, waiting: int, seconds: float) -> None:
    assert grabbing.rest_after(took, waiting=waiting) == seconds


def test_a_camera_that_gives_nothing_is_left_alone_for_longer_and_its_status_is_not_ours_to_say(
    camera: Camera, hands: Hands, settings: Settings
) -> None:
    settings.STILL_IDLE_EVERY = 1.0
    hands.gives = Outcome.FAILED
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0
    assert still_wishes.resting(camera.pk)
    assert Health.objects.get(camera=camera).status == Status.UNKNOWN
    hands.gives = b"<html>"
    still_wishes.end_rest(camera.pk)
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0


def test_where_somebody_streams_nobody_else_connects_and_the_wish_stays_for_the_stream(
    camera: Camera, hands: Hands
) -> None:
    assert lease.Lease(camera.pk, clock=time.monotonic).take()
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0
    assert (hands.asked, still_wishes.waiting()) == ([], [camera.pk])
    assert not still_wishes.resting(camera.pk)


def test_a_camera_that_somebody_wants_to_watch_is_left_to_them(camera: Camera, hands: Hands) -> None:
    demand.want(camera.pk, "t1")
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0
    assert hands.asked == []
    assert not lease.held(camera.pk)


@pytest.mark.parametrize("gives", [_ppm(), Outcome.GIVEN_UP])
def test_a_viewer_who_came_meanwhile_has_their_stream_started(
    camera: Camera, hands: Hands, gives: bytes | Outcome
) -> None:
    hands.gives = gives
    hands.meanwhile = lambda camera_id: demand.want(camera_id, "t1")
    still_wishes.wish(camera.pk)
    hands.fulfil()
    assert hands.started == [camera.pk]
    assert not lease.held(camera.pk)


@pytest.mark.parametrize("field", ["visibility", "status", "source"])
def test_hidden_dead_and_sourceless_cameras_are_not_asked(camera: Camera, hands: Hands, field: str) -> None:
    if field == "visibility":
        Camera.objects.update(visibility="mati")
    elif field == "status":
        Health.objects.update(status="offline")
    else:
        camera.source.delete()
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0
    assert hands.asked == []


def test_no_more_than_the_set_number_at_once_and_a_slot_stays_free(
    camera: Camera, hands: Hands, settings: Settings
) -> None:
    settings.STILL_GRABS = 2
    inside: list[int] = []
    hands.meanwhile = lambda camera_id: inside.append(grabbing._places.taken)
    places = Slots(grabbing._most)
    assert [places.take() for _ in range(3)] == [True, True, False]
    places.give_back()
    assert places.take()
    settings.STREAM_SLOTS = 1
    assert not Slots(grabbing._most).take()
    still_wishes.wish(camera.pk)
    assert hands.fulfil() == 0
    settings.STREAM_SLOTS = 2
    assert hands.fulfil() == 1
    assert inside == [1]
    assert grabbing._places.taken == 0


# ---- real parts --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(user="tilik", password="p@ss:w/rd%#") as running:
        yield running


def real_camera(rt: RT, simulator: Simulator, name: str, **options: str | float) -> Camera:
    camera = make_camera(rt, name=name)
    address, credentials = parse(simulator.url(name, credentials=True, **options))
    set_source(camera, address=address, credentials=credentials)
    return camera


def test_a_real_camera_gives_a_picture_of_now_by_one_session_that_ends(rt: RT, simulator: Simulator) -> None:
    camera = real_camera(rt, simulator, "gapura")
    still_wishes.wish(camera.pk)
    began = time.monotonic()
    assert fulfil_wishes(start_stream=lambda camera_id: None) == 1
    assert time.monotonic() - began < 10
    still = stills.read(camera.pk, 1, "large.webp")
    assert still is not None
    with Image.open(io.BytesIO(still.data)) as picture:
        shown = clockcode.read(picture)
    assert -0.5 <= clockcode.age(shown, still.at) < 3, "the time that is told is the time in the picture"
    assert -0.5 <= clockcode.age(shown, time.time()) < 8
    assert (simulator.count("gapura"), simulator.count("gapura", "played")) == (0, 1)


@pytest.mark.parametrize("codec", ["h265", "mjpeg"])
def test_what_browsers_do_not_play_gives_stills_all_the_same(rt: RT, simulator: Simulator, codec: str) -> None:
    camera = real_camera(rt, simulator, f"kamera-{codec}", codec=codec)
    still_wishes.wish(camera.pk)
    assert fulfil_wishes(start_stream=lambda camera_id: None) == 1


def test_a_viewer_does_not_wait_for_a_slow_grab(rt: RT, simulator: Simulator) -> None:
    camera = real_camera(rt, simulator, "jembatan", gop=40, start="mid")  # its next keyframe is far away
    still_wishes.wish(camera.pk)
    came: list[float] = []

    def come() -> None:
        demand.want(camera.pk, "t1")
        came.append(time.monotonic())

    viewer = threading.Timer(1.5, come)
    viewer.start()
    started: list[float] = []
    fulfil_wishes(start_stream=lambda camera_id: started.append(time.monotonic()))
    viewer.join()
    assert started[0] - came[0] < 10, "long before the next keyframe"
    assert simulator.count("jembatan") == 0
    assert not lease.held(camera.pk)
    assert not still_wishes.resting(camera.pk)
