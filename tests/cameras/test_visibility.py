from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cameras import confirming, events
from cameras.addresses import parse
from cameras.models import Camera, Need, Visibility, VisibilityChange
from cameras.signals import access_changed
from cameras.sources import open_source, set_source
from cameras.visibility import CannotSwitch, switch, switch_all, switch_own
from neighborhoods.models import RT
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """(public id, epoch) of each change announced."""
    news: list[tuple[str, int]] = []

    def hear(*, public_id: str, epoch: int, **kwargs: Any) -> None:
        news.append((public_id, epoch))

    access_changed.connect(hear, weak=False, dispatch_uid="test")
    yield news
    access_changed.disconnect(dispatch_uid="test")


def test_a_switch_is_kept_with_who_and_why_and_begins_another_epoch(
    camera: Camera, head: User, heard: list[tuple[str, int]]
) -> None:
    assert switch(camera, to=Visibility.PETUGAS, by=head, reason="hajatan")
    row = VisibilityChange.objects.get()
    assert (row.old, row.new, row.by, row.reason) == ("publik", "petugas", head, "hajatan")
    assert heard == [(camera.public_id, 2)]


def test_the_same_level_again_changes_nothing(camera: Camera, head: User, heard: list[tuple[str, int]]) -> None:
    assert not switch(camera, to=Visibility.PUBLIK, by=head)
    assert heard == []
    assert not VisibilityChange.objects.exists()


def test_of_two_who_switch_at_once_the_second_is_told(camera: Camera, head: User, officer: User) -> None:
    theirs = Camera.objects.get(pk=camera.pk)
    switch(camera, to=Visibility.MATI, by=officer)
    with pytest.raises(CannotSwitch, match="baru saja diubah"):
        switch(theirs, to=Visibility.WARGA_RT, by=head)
    assert Camera.objects.get(pk=camera.pk).visibility == Visibility.MATI
    assert VisibilityChange.objects.count() == 1


def test_a_camera_of_no_rt_has_no_level_of_an_rt(camera: Camera, officer: User) -> None:
    camera.rt = None
    with pytest.raises(CannotSwitch, match="milik RT"):
        switch(camera, to=Visibility.WARGA_RT, by=officer)


def test_the_end_of_a_camera_ends_what_was_given_out(camera: Camera, heard: list[tuple[str, int]]) -> None:
    public_id = camera.public_id
    Camera.objects.all().delete()
    assert heard == [(public_id, 2)]


def test_another_address_begins_another_epoch_and_what_is_kept_opens_again(
    camera: Camera, heard: list[tuple[str, int]]
) -> None:
    address, credentials = parse("rtsp://admin:p@ss:w/rd%#@10.1.2.3/x")
    set_source(camera, address=address, credentials=credentials)
    assert heard == []
    set_source(camera, address=address, credentials=credentials)
    assert heard == [(camera.public_id, 2)]
    assert open_source(camera.pk) == (address, credentials, None)


def test_what_is_kept_of_a_source_cannot_be_read_in_the_database(camera: Camera) -> None:
    address, credentials = parse("rtsp://admin:hunter2@10.1.2.3/secretpath")
    set_source(camera, address=address, credentials=credentials)
    kept = camera.source.sealed_address + camera.source.sealed_credentials
    assert not any(word in kept for word in ("admin", "hunter2", "10.1.2.3", "secretpath"))


def test_the_api_switches_for_the_head_and_refuses_others_in_words(camera: Camera, head: User, resident: User) -> None:
    address = f"/api/v1/cameras/{camera.public_id}/visibility/"
    client = Client()
    client.force_login(resident)
    refused = client.post(address, {"visibility": "mati"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    client.force_login(head)
    assert client.post(address, {"visibility": "mati"}, content_type="application/json").json()["visibility"] == "mati"
    wrong = client.post(address, {"visibility": "semua"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")


# ---- many at once ------------------------------------------------------------------------------------------------------------


def test_all_cameras_of_an_rt_in_one_go_one_row_each_and_one_word(
    rt: RT, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras = [make_camera(rt, name=f"Jalan {number}") for number in range(5)]
    words: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(events, "send", lambda group, message: words.append((group, message["ids"])))
    done = switch_all(cameras, to=Visibility.PETUGAS, by=head, reason="hajatan")
    assert len(done.changed) == 5
    assert {row.new for row in VisibilityChange.objects.all()} == {"petugas"}
    assert VisibilityChange.objects.count() == 5
    assert {camera.access_epoch for camera in Camera.objects.all()} == {2}
    groups = [group for group, _ in words]
    assert len(groups) == len(set(groups)), "one word for each group, not one for each camera"
    assert all(len(ids) == 5 for _, ids in words)


def test_all_or_none(rt: RT, head: User, officer: User, heard: list[tuple[str, int]]) -> None:
    cameras = [make_camera(rt, name=f"Jalan {number}") for number in range(3)]
    switch(Camera.objects.get(pk=cameras[2].pk), to=Visibility.MATI, by=officer)
    heard.clear()
    with pytest.raises(CannotSwitch):
        switch_all(cameras, to=Visibility.PETUGAS, by=head)
    assert sorted(Camera.objects.values_list("visibility", flat=True)) == ["mati", "publik", "publik"]
    assert (VisibilityChange.objects.count(), heard) == (1, [])


def test_in_one_go_those_in_doubt_wait_and_those_of_owners_go_as_far_as_agreed(rt: RT, head: User) -> None:
    doubted, limited, plain = (make_camera(rt, Visibility.WARGA_RT, f"Jalan {number}") for number in range(3))
    confirming.ask(doubted.pk, Need.SCENE)
    Camera.objects.filter(pk=limited.pk).update(widest=Visibility.WARGA_RW)
    done = switch_all(list(Camera.objects.order_by("pk")), to=Visibility.PUBLIK, by=head)
    assert (done.waiting, done.limited, done.changed) == ([doubted], [limited], [limited, plain])
    assert list(Camera.objects.order_by("pk").values_list("visibility", flat=True)) == ["petugas", "warga_rw", "publik"]
    confirming.confirm(doubted.pk, by=head)
    doubted.refresh_from_db()
    assert doubted.visibility == "publik"


# ---- what an owner agreed to ---------------------------------------------------------------------------------------------------


def test_nobody_opens_wider_than_the_owner_agreed(camera: Camera, head: User) -> None:
    camera.widest = Visibility.WARGA_RT
    with pytest.raises(CannotSwitch, match="Pemilik kamera ini mengizinkan"):
        switch(camera, to=Visibility.WARGA_RW, by=head)


def test_an_owner_closes_further_and_takes_back_only_what_they_closed_themselves(
    camera: Camera, head: User, resident: User
) -> None:
    switch(camera, to=Visibility.WARGA_RW, by=head)
    switch_own(camera, to=Visibility.WARGA_RT, by=resident)
    switch_own(camera, to=Visibility.MATI, by=resident)
    assert switch_own(camera, to=Visibility.WARGA_RW, by=resident)
    with pytest.raises(CannotSwitch, match="mintalah Ketua RT"):
        switch_own(camera, to=Visibility.PUBLIK, by=resident)
    switch(camera, to=Visibility.PETUGAS, by=head)
    with pytest.raises(CannotSwitch):
        switch_own(camera, to=Visibility.WARGA_RT, by=resident)
