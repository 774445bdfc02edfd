"""The matrix of the standing cast and the levels of visibility: the one gate's whole rule."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cameras import access
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Kecamatan, Kelurahan, Office, Residency, get_or_create_rt
from neighborhoods.residency import asked_once, standing_of
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
CAST = [
    "stranger", "resident", "neighbour", "guard", "former", "head", "rw_head", "lurah", "camat", "officer", "owner",
]  # fmt: skip

LED = {"head", "rw_head", "lurah", "camat", "officer", "owner"}
WATCHES: dict[Visibility, set[str]] = {
    Visibility.PUBLIK: set(CAST),
    Visibility.WARGA_RT: {"resident", "guard"} | LED,
    Visibility.WARGA_RW: {"resident", "neighbour"} | LED,
    Visibility.KELURAHAN: {"resident", "neighbour"} | LED,
    Visibility.PETUGAS: LED,
    Visibility.MATI: set(),
}
KNOWS = {"resident", "guard"} | LED


@pytest.fixture
def person(request: pytest.FixtureRequest) -> User | AnonymousUser:
    user: User | AnonymousUser = request.getfixturevalue(request.param)
    return user


@pytest.mark.parametrize("person", CAST, indirect=True)
@pytest.mark.parametrize("level", list(Visibility))
def test_each_sees_exactly_what_they_may(
    person: User | AnonymousUser, level: Visibility, rt: RT, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["person"]
    camera = make_camera(rt, level, owner=person if name == "owner" else None)  # type: ignore[arg-type]
    watches = name in WATCHES[level]
    assert access.watchable(person).filter(pk=camera.pk).exists() == watches
    assert access.may_watch(person, camera.pk) == watches
    assert access.listed(person).filter(pk=camera.pk).exists() == (watches or name in KNOWS)
    # No head was cast beside a Ketua RW or a lurah: where the office is vacant they stand in.
    assert access.manageable(person).filter(pk=camera.pk).exists() == (name in {"head", "rw_head", "lurah", "officer"})
    assert access.owned(person).filter(pk=camera.pk).exists() == (name == "owner")


@pytest.mark.parametrize("person", CAST, indirect=True)
@pytest.mark.parametrize("level", list(Visibility))
def test_each_hears_exactly_of_what_they_may_know(person: User | AnonymousUser, level: Visibility, rt: RT) -> None:
    camera = make_camera(rt, level, owner=person if person.username == "pemilik" else None)  # type: ignore[arg-type]
    hears = bool(access.audience(camera) & set(access.groups_of(standing_of(person))))
    assert hears == access.listed(person).filter(pk=camera.pk).exists()


@pytest.mark.parametrize("person", ["rw_head", "lurah", "camat"], indirect=True)
def test_outside_their_place_those_who_lead_are_strangers(person: User, kecamatan: Kecamatan) -> None:
    elsewhere = Kelurahan.objects.create(
        code="33.74.11.1001", name="Pudakpayung", kecamatan=Kecamatan.objects.create(code="33.74.11", name="Banyumanik")
    )
    make_camera(get_or_create_rt(elsewhere, "005", "003"), Visibility.WARGA_RT)
    assert not access.listed(person).exists()
    assert not access.manageable(person).exists()


def test_somebody_stands_in_only_where_an_office_is_vacant(
    rw_head: User, lurah: User, camat: User, camera: Camera, rt: RT, request: pytest.FixtureRequest
) -> None:
    assert access.manageable(rw_head).exists()
    assert not access.manageable(lurah).exists(), "the RW has a head"
    Office.objects.filter(user=rw_head).update(until=timezone.now())
    assert access.manageable(lurah).exists()
    head = request.getfixturevalue("head")
    assert not access.manageable(lurah).exists(), "the RT has a head"
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert access.manageable(lurah).exists(), "a head whose account is suspended heads nothing"
    assert not access.manageable(camat).exists()


def test_a_guard_belongs_to_the_rt_alone(guard: User, next_rt: RT) -> None:
    make_camera(next_rt, Visibility.WARGA_RW)
    make_camera(next_rt, Visibility.KELURAHAN)
    assert not access.listed(guard).exists()


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_a_request_asks_once_what_somebody_is(
    person: User | AnonymousUser, camera: Camera, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1 + 3), asked_once():
        assert camera in set(access.listed(person))
        assert camera in set(access.watchable(person))
        assert set(access.manageable(person)) <= {camera}


@pytest.mark.parametrize("state", [Residency.State.PENDING, Residency.State.ENDED])
def test_a_residency_that_is_not_active_opens_nothing(resident: User, rt: RT, state: Residency.State) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    Residency.objects.update(state=state)
    assert not access.listed(resident).exists()


def test_a_suspended_account_opens_nothing(resident: User, officer: User, rt: RT) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    User.objects.update(is_active=False)
    for user in User.objects.all():
        assert not access.listed(user).exists()


def test_the_head_of_another_rt_switches_nothing_here(head: User, rt: RT, camera: Camera) -> None:
    other = make_camera(get_or_create_rt(rt.rw.kelurahan, "005", "009"), name="Gapura, arah masjid")
    assert set(access.manageable(head)) == {camera}
    assert other not in access.manageable(head)


def test_a_superuser_is_no_officer(db: None, rt: RT) -> None:
    make_camera(rt, Visibility.WARGA_RT)
    assert not access.listed(User.objects.create_superuser("pengelola", password="x")).exists()
