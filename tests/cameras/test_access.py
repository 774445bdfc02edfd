"""The matrix of the standing cast and the levels of visibility: the one gate's whole rule."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from cameras import access
from cameras.models import Camera, Visibility
from neighborhoods.models import RT, Residency, get_or_create_rt
from neighborhoods.residency import standing_of
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
CAST = ["stranger", "resident", "neighbour", "head", "officer"]

WATCHES: dict[Visibility, set[str]] = {
    Visibility.PUBLIK: {"stranger", "resident", "neighbour", "head", "officer"},
    Visibility.WARGA_RT: {"resident", "head", "officer"},
    Visibility.WARGA_RW: {"resident", "neighbour", "head", "officer"},
    Visibility.KELURAHAN: {"resident", "neighbour", "head", "officer"},
    Visibility.PETUGAS: {"head", "officer"},
    Visibility.MATI: set(),
}
OWN_RT = {"resident", "head", "officer"}


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
    camera = make_camera(rt, level)
    watches = name in WATCHES[level]
    assert access.watchable(person).filter(pk=camera.pk).exists() == watches
    assert access.may_watch(person, camera.pk) == watches
    assert access.listed(person).filter(pk=camera.pk).exists() == (watches or name in OWN_RT)
    assert access.manageable(person).filter(pk=camera.pk).exists() == (name in {"head", "officer"})


@pytest.mark.parametrize("person", CAST, indirect=True)
@pytest.mark.parametrize("level", list(Visibility))
def test_each_hears_exactly_of_what_they_may_know(person: User | AnonymousUser, level: Visibility, rt: RT) -> None:
    camera = make_camera(rt, level)
    hears = bool(access.audience(camera) & set(access.groups_of(standing_of(person))))
    assert hears == access.listed(person).filter(pk=camera.pk).exists()


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
