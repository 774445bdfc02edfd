"""A camera that sends small pictures too, watched on a phone: small ones, until the phone shows them on its full screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from simulator.harness import Simulator

from .frames import wait_for_moving_pictures, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def camera(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its public id."""
    file: Path = tmp_path_factory.mktemp("substream") / "cameras.csv"
    with Simulator() as simulator:
        columns = "name,category,kelurahan_code,rw,rt,latitude,longitude,visibility,source_url,username,password"
        large, small = simulator.url("two"), simulator.url("two", size="small")
        row = f"Dua ukuran,lingkungan,33.74.12.1009,005,004,-7.05,110.39,publik,{large},,,{small}"
        file.write_text(f"{columns},substream_url\n{row}\n")
        assert "1 kamera baru" in portal.manage("import_cameras", str(file)).stdout
        listed = portal.visitor().ask("/api/v1/cameras/?kelurahan=33.74.12.1009&rt=004").json["results"]
        public_id = next(one["id"] for one in listed if one["name"] == "Dua ukuran")
        yield public_id
        portal.manage(
            "shell", "-c", f"from cameras.models import Camera; Camera.objects.filter(public_id='{public_id}').delete()"
        )


def wait_for_width(page: Page, pixels: int) -> None:
    eventually(
        lambda: page.evaluate("document.querySelector('video').videoWidth") == pixels,
        f"the pictures are {pixels} pixels wide",
    )


def test_a_phone_gets_the_small_pictures_and_its_full_screen_the_large_ones(
    portal: Portal, open_page: Callable[..., Page], camera: str
) -> None:
    eventually(lambda: not portal.pulling(), "what other journeys watched has ended")
    page = open_page(f"/kamera/{camera}/")
    wait_until_live(page)
    wait_for_width(page, 320)
    page.locator('[data-part="fullscreen"]').click()
    wait_for_width(page, 640)
    wait_until_live(page)
    wait_for_moving_pictures(page)
    assert len(portal.pulling()) == 1


def test_a_large_page_gets_the_large_pictures(open_page: Callable[..., Page], camera: str) -> None:
    page = open_page(f"/kamera/{camera}/", viewport=DESK)
    wait_until_live(page)
    wait_for_width(page, 640)
