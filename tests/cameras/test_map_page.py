"""The page of the public map: what it brings along, so that a phone far away asks once less."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cameras.models import Camera, Visibility
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[2] / "static"
_IMPORT = re.compile(r'^import (?:.* from )?"\./([\w-]+\.js)";$', re.MULTILINE)


def page(user: User | None = None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get("/").content.decode()


def first_answer(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="data-peta" type="application/json">(.*?)</script>', html)
    assert found is not None
    answer: dict[str, Any] = json.loads(found[1])
    return answer


def needed_by(module: str) -> set[str]:
    """All modules that *module* imports when it begins, and theirs; what is imported later is not among them."""
    found: set[str] = set()
    ahead = [module]
    while ahead:
        new = set(_IMPORT.findall((STATIC / "js" / ahead.pop()).read_text())) - found
        found |= new
        ahead += new
    return found


def test_every_module_of_the_first_picture_is_asked_for_at_once_and_no_other() -> None:
    loaded = set(re.findall(r'rel="modulepreload" href="[^"]*?/js/([\w-]+)(?:\.\w+)?\.js"', page()))
    assert {f"{name}.js" for name in loaded} == needed_by("map.js")


def test_the_page_brings_the_numbers_that_its_reader_may_know(rt: Any, resident: User) -> None:
    make_camera(rt, Visibility.PUBLIK)
    make_camera(rt, Visibility.WARGA_RT)
    make_camera(rt, Visibility.MATI)

    def known(user: User | None) -> int:
        return sum(first_answer(page(user))["totals"].values())

    assert (known(None), known(resident)) == (1, 3)
    Camera.objects.update(visibility=Visibility.MATI)
    assert (known(None), known(resident)) == (0, 3)


def test_the_boundaries_of_the_page_may_be_kept_for_good() -> None:
    address = re.search(r'<link rel="preload" as="fetch" href="([^"]+)"', page())
    assert address is not None
    assert "immutable" in Client().get(address[1]).headers["Cache-Control"]


def test_nobody_keeps_the_page_with_its_numbers() -> None:
    assert "no-store" in Client().get("/").headers["Cache-Control"]
