"""What is kept of ffmpeg's own words: useful ones, and never an address or a credential, whole or in pieces."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest

from cameras.addresses import Credentials, parse
from streaming.last_words import KEPT, LONGEST_LINE, LastWords, secret_words
from tests.secrecy.spellings import Search, Secret

ODD = Credentials("p@ss", "p@ss:w/rd%#")  # the user's name is the beginning of the password
ADDRESS, _ = parse("rtsp://10.83.19.44:5540/jalur-mawar?kanal=3")
SEARCH = Search(
    [Secret("password", ODD.password), Secret("host", ADDRESS.host, pieces=False), Secret("path", "jalur-mawar")]
)


def kept(*pieces: bytes, credentials: Credentials = ODD) -> list[str]:
    words = LastWords(secret_words(ADDRESS, credentials))
    for piece in pieces:
        words.hear(piece)
    return words.lines()


def clean(lines: list[str]) -> bool:
    return not SEARCH("the last words", "\n".join(lines).encode())


@pytest.mark.parametrize(
    "line",
    [
        ADDRESS.url_with(ODD),
        ADDRESS.url(),
        "Failed to resolve hostname 10.83.19.44: no such name",
        "bad credentials p@ss:w/rd%# of p@ss",
        quote(ODD.password, safe="") + "@ nothing",
        quote(ODD.password),
        "Authorization: Basic " + b64encode(f"{ODD.username}:{ODD.password}".encode()).decode(),
        "GET /jalur-mawar?kanal=3 and /jalur-mawar and %2Fjalur-mawar",
    ],
)
def test_no_spelling_of_a_secret_is_kept(line: str) -> None:
    lines = kept(f"[rtsp @ 0x55] {line}\n".encode())
    assert len(lines) == 1
    assert lines[0].startswith("[rtsp @ 0x55] ")
    assert clean(lines)


def test_a_secret_that_comes_in_two_pieces_is_known() -> None:
    text = f"opening {ADDRESS.url_with(ODD)} failed\n".encode()
    for cut in range(len(text)):
        assert clean(kept(text[:cut], text[cut:]))


def test_of_a_line_without_end_no_piece_is_kept() -> None:
    for room in range(12):
        before = b"x" * (LONGEST_LINE - room)
        assert clean(kept(before + ODD.password.encode()[:room], ODD.password.encode()[room:] + b"\n", b"next\n"))
        assert kept(before + b"y" * (room + 1), b"end of it\n", b"next\n") == ["next"]


def test_the_newest_lines_stay_and_empty_ones_do_not_count() -> None:
    lines = kept("".join(f"line {number}\n\n" for number in range(KEPT + 5)).encode())
    assert lines == [f"line {number}" for number in range(5, KEPT + 5)]


def test_without_credentials_words_stay_readable() -> None:
    assert kept(b"Connection refused\n", credentials=Credentials()) == ["Connection refused"]
