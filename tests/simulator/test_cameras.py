"""The list of cameras and the book of faults."""

import pytest

from simulator.cameras import CameraBook, Playing, Start, read_names
from simulator.faults import FaultBook, Kind, parse_fault


def test_without_a_list_every_path_is_a_camera_and_with_one_only_those() -> None:
    assert CameraBook(Playing()).find("apa/saja") is not None
    assert CameraBook(Playing()).find("") is None
    assert CameraBook(Playing(), []).find("apa") is None


def test_a_list_gives_titles_options_and_faults() -> None:
    lines = ["# daftar", "", "/pos-1\tPos Kamling RT 003", "pos-2\t\tgop=4&start=mid&fault=silent", "pos-3"]
    cameras, faults = read_names(lines, Playing())
    assert [camera.title for camera in cameras] == ["Pos Kamling RT 003", "pos-2", "pos-3"]
    assert cameras[1].playing == Playing(gop=4, start=Start.MID)
    assert faults["pos-2"].kind is Kind.SILENT


def test_a_bad_line_is_named_by_its_number() -> None:
    with pytest.raises(ValueError, match="baris 2"):
        read_names(["pos-1", "pos-2\tPos\tgop=900"], Playing())


def test_a_cameras_own_fault_goes_before_everybodys() -> None:
    book = FaultBook()
    book.set("*", parse_fault("404"))
    book.set("pos-1", parse_fault("slow", 1))
    assert book.kind("pos-1") is Kind.SLOW
    assert book.kind("pos-2") is Kind.NOT_FOUND
    book.clear("*")
    assert book.kind("pos-2") is None
    book.clear()
    assert book.kind("pos-1") is None


def test_an_unknown_fault_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="refuse, 401, 404, silent"):
        parse_fault("api")
