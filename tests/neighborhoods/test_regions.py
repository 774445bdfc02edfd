"""The official names and codes, read from the real package and from small broken ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from neighborhoods import regions
from neighborhoods.models import Kecamatan, Kelurahan

DISTRICTS = "code,regency_code,name\n99.01.01,99.01,Utara\n99.01.02,99.01,Selatan\n99.02.01,99.02,Lain\n"
VILLAGES = (
    "code,district_code,name\n99.01.01.1001,99.01.01,Atas\n99.01.01.1002,99.01.01,KAMPUNG BARU\n"
    "99.01.02.1001,99.01.02,Bawah\n99.02.01.1001,99.02.01,Jauh\n"
)
TODAY = date(2026, 11, 21)


def package(folder: Path, districts: str = DISTRICTS, villages: str = VILLAGES) -> Path:
    (folder / "districts.csv").write_text(districts, encoding="utf-8")
    (folder / "villages.csv").write_text(villages, encoding="utf-8")
    return folder


def run(folder: Path) -> regions.Report:
    return regions.store(regions.read(folder, "99.01"), regency="99.01", today=TODAY)


@pytest.mark.django_db
def test_the_city_has_16_kecamatan_and_177_kelurahan(capsys: pytest.CaptureFixture[str]) -> None:
    if not (Path(settings.REGION_DATA_DIR) / "villages.csv").exists():
        pytest.skip("idn-area-data is not installed: make install")
    call_command("import_regions")
    call_command("import_regions")
    assert (Kecamatan.objects.count(), Kelurahan.objects.count()) == (16, 177)
    assert Kelurahan.objects.get(code="33.74.12.1009").kecamatan.name == "Gunungpati"
    assert "16 kecamatan, 177 kelurahan" in capsys.readouterr().out


@pytest.mark.django_db
def test_only_the_wanted_regency_is_taken_and_names_stay_as_they_are_written(tmp_path: Path) -> None:
    report = run(package(tmp_path))
    assert (report.kecamatan.valid, report.kelurahan.valid) == (2, 3)
    assert Kelurahan.objects.get(code="99.01.01.1002").name == "KAMPUNG BARU"


@pytest.mark.django_db
def test_a_second_run_changes_names_but_nothing_else(tmp_path: Path) -> None:
    run(package(tmp_path))
    before = set(Kelurahan.objects.values_list("pk", flat=True))
    report = run(package(tmp_path, villages=VILLAGES.replace("Atas", "Atas Sari")))
    assert report.kelurahan.renamed == ("99.01.01.1001",)
    assert report.kelurahan.added == ()
    assert set(Kelurahan.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_what_vanished_ends_today_and_is_valid_again_when_it_comes_back(tmp_path: Path) -> None:
    run(package(tmp_path))
    report = run(package(tmp_path, villages=VILLAGES.replace("99.01.01.1002,99.01.01,KAMPUNG BARU\n", "")))
    assert report.kelurahan.ended == ("99.01.01.1002",)
    assert Kelurahan.objects.get(code="99.01.01.1002").valid_to == TODAY
    report = run(package(tmp_path))
    assert report.kelurahan.returned == ("99.01.01.1002",)
    assert Kelurahan.objects.get(code="99.01.01.1002").valid_to is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("districts", "villages", "words"),
    [
        (DISTRICTS.replace("code,", "kode,", 1), VILLAGES, "tidak memuat kolom"),
        (DISTRICTS, VILLAGES.replace("99.01.01.1001,99.01.01", "99.01.01.1001,99.01.02"), "rusak pada baris 2"),
        (DISTRICTS, VILLAGES.replace(",Atas", ""), "rusak pada baris 2"),
        (DISTRICTS, VILLAGES + "99.01.02.1001,99.01.02,Bawah\n", "dua kali"),
        (DISTRICTS, VILLAGES.replace("99.01.02.1001,99.01.02,Bawah\n", ""), "tidak lengkap"),
        (DISTRICTS.replace("99.01.02,99.01,Selatan\n", ""), VILLAGES, "tidak lengkap"),
    ],
)
def test_a_broken_package_is_one_clear_sentence_and_changes_nothing(
    tmp_path: Path, districts: str, villages: str, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_regions", regency="99.01", data=package(tmp_path, districts, villages))
    assert not Kecamatan.objects.exists()


@pytest.mark.django_db
def test_an_unknown_regency_a_wrong_code_and_a_missing_package_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="make install"):
        call_command("import_regions", data=tmp_path)
    package(tmp_path)
    with pytest.raises(CommandError, match=r"99.77 tidak ada"):
        call_command("import_regions", regency="99.77", data=tmp_path)
    with pytest.raises(CommandError, match="berbentuk"):
        call_command("import_regions", regency="Semarang", data=tmp_path)
