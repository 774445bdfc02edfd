"""Names by which people find a street, out of names as recorders, shops and tired installers write them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from cameras import sources
from cameras.camera_form import CameraForm
from cameras.importing import import_cameras
from cameras.models import Camera
from cameras.naming import Spot, built, number_in, shown, suggestion, tells_nothing
from neighborhoods.models import RT, Kelurahan
from tests.cameras.test_import_cameras import row, table
from tests.cameras.test_pages import page
from tests.conftest import make_camera

SEKARAN = Spot("Sekaran", "005", "003", "lingkungan")
PLACE = "Lingkungan RT 003 / RW 005"


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("CAM 1", f"{PLACE}, kamera 1"),
        ("kamera 02", f"{PLACE}, kamera 2"),
        ("Kamera dua", f"{PLACE}, kamera 2"),
        ("cam-01", f"{PLACE}, kamera 1"),
        ("CH12", f"{PLACE}, kamera 12"),
        ("Channel_03", f"{PLACE}, kamera 3"),
        ("IPC", PLACE),
        ("ip cam", PLACE),
        ("", PLACE),
        (" - ", PLACE),
        ("05/01", PLACE),  # RT/RW or RW/RT: the camera knows its own
        ("RT3/RW5 cam 2", f"{PLACE}, kamera 2"),
        ("CCTV 1 RT 03 RW 05", f"{PLACE}, kamera 1"),
        ("rt.03-rw.05", PLACE),
        ("Sekaran 4", f"{PLACE}, kamera 4"),
        ("CCTV Kel. Sekaran Kota Semarang", PLACE),
        ("kamera a", f"{PLACE}, kamera A"),
        ("IPC 192.168.1.64", PLACE),
        ("00:11:22:33:44:55", PLACE),
        ("DS-2CD2043G0-I20190102", PLACE),
        ("TAPO_C200", PLACE),
        ("Untitled", PLACE),
        ("tes", PLACE),
    ],
)
def test_a_name_that_tells_nothing_gives_way_to_one_made_of_the_place_and_keeps_its_number(
    name: str, instead: str
) -> None:
    assert tells_nothing(name, SEKARAN)
    assert shown(name, SEKARAN) == instead
    assert shown(instead, SEKARAN) == instead, "a built name is a name"


@pytest.mark.parametrize(
    "name",
    [
        "Pos kamling, arah Jl. Kartini", "Gang 4", "Blok A3", "SD Negeri 1", "Musala RT 003", "Kamera uji", "Pos 2",
        "Simpang Sekaran, arah pasar", "POS RONDA", "Dua ukuran", "Rumah pompa 1", "Gapura-2", "Warung12",
    ],
)  # fmt: skip
def test_a_name_that_tells_a_place_stays_as_it_is_written(name: str) -> None:
    assert shown(name, SEKARAN) == name


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("CAM 02 POS KAMLING ARAH JL KARTINI", "Pos Kamling RT 003 / RW 005, arah Jl. Kartini"),
        ("cctv masjid Al-Ikhlas menghadap gapura", "Masjid Al-Ikhlas RT 003 / RW 005, arah gapura"),
        ("GAPURA GG MAWAR", "Gapura Gang Mawar RT 003 / RW 005"),
        ("CAM 1", f"{PLACE}, kamera 1"),
        ("Pos kamling, arah Jl. Kartini", ""),
    ],
)
def test_a_better_name_is_suggested_where_one_shouts_or_begins_with_a_device(name: str, better: str) -> None:
    assert suggestion(name, SEKARAN) == better


def test_a_name_is_made_of_landmark_place_and_facing() -> None:
    name = built(SEKARAN, landmark="Pos kamling", facing="Jl. Kartini")
    assert name == "Pos kamling RT 003 / RW 005, arah Jl. Kartini"
    assert built(Spot("Sekaran", category="sungai"), number="2") == "Sungai Kel. Sekaran, kamera 2"
    assert len(built(SEKARAN, landmark="x" * 200)) == 120, "as long as the database takes"


@pytest.mark.parametrize(("name", "number"), [("CAM 0", "0"), ("2021-11-21", "21"), ("192.168.1.9", ""), ("RT 3", "")])
def test_only_what_is_no_address_and_no_place_is_a_number(name: str, number: str) -> None:
    assert number_in(name) == number


# ---- where names are read and written --------------------------------------------------------------------------------------------


def test_pages_and_answers_show_the_built_name_of_a_camera_that_was_kept_under_a_bad_one(
    rt: RT, resident: User
) -> None:
    camera = make_camera(rt, name="CAM 1")
    for address in ("/wilayah/33.74.12.1008/rw-005/rt-003/", camera.get_absolute_url(), "/api/v1/cameras/"):
        html = page(resident, address)
        assert f"{PLACE}, kamera 1" in html
        assert "CAM 1" not in html


def test_an_import_builds_names_tells_nameless_rows_apart_and_says_so(kelurahan: Kelurahan) -> None:
    report = import_cameras(
        table(
            row(kelurahan, name="CAM 2"), row(kelurahan, name=""), row(kelurahan, name=""), row(kelurahan, name="IPC")
        )
    )
    assert sorted(Camera.objects.values_list("name", flat=True)) == [
        PLACE,
        *(f"{PLACE}, kamera {n}" for n in (2, 3, 4)),
    ]
    assert [warning.line for warning in report.warnings] == [2, 3, 4, 5]
    assert all(PLACE in warning.reason for warning in report.warnings)


def test_the_same_file_again_changes_nothing_also_where_its_names_were_built(kelurahan: Kelurahan) -> None:
    file = table(row(kelurahan, name="CAM 2"), row(kelurahan, name=""), row(kelurahan, name=""))
    import_cameras(file)
    again = import_cameras(file)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)


def test_a_camera_that_was_kept_under_a_bad_name_is_found_again_and_gets_a_better_one(kelurahan: Kelurahan) -> None:
    file = row(kelurahan, name="CAM 2")
    import_cameras(table(file))
    camera = Camera.objects.get()
    Camera.objects.update(name="CAM 2")  # as it was kept before names were built
    report = import_cameras(table(file))
    assert (report.created, report.updated) == (0, 1)
    assert Camera.objects.get().pk == camera.pk
    assert Camera.objects.get().name == "Lingkungan RT 003 / RW 005, kamera 2"


def test_a_nameless_row_with_another_address_is_another_camera(kelurahan: Kelurahan) -> None:
    import_cameras(table(row(kelurahan, name="")))
    first = Camera.objects.get()
    before = sources.open_source(first.pk)
    import_cameras(table(row(kelurahan, name="")))
    assert Camera.objects.count() == 2
    assert sources.open_source(first.pk) == before


def test_the_form_of_the_administration_makes_a_name_of_the_place(rt: RT) -> None:
    fields = {
        "name": "IPC 3", "category": "lingkungan", "kelurahan": rt.rw.kelurahan_id, "rt": rt.pk,
        "latitude": "-7.05", "longitude": "110.39", "visibility": "warga_rt",
    }  # fmt: skip
    form = CameraForm(fields)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == form.renamed == f"{PLACE}, kamera 3"
    kept = CameraForm({**fields, "name": "Pos kamling"})
    assert kept.is_valid()
    assert (kept.cleaned_data["name"], kept.renamed) == ("Pos kamling", "")
