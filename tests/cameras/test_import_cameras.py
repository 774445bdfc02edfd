"""Cameras from CSV files as people really send them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cameras.addresses import Credentials
from cameras.importing import CannotImport, import_cameras
from cameras.models import Camera, CameraSource, Visibility
from cameras.proposals import COLUMNS
from cameras.sources import open_source
from cameras.visibility import switch
from neighborhoods.models import RT, Kelurahan

SECRETS = ("10.9.8.7", "rahasia", "pengguna-x", "rtsp://")
_hosts = itertools.count(1)


def row(kelurahan: Kelurahan, **cells: Any) -> dict[str, str]:
    """A good row; *cells* replace some."""
    good = {
        "name": "Pos kamling, arah Jl. Menur", "category": "lingkungan", "kelurahan_code": kelurahan.code, "rw": "5",
        "rt": "3", "latitude": "-7.05", "longitude": "110.39", "visibility": "publik",
        "source_url": f"rtsp://10.9.8.7/{next(_hosts)}", "username": "pengguna-x", "password": "rahasia;1",
    }  # fmt: skip
    return {**good, **cells}


def table(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> bytes:
    lines = [delimiter.join(columns)]
    lines += [delimiter.join(f'"{one.get(column, "")}"' for column in columns) for one in rows]
    return "\r\n".join(lines).encode()


def problems(content: bytes) -> list[str]:
    """What is wrong with the file. Nothing may have been kept, and nothing secret may be said."""
    before = Camera.objects.count()
    with pytest.raises(CannotImport) as caught:
        import_cameras(content)
    assert Camera.objects.count() == before
    said = [str(problem) for problem in caught.value.problems]
    for secret in SECRETS:
        assert not any(secret in one for one in said if "harus diawali" not in one and "Contoh" not in one), said
    return said


def test_a_good_file_makes_cameras_with_sealed_sources_that_are_due_for_a_probe(kelurahan: Kelurahan) -> None:
    report = import_cameras(table(row(kelurahan), row(kelurahan, name="Gapura, arah pasar", rw="", rt="")))
    assert (report.created, report.updated, report.unchanged) == (2, 0, 0)
    camera = Camera.objects.get(name="Pos kamling, arah Jl. Menur")
    assert camera.place == "RT 003 / RW 005, Sekaran"
    assert camera.visibility == Visibility.PUBLIK
    assert camera.health.observed_at is None
    source = open_source(camera.pk)
    assert source is not None
    assert source[0].host == "10.9.8.7"
    assert source[1] == Credentials("pengguna-x", "rahasia;1")
    assert "10.9.8.7" not in CameraSource.objects.get(camera=camera).sealed_address


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_delimiters_byte_order_marks_and_decimal_commas_are_understood(
    kelurahan: Kelurahan, delimiter: str, mark: bytes
) -> None:
    content = mark + table(row(kelurahan, latitude="-7,05", longitude="110,39"), delimiter=delimiter)
    assert import_cameras(content).created == 1
    assert Camera.objects.get().latitude == -7.05


def test_columns_may_stand_in_any_order_and_case(kelurahan: Kelurahan) -> None:
    content = table(row(kelurahan), columns=tuple(reversed(COLUMNS)))
    assert import_cameras(content.replace(b"latitude", b" Latitude ")).created == 1


def test_empty_cells_get_their_defaults(kelurahan: Kelurahan) -> None:
    import_cameras(table(row(kelurahan, category="", visibility="", username="", password="")))
    camera = Camera.objects.get()
    assert (camera.category, camera.visibility) == ("lingkungan", Visibility.WARGA_RT)
    assert not CameraSource.objects.get(camera=camera).sealed_credentials


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"name": "x" * 121}, "name", "terlalu panjang"),
        ({"name": "rtsp://10.9.8.7/a"}, "name", "memuat sebuah alamat"),
        ({"category": "rahasia"}, "category", "pilih salah satu"),
        ({"kelurahan_code": "33.74.77.1001"}, "kelurahan_code", "33.74.77.1001 tidak dikenal"),
        ({"kelurahan_code": "rahasia"}, "kelurahan_code", "bukan kode"),
        ({"rw": ""}, "rw", "RT diisi"),
        ({"rt": ""}, "rt", "RW diisi"),
        ({"rt": "rahasia"}, "rt", "1 sampai 3 angka"),
        ({"rw": "000"}, "rw", "1 sampai 3 angka"),
        ({"latitude": "110.39", "longitude": "-7.05"}, "latitude", "tertukar"),
        ({"latitude": "7.05"}, "latitude", "tanda minus"),
        ({"latitude": "-6.2", "longitude": "106.8"}, "latitude", "di luar kota"),
        ({"latitude": "rahasia"}, "latitude", "bukan angka"),
        ({"latitude": "-7.050.123"}, "latitude", "lebih dari satu titik"),
        ({"longitude": "nan"}, "longitude", "bukan angka"),
        ({"longitude": ""}, "longitude", "kosong"),
        ({"visibility": "semua"}, "visibility", "pilih salah satu"),
        ({"visibility": "warga_rt", "rt": "", "rw": ""}, "visibility", "hanya untuk kamera milik RT"),
        ({"visibility": "", "rt": "", "rw": ""}, "visibility", "kamera tanpa RT"),
        ({"source_url": ""}, "source_url", "kosong"),
        ({"source_url": "http://10.9.8.7/rahasia"}, "source_url", "harus diawali rtsp"),
        ({"source_url": "rtsp://10.9.8.7:99999/a"}, "source_url", "port"),
        ({"source_url": "rtsp://pengguna-x:lain@10.9.8.7/a"}, "password", "berbeda"),
        ({"source_url": "rtsp://orang:rahasia;1@10.9.8.7/a"}, "username", "berbeda"),
        ({"username": ""}, "username", "kata sandi diisi"),
    ],
)
def test_a_bad_cell_is_named_with_line_column_and_reason(
    kelurahan: Kelurahan, cells: dict[str, str], column: str, words: str
) -> None:
    good = row(kelurahan, name="Gapura, arah pasar")
    said = problems(table(good, row(kelurahan, **cells)))
    assert len(said) == 1
    assert said[0].startswith(f"baris 3, kolom {column}: ")
    assert words in said[0]


def test_every_problem_of_every_row_is_said_at_once(kelurahan: Kelurahan) -> None:
    said = problems(
        table(
            row(kelurahan, name="x" * 121, latitude="x"),
            row(kelurahan),
            row(kelurahan, name="B", source_url="x", rt="x"),
        )
    )
    assert [one.split(":")[0] for one in said] == [
        "baris 2, kolom latitude", "baris 2, kolom name", "baris 4, kolom rt", "baris 4, kolom source_url",
    ]  # fmt: skip


def test_rows_that_are_there_twice_are_refused(kelurahan: Kelurahan) -> None:
    one = row(kelurahan)
    said = problems(table(one, row(kelurahan, name="POS KAMLING,  arah Jl. Menur", rt="003")))
    assert said == ["baris 3, kolom name: nama ini sudah ada di RT yang sama pada baris 2"]
    said = problems(
        table(
            one,
            {
                **one,
                "name": "Lain, arah barat",
                "source_url": one["source_url"].upper()[:4].lower() + one["source_url"][4:],
            },
        )
    )
    assert said == ["baris 3, kolom source_url: alamat ini sama dengan alamat pada baris 2"]
    assert (
        import_cameras(table(one, row(kelurahan, rt="4"))).created == 2
    )  # the same name in another RT is another camera


def test_an_address_that_another_camera_uses_is_refused(kelurahan: Kelurahan) -> None:
    one = row(kelurahan)
    import_cameras(table(one))
    said = problems(table({**one, "name": "Lain, arah barat"}))
    assert said == ["baris 2, kolom source_url: alamat ini sudah dipakai kamera lain"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"name,category\n", "Baris pertama harus berisi nama kolom"),
        (b"Pos,lingkungan,rahasia,rtsp://10.9.8.7/a,,,,,,,\n", "Baris pertama"),
        (table(columns=COLUMNS[:-1]), "kolom password tidak ada"),
        (table(columns=(*COLUMNS, "merek")), "kolom merek tidak dikenal"),
        (table(columns=(*COLUMNS, "name")), "kolom name ada lebih dari sekali"),
        (table(), "belum ada kamera"),
        ("name;é".encode("latin-1"), "UTF-8"),
        (table().decode().encode("utf-16"), "UTF-8"),
        (table() + b'\r\n"Pos kamling', "tanda kutip"),
        (table() + b"\r\nPos,lingkungan,33.74.12.1008,5,3,-7,05,110,39,publik,rtsp://10.9.8.7/a,,", "seharusnya 11"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_clear_sentence(db: None, content: bytes, words: str) -> None:
    (said,) = problems(content)
    assert words in said


def test_lines_are_counted_as_editors_do_also_after_empty_and_long_ones(kelurahan: Kelurahan) -> None:
    content = (
        table(row(kelurahan, name="Dua\nbaris"))
        + b"\r\n\r\n,,,,,,,,,,\r\n"
        + table(row(kelurahan, rt="x")).split(b"\r\n")[1]
    )
    assert problems(content)[0].startswith("baris 6, kolom rt")


def test_a_corrected_file_updates_the_camera_and_keeps_its_page(kelurahan: Kelurahan) -> None:
    one = row(kelurahan)
    import_cameras(table(one))
    before = Camera.objects.get()
    report = import_cameras(table({**one, "latitude": "-7.06", "name": "Pos Kamling, arah Jl. Menur"}))
    after = Camera.objects.get()
    assert (report.created, report.updated) == (0, 1)
    assert (after.public_id, after.latitude, after.name) == (before.public_id, -7.06, "Pos Kamling, arah Jl. Menur")
    assert after.access_epoch == before.access_epoch


def test_the_same_file_again_interrupts_nobody(kelurahan: Kelurahan) -> None:
    content = table(row(kelurahan))
    import_cameras(content)
    before = CameraSource.objects.values_list("updated_at", "sealed_address").get()
    assert import_cameras(content).unchanged == 1
    assert CameraSource.objects.values_list("updated_at", "sealed_address").get() == before


def test_a_row_without_password_keeps_the_one_that_is_there_for_the_same_address_only(kelurahan: Kelurahan) -> None:
    one = row(kelurahan)
    import_cameras(table(one))
    bare = {**one, "username": "", "password": ""}
    assert import_cameras(table(bare)).unchanged == 1
    import_cameras(table({**bare, "source_url": "rtsp://10.9.8.6/lain"}))
    source = open_source(Camera.objects.get().pk)
    assert source is not None
    assert not source[1]


WITH_SUBSTREAM = (*COLUMNS, "substream_url")


def test_a_twelfth_column_may_name_the_substream_which_stays_where_it_is_left_out(kelurahan: Kelurahan) -> None:
    one = row(kelurahan, source_url="rtsp://10.9.8.7/utama")
    import_cameras(table({**one, "substream_url": "rtsp://10.9.8.7/kecil"}, columns=WITH_SUBSTREAM))
    source = open_source(Camera.objects.get().pk)
    assert source is not None
    assert source.substream is not None
    assert source.substream.target == "/kecil"
    assert import_cameras(table(one)).unchanged == 1
    assert import_cameras(table(one, columns=WITH_SUBSTREAM)).unchanged == 1
    assert open_source(Camera.objects.get().pk) == source
    import_cameras(table({**one, "source_url": "rtsp://10.9.8.7/lain"}))
    source = open_source(Camera.objects.get().pk)
    assert source is not None
    assert source.substream is None


@pytest.mark.parametrize(
    ("substream", "words"),
    [
        ("rtsp://10.9.8.77/kecil", "host dan port yang sama"),
        ("rtsp://10.9.8.7:8554/kecil", "host dan port yang sama"),
        ("rtsps://10.9.8.7/kecil", "host dan port yang sama"),
        ("rtsp://orang:rahasia@10.9.8.7/kecil", "harus sama dengan milik kamera"),
        ("rtsp://10.9.8.7/utama", "sama dengan alamat kamera"),
        ("rtsp://10.9.8.7/lain", "sama dengan alamat pada baris 2"),
        ("kecil", "harus diawali rtsp"),
    ],
)
def test_a_substream_belongs_to_its_camera(kelurahan: Kelurahan, substream: str, words: str) -> None:
    said = problems(
        table(
            row(kelurahan, source_url="rtsp://10.9.8.7/utama", substream_url=substream),
            row(kelurahan, name="Gapura, arah pasar", source_url="rtsp://10.9.8.7/lain"),
            columns=WITH_SUBSTREAM,
        )
    )
    assert [words in one for one in said] == [True], said


def test_a_substream_in_use_is_refused(kelurahan: Kelurahan) -> None:
    other = row(kelurahan, name="Gapura", source_url="rtsp://10.9.8.7/satu", substream_url="rtsp://10.9.8.7/kecil")
    import_cameras(table(other, columns=WITH_SUBSTREAM))
    (said,) = problems(table(row(kelurahan, source_url="rtsp://10.9.8.7/kecil")))
    assert "sudah dipakai kamera lain" in said


def test_a_file_switches_the_visibility_but_never_over_a_persons_decision(kelurahan: Kelurahan, head: User) -> None:
    one = row(kelurahan)
    import_cameras(table(one))
    assert import_cameras(table({**one, "visibility": "warga_rt"})).updated == 1
    camera = Camera.objects.get()
    assert camera.visibility == Visibility.WARGA_RT
    assert camera.visibility_changes.get().by is None
    switch(camera, to=Visibility.MATI, by=head)
    report = import_cameras(table(one))
    assert [str(warning) for warning in report.warnings] == [
        "baris 2, kolom visibility: tetap mati, karena pernah diputuskan orang di portal"
    ]
    assert Camera.objects.get().visibility == Visibility.MATI


def test_a_name_without_a_place_is_taken_with_a_warning(kelurahan: Kelurahan) -> None:
    report = import_cameras(table(row(kelurahan, name="CAM 1")))
    assert report.created == 1
    assert "tidak menyebut tempat" in str(report.warnings[0])


def test_a_point_in_another_kelurahan_is_a_warning_where_official_boundaries_are_known(kelurahan: Kelurahan) -> None:
    square = [[[110.0, -8.0], [111.0, -8.0], [111.0, -7.0], [110.0, -7.0], [110.0, -8.0]]]
    other = Kelurahan.objects.create(
        code="33.74.12.1009", name="Sukorejo", kecamatan=kelurahan.kecamatan, boundary_source="resmi",
        boundary={"type": "Polygon", "coordinates": square},
    )  # fmt: skip
    report = import_cameras(table(row(kelurahan)))
    assert f"berada di Sukorejo ({other.code}), bukan di Sekaran" in str(report.warnings[0])


def test_a_dry_run_says_the_same_and_keeps_nothing(
    kelurahan: Kelurahan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kamera.csv"
    file.write_bytes(table(row(kelurahan)))
    call_command("import_cameras", file, dry_run=True)
    assert not Camera.objects.exists()
    assert not RT.objects.exists()
    assert "1 kamera baru" in capsys.readouterr().out
    call_command("import_cameras", file)
    assert Camera.objects.exists()


def test_the_command_lists_the_problems_and_says_that_nothing_was_imported(
    kelurahan: Kelurahan, tmp_path: Path
) -> None:
    file = tmp_path / "kamera.csv"
    file.write_bytes(table(row(kelurahan, rt="x"), row(kelurahan, latitude="x")))
    with pytest.raises(CommandError, match=r"(?s)baris 2.*baris 3.*Tidak ada kamera yang diimpor"):
        call_command("import_cameras", file)
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_cameras", tmp_path / "tidak-ada.csv")
