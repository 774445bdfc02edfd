"""Offices pass on, with their history, and by those who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client

from cameras import access
from cameras.models import Camera, Visibility
from neighborhoods import appointing
from neighborhoods.models import RT, Kecamatan, Kelurahan, Office, Residency
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_office_is_handed_over_with_its_history(head: User, resident: User, rt: RT) -> None:
    assert appointing.make_head(rt, whom=resident, by=head)
    rows = list(Residency.objects.filter(rt=rt).order_by("pk").values_list("user__username", "role", "state"))
    assert sorted(rows) == [
        ("ketua", "ketua", "ended"), ("ketua", "warga", "active"), ("warga", "ketua", "active"), ("warga", "warga", "ended"),
    ]  # fmt: skip
    assert not appointing.make_head(rt, whom=resident, by=head), "twice is once"


@pytest.mark.django_db(transaction=True)
def test_who_was_head_loses_what_only_heads_see_and_nobody_else_is_disturbed(
    head: User, resident: User, rt: RT
) -> None:
    closed, shared = make_camera(rt, Visibility.PETUGAS), make_camera(rt, Visibility.WARGA_RT, "Gapura, arah jalan")
    appointing.make_head(rt, whom=resident, by=head)
    assert set(access.watchable(head)) == {shared}
    assert set(access.manageable(resident)) == {closed, shared}
    assert not access.manageable(head).exists()
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2
    assert Camera.objects.get(pk=shared.pk).access_epoch == 1


@pytest.mark.parametrize("name", ["neighbour", "guard", "former", "owner"])
def test_only_a_resident_becomes_head(name: str, head: User, rt: RT, request: pytest.FixtureRequest) -> None:
    with pytest.raises(appointing.CannotAppoint):
        appointing.make_head(rt, whom=request.getfixturevalue(name), by=head)
    assert Residency.objects.active().get(rt=rt, role=Residency.Role.KETUA).user == head


def test_an_rt_has_one_head_even_where_two_appoint_at_once(head: User, resident: User, rt: RT) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.filter(user=resident).update(role=Residency.Role.KETUA)


@pytest.mark.parametrize("name", ["head", "rw_head", "lurah", "camat", "officer"])
def test_those_above_and_the_head_appoint_the_next(
    name: str, head: User, resident: User, rt: RT, request: pytest.FixtureRequest
) -> None:
    residency = Residency.objects.get(user=resident)
    answer: Any = at(request.getfixturevalue(name)).post(f"/rt-saya/warga/{rt.pk}/ketua/", {"warga": residency.pk})
    assert answer.status_code == 302
    assert Residency.objects.active().get(rt=rt, role=Residency.Role.KETUA).user == resident


@pytest.mark.parametrize("name", ["resident", "neighbour", "guard", "former", "owner"])
def test_nobody_else_appoints(name: str, head: User, rt: RT, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(name)
    assert at(user).get(f"/rt-saya/warga/{rt.pk}/ketua/").status_code == 404
    assert at(user).post(f"/rt-saya/warga/{rt.pk}/ketua/", {"warga": "1"}).status_code == 404
    assert at(user).get("/pengurus/").status_code == 404
    assert at(user).get(f"/pengurus/{rt.rw.kelurahan.code}/").status_code == 404


def test_a_lurah_appoints_the_next_rw_head_and_the_last_one_leads_nothing_any_more(
    lurah: User, rw_head: User, resident: User, rt: RT
) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    page = f"/pengurus/{rt.rw.kelurahan.code}/rw-{rt.rw.number}/"
    assert at(lurah).post(page, {"username": "WARGA"}).status_code == 302
    current = Office.objects.current().get(kind=Office.Kind.KETUA_RW)
    assert (current.user, current.appointed_by) == (resident, lurah)
    assert not access.listed(rw_head).exists()
    assert Office.objects.filter(user=rw_head, until__isnull=False).exists(), "what was stays written"
    assert "Tidak ada akun aktif" in at(lurah).post(page, {"username": "siapa"}).content.decode()


def test_a_lurah_appoints_no_lurah_and_an_rw_head_no_rw_head(
    lurah: User, rw_head: User, resident: User, rt: RT
) -> None:
    code = rt.rw.kelurahan.code
    assert at(lurah).post(f"/pengurus/{code}/", {"username": "warga"}).status_code == 200
    assert at(rw_head).post(f"/pengurus/{code}/rw-005/", {"username": "warga"}).status_code == 200
    assert not Office.objects.filter(user=resident).exists()


def test_an_officer_appoints_lurah_and_camat(officer: User, owner: User, kelurahan: Kelurahan) -> None:
    for code in (kelurahan.code, kelurahan.kecamatan.code):
        assert at(officer).post(f"/pengurus/{code}/", {"username": "pemilik"}).status_code == 302
    kinds = set(Office.objects.current().filter(user=owner).values_list("kind", flat=True))
    assert kinds == {Office.Kind.LURAH, Office.Kind.CAMAT}


def test_an_office_names_exactly_its_place(owner: User, rt: RT, kecamatan: Kecamatan) -> None:
    wrong: list[dict[str, Any]] = [
        {"kind": "petugas", "rw": rt.rw}, {"kind": "ketua_rw"}, {"kind": "lurah", "kecamatan": kecamatan},
        {"kind": "camat", "kecamatan": kecamatan, "rw": rt.rw},
    ]  # fmt: skip
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(user=owner, **fields)


def test_a_place_has_one_holder(lurah: User, owner: User, kelurahan: Kelurahan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(user=owner, kind=Office.Kind.LURAH, kelurahan=kelurahan)
