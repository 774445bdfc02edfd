"""Tables as people save them from their spreadsheet program: CSV, read into named cells with line numbers. Pure.

Accepted: UTF-8 with or without byte order mark; ``,``, ``;`` or tab between the cells (the one that the header line
uses); columns in any order; a comma as decimal sign. No message ever repeats what stands in a cell: columns get
shifted, and then any cell may hold a password.

    WrongTable          the file as a whole cannot be read; the message is for people
    WrongCell           a cell's content is impossible; the message is for people, without the content
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class WrongTable(ValueError):
    """The message is for people."""


class WrongCell(ValueError):
    """The message is for people and does not repeat the cell."""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong where. *line* counts from 1 as editors do; *column* may be empty."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        column = f", kolom {self.column}" if self.column else ""
        return f"baris {self.line}{column}: {self.reason}"


@dataclass(frozen=True)
class Row:
    line: int
    cells: Mapping[str, str] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        """The cell without surrounding blanks."""
        return self.cells[column].strip()


@dataclass(frozen=True)
class Table:
    """The rows that have as many cells as the header, and the problems of those that have not."""

    rows: Sequence[Row]
    problems: Sequence[Problem]


def read(content: bytes, columns: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The table in *content*, which must have all *columns*, may have the *optional* ones and no others, in any order.

    A row reads as empty in an optional column that is not there. Empty lines are passed over.

    Raises:
        WrongTable: not UTF-8, columns missing, unknown or twice, no rows.
    """
    text = _decode(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda sign: len(_known(first_line.split(sign), columns)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        names = _header(next(reader, []), columns, optional)
        absent = dict.fromkeys(optional, "")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) == len(names):
                    rows.append(Row(line, absent | dict(zip(names, cells, strict=True))))
                else:
                    problems.append(Problem(line, "", _wrong_count(len(cells), len(names), delimiter)))
            line = reader.line_num + 1
    except csv.Error:
        raise WrongTable(
            f"Berkas rusak di sekitar baris {reader.line_num}: tanda kutip tidak ditutup, atau ada tanda aneh."
        ) from None
    if not rows and not problems:
        raise WrongTable("Berkas ini hanya berisi nama kolom, belum ada kamera.")
    return Table(rows, problems)


def number(cell: str) -> float:
    """A decimal number written with a point or a comma (``-6.98`` or ``-6,98``).

    Raises:
        WrongCell: empty, not a number, or with several points and commas, so that it could mean two things.
    """
    if not cell:
        raise WrongCell("kosong")
    if len(re.findall(r"[.,]", cell)) > 1:
        raise WrongCell("ada lebih dari satu titik atau koma; tulis seperti -6.983710")
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        raise WrongCell("bukan angka; tulis derajat desimal seperti -6.983710") from None
    if not math.isfinite(value) or "_" in cell:
        raise WrongCell("bukan angka; tulis derajat desimal seperti -6.983710")
    return value


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongTable("Berkas ini bukan teks UTF-8. Simpan ulang sebagai “CSV UTF-8”.") from None
    if "\0" in text:
        raise WrongTable("Berkas ini bukan CSV. Simpan ulang sebagai “CSV UTF-8”.")
    if not text.strip():
        raise WrongTable("Berkas ini kosong.")
    return text


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().lower()


def _known(cells: Sequence[str], columns: Sequence[str]) -> set[str]:
    return {_name(cell) for cell in cells} & set(columns)


def _header(cells: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    names = [_name(cell) for cell in cells]
    missing = [column for column in columns if column not in names]
    if len(missing) * 2 > len(columns):
        # Most likely no header at all: its cells are somebody's data and not to be repeated.
        raise WrongTable(f"Baris pertama harus berisi nama kolom: {','.join(columns)}")
    wrong = [f"kolom {column} tidak ada" for column in missing]
    known = [*columns, *optional]
    wrong += [f"kolom {column} ada lebih dari sekali" for column in known if names.count(column) > 1]
    for position, name in enumerate(names, start=1):
        if name not in known:
            shown = name if re.fullmatch(r"[a-z][a-z_ ]{0,29}", name) else f"ke-{position}"
            wrong.append(f"kolom {shown} tidak dikenal")
    if wrong:
        raise WrongTable(f"Nama kolom tidak cocok: {'; '.join(wrong)}. Seharusnya: {','.join(columns)}")
    return names


def _wrong_count(found: int, expected: int, delimiter: str) -> str:
    hint = ""
    if found > expected and delimiter == ",":
        hint = "; isi yang memuat koma perlu diapit tanda kutip"
    return f"ada {found} isian, seharusnya {expected}{hint}"
