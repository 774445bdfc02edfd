"""The pages of the night watch, as a browser without scripts uses them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from cameras.models import Camera, Visibility
from incidents.models import Incident
from neighborhoods.models import RT, Residency
from ronda.hours_of import tonight
from ronda.models import Mark, Round, Swap, SwapState, WeeklyDuty
from ronda.roster import plan_on

from .conftest import EVENING, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday, half past ten in the evening; hours that change hold from Tuesday on."""
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


@pytest.fixture
def as_head(client: Client, head: User) -> Client:
    client.force_login(head)
    return client


@pytest.fixture
def as_resident(resident: User) -> Client:
    client = Client()
    client.force_login(resident)
    return client


def test_the_head_plans_and_residents_read_it(
    monkeypatch: pytest.MonkeyPatch, as_head: Client, as_resident: Client, rt: RT, resident: User
) -> None:
    plan = f"/rt-saya/ronda/{rt.pk}/jadwal/"
    every_day = [str(day) for day in range(1, 8)]
    as_head.post(f"{plan}regu/", {"person": resident.pk, "days": every_day})
    assert WeeklyDuty.objects.filter(rt=rt, person=resident).count() == 7
    as_head.post(f"{plan}jam/", {"begins": "21:30", "ends": "03:00"})
    assert "warga" in page(as_head, plan)
    monkeypatch.setattr(timezone, "now", lambda: at(24, 8))  # the watch is over: "tonight" is the coming one
    said = page(as_resident, "/ronda/")
    assert "Selasa, 24 November · 21.30–03.00" in said
    assert "Semalam tanpa ronda." in said
    assert "warga" in re.search(r'class="names">(.*?)</p>', said)[1]  # type: ignore[index]
    assert "Giliran Anda" in said
    duty = WeeklyDuty.objects.filter(weekday=2).get()
    as_head.post(f"{plan}regu/{duty.pk}/akhiri/")
    duty.refresh_from_db()
    assert duty.last_night is not None


def test_one_night_is_planned_and_another_is_refused_with_words(as_head: Client, rt: RT, resident: User) -> None:
    plan, night = f"/rt-saya/ronda/{rt.pk}/jadwal/", tonight(timezone.now()) + timedelta(days=5)
    as_head.post(f"{plan}malam/", {"person": resident.pk, "night": night.isoformat(), "do": "tambah"})
    assert plan_on(rt, night, now=timezone.now()).has(resident.pk)
    over = as_head.post(
        f"{plan}malam/", {"person": resident.pk, "night": "2024-01-01", "do": "tambah"}, follow=True
    ).content.decode()
    assert "sudah lewat" in over
    as_head.post(f"{plan}malam/", {"person": resident.pk, "night": night.isoformat(), "do": "lepas"})
    assert not plan_on(rt, night, now=timezone.now()).has(resident.pk)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("jam/", {"begins": "malam", "ends": "04:00"}),
        ("jam/", {"begins": "22:00", "ends": "14:00"}),
        ("regu/", {"person": "999999", "days": ["1"]}),
        ("regu/", {"days": ["9"]}),
        ("malam/", {"person": "x", "night": "9999-12-31", "do": "tambah"}),
        ("malam/", {"night": "0001-01-01", "do": "hapus"}),
    ],
)
def test_wrong_forms_change_nothing_and_say_so(as_head: Client, rt: RT, path: str, fields: dict[str, str]) -> None:
    answer = as_head.post(f"/rt-saya/ronda/{rt.pk}/jadwal/{path}", fields, follow=True)
    assert 'data-kind="error"' in answer.content.decode()
    assert not WeeklyDuty.objects.exists()


@pytest.mark.usefixtures("cameras")
def test_a_round_without_scripts_goes_camera_by_camera(as_resident: Client, rt: RT) -> None:
    answer = as_resident.post(f"/ronda/{rt.pk}/mulai/", follow=True)
    here = Round.objects.get()
    assert answer.redirect_chain[-1][0] == f"/ronda/{here.pk}/"
    findings = ({"aman": "1"}, {"lapor": "keamanan", "note": "Pagar terbuka"}, {"lewat": "gelap", "note": ""})
    for done, finding in enumerate(findings):
        said = page(as_resident, here.get_absolute_url())
        assert f"{done} dari 3 kamera" in said
        shown = [one for one in re.findall(r"<article class=\"stop\"[^>]*>", said) if " hidden" not in one]
        assert len(shown) == 1
        camera, key = re.search(r'data-camera="(\w+)"', shown[0]), re.findall(r'name="key" value="(\w+)"', said)
        assert camera is not None
        as_resident.post(f"/ronda/{here.pk}/tanda/", {"camera": camera[1], "key": key[done], "note": "", **finding})
    assert sorted(Mark.objects.values_list("verdict", "note")) == [
        ("aman", ""), ("lapor", "Pagar terbuka"), ("lewat", "Terlalu gelap"),
    ]  # fmt: skip
    assert Incident.objects.count() == 1
    here.refresh_from_db()
    assert here.finished_at is not None
    assert "Semua kamera sudah ditandai" in page(as_resident, here.get_absolute_url())
    assert "1 ronda malam ini." in page(as_resident, "/ronda/")


@pytest.mark.usefixtures("cameras")
def test_a_round_goes_on_where_it_stopped_and_ends_early_with_a_reason(as_resident: Client, rt: RT) -> None:
    as_resident.post(f"/ronda/{rt.pk}/mulai/")
    here = Round.objects.get()
    assert here.get_absolute_url() in page(as_resident, "/ronda/")
    as_resident.post(f"/ronda/{here.pk}/selesai/", {"reason": "hujan"})
    as_resident.post(f"/ronda/{here.pk}/selesai/", {"reason": "lagi"})
    here.refresh_from_db()
    assert here.ending == "hujan"


@pytest.mark.usefixtures("cameras")
def test_a_camera_that_is_closed_on_the_way_shows_no_picture(as_resident: Client, rt: RT) -> None:
    as_resident.post(f"/ronda/{rt.pk}/mulai/")
    here, camera = Round.objects.get(), Camera.objects.get(name="Gapura")
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.MATI)
    said = page(as_resident, f"{here.get_absolute_url()}?kamera={camera.public_id}")
    assert f"/api/v1/cameras/{camera.public_id}/still/" not in said
    assert "sedang ditutup" in said


@pytest.mark.usefixtures("cameras")
def test_others_see_no_round_and_the_head_reads_it(
    as_resident: Client, as_head: Client, rt: RT, neighbour: User, budi: User
) -> None:
    as_resident.post(f"/ronda/{rt.pk}/mulai/")
    here = Round.objects.get().get_absolute_url()
    for person in (neighbour, budi):
        other = Client()
        other.force_login(person)
        assert other.get(here).status_code == 404
        assert other.post(f"{here}selesai/").status_code == 404
    assert "Balai RT" in page(as_head, here)
    assert as_head.post(f"{here}tanda/").status_code == 404


@pytest.mark.usefixtures("cameras")
def test_the_log_is_shown_and_exported(as_resident: Client, as_head: Client, rt: RT) -> None:
    as_resident.post(f"/ronda/{rt.pk}/mulai/")
    book = f"/rt-saya/ronda/{rt.pk}/catatan/"
    assert "0 dari 3 kamera dilihat" in page(as_head, book)
    table = as_head.get(f"{book}ronda.csv")
    assert table.headers["Content-Disposition"].startswith('attachment; filename="ronda-rt003-rw005-')
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert table.content.decode().count(";ronda;;warga;warga;") == 3
    for wrong in (
        "?first=x",
        "?first=2026-01-01&last=2020-01-01",
        "?first=2020-01-01&last=2026-11-01",
        "?last=0001-01-01",
    ):
        assert 'role="alert"' in page(as_head, book + wrong)
        assert as_head.get(f"{book}ronda.csv{wrong}").status_code == 200
    assert as_resident.get(book).status_code == 404


def test_residents_swap_from_their_page(
    as_head: Client, as_resident: Client, rt: RT, head: User, resident: User
) -> None:
    night = tonight(timezone.now()) + timedelta(days=3)
    plan = f"/rt-saya/ronda/{rt.pk}/jadwal/"
    as_head.post(f"{plan}malam/", {"person": resident.pk, "night": night.isoformat(), "do": "tambah"})
    as_resident.post(f"/ronda/{rt.pk}/tukar/", {"night": night.isoformat(), "asked": head.pk, "note": "ada hajatan"})
    swap = Swap.objects.get()
    assert "ada hajatan" in page(as_head, "/ronda/")
    as_head.post(f"/ronda/tukar/{swap.pk}/", {"answer": "terima"})
    swap.refresh_from_db()
    assert swap.state == SwapState.ACCEPTED
    assert plan_on(rt, night, now=timezone.now()).names == "ketua"
    as_head.post(f"/ronda/{rt.pk}/berhalangan/", {"night": night.isoformat(), "reason": "", "do": "berhalangan"})
    assert plan_on(rt, night, now=timezone.now()).names == ""
    as_head.post(f"/ronda/{rt.pk}/berhalangan/", {"night": night.isoformat(), "do": "bisa"})
    assert plan_on(rt, night, now=timezone.now()).names == "ketua"


def test_who_belongs_to_no_rt_is_told_so(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert "belum terdaftar" in page(client, "/ronda/")


@pytest.mark.usefixtures("cameras")
def test_the_api_takes_marks_again_and_says_when_nobody_is_logged_in(as_resident: Client, rt: RT) -> None:
    number = f"/api/v1/rts/{rt.rw.kelurahan.code}/005/003"
    begun = as_resident.post(f"{number}/rounds/", "{}", content_type="application/json").json()
    assert [stop["name"] for stop in begun["stops"]] == ["Balai RT", "Gapura", "Pos kamling"]
    body = json.dumps(
        {"key": "0123456789abcdef", "camera": begun["stops"][0]["camera"], "verdict": "aman", "seconds_ago": 5}
    )
    marks = f"/api/v1/rounds/{begun['id']}/marks/"
    answers = [as_resident.post(marks, body, content_type="application/json") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Mark.objects.count() == 1
    assert as_resident.get(f"{number}/watch/").json()["rounds"] == 1
    refused = Client().post(marks, body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (401, "login")
    ended = as_resident.post(f"/api/v1/rounds/{begun['id']}/finish/", "{}", content_type="application/json")
    assert ended.json()["finished_at"] is not None


@pytest.mark.usefixtures("cameras")
def test_who_has_left_the_rt_goes_on_with_nothing(as_resident: Client, rt: RT, resident: User) -> None:
    as_resident.post(f"/ronda/{rt.pk}/mulai/")
    here = Round.objects.get().get_absolute_url()
    Residency.objects.get(user=resident).become(Residency.State.ENDED)
    assert as_resident.get(here).status_code == 404
