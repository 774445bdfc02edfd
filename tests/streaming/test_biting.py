"""However a camera is closed to somebody: page, socket, wish, still and segment of before are dead at once."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cameras import confirming, events, reports, timetables, visibility
from cameras.models import Camera, Need, Visibility
from cameras.reports import reporter_of
from neighborhoods.models import RT
from streaming import demand, folders, nodes, stills, tasks
from streaming.nodes import Node

pytestmark = pytest.mark.django_db(transaction=True)
FILES = {"small.webp": b"sw", "small.jpeg": b"sj", "large.webp": b"lw", "large.jpeg": b"lj"}
Closing = Callable[[Camera, RT, User], object]


def in_one_go(camera: Camera, rt: RT, head: User) -> None:
    visibility.switch_all([camera], to=Visibility.PETUGAS, by=head)


def by_timetable(camera: Camera, rt: RT, head: User) -> None:
    local = timezone.localtime()
    begins, ends = (local - timedelta(hours=1)).time(), (local + timedelta(hours=1)).time()
    timetables.make(of=rt, level=Visibility.PETUGAS, begins=begins, ends=ends, by=head)


def by_doubt(camera: Camera, rt: RT, head: User) -> None:
    confirming.ask(camera.pk, Need.SCENE)


def by_reports(camera: Camera, rt: RT, head: User) -> None:
    from django.contrib.auth.models import AnonymousUser

    for number in range(3):
        reporter = reporter_of(AnonymousUser(), f"36.80.1.{number}")
        reports.report(camera, reporter=reporter, reason="Melihat ke dalam kamar")


@pytest.mark.parametrize("close", [in_one_go, by_timetable, by_doubt, by_reports])
def test_what_was_given_out_is_dead_at_once(
    close: Closing, camera: Camera, rt: RT, head: User, resident: User, tmp_path: Path, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.HLS_ROOT = tmp_path
    monkeypatch.setattr(tasks.run_stream, "apply_async", lambda **options: None)
    nodes.beat(Node("one", running=0, slots=9))
    words: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(events, "send", lambda group, message: words.append((group, message.get("ids", []))))
    browser = Client()
    browser.force_login(resident)
    path = f"/api/v1/cameras/{camera.public_id}"
    given = browser.post(f"{path}/watch/", {}, content_type="application/json").json()["playlist_url"]
    epoch = int(given.split("/")[3])
    segments = folders.epoch_folder(tmp_path, camera.public_id, epoch)
    segments.mkdir(parents=True)
    assert stills.keep(camera.pk, epoch, at=clock.time(), files=FILES)
    assert browser.get(f"{path}/still/").status_code == 200

    close(camera, rt, head)

    assert browser.get(f"{path}/still/").status_code == 403
    assert stills.read(camera.pk, epoch, "small.jpeg") is None
    assert browser.post(f"{path}/watch/", {}, content_type="application/json").status_code == 403
    assert not segments.exists(), "the segments are taken away"
    announced = demand.announced_epoch(camera.pk)
    assert announced is not None
    assert announced > epoch, "the supervisor is told, wherever it runs"
    assert (f"status.rt.{rt.pk}", [camera.public_id]) in words
    assert ("status.publik", [camera.public_id]) in words
    html = browser.get(camera.get_absolute_url()).content.decode()
    assert 'data-watchable="no"' in html
