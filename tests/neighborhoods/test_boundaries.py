"""Boundaries from files: what is taken, what is refused, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from shapely.geometry import Point, shape

from neighborhoods.boundaries import store_demo
from neighborhoods.locate import locator
from neighborhoods.models import BoundarySource, Kecamatan, Kelurahan
from neighborhoods.shapes import Shape

WEST, EAST, FAR = "33.74.12.1001", "33.74.12.1002", "33.74.12.1003"


def square(west: float, south: float, side: float = 0.01) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: str, coordinates: Any, **more: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kode": code, **more}, "geometry": geometry}


# Two neighbours with a gap of five metres between them.
NEIGHBOURS = [feature(WEST, square(110.40, -7.05)), feature(EAST, square(110.41005, -7.05))]


@pytest.fixture
def city(db: None) -> Kecamatan:
    kecamatan = Kecamatan.objects.create(code="33.74.12", name="Gunungpati")
    for code, name in ((WEST, "Barat"), (EAST, "Timur"), (FAR, "Jauh")):
        Kelurahan.objects.create(code=code, name=name, kecamatan=kecamatan)
    return kecamatan


def load(tmp_path: Path, features: Any, **document: Any) -> None:
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features, **document}))
    call_command("import_boundaries", file)


def test_kelurahan_keep_their_shape_and_the_kecamatan_is_dissolved_without_gaps(
    city: Kecamatan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(tmp_path, NEIGHBOURS)
    west = Kelurahan.objects.get(code=WEST)
    city.refresh_from_db()
    assert west.boundary_source == city.boundary_source == BoundarySource.OFFICIAL
    assert shape(west.boundary or {}).area == pytest.approx(0.0001)
    assert city.boundary is not None
    assert city.boundary["type"] == "Polygon"
    assert len(city.boundary["coordinates"]) == 1
    assert "33.74.12.1003 Jauh" in capsys.readouterr().err


def test_a_label_outside_its_shape_is_replaced_by_a_point_inside(city: Kecamatan, tmp_path: Path) -> None:
    outside = feature(WEST, square(110.40, -7.05), lat=-7.2, lng=110.1)
    inside = feature(EAST, square(110.41005, -7.05), lat=-7.049, lng=110.4111)
    load(tmp_path, [outside, inside])
    west, east = Kelurahan.objects.get(code=WEST), Kelurahan.objects.get(code=EAST)
    assert shape(west.boundary or {}).contains(Point(west.longitude or 0, west.latitude or 0))
    assert (east.latitude, east.longitude) == (-7.049, 110.4111)


def test_the_name_code_and_digits_without_dots_are_accepted(city: Kecamatan, tmp_path: Path) -> None:
    one = feature("", square(110.40, -7.05))
    one["properties"] = {"code": WEST.replace(".", "")}
    load(tmp_path, [one])
    assert Kelurahan.objects.get(code=WEST).boundary is not None


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ([feature("33.74.99.1001", square(110.4, -7)), feature("33.74.98.1001", square(110.5, -7))],
         "33.74.98.1001, 33.74.99.1001"),
        ([feature(WEST, square(110.4, -7)), feature(WEST, square(110.5, -7))], "lebih dari sekali: 33.74.12.1001"),
        ([feature(WEST, square(433000, 9227000, 500))], "meter"),
        ([feature(WEST, square(-7.05, 110.40))], "tertukar"),
        ([feature("Sekaran", square(110.4, -7))], "ke-1 tidak memuat kode"),
        ([feature(WEST, [[[110.4, -7], [110.4, -7], [110.4, -7], [110.4, -7]]])], "tidak membentuk bidang"),
        ([feature(WEST, "rusak")], "rusak"),
        ([{"type": "Feature", "properties": {"kode": WEST}, "geometry": {"type": "Point", "coordinates": [1, 2]}}],
         "bukan Polygon"),
        ([], "tidak memuat satu pun"),
        ({}, "bukan GeoJSON"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(city: Kecamatan, tmp_path: Path, features: Any, words: str) -> None:
    if isinstance(features, list) and features and words != "bukan GeoJSON":
        features = [feature(EAST, square(110.41, -7.05)), *features]  # a good one, which must not be kept either
        words = words.replace("ke-1", "ke-2")
    with pytest.raises(CommandError, match=words):
        load(tmp_path, features)
    assert not Kelurahan.objects.exclude(boundary=None).exists()


def test_a_file_that_is_no_geojson_or_is_missing_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("import_boundaries", tmp_path / "tidak-ada.geojson")
    file = tmp_path / "batas.geojson"
    for content in (b"kode;nama", b"\xff\xfe\x00", b"[1, 2]", b""):
        file.write_bytes(content)
        with pytest.raises(CommandError, match="bukan GeoJSON"):
            call_command("import_boundaries", file)


def test_official_boundaries_push_the_invented_ones_out_and_never_the_other_way(
    city: Kecamatan, tmp_path: Path
) -> None:
    invented = [Shape(code, Point(110.3, -7).buffer(0.01), Point(110.3, -7)) for code in (WEST, EAST, FAR)]
    assert store_demo(invented) == 3
    load(tmp_path, NEIGHBOURS)
    assert Kelurahan.objects.get(code=FAR).boundary is None
    before = Kelurahan.objects.get(code=WEST).boundary
    assert store_demo(invented) == 1
    assert Kelurahan.objects.get(code=WEST).boundary == before
    city.refresh_from_db()
    assert city.boundary_source == BoundarySource.DEMO  # one invented part makes the whole an invention


def test_a_point_belongs_to_the_kelurahan_around_it_or_the_nearest_within_300_metres(
    city: Kecamatan, tmp_path: Path
) -> None:
    load(tmp_path, NEIGHBOURS)
    where = locator()
    assert where.official
    assert not where.complete  # one kelurahan has no boundary: the settings say what lies outside the city
    assert where.kelurahan_at(-7.045, 110.405) == WEST
    assert where.kelurahan_at(-7.045, 110.41001) == WEST  # in the gap, 1 m from it
    assert where.kelurahan_at(-7.052, 110.415) == EAST  # 220 m south of it
    assert where.kelurahan_at(-7.054, 110.415) is None
    assert where.in_city(-7.1, 110.3)
    assert not where.in_city(-6.2, 106.8)


def test_complete_boundaries_say_what_lies_outside_the_city(city: Kecamatan, tmp_path: Path) -> None:
    load(tmp_path, [*NEIGHBOURS, feature(FAR, square(110.43, -7.05))])
    where = locator()
    assert where.complete
    assert where.in_city(-7.045, 110.435)
    assert not where.in_city(-7.1, 110.3)


def test_without_boundaries_the_settings_say_what_lies_in_the_city(db: None) -> None:
    where = locator()
    assert where.kelurahan_at(-7.05, 110.4) is None
    assert where.in_city(-7.05, 110.4)
    assert not where.in_city(110.4, -7.05)
