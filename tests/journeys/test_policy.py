"""Every kind of page works under its own policy: a browser that refuses to load or run something says so on its console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .frames import wait_for_moving_pictures, wait_until_live

pytestmark = pytest.mark.browser


def visit(open_page: Callable[..., Page], path: str, as_: str = "") -> tuple[Page, list[str]]:
    """The page, and what its browser refuses from now on."""
    refused: list[str] = []
    page = open_page("/healthz", as_=as_)
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(page.url.removesuffix("/healthz") + path)
    return page, refused


def test_the_map_draws(open_page: Callable[..., Page]) -> None:
    page, refused = visit(open_page, "/")
    expect(page.locator("#peta canvas")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert refused == []


def test_a_camera_plays(open_page: Callable[..., Page]) -> None:
    page, refused = visit(open_page, "/kamera/contoh0001/")
    wait_until_live(page)
    wait_for_moving_pictures(page)
    assert refused == []


@pytest.mark.parametrize(
    ("path", "as_"),
    [
        ("/masuk/", ""),
        ("/wilayah/", ""),
        ("/rt-saya/", "ketua"),
        ("/akun/", "warga"),
        ("/akun/2fa/", "ketua"),
        ("/petugas/token/", "petugas"),
        ("/tawarkan-kamera/", "warga"),
        ("/admin/", "admin"),
        ("/admin/cameras/camera/", "admin"),
        ("/admin/cameras/camera/add/", "admin"),
        ("/admin/neighborhoods/residency/add/", "admin"),
    ],
)
def test_pages_load_nothing_that_is_forbidden(open_page: Callable[..., Page], path: str, as_: str) -> None:
    page, refused = visit(open_page, path, as_)
    page.wait_for_load_state("load")
    expect(page.locator("h1").first).to_be_visible()
    assert refused == []


def test_the_browser_does_refuse_a_script_that_somebody_smuggled_in(open_page: Callable[..., Page]) -> None:
    page, refused = visit(open_page, "/wilayah/")
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'mine'";
      document.body.append(script);
    }""")
    assert page.title() != "mine"
    assert len(refused) == 1
