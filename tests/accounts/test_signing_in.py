"""Logging in: by user name or e-mail, limited, told plainly, and nobody learns who has an account."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def attempt(client: Client, login: str, password: str) -> Any:
    return client.post("/masuk/", {"login": login, "password": password})


@pytest.fixture
def post_office(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


@pytest.mark.parametrize("login", ["warga", "Warga", "siti@example.org"])
def test_one_logs_in_by_user_name_or_by_e_mail(login: str, resident: User) -> None:
    resident.email = "siti@example.org"
    resident.save()
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    assert attempt(Client(), login, "warga-malam").url == "/rt-saya/"


def test_after_some_wrong_passwords_one_account_must_wait_and_others_need_not(resident: User, neighbour: User) -> None:
    client = Client()
    for _ in range(5):
        assert "tidak cocok" in attempt(client, "warga", "salah").content.decode()
    assert "Tunggu beberapa menit" in attempt(client, "warga", "warga-malam").content.decode()
    assert attempt(Client(), "tetangga", "tetangga-malam").status_code == 302


def test_one_address_that_tries_many_accounts_must_wait(db: None) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [attempt(client, f"akun{number}", "salah").content.decode() for number in range(31)]
    assert "tidak cocok" in answers[29]
    assert "Tunggu beberapa menit" in answers[30]


def test_an_address_that_signs_up_again_and_again_is_told_to_wait(db: None) -> None:
    client = Client(REMOTE_ADDR="192.0.2.8")
    answers = [client.post("/akun/daftar/", {}) for _ in range(21)]
    assert answers[19].status_code == 200
    assert answers[20].status_code == 429
    assert "Terlalu banyak percobaan" in answers[20].content.decode()


def test_while_redis_is_away_log_in_answers_and_still_counts(resident: User, settings: Settings) -> None:
    away = {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/redis.sock"}
    settings.CACHES = {"default": away}
    assert attempt(Client(), "warga", "warga-malam").status_code == 302
    client = Client()
    for _ in range(5):
        attempt(client, "warga", "salah")
    assert "Tunggu beberapa menit" in attempt(client, "warga", "warga-malam").content.decode()


def test_a_suspended_account_is_told_so(resident: User) -> None:
    User.objects.update(is_active=False)
    client = Client()
    answer = client.post("/masuk/", {"login": "warga", "password": "warga-malam"}, follow=True)
    assert answer.wsgi_request.path == "/akun/tidak-aktif/"
    assert not client.session.get("_auth_user_id")


SIGN_UP = {"first_name": "Ratna", "username": "ratna", "email": "", "password1": "hujan-di-simongan"}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"username": "siti@example.org"}, "huruf, angka"),
        ({"username": "ab"}, "huruf, angka"),
        ({"username": "warga"}, "sudah dipakai"),
        ({"username": "WARGA"}, "sudah dipakai"),
        ({"first_name": ""}, "field-error"),
        ({"password1": "ratna"}, "field-error"),
    ],
)
def test_what_is_wrong_at_signing_up_is_said_at_the_field(wrong: dict[str, str], word: str, resident: User) -> None:
    answer = Client().post("/akun/daftar/", {**SIGN_UP, **wrong})
    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert User.objects.count() == 1


def test_signing_up_needs_no_e_mail_and_gives_no_rights(db: None) -> None:
    client = Client()
    assert client.post("/akun/daftar/", SIGN_UP).status_code == 302
    user = User.objects.get(username="ratna")
    assert user.get_full_name() == "Ratna"
    assert not user.is_staff
    assert not user.residencies.exists()
    assert "belum terdaftar di sebuah RT" in client.get("/rt-saya/").content.decode()


def test_nobody_learns_at_signing_up_whether_an_e_mail_is_known(resident: User, post_office: None) -> None:
    EmailAddress.objects.create(user=resident, email="siti@example.org", verified=True, primary=True)
    places = []
    for name, email in (("ratna", "siti@example.org"), ("rahmat", "belum@example.org")):
        answer = Client().post("/akun/daftar/", {**SIGN_UP, "username": name, "email": email})
        places.append((answer.status_code, answer.headers.get("Location"), answer.content))
    assert places[0] == places[1]


def test_asking_for_a_new_password_answers_alike_for_known_and_unknown(resident: User, post_office: None) -> None:
    resident.email = "siti@example.org"
    resident.save()
    answers = [Client().post("/akun/lupa-sandi/", {"email": one}) for one in ("siti@example.org", "bukan@example.org")]
    assert answers[0].headers["Location"] == answers[1].headers["Location"] == "/akun/lupa-sandi/terkirim/"
    assert [letter.to for letter in mail.outbox] == [["siti@example.org"]]


def test_a_new_password_by_e_mail_ends_other_sessions(resident: User, post_office: None) -> None:
    resident.email = "siti@example.org"
    resident.save()
    elsewhere = Client()
    elsewhere.force_login(resident)
    client = Client()
    client.post("/akun/lupa-sandi/", {"email": "siti@example.org"})
    link = next(word for word in str(mail.outbox[0].body).split() if "/akun/lupa-sandi/" in word)
    form = client.get(link, follow=True)
    new = {"password1": "banjir-kanal-timur", "password2": "banjir-kanal-timur"}
    assert client.post(form.wsgi_request.path, new).status_code == 302
    assert attempt(Client(), "warga", "banjir-kanal-timur").status_code == 302
    assert elsewhere.get("/rt-saya/").status_code == 302
    used = Client().get(link, follow=True).content.decode()
    assert 'name="password1"' not in used


def test_without_a_mail_server_the_page_says_whom_to_ask(db: None) -> None:
    html = Client().get("/akun/lupa-sandi/").content.decode()
    assert "Hubungi Ketua RT" in html
    assert 'name="email"' not in html


def test_nobody_is_led_to_another_site_after_logging_in(resident: User) -> None:
    for where in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer: Any = Client().post("/masuk/", {"login": "warga", "password": "warga-malam", "next": where})
        assert answer.url == "/rt-saya/"


@pytest.mark.parametrize("page", ["/masuk/", "/akun/daftar/", "/akun/lupa-sandi/"])
def test_the_doors_hold_no_inline_script_or_style(page: str, db: None) -> None:
    html = Client().get(page).content.decode()
    assert "style=" not in html
    assert "onclick" not in html
    assert "next=" in Client().get("/masuk/?next=/wilayah/").content.decode()
