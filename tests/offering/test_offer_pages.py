"""The pages of offers: who gets in, what goes in, and that nothing secret comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from neighborhoods.models import RT
from offering import asking
from offering.models import Offer, State

from .people import fields

MakeOffer = Callable[..., Offer]
OWN = ("tawaran", "tawaran-coba", "tawaran-kirim", "tawaran-tarik")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The offers whose trial was asked for."""
    asked: list[int] = []
    monkeypatch.setattr(asking, "_send", lambda offer_id, since: asked.append(offer_id))
    return asked


def test_a_citizen_offers_and_the_trial_begins(
    resident: User, rt: RT, sent: list[int], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answer = as_(resident).post(reverse("tawarkan"), fields(rt, username="admin", password="rahasia-benar"))
    offer = Offer.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == offer.get_absolute_url()
    assert sent == [offer.pk]
    assert (offer.owner, offer.state, offer.rt, offer.consent_version != "") == (resident, State.DRAFT, rt, True)
    page = as_(resident).get(offer.get_absolute_url()).content.decode()
    assert "sedang dicoba" in page
    for secret in ("rahasia-benar", "kamera.contoh.id", "rtsp://"):
        assert secret not in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("address", "127.0.0.1", "tidak boleh"),
        ("address", "192.168.1.10", "jaringan setempat"),
        ("address", "2130706433", "empat angka"),
        ("address", "kamera.contoh.id:22", "Port"),
        ("address", "file:///etc/passwd", "tidak dapat dihubungi"),
        ("port", "6379", "Port"),
        ("latitude", "-8.5", "luar kota"),
        ("rt", "077", "belum terdaftar"),
        ("consent", "", "setuju"),
        ("wish", "mati", ""),
        ("name", "", ""),
        ("password", "tanpa-nama", "nama pengguna"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    resident: User, rt: RT, sent: list[int], field: str, value: str, words: str
) -> None:
    answer = as_(resident).post(reverse("tawarkan"), fields(rt, **{field: value}))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert 'role="alert"' in page
    assert not Offer.objects.exists()
    assert sent == []


def test_what_was_typed_of_the_source_does_not_come_back(resident: User, rt: RT) -> None:
    typed = {
        "address": "rtsp://tamu:sandi-tempel@kamera.contoh.id/x",
        "username": "si-admin",
        "password": "sandi-ketik",
    }
    page = as_(resident).post(reverse("tawarkan"), fields(rt, name="", **typed)).content.decode()
    for secret in ("sandi-tempel", "sandi-ketik", "si-admin", "kamera.contoh.id/x"):
        assert secret not in page
    assert "tidak ditampilkan lagi" in page


def test_too_many_trials_are_refused_in_words(resident: User, rt: RT, settings: Settings) -> None:
    settings.OFFER_TRIALS = 1
    client = as_(resident)
    client.post(reverse("tawarkan"), fields(rt, address="satu.contoh.id"))
    page = client.post(reverse("tawarkan"), fields(rt, address="dua.contoh.id"), follow=True).content.decode()
    assert "dalam satu jam" in page


def test_strangers_are_asked_to_log_in(db: None, resident: User, make_offer: MakeOffer) -> None:
    offer = make_offer(resident)
    assert isinstance(AnonymousUser(), AnonymousUser)
    for path in (reverse("tawarkan"), reverse("tawaran-menunggu"), offer.get_absolute_url()):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert "/masuk/" in answer["Location"]


def test_an_offer_belongs_to_its_owner(resident: User, neighbour: User, head: User, make_offer: MakeOffer) -> None:
    offer = make_offer(resident)
    for other in (neighbour, head):
        for name in OWN:
            path = reverse(name, args=[offer.public_id])
            answer = as_(other).get(path) if name == "tawaran" else as_(other).post(path)
            assert answer.status_code == 404
    offer.refresh_from_db()
    assert offer.state == State.TRIED


def test_the_picture_is_for_the_owner_and_those_who_decide_now(
    resident: User, neighbour: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    def statuses(offer: Offer) -> list[int]:
        path = reverse("tawaran-gambar", args=[offer.public_id, 1])
        return [as_(one).get(path).status_code for one in (resident, neighbour, head, officer)]

    assert statuses(make_offer(resident, State.TRIED)) == [200, 404, 404, 404]
    assert statuses(make_offer(resident, State.OFFERED)) == [200, 404, 200, 404]
    assert statuses(make_offer(resident, State.APPROVED)) == [200, 404, 404, 200]


def test_head_and_officer_find_what_waits_and_decide(
    resident: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    offer = make_offer(resident, State.OFFERED)
    decide = reverse("tawaran-keputusan", args=[offer.public_id])
    assert offer.name in as_(head).get(reverse("tawaran-menunggu")).content.decode()
    assert offer.name not in as_(officer).get(reverse("tawaran-menunggu")).content.decode()
    assert as_(officer).get(decide).status_code == 404
    assert as_(head).get(decide).status_code == 200
    as_(head).post(decide, {"decision": "setuju", "level": "warga_rt"})
    assert as_(officer).get(decide).status_code == 200
    answer = as_(officer).post(decide, {"decision": "setuju", "level": "warga_rt"}, follow=True)
    assert "tampil di peta" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.state == State.LIVE
    assert offer.channels.get().camera is not None


def test_the_owner_reads_why_not(resident: User, head: User, make_offer: MakeOffer) -> None:
    offer = make_offer(resident, State.OFFERED)
    decide = reverse("tawaran-keputusan", args=[offer.public_id])
    as_(head).post(decide, {"decision": "tolak", "reason": "Menghadap jendela tetangga"})
    assert "Menghadap jendela tetangga" in as_(resident).get(offer.get_absolute_url()).content.decode()


def test_handing_in_and_withdrawing(resident: User, make_offer: MakeOffer) -> None:
    offer, client = make_offer(resident, channels=2), as_(resident)
    client.post(reverse("tawaran-kirim", args=[offer.public_id]), {"kamera": ["2", "x"]})
    offer.refresh_from_db()
    assert (offer.state, offer.channels.get().number) == (State.OFFERED, 2)
    page = client.post(reverse("tawaran-tarik", args=[offer.public_id]), follow=True).content.decode()
    assert "Kamera ditarik" in page
    offer.refresh_from_db()
    assert offer.state == State.WITHDRAWN


def test_rt_saya_says_how_many_wait(resident: User, head: User, make_offer: MakeOffer) -> None:
    make_offer(resident, State.OFFERED)
    assert "tawaran kamera" in as_(head).get(reverse("rt-saya")).content.decode()
    assert reverse("tawaran-menunggu") not in as_(resident).get(reverse("rt-saya")).content.decode()
