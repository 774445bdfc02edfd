"""The API of offers says and does what the pages do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from neighborhoods.models import RT
from offering import asking
from offering.models import Offer, State

from .conftest import SECRET
from .people import fields

MakeOffer = Callable[..., Offer]


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_send", lambda offer_id, since: None)


def post(user: User | None, path: str, body: dict[str, Any] | None = None) -> Any:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.post(f"/api/v1/offers/{path}", body or {}, content_type="application/json")


def get(user: User, path: str = "") -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/api/v1/offers/{path}").json()


def offered(rt: RT, **changed: Any) -> dict[str, Any]:
    typed = fields(rt)
    del typed["kelurahan"], typed["consent"]
    return {**typed, "kelurahan": rt.rw.kelurahan.code, "consent": True} | changed


def test_an_offer_goes_in_and_its_secrets_do_not_come_out(resident: User, rt: RT) -> None:
    answer = post(resident, "", offered(rt, username=SECRET.username, password=SECRET.password))
    assert answer.status_code == 201
    for secret in (SECRET.password, "kamera.contoh.id"):
        assert secret not in answer.content.decode()
    (one,) = get(resident)["results"]
    assert (one["state"], one["trying"], one["place"]) == ("draft", True, "RT 003 / RW 005, Sekaran")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"address": "127.0.0.1"}, "address"),
        ({"address": "[::ffff:10.0.0.1]"}, "address"),
        ({"address": "8.8.8.8", "port": 22}, "address"),
        ({"kelurahan": "99.99.99.9999"}, "kelurahan"),
        ({"consent": False}, "consent"),
        ({"wish": "mati"}, "wish"),
    ],
)
def test_what_is_wrong_is_named(resident: User, rt: RT, changed: dict[str, Any], field: str) -> None:
    answer = post(resident, "", offered(rt, **changed))
    assert answer.status_code == 400
    assert field in answer.json()["fields"]
    assert not Offer.objects.exists()


def test_the_whole_way(resident: User, head: User, officer: User, make_offer: MakeOffer) -> None:
    offer = make_offer(resident, channels=2)
    assert post(resident, f"{offer.public_id}/hand-in/", {"numbers": [1]}).status_code == 200
    assert [one["id"] for one in get(head, "waiting/")["results"]] == [offer.public_id]
    assert get(officer, "waiting/")["results"] == []
    decision = {"approve": True, "visibility": "warga_rt"}
    assert post(officer, f"{offer.public_id}/decision/", decision).status_code == 404
    assert post(head, f"{offer.public_id}/decision/", decision).status_code == 200
    assert post(officer, f"{offer.public_id}/decision/", decision).status_code == 200
    said = get(resident, f"{offer.public_id}/")
    assert said["state"] == "live"
    assert said["channels"][0]["camera"]
    assert post(resident, f"{offer.public_id}/withdrawal/").status_code == 200
    assert post(resident, f"{offer.public_id}/withdrawal/").status_code == 409


def test_others_find_nothing(resident: User, neighbour: User, make_offer: MakeOffer) -> None:
    offer = make_offer(resident)
    assert get(neighbour, f"{offer.public_id}/")["status"] == 404
    assert get(neighbour)["results"] == []
    for path in ("trial/", "hand-in/", "withdrawal/", "decision/"):
        assert post(neighbour, f"{offer.public_id}/{path}", {"numbers": [1], "approve": True}).status_code == 404
        assert post(None, f"{offer.public_id}/{path}", {"numbers": [1], "approve": True}).status_code in {401, 404}
    offer.refresh_from_db()
    assert offer.state == State.TRIED


def test_too_many_trials_are_told_when_to_come_again(resident: User, make_offer: MakeOffer, settings: Any) -> None:
    settings.OFFER_TRIALS = 1
    for expected in (202, 429):
        offer = make_offer(resident)
        answer = post(resident, f"{offer.public_id}/trial/")
        assert answer.status_code == expected
    assert answer.headers["Retry-After"] == "3600"
