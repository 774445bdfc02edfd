"""A city of the size that the portal is for: cameras in every kelurahan, in RWs and RTs, as they are in real ones. None of them
exists.

``fill(environ, 20_000)`` fills the portal of that environment; the same numbers give the same city.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.journeys.portal import PROJECT

if TYPE_CHECKING:
    from neighborhoods.models import RT, Kelurahan

CAMERAS = 20_000
# Some 1,500 RWs and 10,000 RTs.
_RWS, _RTS = (6, 12), (4, 10)
# Degrees; 1e-3 are 111 m.
_AROUND_RT = 3e-4
_SPOTS = (
    "Pos kamling", "Gapura", "Balai RT", "Balai RW", "Musala Al-Ikhlas", "Lapangan voli", "Tikungan", "Jembatan kecil", "Portal",
    "Warung Bu Sri", "Taman bermain", "Posyandu", "Pertigaan", "Gang Kenanga", "Gang Cempaka", "Gang Mawar", "Gang Melati", "Makam",
    "Kebun warga", "Saluran air", "Toko Maju", "Pohon beringin", "Pos ronda", "Mushola Nurul Huda", "TK Pertiwi",
)  # fmt: skip
_STREETS = (
    "Taman Siswa", "Kartini", "Pahlawan", "Gajah Mada", "MT Haryono", "Sriwijaya", "Majapahit", "Setiabudi", "Dr. Cipto", "Kaligarang",
    "Sultan Agung", "Diponegoro", "Imam Bonjol", "Pemuda", "Veteran", "Pandanaran", "Ahmad Yani", "Brigjen Sudiarto", "Supriyadi",
    "Wolter Monginsidi", "Kelud Raya", "Menoreh", "Pamularsih", "Abdulrahman Saleh", "Siliwangi", "Prof. Hamka", "Untung Suropati",
    "Fatmawati", "Soekarno Hatta", "Tlogosari Raya",
)  # fmt: skip
_CITY = (
    ("Simpang", "lalu_lintas"),
    ("Bundaran", "lalu_lintas"),
    ("Rumah pompa", "sungai"),
    ("Bendung", "sungai"),
    ("Pasar", "fasilitas"),
    ("Puskesmas", "fasilitas"),
)
_FACINGS = ("utara", "selatan", "timur", "barat", "jalan raya", "sungai", "masjid", "lapangan")
_LEVELS = {"publik": 55, "warga_rt": 25, "warga_rw": 10, "kelurahan": 5, "petugas": 3, "mati": 2}
_STATUSES = {"online": 65, "offline": 30, "unknown": 5}


def fill(environ: Mapping[str, str], cameras: int = CAMERAS) -> None:
    """Fills the database of the portal with this *environ* until it has so many *cameras* more; some seconds."""
    command = [sys.executable, "-m", "benchmarks.city", str(cameras)]
    subprocess.run(command, cwd=PROJECT, env=dict(environ), check=True, capture_output=True)


@dataclass
class _Place:
    """A kelurahan, its RTs, and where each of them lies (longitude, latitude)."""

    kelurahan: Kelurahan
    rts: list[tuple[RT, tuple[float, float]]]


def build(cameras: int) -> None:
    """In the database that the settings name; needs the regions, and takes boundaries where there are any."""
    from django.db import transaction

    from neighborhoods.models import Kelurahan

    luck = random.Random(20_000)
    with transaction.atomic():
        places = [
            _Place(one, _rts(one, luck)) for one in Kelurahan.objects.filter(valid_to__isnull=True).order_by("code")
        ]
        _store([_camera(places[number % len(places)], luck, number) for number in range(cameras)], luck)


def _rts(kelurahan: Kelurahan, luck: random.Random) -> list[tuple[RT, tuple[float, float]]]:
    from neighborhoods.models import RT, RW

    points = _points(kelurahan, luck)
    present = {rw.number: rw for rw in RW.objects.filter(kelurahan=kelurahan, valid_to=None)}
    numbers = [f"{number:03d}" for number in range(1, luck.randint(*_RWS) + 1)]
    RW.objects.bulk_create(RW(kelurahan=kelurahan, number=number) for number in numbers if number not in present)
    rows: list[RT] = []
    for rw in RW.objects.filter(kelurahan=kelurahan, valid_to=None).order_by("number"):
        known = set(RT.objects.filter(rw=rw, valid_to=None).values_list("number", flat=True))
        wanted = (f"{number:03d}" for number in range(1, luck.randint(*_RTS) + 1))
        rows += RT.objects.bulk_create(RT(rw=rw, number=number) for number in wanted if number not in known)
    return [(row, next(points)) for row in rows]


def _points(kelurahan: Kelurahan, luck: random.Random) -> Iterator[tuple[float, float]]:
    """Points within the kelurahan, without end."""
    from shapely import prepare
    from shapely.geometry import Point, shape

    if not kelurahan.boundary:
        while True:
            yield 110.42 + luck.gauss(0, 0.03), -7.0 + luck.gauss(0, 0.03)
    area = shape(kelurahan.boundary)
    prepare(area)
    west, south, east, north = area.bounds
    while True:
        point = Point(luck.uniform(west, east), luck.uniform(south, north))
        if area.contains(point):
            yield point.x, point.y


def _camera(place: _Place, luck: random.Random, number: int) -> dict[str, Any]:
    rt, (east, north) = luck.choice(place.rts)
    at = {"longitude": east + luck.gauss(0, _AROUND_RT), "latitude": north + luck.gauss(0, _AROUND_RT)}
    level = luck.choices(list(_LEVELS), list(_LEVELS.values()))[0]
    if luck.random() < 0.15:
        spot, category = luck.choice(_CITY)
        name = f"{spot} {luck.choice(_STREETS)}, arah {luck.choice(_FACINGS)}"
        return {"kelurahan": place.kelurahan, "name": name, "category": category, "visibility": "publik", **at}
    name = (
        f"{luck.choice(_SPOTS)}, arah Jl. {luck.choice(_STREETS)}" if luck.random() < 0.8 else f"CAM {number % 8 + 1}"
    )
    return {"kelurahan": place.kelurahan, "rt": rt, "name": name, "visibility": level, **at}


def _store(wanted: Sequence[Mapping[str, Any]], luck: random.Random) -> None:
    from django.utils import timezone

    from cameras.models import Camera, Health
    from cameras.reasons import Reason

    now = timezone.now()
    cameras = Camera.objects.bulk_create((Camera(**fields) for fields in wanted), batch_size=500)
    statuses = luck.choices(list(_STATUSES), list(_STATUSES.values()), k=len(cameras))
    Health.objects.bulk_create(
        (
            Health(
                camera=camera,
                status=status,
                reason=Reason.TIMEOUT if status == "offline" else Reason.NONE,
                since=now - timedelta(minutes=luck.randint(1, 5000)),
                # There is nothing to be probed.
                due_at=now + timedelta(days=365),
            )
            for camera, status in zip(cameras, statuses, strict=True)
        ),
        batch_size=500,
    )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiliksemar.settings")
    django.setup()
    build(int(sys.argv[1]))
