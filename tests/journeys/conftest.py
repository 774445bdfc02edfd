"""One portal and one browser for all journeys of a session."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from . import browser
from .portal import Portal

# What is waited for on a page comes in a second or two; a machine that does other things besides may take many.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with Portal(tmp_path_factory.mktemp("portal") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if browser.program() is None:
        warnings.filterwarnings("default", message="NO BROWSER")
        warnings.warn("NO BROWSER: install chromium; the journeys in a browser were skipped", stacklevel=1)
        pytest.skip("no Chromium on this machine: `make browser` installs it where it may")
    with browser.chromium() as started:
        yield started


@pytest.fixture
def open_page(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens pages of the portal, each in a browser of its own; whatever goes wrong in a page's scripts fails the test."""
    errors: list[str] = []
    contexts = []

    def open_(path: str, *, as_: str = "", **options: Any) -> Page:
        context = chromium.new_context(viewport=options.pop("viewport", browser.PHONE), locale="id-ID", **options)
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
