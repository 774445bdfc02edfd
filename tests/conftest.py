"""The standing cast, and the parts that many tests share. The Redis is a real one, the session's own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import pytest
import redis
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import Settings

from cameras.models import Camera, Visibility
from launcher.preflight import redis_binary
from neighborhoods.models import RT, Kecamatan, Kelurahan, Office, Residency, get_or_create_rt
from streaming.present import present

from . import environment


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
def officer(db: None) -> User:
    user = User.objects.create_user("petugas", password="petugas-malam")
    Office.objects.create(user=user)
    return user


# ---- cameras -----------------------------------------------------------------------------------------------------------------


def make_camera(
    rt: RT, visibility: Visibility = Visibility.PUBLIK, name: str = "Pos kamling, arah Jl. Taman Siswa"
) -> Camera:
    return Camera.objects.create(
        name=name, kelurahan=rt.rw.kelurahan, rt=rt, latitude=-7.05, longitude=110.39, visibility=visibility
    )


@pytest.fixture
def camera(rt: RT) -> Camera:
    """A public camera of the RT."""
    return make_camera(rt)
