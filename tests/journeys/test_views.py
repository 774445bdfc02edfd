"""People report a view, its head looks and confirms; an RT's cameras are closed in one go; who looks is written over the picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .frames import frame, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0001"


def test_three_reports_close_a_camera_and_its_head_looks_and_confirms(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    viewer = open_page(f"/kamera/{CAMERA}/")
    wait_until_live(viewer)
    for name in ("", "warga", "tetangga"):
        page = open_page(f"/kamera/{CAMERA}/", as_=name)
        page.get_by_text("Pandangan ini melanggar privasi?").click()
        page.get_by_label("Apa yang tampak").fill("Kamera melihat ke dalam kamar tidur")
        page.get_by_role("button", name="Laporkan").click()
        expect(page.get_by_text("Laporan Anda tercatat")).to_be_visible()
    eventually(lambda: frame(viewer) is None, "the viewer's picture is gone", seconds=5)
    expect(viewer.locator("#tonton")).to_contain_text("disembunyikan")
    head = open_page(f"/kamera/{CAMERA}/kelola/", as_="ketua")
    expect(head.get_by_text("Kamera melihat ke dalam kamar tidur").first).to_be_visible()
    eventually(lambda: bool(head.evaluate(SHOWN)), "the head sees the picture", seconds=40)
    assert "Slamet" in (head.locator("#pandangan .still").get_attribute("data-mark") or "")
    head.get_by_label("Saya sudah melihat gambarnya").check()
    head.get_by_role("button", name="Konfirmasi pandangan").click()
    expect(head.get_by_text("kembali seperti pengaturannya")).to_be_visible()
    wait_until_live(viewer)


def test_all_cameras_in_one_go_and_the_mark_over_what_is_not_public(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    viewer = open_page(f"/kamera/{CAMERA}/")
    wait_until_live(viewer)
    expect(viewer.locator("#tonton .mark")).to_be_hidden()
    resident = open_page(f"/kamera/{CAMERA}/", as_="warga")
    wait_until_live(resident)
    cameras = {one["id"]: one["visibility"] for one in portal.visitor("ketua").ask(OWN).json["results"]}
    head = open_page("/rt-saya/", as_="ketua")
    head.get_by_role("link", name="Kelola semua kamera").click()
    head.locator("input[name=visibility][value=warga_rt]").check()
    head.get_by_role("button", name="Ubah semua").click()
    try:
        took = eventually(lambda: frame(viewer) is None, "the stranger's picture is gone", seconds=5)
        assert took <= 2.0
        wait_until_live(resident)
        mark = resident.locator("#tonton .mark")
        expect(mark).to_be_visible()
        assert "Siti Rahayu" in (mark.get_attribute("data-mark") or "")
        expect(head.get_by_text("diubah dan langsung berlaku")).to_be_visible()
    finally:
        ketua = portal.visitor("ketua")
        for camera, level in cameras.items():
            ketua.post(f"/api/v1/cameras/{camera}/visibility/", {"visibility": level})


OWN = "/api/v1/cameras/?kelurahan=33.74.12.1009&rw=005&rt=003"
SHOWN = "() => document.querySelector('#pandangan img').naturalWidth > 100"
