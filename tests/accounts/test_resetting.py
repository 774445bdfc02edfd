"""Links for a new password, from hand to hand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accounts.models import ResetLink
from neighborhoods.models import RT, Residency

pytestmark = pytest.mark.django_db


def ask(by: User, rt: RT, whom: User) -> Any:
    client = Client()
    client.force_login(by)
    residency = Residency.objects.filter(user=whom, rt=rt).first()
    return client.post(f"/rt-saya/warga/{rt.pk}/kata-sandi/", {"warga": residency.pk if residency else "0"})


def link_in(answer: Any) -> str:
    found = re.search(r'value="http://testserver(/akun/lupa-sandi/[^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_a_head_hands_out_a_link_that_works_once_and_is_logged(head: User, resident: User, rt: RT) -> None:
    link = link_in(ask(head, rt, resident))
    logged = ResetLink.objects.get()
    assert (logged.user, logged.made_by, logged.used_at) == (resident, head, None)
    client = Client()
    form = client.get(link, follow=True)
    new = {"password1": "banjir-kanal-timur", "password2": "banjir-kanal-timur"}
    assert client.post(form.wsgi_request.path, new).status_code == 302
    assert Client().post("/masuk/", {"login": "warga", "password": "banjir-kanal-timur"}).status_code == 302
    assert ResetLink.objects.get().used_at is not None
    assert 'name="password1"' not in Client().get(link, follow=True).content.decode()
    own = Client()
    own.force_login(User.objects.get(pk=resident.pk))
    assert "membuatkan Anda tautan kata sandi" in own.get("/akun/").content.decode()


def test_the_link_is_kept_nowhere(head: User, resident: User, rt: RT) -> None:
    key = link_in(ask(head, rt, resident)).rstrip("/").rsplit("-", 1)[1]
    assert key not in str(ResetLink.objects.values().get())


def test_a_head_takes_over_nobody_who_opens_more_than_the_own_rt(
    head: User, resident: User, rt: RT, next_rt: RT, lurah: User, chief: User
) -> None:
    Residency.objects.create(user=resident, rt=next_rt, state=Residency.State.ACTIVE)
    for powerful in (lurah, chief):
        Residency.objects.create(user=powerful, rt=rt, state=Residency.State.ACTIVE)
    for whom in (resident, lurah, chief, head):
        assert ask(head, rt, whom).status_code == 302
    assert not ResetLink.objects.exists()


def test_somebody_who_only_waits_can_be_taken_over_by_no_head(head: User, rt: RT, db: None) -> None:
    stranger = User.objects.create_user("dari-jauh")
    Residency.objects.create(user=stranger, rt=rt)
    assert ask(head, rt, stranger).status_code == 302
    assert not ResetLink.objects.exists()


def test_an_officer_helps_a_head_but_no_other_officer(officer: User, head: User, lurah: User, rt: RT) -> None:
    assert ask(officer, rt, head).status_code == 200
    Residency.objects.create(user=lurah, rt=rt, state=Residency.State.ACTIVE)
    assert ask(officer, rt, lurah).status_code == 302
