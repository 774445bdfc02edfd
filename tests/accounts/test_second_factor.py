"""No office of the city, and no administration, by a password alone."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cameras import access
from cameras.models import Camera, Visibility
from neighborhoods.models import RT
from neighborhoods.residency import standing_of
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # the cast's


def code_of(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def log_in(name: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/masuk/", {"login": name, "password": f"{name}-malam"})


def without_factor(user: User) -> User:
    Authenticator.objects.filter(user=user).delete()
    return user


def test_an_officer_logs_in_with_a_code_and_not_without(officer: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS)
    client, answer = log_in("petugas")
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(closed.get_absolute_url()).status_code == 404, "the password alone opens nothing"
    assert "salah" in client.post(answer.url, {"code": "000000"}).content.decode().lower()
    assert client.get(closed.get_absolute_url()).status_code == 404
    assert client.post(answer.url, {"code": code_of()}).status_code == 302
    assert client.get(closed.get_absolute_url()).status_code == 200


def test_a_code_opens_once(officer: User) -> None:
    code = code_of()
    first, answer = log_in("petugas")
    assert first.post(answer.url, {"code": code}).status_code == 302
    second, answer = log_in("petugas")
    assert second.post(answer.url, {"code": code}).status_code == 200


@pytest.mark.parametrize("name", ["officer", "lurah", "camat"])
def test_without_one_the_office_counts_for_nothing_and_the_pages_lead_to_it(
    name: str, rt: RT, request: pytest.FixtureRequest
) -> None:
    make_camera(rt, Visibility.PETUGAS)
    user = without_factor(request.getfixturevalue(name))
    assert standing_of(user).unsecured
    assert not access.listed(user).exists()
    assert not access.manageable(user).exists()
    client, answer = log_in(user.username)
    assert answer.status_code == 302
    for page in ("/", "/rt-saya/", "/wilayah/"):
        assert client.get(page).headers["Location"] == reverse("mfa_index")
    assert "Pasang dulu pengaman kedua" in client.get(reverse("mfa_index")).content.decode()
    assert client.get("/api/v1/cameras/").status_code == 200, "programs are led nowhere"


def test_an_officer_sets_one_up_and_is_an_officer_from_then_on(officer: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS)
    without_factor(officer)
    client, _ = log_in("petugas")
    sure: Any = client.get(reverse("mfa_activate_totp"))
    assert client.get(sure.url).status_code == 200
    assert client.post(sure.url, {"password": "petugas-malam"}).url == reverse("mfa_activate_totp")  # type: ignore[attr-defined]
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    drawn = client.get(reverse("pengaman-kode"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert Client().get(reverse("pengaman-kode")).status_code == 302
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert client.get(closed.get_absolute_url()).status_code == 200
    kept = Authenticator.objects.get(user=officer, type="totp").data
    assert secret not in str(kept), "sealed in the database"
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_it_off_loses_what_was_given_out(officer: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS)
    without_factor(officer)
    assert Camera.objects.get(pk=closed.pk).access_epoch > 1


def test_the_administration_asks_for_one_and_has_no_door_of_its_own(chief: User) -> None:
    stranger = Client().get("/admin/")
    assert stranger.headers["Location"].startswith("/admin/login/")
    assert Client().get("/admin/login/?next=/admin/").headers["Location"].startswith("/masuk/")
    assert Client().post("/admin/login/", {"username": "pengelola", "password": "pengelola-malam"}).status_code == 302
    client = Client()
    client.force_login(without_factor(chief))
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")
    assert client.post("/admin/auth/user/add/", {}).headers["Location"] == reverse("mfa_index")


def test_residents_and_heads_are_offered_one_and_not_made_to(head: User, resident: User) -> None:
    for name in ("warga", "ketua"):
        client, answer = log_in(name)
        assert answer.url == "/rt-saya/"
        assert client.get("/rt-saya/").status_code == 200
    assert "Pasang pengaman kedua" in client.get("/rt-saya/").content.decode()


def test_a_city_that_is_only_tried_out_does_without(officer: User, rt: RT, settings: Settings) -> None:
    make_camera(rt, Visibility.PETUGAS)
    settings.SECOND_FACTOR_REQUIRED = False
    assert access.listed(without_factor(officer)).exists()
