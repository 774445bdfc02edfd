"""Takes the official names and codes of one regency's kecamatan and kelurahan into the database.

The source is the npm package ``idn-area-data`` (data under ODbL): two CSV files, ``districts.csv`` with
``code,regency_code,name`` and ``villages.csv`` with ``code,district_code,name``.

    CannotImport        package missing, file broken, regency unknown; the message is one sentence for people
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from .models import Kecamatan, Kelurahan, Region
from .numbers import KECAMATAN, KELURAHAN, REGENCY, parent_code

R = TypeVar("R", bound=Region)

_AGAIN = "Pasang ulang data wilayah: make install"


class CannotImport(Exception):
    """The message says what is wrong and what to do, in Indonesian."""


@dataclass(frozen=True)
class RegencyData:
    """Code → name of the kecamatan and of the kelurahan of one regency."""

    kecamatan: Mapping[str, str]
    kelurahan: Mapping[str, str]


@dataclass(frozen=True)
class Count:
    """What became of one level: how many are valid now, and the codes of those that changed."""

    valid: int
    added: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    kecamatan: Count
    kelurahan: Count


def read(folder: Path, regency: str) -> RegencyData:
    """The kecamatan and kelurahan of *regency* (``33.74``) from the CSV files in *folder*.

    Raises:
        CannotImport: see above. A kecamatan without any kelurahan counts as a file that was cut off.
    """
    if not REGENCY.fullmatch(regency):
        raise CannotImport("Kode kabupaten/kota harus berbentuk 33.74.")
    if not (folder / "districts.csv").is_file() or not (folder / "villages.csv").is_file():
        raise CannotImport(f"Data wilayah belum terpasang di {folder}. Jalankan: make install")
    kecamatan = _names(folder / "districts.csv", f"{regency}.", ("code", "regency_code", "name"), KECAMATAN)
    if not kecamatan:
        raise CannotImport(f"Kabupaten/kota dengan kode {regency} tidak ada di data wilayah.")
    kelurahan = _names(folder / "villages.csv", f"{regency}.", ("code", "district_code", "name"), KELURAHAN)
    childless = sorted(set(kecamatan) - {parent_code(code) for code in kelurahan})
    orphans = sorted(code for code in kelurahan if parent_code(code) not in kecamatan)
    if childless or orphans:
        listed = ", ".join(childless + orphans)
        raise CannotImport(f"Data wilayah tidak lengkap: kecamatan dan kelurahannya tidak cocok ({listed}).")
    return RegencyData(kecamatan, kelurahan)


def store(data: RegencyData, *, regency: str, today: date) -> Report:
    """Brings the database to *data*, all or nothing. Nothing is deleted: what vanished ends *today*, what came back is
    valid again.
    """
    with transaction.atomic():
        kecamatan = _store_level(
            list(Kecamatan.objects.filter(code__startswith=f"{regency}.")), _kecamatan_rows(data), today
        )
        parents = {row.code: row for row in Kecamatan.objects.filter(code__startswith=f"{regency}.")}
        kelurahan = _store_level(
            list(Kelurahan.objects.filter(code__startswith=f"{regency}.")), _kelurahan_rows(data, parents), today
        )
    return Report(kecamatan, kelurahan)


def _kecamatan_rows(data: RegencyData) -> list[Kecamatan]:
    return [Kecamatan(code=code, name=name) for code, name in data.kecamatan.items()]


def _kelurahan_rows(data: RegencyData, parents: Mapping[str, Kecamatan]) -> list[Kelurahan]:
    return [
        Kelurahan(code=code, name=name, kecamatan=parents[parent_code(code)]) for code, name in data.kelurahan.items()
    ]


def _store_level(present: Iterable[R], wanted: list[R], today: date) -> Count:
    by_code = {row.code: row for row in present}
    added = [row for row in wanted if row.code not in by_code]
    renamed, returned = [], []
    for row in wanted:
        old = by_code.pop(row.code, None)
        if old is None:
            continue
        if old.name != row.name:
            old.name = row.name
            renamed.append(old)
        if old.valid_to is not None:
            old.valid_to = None
            returned.append(old)
    ended = [row for row in by_code.values() if row.valid_to is None]
    for row in ended:
        row.valid_to = today
    if wanted:
        manager = type(wanted[0])._default_manager
        manager.bulk_create(added)
        changed = {row.pk: row for row in (*renamed, *returned, *ended)}
        manager.bulk_update(changed.values(), ["name", "valid_to"], batch_size=500)
    return Count(len(wanted), _codes(added), _codes(renamed), _codes(ended), _codes(returned))


def _codes(rows: Iterable[Region]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)


def _names(path: Path, prefix: str, columns: tuple[str, str, str], shape: re.Pattern[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for line, (code, parent, name) in _rows(path, columns):
        if not code.startswith(prefix):
            continue
        if not shape.fullmatch(code) or parent != parent_code(code) or not name:
            raise CannotImport(f"Berkas {path.name} rusak pada baris {line}. {_AGAIN}")
        if code in names:
            raise CannotImport(f"Berkas {path.name} memuat kode {code} dua kali. {_AGAIN}")
        names[code] = name
    return names


def _rows(path: Path, columns: tuple[str, str, str]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            try:
                first, second, third = (header.index(column) for column in columns)
            except ValueError:
                raise CannotImport(f"Berkas {path.name} tidak memuat kolom {', '.join(columns)}. {_AGAIN}") from None
            for row in reader:
                if row and max(first, second, third) < len(row):
                    yield reader.line_num, (row[first].strip(), row[second].strip(), row[third].strip())
                elif row:
                    raise CannotImport(f"Berkas {path.name} rusak pada baris {reader.line_num}. {_AGAIN}")
    except (OSError, UnicodeDecodeError, csv.Error):
        raise CannotImport(f"Berkas {path.name} tidak dapat dibaca. {_AGAIN}") from None
