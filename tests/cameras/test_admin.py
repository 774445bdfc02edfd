"""The administration: what it saves, through which doors, and what it never shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cameras.addresses import Credentials, parse
from cameras.models import Camera, Health, Status, StatusChange, Visibility
from cameras.sources import open_source, set_source
from cameras.visibility import switch
from neighborhoods.models import RT, Kelurahan, Office, Residency
from tests.conftest import add_second_factor

SECRETS = ("10.9.8.7", "pengguna-x", "rahasia-1")


@pytest.fixture
def desk(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def sealed(camera: Camera) -> Camera:
    """A camera with a source."""
    address, _ = parse("rtsp://10.9.8.7/satu")
    set_source(camera, address=address, credentials=Credentials("pengguna-x", "rahasia-1"))
    return camera


def page(camera: Camera | None = None) -> str:
    return reverse("admin:cameras_camera_change", args=[camera.pk]) if camera else reverse("admin:cameras_camera_add")


def filled(rt: RT, camera: Camera | None = None, /, **fields: Any) -> dict[str, Any]:
    """The form as a browser would send it."""
    form = {
        "name": "Pos kamling, arah Jl. Menur", "category": "lingkungan", "kelurahan": rt.rw.kelurahan.pk, "rt": rt.pk,
        "latitude": "-7.05", "longitude": "110.39", "visibility": camera.visibility if camera else "publik",
        "switch_reason": "", "source_address": "", "source_username": "", "source_password": "",
    }  # fmt: skip
    if camera:
        form["initial-visibility"] = camera.visibility
    for prefix in ("visibility_changes", "status_changes"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**form, **fields}


def save(desk: Client, rt: RT, camera: Camera | None = None, /, **fields: Any) -> None:
    answer = desk.post(page(camera), filled(rt, camera, **fields))
    assert answer.status_code == 302, answer.context["adminform"].form.errors


def refused(desk: Client, rt: RT, camera: Camera | None = None, /, **fields: Any) -> str:
    answer = desk.post(page(camera), filled(rt, camera, **fields))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_camera_is_made_with_its_source_and_is_due_for_a_probe(desk: Client, rt: RT) -> None:
    save(desk, rt, source_address="rtsp://pengguna-x:rahasia-1@10.9.8.7/satu")
    camera = Camera.objects.get()
    source = open_source(camera.pk)
    assert source is not None
    assert source[1] == Credentials("pengguna-x", "rahasia-1")
    assert camera.health.status == Status.UNKNOWN


def test_a_new_camera_may_wait_for_its_source(desk: Client, rt: RT) -> None:
    save(desk, rt)
    assert open_source(Camera.objects.get().pk) is None
    assert Camera.objects.get().health.status == Status.UNKNOWN


def test_no_page_of_the_administration_holds_anything_of_a_source(desk: Client, rt: RT, sealed: Camera) -> None:
    save(
        desk,
        rt,
        sealed,
        source_address="rtsp://10.9.8.7/dua",
        source_username="pengguna-x",
        source_password="rahasia-1",
    )
    pages = [
        desk.get(page(sealed)),
        desk.get(reverse("admin:cameras_camera_history", args=[sealed.pk])),
        desk.get(reverse("admin:cameras_camera_delete", args=[sealed.pk])),
        desk.get(reverse("admin:cameras_camera_changelist")),
        desk.get(reverse("admin:index")),
        # A mistake elsewhere in the form sends it back: without what was typed.
        desk.post(page(sealed), filled(rt, sealed, latitude="", source_address="rtsp://10.9.8.7/tiga",
                                       source_username="pengguna-x", source_password="rahasia-1")),
        desk.post(page(sealed), filled(rt, sealed, source_address="http://10.9.8.7/rahasia-1")),
    ]  # fmt: skip
    for answer in pages:
        assert answer.status_code == 200
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]
    log = "".join(LogEntry.objects.values_list("change_message", flat=True))
    assert log
    assert not [secret for secret in SECRETS if secret in log]


def test_the_form_says_whether_a_source_is_there(desk: Client, camera: Camera) -> None:
    assert "Belum diisi." in desk.get(page(camera)).content.decode()
    address, _ = parse("rtsp://10.9.8.7/satu")
    set_source(camera, address=address, credentials=Credentials())
    shown = desk.get(page(camera)).content.decode()
    assert "Sudah diisi" in shown
    assert "Belum diisi." in shown  # the credentials


def test_empty_fields_keep_the_source(desk: Client, rt: RT, sealed: Camera) -> None:
    before = open_source(sealed.pk)
    save(desk, rt, sealed, name="Nama baru, arah utara")
    assert open_source(sealed.pk) == before
    sealed.refresh_from_db()
    assert sealed.name == "Nama baru, arah utara"


def test_a_new_path_keeps_the_password_and_a_new_host_does_not(desk: Client, rt: RT, sealed: Camera) -> None:
    save(desk, rt, sealed, source_address="rtsp://10.9.8.7/dua")
    source = open_source(sealed.pk)
    assert source is not None
    assert source[0].target == "/dua"
    assert source[1].password == "rahasia-1"
    save(desk, rt, sealed, source_address="rtsp://10.9.8.66/dua")
    source = open_source(sealed.pk)
    assert source is not None
    assert not source[1]


def test_a_new_password_alone_keeps_address_and_user(desk: Client, rt: RT, sealed: Camera) -> None:
    save(desk, rt, sealed, source_password=" p@ss:w/rd% ")
    source = open_source(sealed.pk)
    assert source is not None
    assert source[0].host == "10.9.8.7"
    assert source[1] == Credentials("pengguna-x", " p@ss:w/rd% ")


def test_the_substream_is_sealed_and_goes_with_the_address_that_it_belongs_to(
    desk: Client, rt: RT, sealed: Camera
) -> None:
    def substream() -> str | None:
        source = open_source(sealed.pk)
        assert source is not None
        return source.substream.target if source.substream else None

    assert "host dan port" in refused(desk, rt, sealed, source_substream="rtsp://10.9.8.8/kecil")
    save(desk, rt, sealed, source_substream="rtsp://10.9.8.7/kecil")
    assert substream() == "/kecil"
    assert not any(secret in desk.get(page(sealed)).content.decode() for secret in (*SECRETS, "/kecil"))
    save(desk, rt, sealed, source_password="rahasia-1b")
    assert substream() == "/kecil"
    save(desk, rt, sealed, forget_substream="on")
    assert substream() is None
    save(desk, rt, sealed, source_substream="rtsp://10.9.8.7/kecil")
    save(desk, rt, sealed, source_address="rtsp://10.9.8.7/dua")
    assert substream() is None


def test_credentials_can_be_taken_away(desk: Client, rt: RT, sealed: Camera) -> None:
    save(desk, rt, sealed, forget_credentials="on")
    source = open_source(sealed.pk)
    assert source is not None
    assert not source[1]


def test_a_password_without_an_address_or_a_user_is_refused(desk: Client, rt: RT, camera: Camera) -> None:
    assert "Isi juga alamat" in refused(desk, rt, camera, source_username="a", source_password="b")
    assert "Isi juga nama" in refused(desk, rt, camera, source_address="rtsp://a.example/", source_password="b")


def test_a_change_of_visibility_is_a_switch_with_its_row(desk: Client, rt: RT, camera: Camera, chief: User) -> None:
    epoch = camera.access_epoch
    save(desk, rt, camera, visibility="petugas", switch_reason="Kamera digeser")
    camera.refresh_from_db()
    assert camera.visibility == Visibility.PETUGAS
    assert camera.access_epoch == epoch + 1
    change = camera.visibility_changes.get()
    assert (change.old, change.new, change.by, change.reason) == ("publik", "petugas", chief, "Kamera digeser")


def test_a_page_that_lay_open_undoes_nobodys_switch(desk: Client, rt: RT, camera: Camera, head: User) -> None:
    old_form = filled(rt, camera, name="Nama baru, arah utara")
    switch(camera, to=Visibility.MATI, by=head)
    assert desk.post(page(camera), old_form).status_code == 302
    camera.refresh_from_db()
    assert (camera.visibility, camera.name) == (Visibility.MATI, "Nama baru, arah utara")
    answer = desk.post(page(camera), {**old_form, "visibility": "kelurahan"})
    assert "Baru saja diubah orang lain" in answer.content.decode()
    assert Camera.objects.get().visibility == Visibility.MATI


def test_a_camera_given_to_another_rt_gets_a_new_epoch(desk: Client, rt: RT, next_rt: RT, camera: Camera) -> None:
    epoch = camera.access_epoch
    save(desk, next_rt, camera)
    camera.refresh_from_db()
    assert camera.rt == next_rt
    assert camera.access_epoch > epoch
    assert (camera.visibility, camera.need) == ("petugas", "moved"), "until its head has looked"


def test_an_rt_elsewhere_and_a_level_without_rt_are_refused(desk: Client, rt: RT, camera: Camera) -> None:
    assert "Pilih RT-nya" in refused(desk, rt, camera, rt="", visibility="warga_rt")
    kecamatan = rt.rw.kelurahan.kecamatan
    elsewhere = Kelurahan.objects.create(code="33.74.12.1009", name="Sukorejo", kecamatan=kecamatan)
    assert "tidak berada di kelurahan" in refused(desk, rt, camera, kelurahan=elsewhere.pk)


def test_swapped_coordinates_and_those_outside_the_city_are_refused(desk: Client, rt: RT, camera: Camera) -> None:
    assert "tertukar" in refused(desk, rt, camera, latitude="110.39", longitude="-7.05")
    assert "di luar kota" in refused(desk, rt, camera, latitude="-6.2", longitude="106.8")
    assert "tanda minus" in refused(desk, rt, camera, latitude="7.05")


def test_saving_overwrites_neither_health_nor_history(desk: Client, rt: RT, sealed: Camera) -> None:
    Health.objects.filter(camera=sealed).update(status="offline", reason="timeout")
    StatusChange.objects.bulk_create(
        StatusChange(camera=sealed, old_status="online", new_status="offline", at=timezone.now(), observer="pemeriksa")
        for _ in range(40)
    )
    assert desk.get(page(sealed)).status_code == 200
    row = StatusChange.objects.first()
    assert row is not None
    forged = {
        "status_changes-TOTAL_FORMS": 1, "status_changes-INITIAL_FORMS": 1, "status_changes-0-id": row.pk,
        "status_changes-0-camera": sealed.pk, "status_changes-0-new_status": "online", "status_changes-0-DELETE": "on",
    }  # fmt: skip
    save(desk, rt, sealed, **forged)
    row.refresh_from_db()
    assert row.new_status == "offline"
    assert StatusChange.objects.count() == 40
    assert Camera.objects.get().health.reason == "timeout"
    add = reverse("admin:cameras_statuschange_add")
    assert desk.get(add).status_code == 403


def test_probe_now_makes_cameras_due(desk: Client, sealed: Camera) -> None:
    Health.objects.update(due_at=timezone.now() + timedelta(hours=1))
    url = reverse("admin:cameras_camera_changelist")
    desk.post(url, {"action": "probe_now", "_selected_action": [sealed.pk]})
    assert Health.objects.get().due_at <= timezone.now()


def test_cameras_are_found_by_rt_and_rw_as_people_write_them(desk: Client, camera: Camera, next_rt: RT) -> None:
    url = reverse("admin:cameras_camera_changelist")
    for words in ("RT 3 / RW 005, Sekaran", "rt.003", "kamling", camera.public_id, "sekaran RW 5"):
        assert desk.get(url, {"q": words}).context["cl"].result_count == 1, words
    assert desk.get(url, {"q": "RT 4"}).context["cl"].result_count == 0


def test_only_officers_erase_cameras_and_are_asked_first(camera: Camera, officer: User, client: Client) -> None:
    clerk = User.objects.create_user("juru-tulis", password="x", is_staff=True)
    add_second_factor(clerk)
    officer.is_staff = True
    officer.save()
    for person in (clerk, officer):
        person.user_permissions.set(Permission.objects.filter(content_type__app_label="cameras"))
    url = reverse("admin:cameras_camera_delete", args=[camera.pk])
    client.force_login(clerk)
    assert client.get(url).status_code == 403
    client.force_login(officer)
    assert "Pos kamling" in client.get(url).content.decode()
    assert Camera.objects.exists()
    client.post(url, {"post": "yes"})
    assert not Camera.objects.exists()


def test_who_may_only_look_gets_a_page_without_fields(camera: Camera, client: Client) -> None:
    reader = User.objects.create_user("pembaca", password="x", is_staff=True)
    add_second_factor(reader)
    reader.user_permissions.set(Permission.objects.filter(codename="view_camera"))
    client.force_login(reader)
    answer = client.get(page(camera))
    assert answer.status_code == 200
    assert 'name="source_address"' not in answer.content.decode()
    assert client.post(page(camera), {}).status_code == 403


def test_strangers_and_residents_are_sent_away(camera: Camera, resident: User, client: Client) -> None:
    assert client.get(page(camera)).status_code == 302
    client.force_login(resident)
    assert client.get(page(camera)).status_code == 302


def test_waiting_residents_are_approved_and_it_is_written_down(desk: Client, rt: RT) -> None:
    user = User.objects.create_user("calon", password="x")
    waiting = Residency.objects.create(user=user, rt=rt)
    url = reverse("admin:neighborhoods_residency_changelist")
    desk.post(url, {"action": "approve", "_selected_action": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.state == Residency.State.ACTIVE
    assert "Disetujui" in LogEntry.objects.get().change_message
    desk.post(url, {"action": "end", "_selected_action": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.state == Residency.State.ENDED
    assert waiting.until is not None


def test_every_list_and_form_of_places_and_people_opens(desk: Client, resident: User, officer: User, rt: RT) -> None:
    kinds = {
        "neighborhoods_kecamatan": rt.rw.kelurahan.kecamatan.pk, "neighborhoods_kelurahan": rt.rw.kelurahan.pk,
        "neighborhoods_rw": rt.rw.pk, "neighborhoods_rt": rt.pk, "neighborhoods_office": Office.objects.get().pk,
        "neighborhoods_residency": Residency.objects.get().pk, "auth_user": resident.pk,
    }  # fmt: skip
    for kind, key in kinds.items():
        assert desk.get(reverse(f"admin:{kind}_changelist"), {"q": "RT 3 Sekaran"}).status_code == 200, kind
        assert desk.get(reverse(f"admin:{kind}_change", args=[key])).status_code == 200, kind
    assert desk.get(reverse("admin:neighborhoods_rt_changelist"), {"q": "RT 3 Sekaran"}).context["cl"].result_count == 1
    assert desk.get(reverse("admin:neighborhoods_rt_delete", args=[rt.pk])).status_code == 403
    for kind in ("statuschange", "visibilitychange"):
        assert desk.get(reverse(f"admin:cameras_{kind}_changelist")).status_code == 200


@pytest.mark.parametrize("name", ["rtsp://pengguna-x:rahasia-1@10.9.8.7/satu", "Gapura 10.9.8.7"])
def test_an_address_in_the_name_is_refused_and_not_shown_again(desk: Client, rt: RT, name: str) -> None:
    shown = refused(desk, rt, name=name)
    assert "Memuat sebuah alamat" in shown
    assert not [secret for secret in SECRETS if secret in shown]
    assert not Camera.objects.exists()
