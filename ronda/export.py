"""The log as a table for spreadsheet programs: one line for each camera of each round, and one for each gap.

UTF-8 with a byte order mark, without which Excel reads another alphabet; semicolons, which Excel expects where the comma is the
decimal sign, as here. A cell that a spreadsheet program would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .log import NightRow, RoundRow, marks_of
from .models import Stop, Verdict

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(cell: str) -> str:
    """*cell* as plain text: no spreadsheet program reckons with it."""
    # Some programs drop blanks first and look then.
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else cell


def as_csv(rows: Iterable[NightRow]) -> str:
    """Oldest night first."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_header())
    for row in rows:
        for cells in _lines(row):
            writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def _header() -> list[str]:
    return [
        _("Malam"), _("Jenis"), _("Jadwal"), _("Hadir"), _("Peronda"), _("Terjadwal"), _("Mulai"), _("Selesai"), _("Kamera"),
        _("Hasil"), _("Pukul"), _("Catatan"), _("Laporan"),
    ]  # fmt: skip


def _lines(row: NightRow) -> Iterator[list[str]]:
    night, planned, present = row.night.isoformat(), row.plan.names, ", ".join(row.present)
    for one in row.rounds:
        for stop in one.stops:
            yield [night, _("ronda"), planned, present, *_of_round(one), *_of_stop(stop)]
        if one.round.ending:
            yield [night, _("berhenti"), planned, present, *_of_round(one), "", "", "", one.round.ending, ""]
    for gap in row.gaps:
        yield [night, _("celah"), planned, present, "", "", "", "", "", "", "", gap, ""]
    if not row.rounds and not row.gaps:
        yield [night, _("tanpa jadwal") if row.over else _("berjalan"), planned, present, *[""] * 9]


def _of_round(one: RoundRow) -> list[str]:
    here = one.round
    scheduled = _("ya") if here.scheduled else _("tidak")
    return [one.who, scheduled, _clock(here.started_at), _clock(here.finished_at)]


def _of_stop(stop: Stop) -> list[str]:
    marks = marks_of(stop)
    notes = "; ".join(mark.note for mark in marks if mark.note)
    reports = ", ".join(mark.incident.public_id for mark in marks if mark.incident is not None)
    verdict = str(Verdict(stop.verdict).label) if stop.verdict else _("Tidak dilihat")
    return [stop.name, verdict, _clock(stop.marked_at), notes, reports]


def _clock(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment is not None else ""
