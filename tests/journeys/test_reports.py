"""From what somebody sees on a camera to a report that is closed with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import SIZES
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0001"


@pytest.mark.parametrize("size", SIZES)
def test_a_report_with_the_picture_goes_to_the_head_and_comes_back_closed(
    portal: Portal, open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    visitor = portal.visitor()
    still = f"/api/v1/cameras/{CAMERA}/still/?size=large"
    eventually(lambda: visitor.ask(still).status == 200, "there is a picture", seconds=40)
    reporter = open_page(f"/kamera/{CAMERA}/", as_="warga", viewport=size)
    reporter.get_by_role("link", name="Lapor", exact=True).click()
    picture = reporter.get_by_role("img", name="Gambar kamera saat ini")
    expect(picture).to_be_visible()
    eventually(lambda: picture.evaluate("image => image.naturalWidth") == 640, "it is drawn")
    no_violations(reporter)
    assert reporter.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reporter.get_by_role("radio", name="Keamanan").check()
    reporter.get_by_label("Apa yang terjadi?").fill("Pagar terbuka sejak tadi")
    reporter.get_by_role("button", name="Kirim laporan").click()
    expect(reporter.locator(".message")).to_contain_text("sudah sampai")
    no_violations(reporter)

    path = reporter.url.removeprefix(portal.base)
    head = open_page("/rt-saya/", as_="ketua", viewport=size)
    head.get_by_role("link", name="Laporan warga").click()
    no_violations(head)
    head.locator(f'a[href="{path}"]').click()
    expect(head.get_by_text("Pagar terbuka sejak tadi")).to_be_visible()
    expect(head.get_by_role("img", name="Gambar kamera saat dilaporkan")).to_be_visible()
    head.get_by_role("button", name="Saya tangani").click()
    head.get_by_label("Apa hasilnya?").fill("Sudah dikunci")
    no_violations(head)
    head.get_by_role("button", name="Tutup laporan").click()
    expect(head.locator(".note")).to_contain_text("Selesai")
    reporter.reload()
    expect(reporter.locator(".history")).to_contain_text("Sudah dikunci")

    guard = open_page(path, as_="penjaga", viewport=size)
    expect(guard.get_by_role("heading", name="Keamanan")).to_be_visible()
    expect(guard.locator("main")).not_to_contain_text("Pagar terbuka")


def test_of_two_who_close_one_report_at_once_the_second_reads_who_was_first(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    told = portal.visitor("warga").post(
        "/api/v1/incidents/", {"category": "banjir", "words": "Air naik", "camera": CAMERA}
    )
    path = told.json["url"]
    head, officer = (open_page(path, as_=who) for who in ("ketua", "petugas"))
    for page, result in ((head, "Sudah surut"), (officer, "Pompa menyala")):
        page.get_by_label("Apa hasilnya?").fill(result)
    head.get_by_role("button", name="Tutup laporan").click()
    expect(head.locator(".message")).to_contain_text("Tersimpan")
    officer.get_by_role("button", name="Tutup laporan").click()
    expect(officer.locator(".message")).to_contain_text("Slamet Widodo sudah menutupnya")
    expect(officer.locator(".message")).to_contain_text("Sudah surut")
    assert (
        portal.visitor("petugas").ask(f"/api/v1{path.replace('laporan', 'incidents')}").json["steps"][-1]["who"]
        == "Slamet Widodo"
    )


def test_what_was_written_survives_a_log_in_that_ran_out(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/lapor/", as_="warga")
    page.get_by_role("radio", name="Sampah").check()
    page.get_by_label("Apa yang terjadi?").fill("Menumpuk di pojok lapangan")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Kirim laporan").click()
    page.wait_for_url("**/masuk/**")
    page.locator("input[name=login]").fill("warga")
    page.locator("input[name=password]").fill((portal.data / "secrets" / "demo_password").read_text().strip())
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_label("Apa yang terjadi?")).to_have_value("Menumpuk di pojok lapangan")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator(".message")).to_contain_text("sudah sampai")


@pytest.mark.parametrize("size", SIZES)
def test_a_place_without_a_camera_is_shown_on_a_map_and_found_again(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page("/rt-saya/", as_="warga", viewport=size)
    page.get_by_role("link", name="Lapor", exact=True).first.click()
    page.get_by_role("radio", name="Lampu").check()
    page.get_by_label("Apa yang terjadi?").fill("Lampu jalan padam")
    page.get_by_text("Tunjukkan di peta").click()
    there = page.locator(".pick[data-ready=yes]")
    expect(there).to_be_visible()
    no_violations(page)
    there.click()
    expect(page.get_by_text("Letaknya ikut dikirim")).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator(".message")).to_contain_text("sudah sampai")
    if "/laporan/" not in page.url:
        page.goto(page.url.split("/rt-saya/")[0] + "/laporan/")
        page.locator("main .rows a").first.click()
    link = page.get_by_role("link", name="Letaknya di peta")
    wanted = (link.get_attribute("href") or "").rpartition("#")[2]
    link.click()
    eventually(lambda: page.locator("#peta").get_attribute("data-ready") == "yes", "the map is there")
    assert wanted.startswith("peta=17/")
    latitude, longitude = (float(one) for one in wanted.split("/")[1:])
    centre = page.evaluate("(({ lat, lng }) => [lat, lng])(document.querySelector('#peta').map.getCenter())")
    assert centre == pytest.approx([latitude, longitude], abs=0.001)
