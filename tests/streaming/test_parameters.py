"""The sequence parameter set in front of a segment's first picture."""

from __future__ import annotations

import pytest

from streaming.parameters import sequence_set

SPS, PPS, KEY = b"\x67\x42\x00\x1e", b"\x68\xce", b"\x65\x88\x84"


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def units(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_it_is_found_before_the_first_picture() -> None:
    assert sequence_set(box(b"moof", b"x") + box(b"mdat", units(b"\x09\x10", SPS, PPS, KEY))) == SPS


def test_it_is_found_in_a_fragment_of_its_own() -> None:
    parts = [box(b"moof", b""), box(b"mdat", units(SPS, PPS)), box(b"moof", b""), box(b"mdat", units(KEY))]
    assert sequence_set(b"".join(parts)) == SPS


@pytest.mark.parametrize(
    "segment",
    [
        b"",
        box(b"moof", b"x"),
        box(b"mdat", units(KEY, SPS)),  # a later picture's says nothing of the first
        box(b"mdat", b"\xff\xff\xff\xff\x67"),
        b"\0\0\0\0mdat",
        box(b"mdat", b"")[:6],
    ],
)
def test_where_there_is_none_none_is_found(segment: bytes) -> None:
    assert sequence_set(segment) is None
