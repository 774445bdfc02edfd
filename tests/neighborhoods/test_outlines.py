"""Boundaries for the map: small, without gaps, and named by a version."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import shapely
from django.test import Client
from shapely.geometry import Polygon, shape

from neighborhoods import outlines
from neighborhoods.coverage import cleaned, geojson, joined, simplified
from neighborhoods.models import BoundarySource, Kecamatan, Kelurahan

WEST, EAST = "33.74.12.1001", "33.74.12.1002"


def wavy(west: float, east: float, *, shift: float = 0.0) -> Polygon:
    """An area between two wavy borders of hundreds of corners."""
    heights = [-7.05 + step * 1e-4 for step in range(201)]

    def border(at: float) -> list[tuple[float, float]]:
        bends = [2e-4 * math.sin(row / 3) + 2e-5 * math.sin(row) for row in range(201)]
        # The borders meet at their ends: between them the gap is shut in.
        moved = [shift if 0 < row < 200 else 0.0 for row in range(201)]
        return [(at + bend + move, north) for bend, move, north in zip(bends, moved, heights, strict=True)]

    return Polygon([*border(west), *reversed(border(east))])


@pytest.fixture
def city(db: None) -> Kecamatan:
    """Two neighbours with a hairline gap of nine metres between them."""
    kecamatan = Kecamatan.objects.create(code="33.74.12", name="Gunungpati")
    areas = {WEST: wavy(110.40, 110.41), EAST: wavy(110.41, 110.42, shift=8e-5)}
    for code, area in areas.items():
        Kelurahan.objects.create(
            code=code,
            name=f"Kelurahan {code[-1]}",
            kecamatan=kecamatan,
            boundary={"type": "Polygon", "coordinates": [list(area.exterior.coords)]},
            boundary_source=BoundarySource.OFFICIAL,
            longitude=area.centroid.x,
            latitude=area.centroid.y,
        )
    return kecamatan


def document(level: str = "kelurahan") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(outlines.outlines(level).body)
    return found


def test_neighbours_share_one_border_with_few_corners(city: Kecamatan) -> None:
    west, east = (shape(one["geometry"]) for one in document()["features"])
    assert shapely.coverage_is_valid([west, east])
    assert shapely.union(west, east).geom_type == "Polygon"
    assert shapely.intersection(west, east).length > 0.019, "they lie against each other from south to north"
    assert shapely.get_num_coordinates(west) < 120
    assert west.area == pytest.approx(0.01 * 0.02, rel=0.02)


def test_each_has_what_the_map_needs_to_light_it_up(city: Kecamatan) -> None:
    made = document()
    assert made["official"] is True
    assert made["features"][0]["properties"] == {
        "code": WEST,
        "name": "Kelurahan 1",
        "kecamatan": "Gunungpati",
        "url": f"/wilayah/{WEST}/",
        "label": [110.405, -7.04],
    }
    [kecamatan] = document("kecamatan")["features"]
    assert {name: kecamatan["properties"][name] for name in ("code", "name", "url")} == {
        "code": "33.74.12",
        "name": "Gunungpati",
        "url": "/wilayah/33.74.12/",
    }
    assert shape(kecamatan["geometry"]).area == pytest.approx(0.02 * 0.02, rel=0.02)


def test_a_lake_stays_and_a_hairline_does_not() -> None:
    frame = Polygon([(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1)])
    lake = Polygon([(0.04, 0.04), (0.06, 0.04), (0.06, 0.06), (0.04, 0.06)])
    beside = Polygon([(0.1, 0), (0.2, 0), (0.2, 0.1), (0.1, 0.1), (0.1001, 0.05)])
    areas = simplified(cleaned([frame.difference(lake), beside]), 2e-4)
    whole = joined(areas)
    assert whole.geom_type == "Polygon"
    assert shapely.get_num_interior_rings(whole) == 1


def test_what_is_too_small_to_be_written_is_left_out() -> None:
    speck = Polygon([(0, 0), (1e-7, 0), (1e-7, 1e-7)])
    land = Polygon([(1, 1), (2, 1), (2, 2), (1, 2)])
    assert geojson(shapely.MultiPolygon([speck, land]))["type"] == "Polygon"
    assert geojson(speck) == {"type": "MultiPolygon", "coordinates": []}


def test_the_version_changes_with_what_is_drawn_and_with_nothing_else(city: Kecamatan) -> None:
    before = outlines.version()
    assert outlines.version() == before == document()["version"]
    row = Kelurahan.objects.get(code=EAST)
    row.bps_code = "3374010002"
    row.save()
    assert outlines.version() == before
    row.name = "Lain"
    row.save()
    renamed = outlines.version()
    assert renamed != before
    assert document()["features"][1]["properties"]["name"] == "Lain"
    row.valid_to = "2026-01-01"
    row.save()
    assert outlines.version() not in {before, renamed}
    assert len(document()["features"]) == 1


def test_a_city_without_boundaries_has_an_empty_answer(db: None) -> None:
    assert document()["features"] == []
    assert document("kecamatan")["features"] == []


def test_browsers_keep_the_right_version_for_good_and_ask_again_without_one(client: Client, city: Kecamatan) -> None:
    version = outlines.version()
    kept = client.get(f"/api/v1/boundaries/?v={version}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in kept.headers.get("Vary", "")
    for address in ("/api/v1/boundaries/", "/api/v1/boundaries/?v=old"):
        asked = client.get(address)
        assert asked.headers["Cache-Control"] == "no-cache"
        assert asked.json() == kept.json()
        assert client.get(address, HTTP_IF_NONE_MATCH=asked.headers["ETag"]).status_code == 304
    small = client.get("/api/v1/boundaries/?level=kecamatan", HTTP_ACCEPT_ENCODING="gzip")
    assert small.headers["Content-Encoding"] == "gzip"
    assert client.get("/api/v1/boundaries/?level=rt").status_code == 400
