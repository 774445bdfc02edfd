"""Scenes at the camera: what a worker compares, and what follows. The Redis is real."""

from __future__ import annotations

import io
import random

import pytest
import redis
from django.contrib.auth.models import User
from pytest_django import Settings

from cameras import confirming
from cameras.models import Camera, Need
from streaming import scenes
from streaming.models import Scene
from streaming.remembering import Verdict

from . import weather

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.SCENE_EVERY = 300.0


def still(seed: int, shot: int = 0) -> bytes:
    file = io.BytesIO()
    weather.shot(weather.invented(seed), "day", random.Random(shot)).save(file, "jpeg", quality=72)
    return file.getvalue()


def look(camera: Camera, seed: int, at: float) -> Verdict | None:
    camera.refresh_from_db()
    return scenes.look(camera.pk, camera.access_epoch, still(seed, int(at)), at=at)


def test_a_turned_camera_is_closed_until_its_head_has_looked_and_then_that_is_its_scene(
    camera: Camera, head: User
) -> None:
    assert look(camera, 1, 0) is Verdict.SAME
    verdicts = [look(camera, 7, 100.0 * turn) for turn in range(1, 5)]
    assert verdicts == [Verdict.DOUBT] * 3 + [Verdict.ANOTHER_SCENE]
    camera.refresh_from_db()
    assert (camera.visibility, camera.need) == ("petugas", "scene")
    assert look(camera, 7, 600) is None, "nothing is learnt before somebody has looked"
    confirming.confirm(camera.pk, by=head)
    assert look(camera, 7, 700) is Verdict.SAME
    assert look(camera, 1, 800) is Verdict.SAME


def test_after_a_move_the_scene_is_learnt_anew(camera: Camera, head: User) -> None:
    look(camera, 1, 0)
    confirming.ask(camera.pk, Need.MOVED)
    confirming.confirm(camera.pk, by=head)
    assert not Scene.objects.exists()
    assert look(camera, 7, 100) is Verdict.SAME
    assert look(camera, 1, 200) is Verdict.DOUBT


def test_a_picture_of_an_older_epoch_is_not_compared(camera: Camera) -> None:
    Camera.objects.update(access_epoch=5)
    assert scenes.look(camera.pk, 4, still(1), at=0) is None


def test_one_looks_and_sooner_while_in_doubt(camera: Camera, redis_server: redis.Redis) -> None:
    assert [scenes.take_turn(camera.pk), scenes.take_turn(camera.pk)] == [True, False]
    look(camera, 1, 0)
    assert redis_server.ttl(f"scene:{camera.pk}") > 250
    look(camera, 7, 100)
    assert redis_server.ttl(f"scene:{camera.pk}") <= 60


def test_it_can_be_switched_off(camera: Camera, settings: Settings) -> None:
    settings.SCENE_EVERY = 0
    assert not scenes.take_turn(camera.pk)
