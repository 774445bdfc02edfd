"""The main pages of the demo city at phone and desk size, as somebody of its cast sees them."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize
from playwright.sync_api import TimeoutError as TookTooLong

from tests.journeys.browser import DESK, PHONE, chromium
from tests.journeys.portal import Portal

from .files import PROJECT, write_webp

FOLDER = PROJECT / "docs" / "pictures"
MOST_BYTES = 60_000
_SIZES: dict[str, ViewportSize] = {"ponsel": PHONE, "meja": DESK}  # type: ignore[dict-item]
_PICTURE = "main .still[data-shown]"
# What is on screen of pictures has come, or says that there is none.
_DRAWN = """() => [...document.querySelectorAll(".still img[src], img:not([loading=lazy])")].every((image) => {
  const box = image.getBoundingClientRect();
  return box.bottom <= 0 || box.top >= innerHeight || box.width === 0 || (image.complete && image.naturalWidth > 0);
})"""


@dataclass(frozen=True)
class Shot:
    """*tap*: what is tapped on the page first; *ready*: what must be there before the picture is taken; *scheme*: the hour."""

    name: str
    path: str
    as_: str = ""
    scheme: Literal["light", "dark"] = "light"
    ready: str = "h1"
    tap: str = ""


SHOTS = (
    Shot("peta", "/", scheme="dark", ready="[data-usable], #daftar li"),
    Shot("wilayah", "/wilayah/"),
    Shot("kelurahan", "/wilayah/33.74.12.1009/", ready=_PICTURE),
    Shot("kamera", "/kamera/contoh0001/", scheme="dark", ready="[data-state=live]"),
    Shot("rt-saya", "/rt-saya/", "warga", scheme="dark", ready=_PICTURE),
    Shot("rt-saya-ketua", "/rt-saya/", "ketua", ready=_PICTURE),
    Shot("ronda", "/ronda/", "warga", scheme="dark"),
    Shot(
        "putaran",
        "/ronda/",
        "warga",
        scheme="dark",
        tap="main .button.big, main button.big",
        ready="main .still img[src]",
    ),
    Shot("kentongan", "/kentongan/1/", "warga", scheme="dark"),
    Shot("laporan", "/laporan/", "ketua"),
    Shot("dinding", "/dinding/siap/rt-1/", "warga", scheme="dark", ready="main .still img[src]"),
    Shot("masuk", "/masuk/"),
    Shot("gaya", "/gaya/"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="pictures-") as folder,
        Portal(Path(folder) / "data") as portal,
        chromium() as browser,
    ):
        for shot in SHOTS:
            for size, viewport in _SIZES.items():
                _take(browser, portal, shot, size, viewport)


def _take(browser: Browser, portal: Portal, shot: Shot, size: str, viewport: ViewportSize) -> None:
    context = browser.new_context(
        viewport=viewport,
        locale="id-ID",
        color_scheme=shot.scheme,
        device_scale_factor=1.5 if size == "ponsel" else 1,
        reduced_motion="reduce",
        service_workers="block",
    )
    if shot.as_:
        session = portal.visitor(shot.as_).cookie("sessionid")
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.base}])
    page = context.new_page()
    page.goto(portal.base + shot.path)
    if shot.tap:
        page.locator(shot.tap).first.click()
    page.locator(shot.ready).first.wait_for(state="attached")
    _wait_until_drawn(page)
    file = FOLDER / f"{shot.name}-{size}.webp"
    taken = write_webp(page.screenshot(), file, most_bytes=MOST_BYTES)
    print(f"{file.relative_to(PROJECT)}: {taken / 1000:.0f} kB")
    context.close()


def _wait_until_drawn(page: Page) -> None:
    with suppress(TookTooLong):  # a camera that is off has none
        page.wait_for_load_state("networkidle", timeout=4000)
    for _ in range(20):
        if page.evaluate(_DRAWN):
            break
        page.wait_for_timeout(250)
