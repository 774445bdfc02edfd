"""One row of an import, understood and checked by itself: what camera it proposes, or why it cannot be.

Every problem of a row is found, not only its first. No message repeats a cell (see cameras.spreadsheet).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from neighborhoods.locate import Locator
from neighborhoods.models import Kelurahan
from neighborhoods.numbers import KELURAHAN, WrongNumber, three_digits

from . import naming
from .addresses import Address, Credentials, WrongAddress, beside_main, parse, tells_an_address
from .models import NEEDS_RT, Camera, Category, Visibility
from .naming import Spot
from .spreadsheet import Problem, Row, WrongCell, number

T = TypeVar("T")
Identity = tuple[str, str, str, str]

COLUMNS = (
    "name", "category", "kelurahan_code", "rw", "rt", "latitude", "longitude", "visibility", "source_url", "username",
    "password",
)  # fmt: skip
OPTIONAL_COLUMNS = ("substream_url",)
_NAME_LENGTH = Camera._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Proposal:
    """A camera as a row wants it. *rw* and *rt* have three digits or are both empty; *visibility* None: not said.

    *written*: the name as it stands in the row; *name* is another where that one tells nothing (cameras.naming).
    """

    line: int
    name: str
    written: str
    category: Category
    kelurahan: Kelurahan
    rw: str
    rt: str
    latitude: float
    longitude: float
    visibility: Visibility | None
    address: Address
    credentials: Credentials = field(repr=False)
    substream: Address | None

    @property
    def identity(self) -> Identity:
        """What tells a camera from others: its kelurahan, RT and name."""
        return self.kelurahan.code, self.rw, self.rt, self.name.casefold()

    @property
    def written_identity(self) -> Identity:
        return self.kelurahan.code, self.rw, self.rt, self.written.casefold()

    @property
    def spot(self) -> Spot:
        return Spot(self.kelurahan.name, self.rw, self.rt, self.category)


@dataclass
class Checker:
    """Checks rows against *kelurahan* (by code, the valid ones) and the *locator*; gathers problems, warnings and
    the addresses with their lines and columns, also those of rows that are wrong elsewhere.
    """

    kelurahan: Mapping[str, Kelurahan]
    locator: Locator
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    addresses: list[tuple[int, str, Address]] = field(default_factory=list, repr=False)

    def proposal(self, row: Row) -> Proposal | None:
        """What *row* proposes; None where it has a problem."""
        before = len(self.problems)
        written = self._try(row, "name", _name)
        category = self._try(row, "category", _category)
        kelurahan = self._try(row, "kelurahan_code", self._kelurahan)
        rw, rt = self._numbers(row)
        visibility = self._try(row, "visibility", lambda cell: _visibility(cell, bool(row["rt"])))
        place = self._place(row, kelurahan)
        source = self._source(row)
        substream = self._substream(row, *source) if source else None
        if len(self.problems) > before or written is None or not (category and kelurahan and place and source):
            return None
        self._warn(row, kelurahan, place)
        said = visibility[0] if visibility else None
        name = naming.shown(written, Spot(kelurahan.name, rw, rt, category))
        return Proposal(row.line, name, written, category, kelurahan, rw, rt, *place, said, *source, substream)

    def _try(self, row: Row, column: str, parse_cell: Callable[[str], T]) -> T | None:
        try:
            return parse_cell(row[column])
        except WrongCell as wrong:
            self._problem(row, column, str(wrong))
            return None

    def _problem(self, row: Row, column: str, reason: str) -> None:
        self.problems.append(Problem(row.line, column, reason))

    def _kelurahan(self, cell: str) -> Kelurahan:
        if not cell:
            raise WrongCell("kosong; tulis kode seperti 33.74.01.1001")
        if not KELURAHAN.fullmatch(cell):
            raise WrongCell("bukan kode kelurahan; tulis seperti 33.74.01.1001")
        if cell not in self.kelurahan:
            raise WrongCell(f"kode {cell} tidak dikenal")
        return self.kelurahan[cell]

    def _numbers(self, row: Row) -> tuple[str, str]:
        if row["rt"] and not row["rw"]:
            self._problem(row, "rw", "kosong, padahal RT diisi; nomor RT hanya berarti bersama RW-nya")
        if row["rw"] and not row["rt"]:
            self._problem(row, "rt", "kosong, padahal RW diisi; isi keduanya, atau kosongkan keduanya")
        return self._try(row, "rw", _three_digits) or "", self._try(row, "rt", _three_digits) or ""

    def _place(self, row: Row, kelurahan: Kelurahan | None) -> tuple[float, float] | None:
        latitude, longitude = self._try(row, "latitude", number), self._try(row, "longitude", number)
        if latitude is None or longitude is None:
            return None
        if objection := self.locator.objection(latitude, longitude):
            self._problem(row, "latitude", objection)
            return None
        return latitude, longitude

    def _source(self, row: Row) -> tuple[Address, Credentials] | None:
        try:
            address, inside = parse(row["source_url"])
        except WrongAddress as wrong:
            self._problem(row, "source_url", str(wrong))
            return None
        self.addresses.append((row.line, "source_url", address))
        # Blanks at a password's ends may be meant.
        beside = Credentials(row["username"], row.cells["password"])
        differ = [
            column
            for column, one, other in (
                ("username", inside.username, beside.username),
                ("password", inside.password, beside.password),
            )
            if one and other and one != other
        ]
        for column in differ:
            self._problem(row, column, "berbeda dengan yang tertulis di dalam alamat; isi di satu tempat saja")
        both = Credentials(beside.username or inside.username, beside.password or inside.password)
        if both.password and not both.username:
            self._problem(row, "username", "kosong, padahal kata sandi diisi")
        for column, text in (("username", both.username), ("password", both.password)):
            if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
                self._problem(row, column, "memuat tanda yang tidak boleh ada (misalnya ganti baris)")
        return address, both

    def _substream(self, row: Row, main: Address, credentials: Credentials) -> Address | None:
        if not row["substream_url"]:
            return None
        try:
            address = beside_main(row["substream_url"], main, credentials)
        except WrongAddress as wrong:
            self._problem(row, "substream_url", str(wrong))
            return None
        self.addresses.append((row.line, "substream_url", address))
        return address

    def _warn(self, row: Row, kelurahan: Kelurahan, place: tuple[float, float]) -> None:
        if self.locator.official and (there := self.locator.kelurahan_at(*place)) not in {None, kelurahan.code}:
            other = self.kelurahan[there].name if there in self.kelurahan else "kelurahan lain"
            self.warnings.append(
                Problem(row.line, "latitude", f"titik ini berada di {other} ({there}), bukan di {kelurahan.name}")
            )


def _name(cell: str) -> str:
    """Empty where none is written: then one is built."""
    name = " ".join(cell.split())
    if len(name) > _NAME_LENGTH:
        raise WrongCell(f"terlalu panjang (paling banyak {_NAME_LENGTH} huruf)")
    if tells_an_address(name):
        raise WrongCell("memuat sebuah alamat; nama dibaca semua orang")
    return name


def _category(cell: str) -> Category:
    if not cell:
        return Category.LINGKUNGAN
    try:
        return Category(re.sub(r"[\s-]+", "_", cell.lower()))
    except ValueError:
        raise WrongCell(f"tidak dikenal; pilih salah satu: {', '.join(Category.values)}") from None


def _visibility(cell: str, has_rt: bool) -> tuple[Visibility | None]:
    """In a tuple, so that "not said" differs from "wrong"."""
    if not cell:
        if not has_rt:
            raise WrongCell("kosong; kamera tanpa RT harus menyebut publik, kelurahan, petugas, atau mati")
        return (None,)
    try:
        level = Visibility(re.sub(r"[\s-]+", "_", cell.lower()))
    except ValueError:
        raise WrongCell(f"tidak dikenal; pilih salah satu: {', '.join(Visibility.values)}") from None
    if level in NEEDS_RT and not has_rt:
        raise WrongCell(f"{level.value} hanya untuk kamera milik RT; isi RT dan RW-nya")
    return (level,)


def _three_digits(cell: str) -> str:
    if not cell:
        return ""
    try:
        return three_digits(cell)
    except WrongNumber:
        raise WrongCell("bukan nomor RT/RW; tulis 1 sampai 3 angka, misalnya 003") from None
