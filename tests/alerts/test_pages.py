"""The pages of the kentongan, without scripts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alerts.models import Alarm, Kind, Mute, State
from neighborhoods.models import RT, Residency
from tests.conftest import browser_of


def test_one_asks_once_more_before_it_rings_and_is_led_to_the_alarm(rt: RT, resident: User) -> None:
    phone = browser_of(resident)
    assert phone.get("/kentongan/").headers["Location"] == f"/kentongan/{rt.pk}/"
    form = phone.get(f"/kentongan/{rt.pk}/").content.decode()
    assert 'href="tel:112"' in form
    assert 'href="tel:110"' in form
    fields = {"kind": Kind.BANJIR, "note": "<b>kali meluap</b>", "key": "abcdefgh-1"}
    asked = phone.post(f"/kentongan/{rt.pk}/", fields)
    assert "Bunyikan kentongan: Banjir?" in asked.content.decode()
    assert "<b>kali" not in asked.content.decode()
    assert not Alarm.objects.exists()
    rung = phone.post(f"/kentongan/{rt.pk}/", fields | {"sure": "1"})
    alarm = Alarm.objects.get()
    assert rung.headers["Location"] == alarm.get_absolute_url()
    page = phone.get(alarm.get_absolute_url()).content.decode()
    assert "Berbunyi" in page
    assert "Saya datang" not in page, "not to who sounded it"


def test_a_neighbour_answers_and_the_head_ends_it(rt: RT, resident: User, head: User, guard: User) -> None:
    browser_of(resident).post(f"/kentongan/{rt.pk}/", {"kind": "maling", "sure": "1"})
    alarm = Alarm.objects.get()
    here = alarm.get_absolute_url()
    answer = browser_of(guard).post(f"{here}datang/", follow=True).content.decode()
    assert "penjaga" in answer
    alarm.refresh_from_db()
    assert alarm.state == State.ANSWERED
    browser_of(head).post(f"{here}selesai/", {"ending": "aman", "words": "orang tersesat"})
    alarm.refresh_from_db()
    assert alarm.state == State.ENDED
    told = browser_of(resident).post(f"{here}selesai/", {"ending": "palsu"}, follow=True).content.decode()
    assert "Sudah diakhiri ketua" in told
    history = browser_of(resident).get(f"/kentongan/{rt.pk}/").content.decode()
    assert "Sudah aman" in history


@pytest.mark.parametrize("who", ["neighbour", "former", "owner"])
def test_others_find_no_kentongan_there(rt: RT, head: User, who: str, request: pytest.FixtureRequest) -> None:
    browser_of(head).post(f"/kentongan/{rt.pk}/", {"kind": "maling", "sure": "1"})
    other = browser_of(request.getfixturevalue(who))
    for path in (f"/kentongan/{rt.pk}/", Alarm.objects.get().get_absolute_url()):
        assert other.get(path).status_code == 404
    assert other.post(f"/kentongan/{rt.pk}/", {"kind": "maling", "sure": "1"}).status_code == 404


def test_a_head_mutes_and_lifts_and_a_resident_does_neither(rt: RT, resident: User, head: User) -> None:
    fields = {"person": resident.pk, "days": 3, "reason": "Bercanda di malam hari"}
    assert browser_of(resident).post(f"/kentongan/{rt.pk}/jeda/", fields).status_code == 404
    browser_of(head).post(f"/kentongan/{rt.pk}/jeda/", fields)
    row = Mute.objects.get()
    assert "Bercanda di malam hari" in browser_of(resident).get(f"/kentongan/{rt.pk}/").content.decode()
    refused = browser_of(resident).post(f"/kentongan/{rt.pk}/", {"kind": "maling", "sure": "1"}, follow=True)
    assert "112" in refused.content.decode()
    assert not Alarm.objects.exists()
    browser_of(head).post(f"/kentongan/{rt.pk}/jeda/{row.pk}/cabut/")
    assert "data-hold" in browser_of(resident).get(f"/kentongan/{rt.pk}/").content.decode()


def test_the_api_rings_once_for_one_key_and_refuses_others(rt: RT, resident: User, neighbour: User) -> None:
    phone = browser_of(resident)
    wish = {"rt": rt.pk, "kind": "medis", "key": "00000000-aaaa"}
    first, second = (phone.post("/api/v1/alarms/", wish, content_type="application/json") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert [one["kind_text"] for one in phone.get("/api/v1/alarms/").json()["results"]] == ["Orang sakit"]
    other = browser_of(neighbour)
    assert other.get("/api/v1/alarms/").json()["count"] == 0
    assert other.post("/api/v1/alarms/", wish, content_type="application/json").status_code == 404
    assert other.post(f"/api/v1/alarms/{first.json()['id']}/coming/").status_code == 404
    assert Client().post("/api/v1/alarms/", wish, content_type="application/json").status_code == 401


def test_a_key_that_was_used_in_another_rt_is_no_repetition(rt: RT, next_rt: RT, resident: User) -> None:
    Residency.objects.create(user=resident, rt=next_rt, role=Residency.Role.WARGA, state=Residency.State.ACTIVE)
    phone, wish = browser_of(resident), {"kind": "medis", "key": "00000000-aaaa"}
    answers = [
        phone.post("/api/v1/alarms/", wish | {"rt": place.pk}, content_type="application/json").status_code
        for place in (rt, next_rt)
    ]
    assert answers == [201, 409]
