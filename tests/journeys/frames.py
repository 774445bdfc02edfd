"""Pictures out of a page's `<video>`, and the clock in them."""

from __future__ import annotations

import io
import time
from base64 import b64decode

from PIL import Image
from playwright.sync_api import Page

from simulator import clockcode

from .portal import eventually

_GRAB = """() => {
  const video = document.querySelector("video");
  if (!video.videoWidth) return "";
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


def frame(page: Page) -> Image.Image | None:
    """What the video shows now; None while it shows nothing."""
    data = page.evaluate(_GRAB)
    return Image.open(io.BytesIO(b64decode(data))) if data else None


def clock_age(picture: Image.Image | None) -> float:
    """Seconds by which the clock in the picture is behind now; infinity where there is none to read."""
    if picture is None:
        return float("inf")
    try:
        return clockcode.age(clockcode.read(picture), time.time())
    except clockcode.ClockUnreadableError:
        return float("inf")


def wait_until_live(page: Page, *, seconds: float = 30) -> None:
    eventually(
        lambda: page.locator("#tonton").get_attribute("data-state") == "live", "the page says live", seconds=seconds
    )


def wait_for_moving_pictures(page: Page, *, seconds: float = 10) -> tuple[Image.Image, Image.Image]:
    """Two different pictures, the second later."""
    first = frame(page)
    second: Image.Image | None = None

    def moved() -> bool:
        nonlocal first, second
        second = frame(page)
        if first is None:
            first = second
        return first is not None and second is not None and first.tobytes() != second.tobytes()

    eventually(moved, "two pictures differ", seconds=seconds)
    assert first is not None
    assert second is not None
    return first, second
