"""The pages and the API of those who manage cameras, as the standing cast meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.utils import timezone

from cameras import confirming, visibility
from cameras.models import Camera, Need, Visibility, VisibilityChange
from cameras.timetable_records import Timetable
from cameras.view_records import PrivacyReport
from neighborhoods.models import RT
from tests.conftest import browser_of, make_camera

pytestmark = pytest.mark.django_db


def api(person: User | AnonymousUser, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return getattr(browser_of(person), method)(f"/api/v1/{path}", body, content_type="application/json")


def desk(camera: Camera, what: str = "kelola") -> str:
    return f"/kamera/{camera.public_id}/{what}/"


# ---- all of an RT ------------------------------------------------------------------------------------------------------------


def test_the_head_switches_all_cameras_with_one_form(rt: RT, next_rt: RT, head: User) -> None:
    for number in range(3):
        make_camera(rt, name=f"Jalan {number}")
    other = make_camera(next_rt)
    page = f"/rt-saya/kamera/{rt.pk}/"
    browser = browser_of(head)
    assert "Ubah semua sekaligus" in browser.get(page).content.decode()
    answer = browser.post(f"{page}semua/", {"visibility": "petugas", "reason": "hajatan"}, follow=True)
    assert "3 kamera diubah" in answer.content.decode()
    assert set(Camera.objects.filter(rt=rt).values_list("visibility", flat=True)) == {"petugas"}
    other.refresh_from_db()
    assert other.visibility == "publik"
    assert "hajatan" in browser.get(page).content.decode(), "who switched what, when and why"
    assert "pilih salah satu" in browser.post(f"{page}semua/", {"visibility": "semua"}, follow=True).content.decode()


@pytest.mark.parametrize("name", ["stranger", "resident", "neighbour"])
def test_nobody_else_comes_to_the_desks(
    name: str, rt: RT, camera: Camera, head: User, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)
    confirming.ask(camera.pk, Need.SCENE)
    report = PrivacyReport.objects.create(camera=camera, reporter="x", reason="Tampak kamar", at=timezone.now())
    timetable = Timetable.objects.create(rt=rt, level="petugas", begins="22:00", ends="05:00", made_by=head)
    browser = browser_of(person)
    gone = 302 if name == "stranger" else 404
    for address in (f"/rt-saya/kamera/{rt.pk}/", desk(camera), desk(camera, "tontonan")):
        assert browser.get(address).status_code == gone, address
    posts = {
        f"/rt-saya/kamera/{rt.pk}/semua/": {"visibility": "mati"},
        f"/rt-saya/kamera/{rt.pk}/jadwal/": {"level": "mati", "begins": "22:00", "ends": "05:00"},
        desk(camera, "jadwal"): {"level": "mati", "begins": "22:00", "ends": "05:00"},
        desk(camera, "konfirmasi"): {"looked": "1", "asked": "1"},
        desk(camera, "ragukan"): {},
        desk(camera, f"laporan/{report.pk}/jawab"): {"answer": "Tidak apa-apa"},
        desk(camera, "tontonan"): {"reason": "ingin tahu saja"},
        f"/jadwal/{timetable.pk}/akhiri/": {},
    }
    for address, data in posts.items():
        assert browser.post(address, data).status_code == gone, address
    camera.refresh_from_db()
    assert (camera.visibility, camera.need) == ("petugas", "scene")
    assert (Timetable.objects.running().count(), Timetable.objects.count()) == (1, 1)


def test_all_of_an_rt_by_the_api(rt: RT, head: User, resident: User) -> None:
    made = [make_camera(rt, name=f"Jalan {number}") for number in range(3)]
    path, wish = "rts/33.74.12.1008/005/003/visibility/", {"visibility": "warga_rt"}
    assert api(resident, "post", path, wish).status_code == 404
    assert api(head, "post", path, wish).json()["changed"] == [camera.public_id for camera in made]
    assert api(head, "post", path, wish).json() == {"changed": [], "waiting": [], "limited": []}


# ---- timetables --------------------------------------------------------------------------------------------------------------


def test_a_timetable_by_form_holds_at_once_and_ends_at_once(rt: RT, camera: Camera, head: User) -> None:
    browser, now = browser_of(head), timezone.localtime()
    hours = {"begins": f"{now - timedelta(hours=1):%H:%M}", "ends": f"{now + timedelta(hours=1):%H:%M}"}
    page = f"/rt-saya/kamera/{rt.pk}/"
    answer = browser.post(f"{page}jadwal/", {"level": "warga_rt", **hours, "days": list("1234567")}, follow=True)
    assert "Jadwal tersimpan" in answer.content.decode()
    camera.refresh_from_db()
    assert camera.visibility == "warga_rt"
    assert "setiap hari" in browser.get(page).content.decode()
    assert "dalam jadwal" in browser.get(desk(camera)).content.decode()
    row = Timetable.objects.get()
    browser.post(f"/jadwal/{row.pk}/akhiri/")
    camera.refresh_from_db()
    assert camera.visibility == "publik"
    wrong = browser.post(f"{page}jadwal/", {"level": "warga_rt", "begins": "malam", "ends": "pagi"}, follow=True)
    assert "Jadwal belum tersimpan" in wrong.content.decode()


def test_timetables_by_the_api(rt: RT, camera: Camera, head: User, neighbour: User) -> None:
    wish = {"rt": rt.pk, "level": "warga_rt", "begins": "22:00", "ends": "05:00", "days": [5, 6]}
    assert api(neighbour, "post", "timetables/", wish).status_code == 404
    made = api(head, "post", "timetables/", wish)
    assert (made.status_code, made.json()["days"]) == (201, [5, 6])
    assert api(head, "post", "timetables/", wish).status_code == 409
    own = {"camera": camera.public_id, "level": "petugas", "begins": "12:00", "ends": "13:00"}
    assert api(head, "post", "timetables/", own).json()["days"] == [1, 2, 3, 4, 5, 6, 7]
    assert api(head, "post", "timetables/", {**own, "rt": rt.pk}).status_code == 400
    assert len(api(head, "get", "timetables/").json()) == 2
    assert api(neighbour, "get", "timetables/").json() == []
    assert api(neighbour, "delete", f"timetables/{made.json()['id']}/").status_code == 404
    assert api(head, "delete", f"timetables/{made.json()['id']}/").status_code == 204
    assert len(api(head, "get", "timetables/").json()) == 1


# ---- the confirmed view ------------------------------------------------------------------------------------------------------


def test_the_head_looks_and_confirms(camera: Camera, head: User) -> None:
    confirming.ask(camera.pk, Need.SCENE)
    browser = browser_of(head)
    for address in (camera.get_absolute_url(), "/rt-saya/"):
        assert "Lihat dan konfirmasi" in browser.get(address).content.decode()
    html = browser.get(desk(camera)).content.decode()
    assert f"/api/v1/cameras/{camera.public_id}/still/?size=large" in html, "the picture that is to be looked at"
    assert "menunjukkan pemandangan lain" in html
    unseen = browser.post(desk(camera, "konfirmasi"), {"asked": confirming.newest_ask(camera)}, follow=True)
    assert "Lihat dulu gambarnya" in unseen.content.decode()
    sent = {"asked": confirming.newest_ask(camera), "looked": "1"}
    assert "Terima kasih" in browser.post(desk(camera, "konfirmasi"), sent, follow=True).content.decode()
    camera.refresh_from_db()
    assert (camera.visibility, camera.need, camera.confirmed_by) == ("publik", "", head)


def test_who_moves_a_camera_says_so_and_residents_read_why_it_is_closed(
    camera: Camera, head: User, resident: User
) -> None:
    browser_of(head).post(desk(camera, "ragukan"))
    html = browser_of(resident).get(camera.get_absolute_url()).content.decode()
    assert "sampai pandangannya dilihat dan dikonfirmasi" in html
    refused = api(resident, "post", f"cameras/{camera.public_id}/watch/", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "hidden")
    assert VisibilityChange.objects.get().reason.startswith("Kamera dipindah")


def test_a_view_is_confirmed_by_the_api(camera: Camera, head: User, resident: User) -> None:
    confirming.ask(camera.pk, Need.REPAIRED, note="mati selama 30 jam")
    path = f"cameras/{camera.public_id}/view/"
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.WARGA_RT)
    assert api(resident, "get", path).status_code == 403
    said = api(head, "get", path).json()
    assert (said["need"], said["returns_to"], said["events"][0]["note"]) == ("repaired", "publik", "mati selama 30 jam")
    confirming.ask(camera.pk, Need.REPORTED)
    assert api(head, "post", f"{path}confirm/", {"asked": said["asked"]}).status_code == 409
    newest = api(head, "get", path).json()["asked"]
    assert api(head, "post", f"{path}confirm/", {"asked": newest}).json()["need"] == ""


# ---- reports -----------------------------------------------------------------------------------------------------------------


def test_anyone_reports_without_an_account_and_reads_the_answer(camera: Camera, head: User) -> None:
    somebody = Client()
    page = somebody.get(camera.get_absolute_url()).content.decode()
    assert "Pandangan ini melanggar privasi?" in page
    answer = somebody.post(desk(camera, "laporkan"), {"reason": "Melihat ke dalam kamar"}, follow=True)
    assert "Laporan Anda tercatat" in answer.content.decode()
    report = PrivacyReport.objects.get()
    assert (report.account, report.reason) == (None, "Melihat ke dalam kamar")
    assert "Melihat ke dalam kamar" in browser_of(head).get(desk(camera)).content.decode()
    browser_of(head).post(desk(camera, f"laporan/{report.pk}/jawab"), {"answer": "Sudah kami geser."})
    assert "Sudah kami geser." in somebody.get(camera.get_absolute_url()).content.decode()
    assert "Sudah kami geser." not in Client().get(camera.get_absolute_url()).content.decode()


def test_the_third_reporter_hides_the_camera_and_lands_where_they_may_be(camera: Camera) -> None:
    for number in range(3):
        browser = Client(REMOTE_ADDR=f"36.80.1.{number}")
        answer = browser.post(desk(camera, "laporkan"), {"reason": "Melihat ke dalam kamar"})
    assert answer["Location"] == "/", "for a stranger it is not there any more"
    camera.refresh_from_db()
    assert (camera.visibility, camera.need) == ("petugas", "reported")


def test_a_report_on_a_camera_that_one_may_not_know_of_is_none(camera: Camera, stranger: AnonymousUser) -> None:
    Camera.objects.update(visibility=Visibility.WARGA_RT)
    assert Client().post(desk(camera, "laporkan"), {"reason": "Melihat ke dalam kamar"}).status_code == 404
    assert api(stranger, "post", f"cameras/{camera.public_id}/reports/", {"reason": "Melihat kamar"}).status_code == 404


def test_reports_by_the_api(camera: Camera, stranger: AnonymousUser, resident: User, head: User) -> None:
    path = f"cameras/{camera.public_id}/reports/"
    assert api(stranger, "post", path, {"reason": "Melihat ke dalam kamar"}).status_code == 201
    assert api(stranger, "post", path, {"reason": "x"}).status_code == 400
    assert api(resident, "get", path).status_code == 403
    made = api(head, "get", path).json()
    assert [one["reason"] for one in made] == ["Melihat ke dalam kamar"]
    assert "reporter" not in made[0]
    answered = api(head, "post", f"{path}{made[0]['id']}/answer/", {"answer": "Sudah kami geser."})
    assert answered.json()["answer"] == "Sudah kami geser."
    assert api(head, "post", f"{path}{made[0]['id']}/answer/", {"answer": "Lagi"}).status_code == 409


# ---- what a page states --------------------------------------------------------------------------------------------------------


def test_each_page_states_purpose_office_contact_and_retention(
    camera: Camera, stranger: AnonymousUser, settings: Any
) -> None:
    settings.RESPONSIBLE_CONTACT = "(024) 350 0000"
    html = browser_of(stranger).get(camera.get_absolute_url()).content.decode()
    for words in ("Keamanan lingkungan", "Pengurus RT 003 / RW 005", "(024) 350 0000", "disimpan 30 hari", "15 menit"):
        assert words in html
    Camera.objects.update(purpose="Menjaga gapura")
    assert "Menjaga gapura" in browser_of(stranger).get(camera.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("level", "marked"), [(Visibility.PUBLIK, False), (Visibility.WARGA_RT, True)])
def test_pictures_that_are_not_public_are_marked_with_who_and_when(
    rt: RT, resident: User, level: Visibility, marked: bool
) -> None:
    camera = make_camera(rt, level)
    html = browser_of(resident).get(camera.get_absolute_url()).content.decode()
    assert 'data-part="mark" data-mark="warga · ' in html
    assert ("WIB" in html) is True
    hidden = 'aria-hidden="true" hidden></div>' in html
    assert hidden is not marked
    card = browser_of(resident).get("/rt-saya/").content.decode()
    assert ('data-mark="warga · ' in card) is marked


def test_the_history_is_for_those_who_manage(camera: Camera, head: User, resident: User) -> None:
    visibility.switch(camera, to=Visibility.WARGA_RT, by=head, reason="hajatan")
    path = f"cameras/{camera.public_id}/visibility/history/"
    assert api(resident, "get", path).status_code == 403
    assert [(row["who"], row["cause"]) for row in api(head, "get", path).json()] == [("ketua", "orang")]


def test_an_owner_has_a_switch_that_only_closes(camera: Camera, resident: User, neighbour: User) -> None:
    Camera.objects.update(owner=resident, visibility=Visibility.WARGA_RT)
    browser = browser_of(resident)
    html = browser.get(camera.get_absolute_url()).content.decode()
    assert 'value="mati"' in html
    assert 'value="publik"' not in html
    assert "Kelola kamera ini" not in html
    assert browser.post(desk(camera, "keterlihatan"), {"visibility": "publik"}, follow=True).status_code == 200
    camera.refresh_from_db()
    assert camera.visibility == "warga_rt"
    browser.post(desk(camera, "keterlihatan"), {"visibility": "petugas"})
    camera.refresh_from_db()
    assert camera.visibility == "petugas"
    assert browser_of(neighbour).post(desk(camera, "keterlihatan"), {"visibility": "mati"}).status_code == 404


def test_an_owner_closes_by_the_api_and_does_not_open(camera: Camera, resident: User) -> None:
    Camera.objects.update(owner=resident, visibility=Visibility.WARGA_RT)
    path = f"cameras/{camera.public_id}/visibility/"
    assert api(resident, "post", path, {"visibility": "publik"}).status_code == 409
    assert api(resident, "post", path, {"visibility": "mati"}).json()["visibility"] == "mati"
    assert api(resident, "post", path, {"visibility": "warga_rt"}).json()["visibility"] == "warga_rt"
