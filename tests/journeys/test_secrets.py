"""Cameras with odd passwords in a portal that logs at DEBUG: nothing of their addresses and credentials is found anywhere."""

from __future__ import annotations

import pytest

from tests.secrecy import places, scene


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> scene.Scene:
    return scene.play(tmp_path_factory.mktemp("secrets"))


def test_no_address_and_no_credential_is_found_in_any_place(played: scene.Scene) -> None:
    leaks = [f"{place}: {finding}" for place, there in played.ledger.places().items() for finding in there.findings]
    assert not leaks, "\n".join(leaks)


def test_the_search_finds_what_was_planted_in_each_place(played: scene.Scene) -> None:
    looked_at = played.ledger.places()
    assert looked_at.keys() == {
        places.ARGV, places.ENVIRON, places.COMMANDS, places.VALUES, places.LOGS, places.HLS, places.DATABASE, places.FILES,
        places.PAGES, places.PICTURES, places.SAID, places.SOCKET,
    }  # fmt: skip
    assert not [place for place, there in looked_at.items() if not there.controls]


def test_the_cameras_did_what_they_should(played: scene.Scene) -> None:
    """Without this the search may have been of a portal that did nothing."""
    for program in ("redis-server", "celery", "daphne", "import_cameras", "frag_duration", "image2pipe"):
        assert any(program in words for words in played.programs), program
    for name in ("Gapura utara", "Gapura selatan", "Lapangan timur", "Lapangan barat", "Jalan tiga", "Jalan empat"):
        assert "live" in played.states[name], name
    expected = {"Jalan satu": "unauthorized", "Jalan dua": "not_found", "Jalan tujuh": "refused"}
    assert {name: played.reasons[name] for name in expected} == expected
