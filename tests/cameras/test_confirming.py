"""The confirmed view: what brings it into doubt, who may end the doubt, and what holds then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from cameras import access, confirming, health, moving, visibility
from cameras.addresses import parse
from cameras.health import Observation
from cameras.models import Camera, Health, Need, Visibility, VisibilityChange
from cameras.reasons import Reason
from cameras.signals import view_confirmed
from cameras.sources import set_source
from cameras.view_records import ViewEvent
from neighborhoods.models import RT

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def fresh(camera: Camera) -> Camera:
    return Camera.objects.get(pk=camera.pk)


def state(camera: Camera) -> tuple[str, str]:
    now = fresh(camera)
    return now.visibility, now.need


# ---- what brings a view into doubt -------------------------------------------------------------------------------------------


def test_a_doubt_closes_the_camera_and_says_why_and_that_nobody_did_it(camera: Camera, resident: User) -> None:
    assert confirming.ask(camera.pk, Need.SCENE)
    assert state(camera) == ("petugas", "scene")
    row = VisibilityChange.objects.get()
    assert (row.by, row.who) == (None, "sistem")
    assert "pemandangan lain" in row.reason
    assert not access.may_watch(resident, camera.pk)
    assert "dikonfirmasi" in visibility.why_hidden(fresh(camera))


def test_the_same_doubt_again_changes_nothing_and_another_is_told_too(camera: Camera) -> None:
    confirming.ask(camera.pk, Need.SCENE)
    assert not confirming.ask(camera.pk, Need.SCENE)
    assert confirming.ask(camera.pk, Need.REPORTED)
    assert not confirming.ask(camera.pk, Need.SCENE)
    assert [event.need for event in confirming.asks_of(fresh(camera))] == ["reported", "scene"]
    assert VisibilityChange.objects.count() == 1


def test_a_closed_camera_stays_as_closed_and_must_be_looked_at_all_the_same(camera: Camera, head: User) -> None:
    visibility.switch(camera, to=Visibility.MATI, by=head)
    confirming.ask(camera.pk, Need.MOVED)
    assert state(camera) == ("mati", "moved")
    confirming.confirm(camera.pk, by=head)
    assert state(camera) == ("mati", "")


def test_another_address_is_in_doubt_and_another_password_is_not(camera: Camera) -> None:
    address, credentials = parse("rtsp://admin:lama@10.1.2.3/satu")
    set_source(camera, address=address, credentials=credentials)
    assert state(camera) == ("publik", ""), "the first address is what was agreed to"
    _, changed = parse("rtsp://admin:baru@10.1.2.3/satu")
    set_source(camera, address=address, credentials=changed)
    assert state(camera) == ("publik", "")
    other, _ = parse("rtsp://10.1.2.4/satu")
    set_source(camera, address=other, credentials=changed, same_view=True)
    assert state(camera) == ("publik", "")
    set_source(camera, address=address, credentials=changed)
    assert state(camera) == ("petugas", "address")


def test_a_camera_of_another_rt_is_looked_at_by_its_new_head(camera: Camera, next_rt: RT, head: User) -> None:
    moving.move(camera, kelurahan=camera.kelurahan, rt=next_rt)
    assert state(camera) == ("petugas", "moved")
    assert not access.manageable(head).filter(pk=camera.pk).exists()


@pytest.mark.parametrize(("degrees", "doubt"), [(0.0001, ""), (0.001, "moved")])
def test_a_camera_that_stands_elsewhere_is_in_doubt_and_a_corrected_point_is_not(
    camera: Camera, degrees: float, doubt: str
) -> None:
    moving.put(camera, latitude=camera.latitude + degrees, longitude=camera.longitude)
    assert (fresh(camera).latitude, fresh(camera).need) == (camera.latitude, doubt)


@pytest.mark.parametrize(("hours", "doubt"), [(1, ""), (23, ""), (25, "repaired")])
def test_a_camera_that_comes_back_after_long_is_in_doubt(camera: Camera, hours: int, doubt: str) -> None:
    Health.objects.update(status="offline", reason=Reason.TIMEOUT, since=NOW - timedelta(hours=hours))
    health.observe([Observation(camera.pk, NOW)])
    assert fresh(camera).health.status == "online"
    assert fresh(camera).need == doubt


def test_a_camera_that_was_never_seen_before_is_not_in_doubt(camera: Camera) -> None:
    Health.objects.update(since=NOW - timedelta(days=90))
    health.observe([Observation(camera.pk, NOW)])
    assert fresh(camera).need == ""


# ---- ending the doubt --------------------------------------------------------------------------------------------------------


def test_whoever_looked_brings_it_back_to_its_level(camera: Camera, head: User) -> None:
    visibility.switch(camera, to=Visibility.WARGA_RW, by=head, now=NOW - timedelta(hours=2))
    confirming.ask(camera.pk, Need.SCENE, now=NOW - timedelta(hours=1))
    heard: list[frozenset[str]] = []

    def hear(*, needs: frozenset[str], **kwargs: Any) -> None:
        heard.append(needs)

    view_confirmed.connect(hear, dispatch_uid="test")
    assert confirming.confirm(camera.pk, by=head, now=NOW)
    view_confirmed.disconnect(dispatch_uid="test")
    now = fresh(camera)
    assert (now.visibility, now.need, now.confirmed_at, now.confirmed_by) == ("warga_rw", "", NOW, head)
    newest = VisibilityChange.objects.order_by("-pk").first()
    assert newest is not None
    assert (newest.by, newest.reason) == (head, "pandangan dikonfirmasi")
    assert not confirming.confirm(camera.pk, by=head), "there is nothing to confirm any more"
    assert [event.need for event in ViewEvent.objects.all()] == ["", "scene"]


def test_what_came_after_the_look_was_not_looked_at(camera: Camera, head: User) -> None:
    confirming.ask(camera.pk, Need.SCENE)
    seen = confirming.newest_ask(camera)
    confirming.ask(camera.pk, Need.REPORTED)
    with pytest.raises(confirming.CannotConfirm, match="Lihat lagi"):
        confirming.confirm(camera.pk, by=head, asked=seen)
    assert state(camera) == ("petugas", "scene")
    assert confirming.confirm(camera.pk, by=head, asked=confirming.newest_ask(camera))


def test_nobody_opens_it_past_the_confirmation(camera: Camera, head: User) -> None:
    confirming.ask(camera.pk, Need.SCENE)
    with pytest.raises(visibility.CannotSwitch, match="dikonfirmasi dulu"):
        visibility.switch(fresh(camera), to=Visibility.WARGA_RT, by=head)
    visibility.switch(fresh(camera), to=Visibility.MATI, by=head)
    confirming.confirm(camera.pk, by=head)
    assert state(camera) == ("mati", ""), "closed by hand meanwhile"


def test_a_page_that_was_loaded_before_the_doubt_opens_nothing(camera: Camera, head: User) -> None:
    visibility.switch(camera, to=Visibility.PETUGAS, by=head)
    old_page = fresh(camera)
    confirming.ask(camera.pk, Need.SCENE)
    with pytest.raises(visibility.CannotSwitch, match="baru saja diubah"):
        visibility.switch(old_page, to=Visibility.PUBLIK, by=head)


def test_the_epoch_rises_with_the_doubt_and_with_the_confirmation(camera: Camera, head: User) -> None:
    confirming.ask(camera.pk, Need.SCENE)
    assert fresh(camera).access_epoch == 2
    confirming.confirm(camera.pk, by=head)
    assert fresh(camera).access_epoch == 3
