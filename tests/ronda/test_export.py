"""The log as a file for spreadsheet programs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from cameras.models import Camera
from neighborhoods.models import RT
from ronda import rounds
from ronda.export import as_csv, guarded
from ronda.forgetting import forget_names
from ronda.log import log
from ronda.models import Verdict

from .conftest import EVENING, MONDAY, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-2", "@x", "\t=1", "\r=1", "  =1", "\u00a0=1"])
def test_no_cell_is_reckoned_with(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_plain_cells_stay(rt: RT) -> None:
    assert [guarded(cell) for cell in ("", "Pos kamling", "22:00", "2026-11-23")] == [
        "", "Pos kamling", "22:00", "2026-11-23",
    ]  # fmt: skip


@pytest.mark.usefixtures("roster")
def test_the_file_has_a_line_for_every_camera_and_every_gap(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    wish = rounds.Finding(cameras[0].public_id, Verdict.SAFE, "kunci-satu", note="=HYPERLINK(1)")
    rounds.mark(begun, wish, now=EVENING)
    text = as_csv(log(rt, MONDAY, MONDAY, now=at(24, 9)))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Jenis"], row["Kamera"], row["Hasil"]) for row in rows] == [
        ("ronda", "Balai RT", "Aman"),
        ("ronda", "Gapura", "Tidak dilihat"),
        ("ronda", "Pos kamling", "Tidak dilihat"),
        ("celah", "", ""),
        ("celah", "", ""),
    ]
    assert rows[0]["Catatan"] == "'=HYPERLINK(1)"
    assert (rows[0]["Peronda"], rows[0]["Mulai"], rows[0]["Jadwal"]) == ("warga", "22:30", "warga, budi")


@pytest.mark.usefixtures("roster", "cameras")
@pytest.mark.parametrize("finished", [True, False])
def test_after_the_time_names_go_and_nights_stay(rt: RT, resident: User, finished: bool) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    assert not finished or rounds.finish(begun, now=EVENING)
    much_later = EVENING + timedelta(days=731)
    assert forget_names(EVENING + timedelta(days=700)) == 0
    assert forget_names(much_later) == 1
    (monday,) = log(rt, MONDAY, MONDAY, now=much_later)
    assert [row.who for row in monday.rounds] == ["nama sudah dihapus"]
