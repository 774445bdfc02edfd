"""The demo city: complete, the same again, and never over anything real."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from shapely.geometry import shape

from cameras import access
from cameras.models import Camera, CameraSource, Category, Visibility
from cameras.sources import open_source
from demo.cast import CAST
from demo.plan import plan
from neighborhoods.models import BoundarySource, Kecamatan, Kelurahan
from neighborhoods.residency import is_officer
from ronda.hours_of import tonight
from ronda.log import log
from ronda.models import Mark, Round, Verdict
from ronda.roster import plan_on

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (Path(settings.REGION_DATA_DIR) / "villages.csv").exists(), reason="idn-area-data is missing: make install"
    ),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("SIMULATOR_USER", "tilik")
    monkeypatch.setenv("SIMULATOR_PASSWORD", "sandi-simulator")


def build(**options: Any) -> None:
    call_command("demo_city", **options)


def test_the_city_has_boundaries_cameras_and_people(tmp_path: Path) -> None:
    build()
    assert Kelurahan.objects.filter(boundary_source=BoundarySource.DEMO).count() == 177
    assert Kecamatan.objects.exclude(boundary=None).count() == 16
    assert Camera.objects.count() == CameraSource.objects.count() == 60
    assert set(Camera.objects.values_list("category", flat=True)) == set(Category.values)
    assert set(Camera.objects.values_list("visibility", flat=True)) == set(Visibility.values)
    line = (tmp_path / "demo_accounts.txt").read_text()
    assert line.startswith("akun contoh: warga · ")
    password = line.split()[-1]
    assert len(password) == len("ronda-k7w3mp2x")
    assert len(line.splitlines()) == 1
    for person in CAST:
        assert person.username in line
        assert authenticate(username=person.username, password=password) is not None


def test_every_camera_passes_its_own_rules_and_stands_in_its_kelurahan_or_close_by() -> None:
    build()
    for camera in Camera.objects.select_related("kelurahan", "rt__rw"):
        camera.full_clean()
        assert "arah" in camera.name
        area = shape(camera.kelurahan.boundary or {}).buffer(0.003)
        assert area.bounds[0] < camera.longitude < area.bounds[2]
        assert area.bounds[1] < camera.latitude < area.bounds[3]


def test_no_two_cameras_of_a_large_city_share_their_name_and_rt() -> None:
    planned = plan(1200)
    assert len({(one.kelurahan, one.rw, one.rt, one.name) for one in planned}) == 1200
    assert len({one.public_id for one in planned}) == 1200


def test_the_invented_kelurahan_are_whole_and_do_not_overlap() -> None:
    build()
    shapes = [shape(boundary) for boundary in Kelurahan.objects.values_list("boundary", flat=True) if boundary]
    assert all(one.is_valid and one.area > 0 for one in shapes)
    assert sum(one.area for one in shapes) == pytest.approx(
        sum(shape(boundary).area for boundary in Kecamatan.objects.values_list("boundary", flat=True) if boundary),
        rel=0.001,
    )


def test_each_of_the_cast_sees_what_the_demo_is_to_show() -> None:
    build()
    warga, tetangga, ketua, petugas = (
        User.objects.get(username=name) for name in ("warga", "tetangga", "ketua", "petugas")
    )
    home = Camera.objects.filter(rt__number="003", rt__rw__number="005", kelurahan__name="Sekaran")
    assert home.count() >= 4
    assert len(set(home.values_list("visibility", flat=True))) >= 4
    counts = [access.watchable(user).filter(pk__in=home).count() for user in (tetangga, warga, ketua, petugas)]
    assert counts == sorted(counts)
    assert counts[0] < counts[1] < counts[2]
    assert access.manageable(ketua).filter(pk__in=home).count() == home.count()
    assert is_officer(petugas)


def test_a_second_time_nothing_changes(tmp_path: Path) -> None:
    build()
    before = list(CameraSource.objects.values_list("pk", "updated_at"))
    (tmp_path / "demo_accounts.txt").unlink()
    build()
    assert list(CameraSource.objects.values_list("pk", "updated_at")) == before
    assert (Camera.objects.count(), User.objects.count()) == (60, len(CAST))
    assert (tmp_path / "demo_accounts.txt").exists()


def test_another_port_of_the_simulator_reaches_every_camera_that_listens() -> None:
    build(simulator="rtsp://127.0.0.1:8554")
    build(simulator="rtsp://127.0.0.1:9554/")
    sources = [open_source(pk) for pk in Camera.objects.values_list("pk", flat=True)]
    ports = [source[0].port for source in sources if source is not None]
    assert set(ports) == {9554, 9}
    assert 1 <= ports.count(9) <= 3


def test_a_changed_password_and_a_switch_by_the_head_stay() -> None:
    build()
    user = User.objects.get(username="admin")
    user.set_password("sesuatu-yang-lain")
    user.save()
    camera = Camera.objects.filter(visibility=Visibility.PUBLIK).first()
    assert camera is not None
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.MATI)
    build()
    assert authenticate(username="admin", password="sesuatu-yang-lain") is not None
    camera.refresh_from_db()
    assert camera.visibility == Visibility.MATI


@pytest.mark.parametrize("force", [False, True])
def test_a_real_installation_is_left_alone_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], force: bool
) -> None:
    (tmp_path / "demo_accounts.txt").write_text("lama")
    User.objects.create_superuser("admin", "admin@semarangkota.example", "sandi-yang-sungguhan")
    build(force=force)
    if force:
        assert Camera.objects.count() == 60
    else:
        assert not Camera.objects.exists()
        assert not Kelurahan.objects.exclude(boundary=None).exists()
        assert User.objects.count() == 1
        assert not (tmp_path / "demo_accounts.txt").exists()
        assert "dilewati" in capsys.readouterr().out
    assert authenticate(username="admin", password="sandi-yang-sungguhan") is not None


def test_beside_cameras_of_ones_own_the_demo_is_kept_in_order_but_nothing_comes_back() -> None:
    build()
    erased, user = Camera.objects.all()[0], User.objects.get(username="admin")
    Camera.objects.create(
        name="Kamera sendiri", kelurahan=erased.kelurahan, latitude=-7, longitude=110.4, visibility="publik"
    )
    erased.delete()
    user.delete()
    build(simulator="rtsp://127.0.0.1:9554")
    assert Camera.objects.count() == 60
    assert not User.objects.filter(username="admin").exists()
    working = Camera.objects.get(public_id="contoh0002")
    source = open_source(working.pk)
    assert source is not None
    assert source[0].port == 9554


def test_official_boundaries_stay_and_the_cameras_move_to_them() -> None:
    build()
    home = Kelurahan.objects.get(code="33.74.12.1009")
    home.boundary_source, home.latitude, home.longitude = BoundarySource.OFFICIAL, -7.0, 110.3
    home.boundary = {
        "type": "Polygon",
        "coordinates": [[[110.29, -7.01], [110.31, -7.01], [110.3, -6.99], [110.29, -7.01]]],
    }
    home.save()
    build()
    home.refresh_from_db()
    assert home.boundary_source == BoundarySource.OFFICIAL
    for camera in home.cameras.all():
        assert abs(camera.latitude - -7.0) < 0.005


def test_the_simulator_gets_a_name_for_every_camera_that_it_is_to_know(tmp_path: Path) -> None:
    build()
    lines = (tmp_path / "simulator_names.txt").read_text().splitlines()
    names = dict(line.split("\t") for line in lines)
    assert names["kamera-0001"] == Camera.objects.get(public_id="contoh0001").name
    assert 55 <= len(names) < 60


def test_an_impossible_simulator_address_is_one_sentence() -> None:
    with pytest.raises(CommandError, match="rtsp://"):
        build(simulator="http://127.0.0.1")
    assert not Camera.objects.exists()


def test_the_home_rt_has_a_watch_with_nights_behind_it_made_once() -> None:
    build()
    rounds = Round.objects.order_by("started_at")
    assert set(rounds.values_list("rt__number", flat=True)) == {"003"}
    assert rounds.filter(finished_at=None).count() == 0
    assert Mark.objects.filter(verdict=Verdict.DEAD).exists()
    now = timezone.now()
    (rt,) = {one.rt for one in rounds}
    night = tonight(now)
    assert plan_on(rt, night, now=now).names
    gaps = [gap for row in log(rt, night - timedelta(days=9), night, now=now) for gap in row.gaps]
    assert "Tanpa ronda." in gaps
    before = Round.objects.count()
    build()
    assert Round.objects.count() == before
