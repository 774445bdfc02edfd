"""The portal among a phone's apps: what Chromium asks of it, what is kept on the phone, and what it shows without a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import SIZES
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]

_KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  }
  return kept;
}"""

_REFUSE = """(() => {
  const refuse = { get() { throw new DOMException("refused", "SecurityError"); } };
  for (const name of ["localStorage", "sessionStorage", "caches"]) Object.defineProperty(globalThis, name, refuse);
  const worker = { register: async () => { throw new Error("refused"); }, addEventListener() {} };
  Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => worker });
})()"""


def with_worker(open_page: OpenPage, path: str, as_: str = "", **options: Any) -> Page:
    page = open_page(path, as_=as_, **options)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return page


@pytest.mark.parametrize("size", SIZES)
def test_chromium_would_install_it(open_page: OpenPage, size: Any) -> None:
    page = with_worker(open_page, "/", viewport=size)
    session = page.context.new_cdp_session(page)
    errors = {one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}  # as every browser of a test is
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")


@pytest.mark.parametrize("size", SIZES)
def test_without_a_network_there_is_a_page_that_says_so(open_page: OpenPage, portal: Portal, size: Any) -> None:
    page = with_worker(open_page, "/rt-saya/", "warga", viewport=size)
    page.reload()
    page.context.set_offline(True)
    page.goto(f"{portal.base}/kamera/contoh0002/")
    expect(page.get_by_role("heading", name="Tidak ada sambungan internet")).to_be_visible()
    assert page.locator(".top").evaluate("(bar) => getComputedStyle(bar).display") == "flex"
    assert "Siti" not in page.content()
    no_violations(page)
    page.context.set_offline(False)
    page.get_by_role("link", name="Coba lagi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gapura")


def test_no_picture_and_no_page_of_a_person_is_kept_on_the_phone(open_page: OpenPage) -> None:
    page = with_worker(open_page, "/rt-saya/", "warga")
    eventually(lambda: page.locator(".still img[src]").count() > 0, "a still is shown")
    page.goto(page.url.replace("/rt-saya/", "/kamera/contoh0001/"))
    kept = page.evaluate(_KEPT)
    assert "/luring/" in kept
    assert all(path == "/luring/" or path.startswith("/static/") for path in kept)
    assert not [path for path in kept if path.endswith((".jpg", ".webp", ".m4s", ".mp4"))]


@pytest.mark.parametrize("size", SIZES)
def test_sharing_gives_the_address_of_the_page_to_the_phone_else_to_whatsapp(open_page: OpenPage, size: Any) -> None:
    page = open_page("/gaya/", viewport=size)
    page.evaluate("() => { globalThis.given = []; navigator.share = async (what) => given.push(what); }")
    page.get_by_role("link", name="Bagikan").click()
    assert page.evaluate("() => given") == [{"title": "Gaya rumah", "url": page.url}]
    page.evaluate("() => { navigator.share = undefined; }")
    page.get_by_role("link", name="Bagikan").click()
    link = page.get_by_role("link", name="Kirim lewat WhatsApp")
    expect(link).to_have_attribute(
        "href", f"https://wa.me/?text=Gaya%20rumah%20{page.url.replace(':', '%3A').replace('/', '%2F')}"
    )


def test_where_nothing_may_be_stored_pages_work_all_the_same(open_page: OpenPage, portal: Portal) -> None:
    """As in the browser inside WhatsApp, with storage and service workers refused."""
    page = open_page("/healthz")
    page.context.add_init_script(_REFUSE)
    for path in ("/", "/wilayah/", "/kamera/contoh0001/"):
        page.goto(portal.base + path)
        expect(page.get_by_role("heading", level=1).first).to_be_attached()
    expect(page.locator("#tonton")).to_have_attribute("data-state", "live")
