"""What an installation may lay under the map: a PMTiles file of its own, or a server of tiles."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .browser import SIZES
from .pmtiles import write_water
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
_RED = (200, 30, 40)
# The colour of the middle pixel of the first tile that is drawn.
_COLOUR = """() => {
  const tile = document.querySelector(".leaflet-tile-pane canvas");
  if (!tile) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d");
  pen.drawImage(tile, -128, -128);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


class _Tiles(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        picture = io.BytesIO()
        Image.new("RGB", (256, 256), _RED).save(picture, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(picture.getvalue())

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the paths that it was asked for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Tiles) as server:
        server.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def page_of(chromium: Browser, portal: Portal, size: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(viewport=size, color_scheme="light")  # type: ignore[arg-type]
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    try:
        page.goto(f"{portal.base}/#peta=14/-7.05/110.39")
        yield page
        assert errors == []
    finally:
        context.close()


def test_a_file_of_ones_own_is_drawn_by_day_and_by_night(chromium: Browser, tmp_path: Path) -> None:
    portal = Portal(tmp_path / "data")
    portal.environ |= {"MAP_FILE": str(write_water(tmp_path / "kota.pmtiles")), "MAP_TILES_CREDIT": "© Air"}
    with portal:
        for size in SIZES:
            with page_of(chromium, portal, size.values[0]) as page:  # type: ignore[arg-type]
                eventually(lambda page=page: page.evaluate(_COLOUR) == [128, 222, 234], "water by day")  # type: ignore[misc]
                expect(page.get_by_text("© Air")).to_be_visible()
                page.emulate_media(color_scheme="dark")
                eventually(lambda page=page: sum(page.evaluate(_COLOUR) or [999]) < 240, "water by night")  # type: ignore[misc]


def test_tiles_of_a_server_are_drawn(chromium: Browser, tmp_path: Path) -> None:
    with tile_server() as (address, asked):
        portal = Portal(tmp_path / "data")
        portal.environ |= {"MAP_TILES_URL": address + "/{z}/{x}/{y}.png", "MAP_TILES_CREDIT": "© Tiles"}
        with portal:
            for size in SIZES:
                with page_of(chromium, portal, size.values[0]) as page:  # type: ignore[arg-type]
                    expect(page.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
                    expect(page.get_by_text("© Tiles")).to_be_visible()
    assert any(path.startswith("/14/") for path in asked)
