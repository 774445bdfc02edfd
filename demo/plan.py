"""Which cameras the demo city has: names, places, who may look. Pure: the same numbers give the same plan.

Names are made as people find places: landmark and facing, never "CAM 1".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count, islice
from typing import TypeVar

from cameras.models import Category, Visibility

from .cast import HOME_KELURAHAN, HOME_RT, HOME_RW, NEXT_RT

T = TypeVar("T")


class Flaw(Enum):
    """Why a camera does not work; about as it happens in real cities."""

    NONE = ""
    WRONG_PASSWORD = "wrong password"  # noqa: S105 -- a name
    UNKNOWN_PATH = "unknown path"
    NOBODY_LISTENS = "nobody listens"


@dataclass(frozen=True)
class Planned:
    """One camera. *number* counts from 1 and tells it from the others for ever; *rw* and *rt* may both be empty."""

    number: int
    name: str
    category: Category
    kelurahan: str
    rw: str
    rt: str
    visibility: Visibility
    flaw: Flaw = Flaw.NONE

    @property
    def public_id(self) -> str:
        return f"contoh{self.number:04d}"

    @property
    def slug(self) -> str:
        """The name of its path at the simulator."""
        return f"kamera-{self.number:04d}"


_L, _J, _S, _F = Category.LINGKUNGAN, Category.LALU_LINTAS, Category.SUNGAI, Category.FASILITAS
_PUBLIC, _OFFICERS = Visibility.PUBLIK, Visibility.PETUGAS

# The home RT and the one next door: every visibility is there to be tried.
_HOME = (
    (HOME_RT, "Pos kamling, arah Jl. Taman Siswa", Visibility.PUBLIK),
    (HOME_RT, "Gapura Gang Cempaka, arah jalan raya", Visibility.WARGA_RT),
    (HOME_RT, "Tikungan Gang Cempaka, arah musala", Visibility.WARGA_RW),
    (HOME_RT, "Lapangan voli, arah gudang RT", Visibility.PETUGAS),
    (HOME_RT, "Balai RT, arah halaman belakang", Visibility.MATI),
    (HOME_RT, "Jembatan kecil, arah Gang Kenanga", Visibility.KELURAHAN),
    (NEXT_RT, "Gapura Gang Kenanga, arah selatan", Visibility.PUBLIK),
    (NEXT_RT, "Pos ronda Gang Kenanga, arah kebun", Visibility.WARGA_RT),
)

_CITY = (
    ("Simpang Lima, arah Jl. Pahlawan", _J, "33.74.07.1005", _PUBLIC, Flaw.NONE),
    ("Bundaran Tugu Muda, arah Jl. Pemuda", _J, "33.74.01.1007", _PUBLIC, Flaw.NONE),
    ("Simpang Kalibanteng, arah bandara", _J, "33.74.13.1005", _PUBLIC, Flaw.NONE),
    ("Simpang Jatingaleh, arah Jl. Setiabudi", _J, "33.74.08.1002", _PUBLIC, Flaw.NONE),
    ("Jembatan Kaligawe, arah terminal", _J, "33.74.04.1002", _PUBLIC, Flaw.NOBODY_LISTENS),
    ("Simpang Bangkong, arah Jl. MT Haryono", _J, "33.74.07.1007", _PUBLIC, Flaw.NONE),
    ("Pertigaan Ngaliyan, arah Jl. Prof. Hamka", _J, "33.74.15.1007", _PUBLIC, Flaw.NONE),
    ("Pasar Mijen, arah Jl. Raya Semarang–Boja", _J, "33.74.14.1008", _PUBLIC, Flaw.NONE),
    ("Bendung Simongan, arah hilir", _S, "33.74.13.1001", _PUBLIC, Flaw.NONE),
    ("Rumah pompa Kali Semarang, arah kolam", _S, "33.74.02.1001", _PUBLIC, Flaw.WRONG_PASSWORD),
    ("Polder Tawang, arah stasiun", _S, "33.74.02.1008", _PUBLIC, Flaw.NONE),
    ("Kali Tenggang, arah pintu air", _S, "33.74.04.1001", _PUBLIC, Flaw.NONE),
    ("Banjir Kanal Timur, arah muara", _S, "33.74.03.1001", _PUBLIC, Flaw.NONE),
    ("Rumah pompa Kali Banger, arah saringan", _S, "33.74.03.1002", _OFFICERS, Flaw.NONE),
    ("Kali Beringin, arah jembatan Mangkang", _S, "33.74.16.1005", _PUBLIC, Flaw.UNKNOWN_PATH),
    ("Pasar Johar, arah pintu utara", _F, "33.74.01.1010", _PUBLIC, Flaw.NONE),
    ("Taman Tirto Agung, arah air mancur", _F, "33.74.11.1004", _PUBLIC, Flaw.NONE),
    ("Halaman Balai Kota, arah gerbang", _F, "33.74.01.1007", _OFFICERS, Flaw.NONE),
    ("Terminal Mangkang, arah peron barat", _F, "33.74.16.1006", _PUBLIC, Flaw.NONE),
    ("Lapangan Sendangmulyo, arah panggung", _F, "33.74.10.1011", Visibility.KELURAHAN, Flaw.NONE),
    ("Puskesmas Genuk, arah tempat parkir", _F, "33.74.05.1004", Visibility.KELURAHAN, Flaw.NONE),
    ("Embung Patemon, arah dermaga", _F, "33.74.12.1008", _PUBLIC, Flaw.NONE),
)

# Kelurahan that have RTs in the demo, each with some cameras.
_ELSEWHERE = (
    "33.74.06.1004", "33.74.07.1010", "33.74.02.1001", "33.74.09.1004", "33.74.13.1002", "33.74.15.1007",
    "33.74.11.1001", "33.74.10.1011", "33.74.05.1004", "33.74.03.1008", "33.74.08.1002", "33.74.16.1002",
    "33.74.04.1002", "33.74.14.1008", "33.74.12.1010",
)  # fmt: skip
_SPOTS = (
    "Pos kamling", "Gapura gang", "Musala Al-Ikhlas", "Warung Bu Tini", "Balai RW", "Tikungan gang", "Taman bermain",
    "Lapangan bulu tangkis", "Posyandu Melati", "Jembatan selokan", "Tempat sampah", "Pohon beringin",
)  # fmt: skip
_FACINGS = (
    "Jl. Menur", "Jl. Kartini", "Gang Melati", "Jl. Diponegoro", "Gang Mawar", "Jl. Sriwijaya", "Jl. Sidodadi",
    "Gang Anggrek", "Jl. Pramuka", "Jl. Kenari", "Gang Dahlia", "Jl. Mangga", "jalan besar",
)  # fmt: skip
_LEVELS = (
    Visibility.PUBLIK, Visibility.WARGA_RT, Visibility.PUBLIK, Visibility.WARGA_RW, Visibility.WARGA_RT,
    Visibility.PUBLIK, Visibility.WARGA_RT, Visibility.PETUGAS, Visibility.KELURAHAN,
)  # fmt: skip
_FLAWS = {4: Flaw.NOBODY_LISTENS, 17: Flaw.WRONG_PASSWORD}


def plan(cameras: int) -> list[Planned]:
    """The first *cameras* of the plan: home, then the city's own, then as many more in other RTs as wanted."""
    return list(islice(_all(), cameras))


def _all() -> Iterator[Planned]:
    numbers = count(1)
    for rt, name, level in _HOME:
        yield Planned(next(numbers), name, _L, HOME_KELURAHAN, HOME_RW, rt, level)
    for name, category, kelurahan, level, flaw in _CITY:
        yield Planned(next(numbers), name, category, kelurahan, "", "", level, flaw)
    for index in count():
        yield _elsewhere(next(numbers), index)


def _elsewhere(number: int, index: int) -> Planned:
    turn, place = divmod(index, len(_ELSEWHERE))
    # Two cameras to an RT, before the next RT of that kelurahan gets some.
    house = turn // 2
    rw, rt = 1 + (place * 3 + house // 6) % 12, 1 + (place + house) % 8
    name = f"{_pick(_SPOTS, index)}, arah {_pick(_FACINGS, index * 5 + turn)}"
    flaw = _FLAWS.get(index, Flaw.NONE)
    return Planned(number, name, _L, _ELSEWHERE[place], f"{rw:03d}", f"{rt:03d}", _pick(_LEVELS, index), flaw)


def _pick(words: Sequence[T], index: int) -> T:
    return words[index % len(words)]
