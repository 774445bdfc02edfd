"""A resident who reads English better: chooses it once, and every page speaks it, scripts too, until they choose again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.wording.test_catalogues import INDONESIAN

from .axe import no_violations
from .browser import SIZES
from .portal import Portal

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_a_resident_switches_to_english_and_back(
    portal: Portal, open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page("/rt-saya/", as_="warga", viewport=size)
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.locator(".language button").click()
    expect(page).to_have_url(f"{portal.base}/rt-saya/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("time[data-since]").first).to_have_text(re.compile(r"since .*\d.*, (just now|.* ago)"))
    no_violations(page)
    for path, words in (
        ("/", "cameras"),
        ("/kamera/contoh0011/", "Live"),
        ("/wilayah/", "Areas"),
        ("/akun/", "Registered in"),
    ):
        page.goto(portal.base + path)
        expect(page.locator("body")).to_contain_text(words, timeout=60_000)
        assert not _indonesian(page), path
    page.locator(".language button").click()
    expect(page.locator("main")).to_contain_text("Terdaftar di")
    page.goto(portal.base + "/rt-saya/")
    expect(page.locator("time[data-since]").first).to_have_text(re.compile(r"sejak .*\d.*, (baru saja|.* lalu)"))


def _indonesian(page: Page) -> list[str]:
    """What is left on screen besides names, of cameras and of people."""
    lines = page.locator("body").inner_text().splitlines()
    names = set(page.locator("h1, h3, .who, #daftar b, .crumbs").all_inner_texts())
    # With an "@": the account's name and address.
    return [line for line in lines if INDONESIAN.search(line) and line.strip() not in names and "@" not in line]
