"""One portal and one browser for all journeys of a session."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .portal import Portal

# What is waited for on a page comes in a second or two; a machine that does other things besides may take many.
expect.set_options(timeout=30_000)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
# Every page is made for both: `@pytest.mark.parametrize("size", SIZES)`, then `open_page(path, viewport=size)`.
SIZES = [pytest.param(PHONE, id="ponsel"), pytest.param(DESK, id="meja")]
# No calls home; no WebGL either, which nothing of ours needs.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    # A busy test machine must not look like a slow network, where the portal saves data by itself.
    "--force-effective-connection-type=4G",
]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with Portal(tmp_path_factory.mktemp("portal") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        warnings.filterwarnings("default", message="NO BROWSER")
        warnings.warn("NO BROWSER: install chromium; the journeys in a browser were skipped", stacklevel=1)
        pytest.skip("no Chromium on this machine: `make browser` installs it where it may")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens pages of the portal, each in a browser of its own; whatever goes wrong in a page's scripts fails the test."""
    errors: list[str] = []
    contexts = []

    def open_(path: str, *, as_: str = "", **options: Any) -> Page:
        context = chromium.new_context(viewport=options.pop("viewport", PHONE), locale="id-ID", **options)
        contexts.append(context)
        if as_:
            context.add_cookies(
                [{"name": "sessionid", "value": portal.visitor(as_).cookie("sessionid"), "url": portal.base}]
            )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(f"{path}: {error}"))
        page.goto(portal.base + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors
