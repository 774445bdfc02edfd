"""The Chromium that journeys, benchmarks and the pictures in docs/ are seen with, and the two sizes that every page is made for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
# Every page is made for both: `@pytest.mark.parametrize("size", SIZES)`, then `open_page(path, viewport=size)`.
SIZES = [pytest.param(PHONE, id="ponsel"), pytest.param(DESK, id="meja")]
# No calls home; no GPU, which a test machine has not.
_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
    # A busy test machine must not look like a slow network, where the portal saves data by itself.
    "--force-effective-connection-type=4G",
]


def program() -> str | None:
    """Where this machine's Chromium is, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own. Raises: SystemExit, where there is none."""
    found = program()
    if found is None:
        raise SystemExit("Chromium tidak ada: jalankan `make browser`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()
