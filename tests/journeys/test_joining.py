"""From the poster at the pos kamling to the camera, and what a neighbour reads when it is closed again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .frames import frame, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0002"  # of the home RT, for its residents


def test_a_neighbour_joins_by_the_poster_watches_and_reads_why_it_was_closed(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    head = open_page("/rt-saya/", as_="ketua")
    address = _poster(head)

    phone = open_page(address)
    phone.get_by_role("link", name="Buat akun").click()
    phone.get_by_label("Nama lengkap").fill("Ratna Dewi")
    phone.get_by_label("Nama akun").fill("ratna")
    phone.get_by_label("Kata sandi").fill("hujan-di-simongan")
    phone.get_by_role("button", name="Buat akun").click()
    phone.get_by_role("button", name="Kirim permintaan").click()
    expect(phone.get_by_text("Menunggu persetujuan.")).to_be_visible()
    assert phone.goto(f"{portal.base}/kamera/{CAMERA}/").status == 404  # type: ignore[union-attr]

    head.goto(f"{portal.base}/rt-saya/")
    row = head.get_by_role("link", name="Warga dan undangan RT 003 / RW 005")
    expect(row).to_contain_text("1 menunggu")
    row.click()
    asking = head.locator("article.card", has_text="Ratna Dewi")
    asking.get_by_role("button", name="Setujui").click()
    expect(head.locator(".message")).to_contain_text("Ratna Dewi disetujui")

    phone.goto(f"{portal.base}/kamera/{CAMERA}/")
    wait_until_live(phone)

    head.goto(f"{portal.base}/kamera/{CAMERA}/")
    _switch(head, "mati", reason="Ada hajatan di gang")
    try:
        eventually(lambda: frame(phone) is None, "the picture is gone")
        expect(phone.locator("#tonton")).to_contain_text("Alasan: Ada hajatan di gang")
    finally:
        answer = portal.visitor("ketua").post(f"/api/v1/cameras/{CAMERA}/visibility/", {"visibility": "warga_rt"})
        assert answer.status == 200
    wait_until_live(phone)

    phone.goto(f"{portal.base}/akun/")
    phone.locator("summary", has_text="Keluar dari RT ini").click()
    phone.get_by_role("button", name="Ya, keluar").click()
    expect(phone.locator(".message")).to_contain_text("tidak lagi terdaftar")
    assert phone.goto(f"{portal.base}/kamera/{CAMERA}/").status == 404  # type: ignore[union-attr]


def _poster(head: Page) -> str:
    """Makes an invitation; the path that its poster leads to."""
    head.get_by_role("link", name="Warga dan undangan RT 003 / RW 005").click()
    head.locator("summary", has_text="Buat undangan").click()
    head.get_by_role("button", name="Buat undangan dan poster").click()
    code = head.locator(".poster img")
    expect(code).to_be_visible()
    eventually(lambda: code.evaluate("image => image.naturalWidth") > 0, "the code is drawn")
    assert head.evaluate("document.documentElement.scrollWidth <= innerWidth"), "fits a small phone"
    return "/gabung/" + head.get_by_label("Tautan").input_value().partition("/gabung/")[2]


def _switch(page: Page, level: str, *, reason: str) -> None:
    page.locator("details.switch > summary").click()
    page.locator("label.choice", has=page.locator(f"input[value={level}]")).click()
    page.get_by_label("Alasan").fill(reason)
    page.locator("form[data-switch] button").click()
