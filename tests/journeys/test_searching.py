"""Somebody looks for a place or a camera on the page that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import SIZES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_a_place_is_found_in_spite_of_an_error(open_page: Callable[..., Page], size: dict[str, Any]) -> None:
    page = open_page("/cari/?q=pos+kamlin", viewport=size)
    expect(page.locator(".rows a").first).to_be_visible()
    no_violations(page)
    page.get_by_role("textbox").fill("rw 5 rt 3 sekran")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="RT 003 / RW 005 Sekaran").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("RT 003 / RW 005")


def test_without_scripts_it_is_just_as_good(open_page: Callable[..., Page]) -> None:
    page = open_page("/cari/", java_script_enabled=False)
    page.get_by_role("textbox").fill("sekran")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Sekaran Kelurahan").click()
    page.wait_for_url("**/wilayah/33.74.12.1009/")
