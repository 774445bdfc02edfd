"""Pages that only do something, for somebody whose log-in has run out meanwhile."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from neighborhoods.models import RT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "after"),
    [
        ("http://testserver/ronda/?hal=2#malam", "/ronda/%3Fhal%3D2"),
        ("http://testserver", "/"),
        ("", "/"),
        ("https://jahat.id/ronda/", "/"),
        ("//jahat.id/", "/"),
        ("http://testserver//jahat.id/", "/jahat.id/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_who_has_to_log_in_first_comes_back_to_the_page_that_they_did_it_from(rt: RT, page: str, after: str) -> None:
    headers = {"Referer": page} if page else {}
    answer = Client().post(reverse("ronda-mulai", args=[rt.pk]), headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/masuk/?next={after}")


def test_nothing_is_done_by_looking(rt: RT, resident: User) -> None:
    client = Client()
    client.force_login(resident)
    assert client.get(reverse("ronda-mulai", args=[rt.pk])).status_code == 405
