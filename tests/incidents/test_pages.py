"""The pages and the API of reports, without scripts: who reads what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cameras.models import Camera, Visibility
from incidents import reporting
from incidents.models import Incident, Picture
from incidents.templatetags.laporan import open_incidents
from neighborhoods.models import RT
from streaming import stills
from tests.conftest import browser_of, make_camera

WORDS = "Orang tak dikenal di <b>gang</b>"


@pytest.fixture
def made(resident: User, camera: Camera) -> Incident:
    stills.keep(camera.pk, camera.access_epoch, at=1000.0, files={"large.jpeg": b"\xff\xd8 one"})
    return reporting.report(resident, None, reporting.Wish("keamanan", WORDS, camera=camera))


def test_from_a_camera_s_page_to_a_report_with_the_picture_that_was_seen(resident: User, camera: Camera) -> None:
    stills.keep(camera.pk, camera.access_epoch, at=1000.0, files={"large.jpeg": b"\xff\xd8 one"})
    phone, address = browser_of(resident), f"/lapor/?kamera={camera.public_id}&kembali=/ronda/"
    page = phone.get(address)
    moment = page.context["moment"]
    stills.keep(camera.pk, camera.access_epoch, at=1005.0, files={"large.jpeg": b"\xff\xd8 two"})
    assert phone.get(f"/lapor/gambar/{moment.token}/").content == b"\xff\xd8 one"
    fields = {
        "category": "keamanan",
        "words": WORDS,
        "moment": moment.token,
        "picture": "1",
        "key": page.context["key"],
    }
    sent = [phone.post(address, fields) for _ in range(2)]
    assert [answer.headers["Location"] for answer in sent] == ["/ronda/", "/ronda/"]
    made = Incident.objects.get()
    assert phone.get(f"{made.get_absolute_url()}gambar/").content == b"\xff\xd8 one"


def test_the_picture_on_the_form_goes_with_the_right_to_look(resident: User, rt: RT) -> None:
    camera = make_camera(rt, Visibility.WARGA_RT)
    stills.keep(camera.pk, camera.access_epoch, at=1000.0, files={"large.jpeg": b"\xff\xd8 one"})
    phone = browser_of(resident)
    token = phone.get(f"/lapor/?kamera={camera.public_id}").context["moment"].token
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.MATI)
    assert phone.get(f"/lapor/gambar/{token}/").status_code == 404


def test_what_was_written_is_still_there_when_something_was_missing(resident: User, rt: RT) -> None:
    answer = browser_of(resident).post("/lapor/", {"words": "Lampu gang mati", "rt": rt.pk})
    page = answer.content.decode()
    assert "Lampu gang mati" in page
    assert "belum terkirim" in page
    assert not Incident.objects.exists()


def test_a_point_comes_with_both_its_numbers_or_not_at_all(resident: User, rt: RT) -> None:
    fields = {"category": "jalan", "words": "Lampu mati", "rt": rt.pk, "latitude": "-7.05"}
    browser = browser_of(resident)
    browser.post("/lapor/", fields)
    browser.post("/lapor/", fields | {"longitude": "110.39"})
    browser.post("/lapor/", fields | {"longitude": "1000"})
    points = list(Incident.objects.order_by("pk").values_list("latitude", "longitude"))
    assert points == [(None, None), (-7.05, 110.39)]
    page = browser.get(Incident.objects.order_by("pk")[1].get_absolute_url()).content.decode()
    assert "/#peta=17/-7.05000/110.39000" in page


@pytest.mark.parametrize("way", ["//jahat.id/", "https://jahat.id/", "javascript:alert(1)", "lapor", "/\\jahat.id"])
def test_nobody_is_led_away(resident: User, rt: RT, way: str) -> None:
    answer = browser_of(resident).post(
        "/lapor/", {"category": "sampah", "words": "Menumpuk", "rt": rt.pk, "kembali": way}
    )
    assert answer.headers["Location"] == Incident.objects.get().get_absolute_url()


@pytest.mark.parametrize("who", ["resident", "head"])
def test_those_who_have_to_do_with_it_read_all_of_it(
    made: Incident, head: User, who: str, request: pytest.FixtureRequest
) -> None:
    browser = browser_of(request.getfixturevalue(who))
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "Orang tak dikenal di &lt;b&gt;gang" in page
    assert browser.get(f"{made.get_absolute_url()}gambar/").status_code == 200
    said = browser.get(f"/api/v1/incidents/{made.public_id}/").json()
    assert (said["full"], said["words"], said["reporter"]) == (True, WORDS, "warga")
    assert said["picture_url"] == f"{made.get_absolute_url()}gambar/"


def test_others_of_the_rt_read_that_there_is_one_and_no_more(made: Incident, head: User, guard: User) -> None:
    browser = browser_of(guard)
    for path in ("/laporan/", made.get_absolute_url(), f"/api/v1/incidents/{made.public_id}/", "/api/v1/incidents/"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert "Keamanan" in answer.content.decode()
        for secret in ("tak dikenal", "gambar/", "warga sudah", '"reporter":"warga"'):
            assert secret not in answer.content.decode(), f"{secret} at {path}"
    assert browser.get(f"{made.get_absolute_url()}gambar/").status_code == 404
    assert browser.post(f"{made.get_absolute_url()}langkah/", {"step": "tangani"}).status_code == 404


@pytest.mark.parametrize("who", ["neighbour", "former", "rw_head", "officer"])
def test_everybody_else_finds_nothing(made: Incident, head: User, who: str, request: pytest.FixtureRequest) -> None:
    browser = browser_of(request.getfixturevalue(who))
    for path in (made.get_absolute_url(), f"{made.get_absolute_url()}gambar/", f"/api/v1/incidents/{made.public_id}/"):
        assert browser.get(path).status_code == 404
    assert browser.get("/api/v1/incidents/").json()["count"] == 0
    assert Client().get("/laporan/").headers["Location"].startswith("/masuk/")


def test_a_head_turns_it_on_its_page_and_the_second_is_told(made: Incident, head: User, resident: User) -> None:
    here = made.get_absolute_url()
    closing = {"step": "selesai", "reason": "Sudah pergi", "seen": "open"}
    assert (
        "Sedang ditangani"
        in browser_of(head).post(f"{here}langkah/", {"step": "tangani", "seen": "open"}, follow=True).content.decode()
    )
    told = browser_of(resident).post(f"{here}langkah/", closing, follow=True).content.decode()
    assert "ketua sudah menanganinya" in told
    browser_of(head).post(f"{here}langkah/", closing | {"seen": "handled"})
    answer = browser_of(resident).post(
        f"/api/v1/incidents/{made.public_id}/step/", {"step": "tarik"}, content_type="application/json"
    )
    assert answer.status_code == 409
    assert "ketua sudah menutupnya" in answer.json()["detail"]


def test_the_list_is_filtered_and_nonsense_filters_nothing(made: Incident, head: User) -> None:
    browser = browser_of(head)
    for query, found in [("", 1), ("keadaan=berjalan", 1), ("keadaan=closed", 0), ("jenis=keamanan", 1), ("jenis=banjir", 0),
                         ("keadaan=x&jenis=y&halaman=z", 1)]:  # fmt: skip
        assert len(browser.get(f"/laporan/?{query}").context["page"].object_list) == found, query
    assert browser.get("/api/v1/incidents/?state=closed").json()["count"] == 0
    assert browser.get("/api/v1/incidents/?running=true&category=keamanan").json()["count"] == 1


def test_a_head_sees_how_many_wait(made: Incident, head: User) -> None:
    assert open_incidents(head) == {"count": 1, "belongs": True}
    assert Picture.objects.count() == 1
