"""Where a camera is on the map's canvas."""

from __future__ import annotations

from playwright.sync_api import Page, expect

_CAMERA_AT = """async id => {
  const root = document.querySelector("#peta");
  const { latitude, longitude } = await (await fetch(`/api/v1/cameras/${id}/`)).json();
  const { left, top } = root.getBoundingClientRect();
  const at = root.map.latLngToContainerPoint([latitude, longitude]);
  return [left + at.x, top + at.y];
}"""


def wait_for_the_map(page: Page) -> None:
    expect(page.locator("#peta")).to_have_attribute("data-ready", "yes", timeout=60_000)


def click_on_the_map(page: Page, camera: str) -> None:
    """Where the map is so near that cameras stand apart."""
    wait_for_the_map(page)
    # The list says what is drawn.
    expect(page.locator(f'#daftar a[href="/kamera/{camera}/"]')).to_have_count(1, timeout=60_000)
    page.mouse.click(*page.evaluate(_CAMERA_AT, camera))
