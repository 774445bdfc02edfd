"""Icons and the neutral preview picture, drawn from ``static/img/lamp.svg`` and ``kawung.svg``."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.browser import chromium

from .files import PROJECT, write_png

IMAGES = PROJECT / "static" / "img"
NIGHT = "#14202f"
# A badge in Android's status bar is a shape without colours.
_BADGE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none"
stroke="#fff" stroke-width="2.6" stroke-linecap="round">
<path d="M2.5 18.5c3.8-5.2 8.5-7.9 13.5-7.9s9.7 2.7 13.5 7.9c-3.8 5.2-8.5 7.9-13.5 7.9s-9.7-2.7-13.5-7.9Z"/>
<circle cx="16" cy="18.5" r="4.2" fill="#fff" stroke="none"/><path d="M9 4.5h14"/></svg>"""


def main() -> None:
    lamp = (IMAGES / "lamp.svg").read_text()
    with chromium() as browser:
        for side in (180, 192, 512):
            _draw(browser, f"icon-{side}.png", (side, side), _picture(lamp, 100), back=NIGHT if side == 180 else "")
        # Phones cut these into circles and drops: the drawing stays within the inner four fifths.
        _draw(browser, "icon-maskable-512.png", (512, 512), _picture(lamp, 78), back=NIGHT)
        _draw(browser, "badge-96.png", (96, 96), _picture(_BADGE, 100))
        _draw(browser, "preview.png", (1200, 630), _preview(lamp), back=NIGHT, colours=96)


def _draw(browser: Browser, name: str, size: tuple[int, int], body: str, *, back: str = "", colours: int = 64) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(
        f"<style>*{{margin:0}}body{{display:grid;place-items:center;height:100vh;background:{back or 'transparent'}}}</style>{body}"
    )
    page.locator("img").first.evaluate("(image) => image.decode()")
    taken = write_png(page.screenshot(omit_background=not back), IMAGES / name, colours=colours)
    print(f"static/img/{name}: {taken / 1000:.1f} kB")
    page.close()


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _picture(svg: str, percent: int) -> str:
    return f'<img src="{_address(svg)}" style="width:{percent}vw;height:{percent}vw">'


def _preview(lamp: str) -> str:
    kawung = Path(IMAGES / "kawung.svg").read_text().replace("<path", '<path fill="#24344a"')
    return f"""<div style="position:relative;width:1200px;height:630px;display:grid;align-content:center;gap:28px;
        padding:0 96px;box-sizing:border-box;color:#e9edf4;font:600 40px/1.35 system-ui,sans-serif">
      <div style="position:absolute;inset:0 0 auto;height:72px;background:url('{_address(kawung)}') 0 0/36px"></div>
      <div style="position:absolute;inset:auto 0 0;height:72px;background:url('{_address(kawung)}') 0 0/36px"></div>
      <div style="display:flex;align-items:center;gap:36px;font-size:96px;font-weight:800;letter-spacing:-.02em">
        <img src="{_address(lamp)}" style="width:150px;height:150px">Tilik Semar</div>
      <p style="color:#ffc46b">Kamera lingkungan.<br><span style="color:#a9b6ca">Warga melihat jalannya sendiri.</span></p></div>"""
