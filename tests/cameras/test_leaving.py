"""Who leaves loses at once what was given to them, however they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Kelurahan, Office, Residency, get_or_create_rt
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db(transaction=True)


def _end_residency(user: User) -> None:
    residency = Residency.objects.get(user=user)
    residency.state = Residency.State.ENDED
    residency.save()


def _end_by_action(user: User) -> None:
    assert Residency.objects.get(user=user).become(Residency.State.ENDED)


def _move(user: User) -> None:
    residency = Residency.objects.get(user=user)
    elsewhere = Kelurahan.objects.create(
        code="33.74.11.1001", name="Pudakpayung", kecamatan=residency.rt.rw.kelurahan.kecamatan
    )
    residency.rt = get_or_create_rt(elsewhere, "001", "001")
    residency.save()


def _end_of_the_rt(user: User) -> None:
    rt = Residency.objects.get(user=user).rt
    rt.valid_to = timezone.localdate()
    rt.save()


def _suspend(user: User) -> None:
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "leave",
    [
        _end_residency, _end_by_action, _move, _end_of_the_rt, _suspend,
        lambda user: Residency.objects.get(user=user).delete(), lambda user: user.delete(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", [Visibility.WARGA_RT, Visibility.WARGA_RW, Visibility.KELURAHAN])
def test_what_was_given_to_somebody_who_leaves_is_dead(
    leave: Callable[[User], None], level: Visibility, resident: User, rt: RT
) -> None:
    closed, public = make_camera(rt, level), make_camera(rt, name="Gapura, arah jalan")
    leave(resident)
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2
    assert Camera.objects.get(pk=public.pk).access_epoch == 1


def test_the_end_of_an_office_closes_what_it_had_opened(officer: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS)
    office = Office.objects.get(user=officer)
    office.until = office.since
    office.save()
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2


@pytest.mark.parametrize("name", ["rw_head", "lurah", "camat"])
def test_the_end_of_leading_a_place_closes_what_is_in_it(name: str, rt: RT, request: pytest.FixtureRequest) -> None:
    closed, public = make_camera(rt, Visibility.PETUGAS), make_camera(rt, name="Gapura, arah jalan")
    office = Office.objects.get(user=request.getfixturevalue(name))
    office.until = office.since
    office.save()
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2
    assert Camera.objects.get(pk=public.pk).access_epoch == 1


def test_an_owner_whose_account_is_suspended_loses_the_own_camera(owner: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS, owner=owner)
    _suspend(owner)
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2


def test_a_head_who_becomes_a_resident_loses_what_only_heads_see(head: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.PETUGAS)
    residency = Residency.objects.get(user=head)
    residency.role = Residency.Role.WARGA
    residency.save()
    assert Camera.objects.get(pk=closed.pk).access_epoch == 2


def test_two_who_decide_at_once_decide_once(resident: User) -> None:
    one, two = (Residency.objects.get(user=resident) for _ in range(2))
    assert one.become(Residency.State.ENDED)
    assert not two.become(Residency.State.ENDED)


def test_who_comes_disturbs_nobody(rt: RT, stranger: None) -> None:
    camera = make_camera(rt, Visibility.WARGA_RT)
    newcomer = User.objects.create_user("pendatang")
    residency = Residency.objects.create(user=newcomer, rt=rt)
    residency.state = Residency.State.ACTIVE
    residency.save()
    assert Camera.objects.get(pk=camera.pk).access_epoch == 1
