"""What people type for a place, and what they mean by it."""

from __future__ import annotations

import pytest

from neighborhoods.models import RT, Kecamatan, Kelurahan, get_or_create_rt
from neighborhoods.place_search import Asked, Numbers, by_numbers, places, read


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("rt 3 rw 5 sekaran", [("003", "005")], "sekaran"),
        ("RW.05 RT.03", [("003", "005")], ""),
        ("RT 003 / RW 005, Sekaran", [("003", "005")], "Sekaran"),
        ("rt3/rw5", [("003", "005")], ""),
        ("rt 3/5 sekaran", [("003", "005")], "sekaran"),
        ("sekaran rw 5/3", [("003", "005")], "sekaran"),
        ("05/01", [("005", "001"), ("001", "005")], ""),
        ("patemon 3 / 3", [("003", "003")], "patemon"),
        ("rw 12", [("", "012")], ""),
        ("rt 7 gang mawar", [("007", "")], "gang mawar"),
        ("smart 5", [], "smart 5"),
        ("rt 0", [], "rt 0"),
        ("0/3", [], "0 3"),
        ("1/2/2026", [], "1 2 2026"),
        ("", [], ""),
    ],
)
def test_numbers_are_read_in_every_usual_way(text: str, numbers: list[tuple[str, str]], words: str) -> None:
    assert read(text) == Asked(words, tuple(Numbers(*pair) for pair in numbers))


@pytest.fixture
def city(rt: RT, kecamatan: Kecamatan) -> None:
    """Sekaran with RT 003 / RW 005, and some more."""
    for number, name in enumerate(("Patemon", "Gunungpati", "Kalibanteng Kulon", "Kalibanteng Kidul"), start=9):
        other = Kelurahan.objects.create(code=f"33.74.12.10{number:02d}", name=name, kecamatan=kecamatan)
        get_or_create_rt(other, "005", "003")
        get_or_create_rt(other, "003", "005")


def titles(text: str, home: frozenset[int] = frozenset()) -> list[str]:
    return [f"{one.kind} {one.title} {one.subtitle}" for one in places(read(text), home=home, limit=10)]


@pytest.mark.parametrize(
    "text", ["sekaran", "Sekaran", "seka", "sekran", "sekarna", "kel. sekaran", "sekaran gunungpati", "skaran"]
)
def test_a_kelurahan_is_found_by_its_name_its_beginning_and_with_errors(city: None, text: str) -> None:
    assert titles(text)[0] == "kelurahan Sekaran Kelurahan, Kec. Gunungpati"


def test_names_in_one_word_or_two_are_the_same(city: None) -> None:
    assert titles("gunung pati")[:2] == [
        "kelurahan Gunungpati Kelurahan, Kec. Gunungpati",
        "kecamatan Gunungpati Kecamatan",
    ]
    assert titles("kalibanteng")[:2] == titles("kali banteng")[:2]
    assert titles("kalibanteng kidl")[0].startswith("kelurahan Kalibanteng Kidul")


@pytest.mark.parametrize("text", ["xyzzy", "pos kamling sekaran", "", "kel", "??", "rt 3 rw 5 xyzzy"])
def test_what_is_no_place_finds_none(city: None, text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize("text", ["rt 3 rw 5 sekaran", "rw 5 rt 3 sekran", "sekaran rt 3/5"])
def test_an_rt_is_found_in_the_kelurahan_that_is_named(city: None, text: str) -> None:
    assert titles(text) == ["rt RT 003 / RW 005 Sekaran, Kec. Gunungpati"]


def test_bare_numbers_mean_both_readings_the_usual_one_first(city: None) -> None:
    assert titles("05/03 patemon") == [
        "rt RT 005 / RW 003 Patemon, Kec. Gunungpati",
        "rt RT 003 / RW 005 Patemon, Kec. Gunungpati",
    ]


def test_numbers_alone_mean_the_rt_at_home_first(city: None, rt: RT) -> None:
    found = titles("rt 3 rw 5", frozenset({rt.rw.kelurahan_id}))
    assert found[0] == "rt RT 003 / RW 005 Sekaran, Kec. Gunungpati"
    assert len(found) == 5


def test_an_rw_is_found_and_ended_places_are_not(city: None, rt: RT) -> None:
    assert titles("rw 5 sekaran") == ["rw RW 005 Sekaran, Kec. Gunungpati"]
    RT.objects.filter(pk=rt.pk).update(valid_to="2026-01-01")
    assert titles("rt 3 rw 5 sekaran") == []
    rt.rw.valid_to = "2026-01-01"
    rt.rw.save()
    assert titles("rw 5 sekaran") == []


def test_lists_of_the_administration_take_both_readings_too(city: None, rt: RT) -> None:
    rows, rest = by_numbers(RT.objects.all(), "05/03, Sekaran", rt="number", rw="rw__number")
    assert rt in rows
    assert {(one.number, one.rw.number) for one in rows} == {("003", "005"), ("005", "003")}
    assert rest == "Sekaran"
