"""The standing cast, and the parts that many tests share. The Redis is a real one, the session's own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import pytest
import redis
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from pytest_django import Settings

from cameras.models import Camera, Visibility
from launcher.preflight import redis_binary
from neighborhoods.models import RT, RW, Kecamatan, Kelurahan, Office, Residency, get_or_create_rt
from streaming.present import present

from . import environment


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys last: the browser's driver leaves a running event loop in this thread, beside which no other can run."""
    items.sort(key=lambda item: "journeys" in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def redis_server() -> Iterator[redis.Redis]:
    """A Redis on a socket in the session's folder."""
    socket = environment.ROOM / "redis.sock"
    process = subprocess.Popen(
        [redis_binary(), "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        cwd=environment.ROOM,
    )
    client = present()
    for _ in range(200):
        try:
            client.ping()
            break
        except redis.RedisError:
            time.sleep(0.02)  # another process starts; there is no clock to hand in
    yield client
    client.close()
    process.terminate()
    process.wait(5)


@pytest.fixture(autouse=True)
def _empty_present(redis_server: redis.Redis) -> None:
    redis_server.flushall()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast is made for every test


# ---- places ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kecamatan(db: None) -> Kecamatan:
    return Kecamatan.objects.create(code="33.74.12", name="Gunungpati")


@pytest.fixture
def kelurahan(kecamatan: Kecamatan) -> Kelurahan:
    return Kelurahan.objects.create(code="33.74.12.1008", name="Sekaran", kecamatan=kecamatan)


@pytest.fixture
def rt(kelurahan: Kelurahan) -> RT:
    return get_or_create_rt(kelurahan, "005", "003")


@pytest.fixture
def next_rt(kelurahan: Kelurahan) -> RT:
    """The RT next door, in the same RW."""
    return get_or_create_rt(kelurahan, "005", "004")


# ---- the standing cast -----------------------------------------------------------------------------------------------------


def _belongs(name: str, rt: RT, role: Residency.Role = Residency.Role.WARGA) -> User:
    user = User.objects.create_user(name, password=f"{name}-malam")
    Residency.objects.create(user=user, rt=rt, role=role, state=Residency.State.ACTIVE)
    return user


@pytest.fixture
def stranger() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def resident(rt: RT) -> User:
    return _belongs("warga", rt)


@pytest.fixture
def neighbour(next_rt: RT) -> User:
    return _belongs("tetangga", next_rt)


@pytest.fixture
def head(rt: RT) -> User:
    return _belongs("ketua", rt, Residency.Role.KETUA)


@pytest.fixture
def guard(rt: RT) -> User:
    """Lives elsewhere, and helps in the RT."""
    return _belongs("penjaga", rt, Residency.Role.PENJAGA)


@pytest.fixture
def former(rt: RT) -> User:
    """Lived in the RT, and has left."""
    user = _belongs("mantan", rt)
    assert Residency.objects.get(user=user).become(Residency.State.ENDED)
    return user


def _holds(name: str, kind: Office.Kind, **place: RW | Kelurahan | Kecamatan) -> User:
    user = User.objects.create_user(name, password=f"{name}-malam")
    Office.objects.create(user=user, kind=kind, **place)
    add_second_factor(user)
    return user


def add_second_factor(user: User) -> None:
    """As the pages do it; offices of the city count for nothing without."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")


@pytest.fixture
def rw_head(rt: RT) -> User:
    return _holds("ketuarw", Office.Kind.KETUA_RW, rw=rt.rw)


@pytest.fixture
def lurah(kelurahan: Kelurahan) -> User:
    return _holds("lurah", Office.Kind.LURAH, kelurahan=kelurahan)


@pytest.fixture
def camat(kecamatan: Kecamatan) -> User:
    return _holds("camat", Office.Kind.CAMAT, kecamatan=kecamatan)


@pytest.fixture
def owner(db: None) -> User:
    """A citizen from anywhere, who offers a camera: ``make_camera(…, owner=owner)``."""
    return User.objects.create_user("pemilik", password="pemilik-malam")


@pytest.fixture
def chief(db: None) -> User:
    """Administers the portal, and is nobody in the city."""
    user = User.objects.create_superuser("pengelola", password="pengelola-malam")
    add_second_factor(user)
    return user


@pytest.fixture
def officer(db: None) -> User:
    return _holds("petugas", Office.Kind.PETUGAS)


def browser_of(person: User | AnonymousUser) -> Client:
    """A browser in which *person* is logged in, or a stranger's."""
    client = Client()
    if isinstance(person, User):
        client.force_login(person)
    return client


# ---- cameras -----------------------------------------------------------------------------------------------------------------


def make_camera(
    rt: RT,
    visibility: Visibility = Visibility.PUBLIK,
    name: str = "Pos kamling, arah Jl. Taman Siswa",
    *,
    owner: User | None = None,
) -> Camera:
    return Camera.objects.create(
        name=name,
        kelurahan=rt.rw.kelurahan,
        rt=rt,
        latitude=-7.05,
        longitude=110.39,
        visibility=visibility,
        owner=owner,
    )


@pytest.fixture
def camera(rt: RT) -> Camera:
    """A public camera of the RT."""
    return make_camera(rt)
