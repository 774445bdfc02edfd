"""Somebody goes from the city down to one RT, and up again, by the lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import SIZES
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
DOWN = ("Gunungpati", "Sekaran", "RW 005", "RT 003")
# What recorders call cameras, and nobody who looks for one.
NO_NAME = re.compile(r"^(cam|camera|kamera|ch|channel|ipc?)[\W_]*\d*$", re.IGNORECASE)


@pytest.mark.parametrize("size", SIZES)
def test_down_to_an_rt_and_up_again_with_numbers_that_add_up(open_page: Callable[..., Page], size: Any) -> None:
    page = open_page("/wilayah/", as_="warga", viewport=size)
    for name in DOWN:
        before = total_here(page)
        assert 0 < sum(totals_below(page)) <= before
        no_violations(page)
        row = page.locator(".places a", has_text=name).first
        promised = first_number(row.locator("small").inner_text())
        row.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        assert total_here(page) == promised <= before
    cards = page.locator(".cards article")
    expect(cards).to_have_count(total_here(page))
    names = cards.locator("h2, h3, b").all_inner_texts()
    assert names
    assert not [name for name in names if NO_NAME.match(name)]
    no_violations(page)
    page.locator(".crumbs a", has_text="Sekaran").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sekaran")


@pytest.fixture
def dead(portal: Portal) -> str:
    """The name of the demo city's camera behind which nobody listens."""
    officer, path = portal.visitor("petugas"), "/api/v1/cameras/contoh0013/"
    eventually(lambda: officer.ask(path).json["status"] == "offline", "it is off", seconds=60)
    return str(officer.ask(path).json["name"])


@pytest.mark.parametrize("size", SIZES)
def test_the_list_is_sifted_by_how_cameras_are_and_leads_to_the_map(
    open_page: Callable[..., Page], dead: str, size: Any
) -> None:
    page = open_page("/wilayah/", as_="petugas", viewport=size)
    sift = page.get_by_role("navigation", name="Saring kamera").get_by_role("link", name=re.compile("Mati"))
    sift.click()
    expect(sift).to_have_attribute("aria-current", "true")
    shown = page.locator(".cards article")
    expect(shown).to_have_count(first_number(sift.locator("b").inner_text()))
    expect(shown.filter(has_text=dead)).to_contain_text("Kamera menolak sambungan")
    page.evaluate("scrollTo(0, 0)")  # a row that is half under the header is no small target
    no_violations(page)
    page.get_by_role("link", name="Lihat di peta").click()
    page.wait_for_url(re.compile("/#"))


def total_here(page: Page) -> int:
    return first_number(page.locator(".place-share b").first.inner_text())


def totals_below(page: Page) -> list[int]:
    words = page.locator(".places small").all_inner_texts()
    return [first_number(one) for one in words if one[:1].isdigit()]


def first_number(words: str) -> int:
    found = re.search(r"\d+", words.replace(".", ""))
    assert found is not None, words
    return int(found[0])
