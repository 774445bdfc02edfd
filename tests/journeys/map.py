"""Where a camera is on the map's canvas."""

from __future__ import annotations

from playwright.sync_api import Page

from .portal import eventually

_CAMERA_AT = """id => {
  const { map } = document.querySelector("#peta");
  const box = document.querySelector("#peta").getBoundingClientRect();
  const found = map.queryRenderedFeatures().find(one => one.properties.id === id);
  if (!found) return null;
  const at = map.project(found.geometry.coordinates);
  return [box.left + at.x, box.top + at.y];
}"""


def click_on_the_map(page: Page, camera: str) -> None:
    eventually(lambda: page.evaluate(_CAMERA_AT, camera) is not None, "the camera is on the map", seconds=30)
    page.mouse.click(*page.evaluate(_CAMERA_AT, camera))
