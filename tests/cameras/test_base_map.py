"""What the map lies on: a PMTiles file is served in parts, and told apart from what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from cameras.base_map import MOST_BYTES, base_map
from cameras.pmtiles import NotPMTiles, kind_of
from tiliksemar.checks import map_file_is_one

pytestmark = pytest.mark.django_db
ADDRESS = "/peta/dasar.pmtiles"


def pmtiles(folder: Path, *, tile_type: int = 1, version: int = 3, body: bytes = b"") -> Path:
    head = bytearray(127)
    head[:7], head[7], head[99] = b"PMTiles", version, tile_type
    file = folder / f"city-{tile_type}-{version}.pmtiles"
    file.write_bytes(bytes(head) + body)
    return file


def part(words: str) -> tuple[int, str, bytes]:
    answer = Client().get(ADDRESS, headers={"Range": words} if words else {})
    return answer.status_code, answer.headers.get("Content-Range", ""), answer.content


@pytest.mark.parametrize(
    ("tile_type", "kind"), [(1, "vector"), (2, "raster"), (3, "raster"), (4, "raster"), (5, "raster")]
)
def test_a_file_says_what_its_tiles_are(tmp_path: Path, tile_type: int, kind: str) -> None:
    assert kind_of(pmtiles(tmp_path, tile_type=tile_type)) == kind


@pytest.mark.parametrize(("tile_type", "version"), [(0, 3), (9, 3), (1, 2)])
def test_tiles_that_nobody_draws_and_older_versions_are_refused(tmp_path: Path, tile_type: int, version: int) -> None:
    with pytest.raises(NotPMTiles):
        kind_of(pmtiles(tmp_path, tile_type=tile_type, version=version))


def test_what_is_no_file_stops_the_start(tmp_path: Path, settings: Settings) -> None:
    settings.MAP_FILE = str(tmp_path / "nowhere.pmtiles")
    assert [error.id for error in map_file_is_one(None)] == ["tiliksemar.E004"]
    (tmp_path / "text.pmtiles").write_text("PMTiles" * 100)
    settings.MAP_FILE = str(tmp_path / "text.pmtiles")
    assert "no PMTiles file of version 3" in map_file_is_one(None)[0].msg
    settings.MAP_FILE = str(pmtiles(tmp_path))
    assert map_file_is_one(None) == []
    settings.MAP_FILE = ""
    assert map_file_is_one(None) == []


def test_the_file_is_given_out_in_parts(tmp_path: Path, settings: Settings) -> None:
    file = pmtiles(tmp_path, body=b"0123456789")
    settings.MAP_FILE = str(file)
    assert part("bytes=0-6") == (206, "bytes 0-6/137", b"PMTiles")
    assert part("bytes=127-") == (206, "bytes 127-136/137", b"0123456789")
    assert part("bytes=130-999") == (206, "bytes 130-136/137", b"3456789")


def test_nobody_gets_the_whole_file_at_once(tmp_path: Path, settings: Settings) -> None:
    settings.MAP_FILE = str(pmtiles(tmp_path, body=bytes(MOST_BYTES)))
    for words in ("", "bytes=-5", "bytes=9-3", "bytes=99999999-", "bytes=0-1,5-6", "lines=1-2"):
        assert part(words)[::2] == (416, b""), words
    assert len(part("bytes=0-")[2]) == MOST_BYTES


def test_without_a_file_there_is_no_address(settings: Settings) -> None:
    settings.MAP_FILE = ""
    assert part("bytes=0-6")[0] == 404


def test_the_file_goes_before_online_tiles_and_needs_a_library_of_its_own(tmp_path: Path, settings: Settings) -> None:
    settings.MAP_TILES_URL, settings.MAP_TILES_CREDIT = "https://tiles.example/{z}/{x}/{y}.png", "© Tiles"
    assert (base_map()["tiles"], base_map()["file"]) == (settings.MAP_TILES_URL, "")
    settings.MAP_FILE = str(pmtiles(tmp_path, tile_type=2))
    here = base_map()
    assert (here["tiles"], here["file"], here["file_kind"], here["tiles_credit"]) == ("", ADDRESS, "raster", "© Tiles")
    assert "pmtiles" in here["file_library"]


def test_a_map_without_anything_below_it_owes_no_credit(settings: Settings) -> None:
    settings.MAP_FILE = settings.MAP_TILES_URL = ""
    assert base_map()["tiles_credit"] == ""
