"""Machine tokens: what they open, what they never open, and how they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cameras.models import Camera, Visibility
from machines import issuing
from machines.issuing import CannotIssue
from machines.models import MachineToken, Scope
from neighborhoods.models import RT, Office
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
EVERYTHING = tuple(Scope.values)


def make(officer: User, *scopes: str, days: int = 30) -> tuple[MachineToken, str]:
    return issuing.issue(officer, name="Layar ruang kendali", scopes=scopes or EVERYTHING, days=days)


def ask(secret: str, path: str, method: str = "get", **extra: Any) -> Any:
    return getattr(Client(), method)(
        path, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}, **extra
    )


def test_a_token_asks_in_its_owners_name(officer: User, rt: RT) -> None:
    hidden = make_camera(rt, Visibility.PETUGAS)
    _, secret = make(officer)
    assert ask(secret, f"/api/v1/cameras/{hidden.public_id}/").json()["watchable"]
    assert Client().get(f"/api/v1/cameras/{hidden.public_id}/").status_code == 404


def test_only_what_the_scope_names_is_answered(officer: User, camera: Camera) -> None:
    _, secret = make(officer, Scope.READ_STATUS)
    assert ask(secret, "/api/v1/status/").status_code == 200
    refused = ask(secret, "/api/v1/cameras/")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert ask(secret, f"/api/v1/cameras/{camera.public_id}/watch/", "post").status_code == 403


def test_no_token_switches_anything(officer: User, camera: Camera) -> None:
    _, secret = make(officer)
    answer = ask(secret, f"/api/v1/cameras/{camera.public_id}/visibility/", "post", data={"visibility": "mati"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    camera.refresh_from_db()
    assert camera.visibility == Visibility.PUBLIK


def test_every_scope_that_a_view_names_exists() -> None:
    def views(resolver: URLResolver) -> Any:
        for one in resolver.url_patterns:
            yield from views(one) if isinstance(one, URLResolver) else [one]

    patterns: list[URLPattern] = list(views(get_resolver()))
    scopes = {getattr(getattr(one.callback, "view_class", None), "machine_scope", None) for one in patterns} - {None}
    assert scopes == set(Scope.values)


def test_the_secret_is_kept_nowhere(officer: User) -> None:
    token, secret = make(officer)
    assert len(secret) > 43
    assert secret not in str(MachineToken.objects.values().get(pk=token.pk))


@pytest.mark.parametrize("how", ["revoked", "expired", "owner suspended", "wrong", "empty", "odd"])
def test_a_token_that_is_no_good_is_refused_also_where_strangers_are_let_in(officer: User, how: str) -> None:
    token, secret = make(officer)
    if how == "revoked":
        assert issuing.revoke(token, by=officer)
        assert not issuing.revoke(token, by=officer)
    elif how == "expired":
        MachineToken.objects.update(expires_at=timezone.now())
    elif how == "owner suspended":
        User.objects.update(is_active=False)
    else:
        secret = {"wrong": secret[:-1] + ("A" if secret[-1] != "A" else "B"), "empty": "", "odd": "é" * 40}[how]
    answer = ask(secret, "/api/v1/status/")
    assert (answer.status_code, answer.json()["code"]) == (401, "token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert secret == "" or secret not in answer.content.decode()


def test_who_leaves_the_office_leaves_the_token_what_a_citizen_may_see(officer: User, rt: RT) -> None:
    hidden = make_camera(rt, Visibility.PETUGAS)
    _, secret = make(officer)
    Office.objects.update(until=timezone.now())
    assert ask(secret, f"/api/v1/cameras/{hidden.public_id}/").status_code == 404
    assert ask(secret, "/api/v1/status/").status_code == 200


def test_its_last_use_is_noted_once_a_minute(officer: User) -> None:
    token, secret = make(officer)
    now = timezone.now()
    for seconds in (0, 59):
        assert issuing.find(secret, now=now + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == now
    assert issuing.find(secret, now=now + timedelta(seconds=60))
    token.refresh_from_db()
    assert token.last_used_at == now + timedelta(seconds=60)


def test_only_officers_make_tokens_with_a_name_a_scope_and_an_end(officer: User, head: User) -> None:
    for owner, name, scopes, days in (
        (head, "Layar", EVERYTHING, 30),
        (officer, " ", EVERYTHING, 30),
        (officer, "Layar", (), 30),
        (officer, "Layar", ("write:everything",), 30),
        (officer, "Layar", EVERYTHING, 0),
        (officer, "Layar", EVERYTHING, 400),
    ):
        with pytest.raises(CannotIssue):
            issuing.issue(owner, name=name, scopes=scopes, days=days)
    assert not MachineToken.objects.exists()


def test_there_is_an_end_to_how_many(officer: User) -> None:
    for _ in range(issuing.MOST_EACH):
        token, _secret = make(officer)
    with pytest.raises(CannotIssue):
        make(officer)
    issuing.revoke(token, by=officer)
    make(officer)


# ---- pages -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(officer: User, client: Client) -> Client:
    client.force_login(officer)
    return client


def test_the_page_shows_the_secret_once_and_revokes(desk: Client) -> None:
    page = reverse("token-mesin")
    made = desk.post(page, {"name": "Laporan harian", "scopes": ["read:status"], "days": "90"})
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    shown = desk.get(page).content.decode()
    assert "Laporan harian" in shown
    assert secret not in shown
    assert ask(secret, "/api/v1/status/").status_code == 200
    token = MachineToken.objects.get()
    assert desk.post(reverse("cabut-token-mesin", args=[token.pk])).status_code == 302
    assert desk.post(reverse("cabut-token-mesin", args=[token.pk])).status_code == 404
    assert ask(secret, "/api/v1/status/").status_code == 401


def test_a_form_with_mistakes_makes_nothing(desk: Client) -> None:
    answer = desk.post(reverse("token-mesin"), {"name": "", "days": "7"})
    assert answer.status_code == 400
    assert not MachineToken.objects.exists()


def test_the_page_is_for_officers(officer: User, head: User, client: Client) -> None:
    token, _ = make(officer)
    page, revoke = reverse("token-mesin"), reverse("cabut-token-mesin", args=[token.pk])
    assert client.get(page).status_code == 302
    client.force_login(head)
    assert client.get(page).status_code == 403
    assert client.post(revoke).status_code == 403
    token.refresh_from_db()
    assert token.revoked_at is None


def test_the_administration_revokes_and_neither_makes_nor_erases(chief: User, officer: User, client: Client) -> None:
    token, secret = make(officer)
    client.force_login(chief)
    listed = reverse("admin:machines_machinetoken_changelist")
    assert client.get(reverse("admin:machines_machinetoken_add")).status_code == 403
    assert client.get(reverse("admin:machines_machinetoken_delete", args=[token.pk])).status_code == 403
    client.post(listed, {"action": "revoke_now", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert token.revoked_by == chief
    assert secret not in client.get(listed).content.decode()
