"""The search itself: it must find a secret however it was written down, and cry at nothing else."""

from __future__ import annotations

import html
import json
import os
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest

from .ledger import Ledger
from .spellings import Search, Secret

ODD = "p@ss:w/rd%#"
SEARCH = Search([Secret("password", ODD)])


@pytest.mark.parametrize(
    "written",
    [
        ODD,
        f"rtsp://user:{quote(ODD, safe='')}@10.0.0.9/",
        quote(ODD).lower(),
        quote_plus(ODD),
        json.dumps({"a": ODD}),
        json.dumps({"a": json.dumps({"b": ODD})}),
        json.dumps(ODD).replace("/", "\\/"),
        repr({"a": ODD}),
        html.escape(ODD),
        ODD.encode().hex(),
        f"cut off in the midd{ODD[-6:]}",
        f"{ODD[:6]}…",
    ],
)
def test_every_way_of_writing_is_found(written: str) -> None:
    assert SEARCH("here", b"\0before " + written.encode() + b" after")


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("after", range(4))
def test_base64_is_found_wherever_the_secret_stands_in_it(before: int, after: int) -> None:
    content = b"x" * before + ODD.encode() + b"y" * after
    assert SEARCH("here", b64encode(content))
    assert SEARCH("here", urlsafe_b64encode(content))


def test_nothing_else_is_found() -> None:
    assert not SEARCH("here", os.urandom(200_000) + b64encode(os.urandom(200_000)) + b"password p@ss w rd")


def test_a_finding_names_the_place_and_never_the_secret() -> None:
    found = SEARCH("a log", ODD.encode())
    assert [str(one) for one in found] == ["password (plain) in a log"]


def test_the_ledger_counts_what_it_saw_once() -> None:
    ledger = Ledger(SEARCH, Search([Secret("control", "kenari-3141", pieces=False)]))
    for _ in range(2):
        ledger.look("logs", "web.log", b"nothing and kenari-3141")
    ledger.look("logs", "web.log", ODD.encode())
    assert ledger.rows() == [["logs", len(b"nothing and kenari-3141") + len(ODD), 1, 0, "found"]]
    ledger.look("files", "a file", b"nothing")
    assert ledger.rows()[0] == ["files", 7, 0, 0, "MISSED"]
