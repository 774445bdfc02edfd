"""The main pages where no script runs: pictures, lists and forms are there all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .portal import Portal

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


# What each page must show, by who opens it.
SHOWN = {
    "": {
        "/": "main a[href='/wilayah/']",
        "/wilayah/": "main .rows a",
        "/wilayah/33.74.12.1009/rw-005/rt-003/": "main .still img[src*='/still/']",
        "/kamera/contoh0001/": "main .statement",
        "/masuk/": "main form input[type=password]",
        "/cari/?q=sekaran": "main a[href*='/wilayah/']",
    },
    "warga": {
        "/rt-saya/": "main .still img[src*='/still/']",
        "/akun/": "main .rows a",
        "/ronda/": "main form button",
        "/dinding/": "main a[href*='/dinding/']",
        "/lapor/": "main form textarea",
    },
    "ketua": {"/rt-saya/": "main form[action$='/keterlihatan/']", "/laporan/": "main a[href*='/lapor']"},
}


@pytest.mark.parametrize("as_", SHOWN)
def test_pages_show_what_they_are_for(open_page: OpenPage, portal: Portal, as_: str) -> None:
    page = open_page("/healthz", as_=as_, java_script_enabled=False)
    for path, shows in SHOWN[as_].items():
        page.goto(portal.base + path)
        expect(page.locator(shows).first, path).to_be_attached()
        expect(page.get_by_role("navigation", name="Utama"), path).to_be_visible()


def test_the_language_is_changed_and_the_switch_of_the_head_is_a_form(open_page: OpenPage) -> None:
    page = open_page("/rt-saya/", as_="ketua", java_script_enabled=False)
    page.locator("details.switch summary").first.click()
    expect(page.locator("details.switch button").first).to_be_visible()
    page.locator(".language button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
