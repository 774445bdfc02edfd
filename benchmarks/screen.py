"""A Chromium that notes when each frame of a page's video was shown, and what its clock said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.journeys.browser import PHONE

# Notes the wall time (ms) of every frame that the video shows; kept small by keeping the first and the longest gap since `since`.
_NOTES = """
(() => {
  const notes = window.notes = { first: 0, last: 0, longest: 0, frames: 0, errors: [] };
  const shown = (now) => {
    const at = performance.timeOrigin + now;
    if (!notes.first) notes.first = at;
    if (notes.last) notes.longest = Math.max(notes.longest, at - notes.last);
    notes.last = at;
    notes.frames++;
    document.querySelector("video").requestVideoFrameCallback(shown);
  };
  addEventListener("DOMContentLoaded", () => document.querySelector("video")?.requestVideoFrameCallback(shown));
})();
"""


@contextmanager
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="id-ID")  # type: ignore[arg-type]
    context.add_init_script(_NOTES)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def click_to_first_frame(opened: Page, list_address: str, camera: str, *, reading: float) -> float:
    """Seconds from the click on a camera's link, after *reading* the list so many seconds, to the first frame of its video."""
    opened.goto(list_address)
    time.sleep(reading)
    link = f"a[href='/kamera/{camera}/']"
    opened.locator(link).first.wait_for()
    clicked = opened.evaluate(
        "(link) => { document.querySelector(link).click(); return performance.timeOrigin + performance.now(); }", link
    )
    opened.wait_for_url(f"**/kamera/{camera}/")
    until_frames(opened)
    return (float(opened.evaluate("window.notes.first")) - float(clicked)) / 1000


def until_frames(opened: Page, count: int = 1) -> None:
    """Until so many frames were shown. Asks and asks again: the portal's content security policy forbids the page to evaluate a
    condition by itself."""
    end = time.monotonic() + 60
    while opened.evaluate("window.notes?.frames ?? 0") < count:
        if time.monotonic() > end:
            raise TimeoutError("no frames in 60 s")
        time.sleep(0.05)
