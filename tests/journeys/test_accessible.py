"""Every page, for everybody: held against axe-core on a phone by day and on a desk by night, and walked with the Tab key alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from .axe import violations
from .browser import DESK, PHONE
from .keyboard import unreachable
from .pages import Parts, pages_of
from .portal import Portal

pytestmark = pytest.mark.browser
CAST = ("", "warga", "ketua", "petugas")
# Fewer would mean that the crawler no longer finds its way.
AT_LEAST = {"": 12, "warga": 15, "ketua": 8, "petugas": 2}


@dataclass
class Findings:
    pages: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def findings(portal: Portal, chromium: Browser) -> dict[str, Findings]:
    """One browser page for each of the cast opens, one after the other, all pages that nobody before them has."""
    known: set[Parts] = set()
    found: dict[str, Findings] = {}
    for as_ in CAST:
        context = chromium.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale="id-ID",
            reduced_motion="reduce",
            service_workers="block",
        )
        if as_:
            session = portal.visitor(as_).cookie("sessionid")
            context.add_cookies([{"name": "sessionid", "value": session, "url": portal.base}])
        page, mine = context.new_page(), Findings()
        found[as_] = mine
        _listen(page, mine)
        for path in pages_of(portal, as_, known):
            _look_at(page, portal.base + path, mine)
        context.close()
    return found


def _listen(page: Page, mine: Findings) -> None:
    page.on("pageerror", lambda error: mine.scripts.append(f"{page.url}: {error}"))


def _look_at(page: Page, address: str, mine: Findings) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
    page.goto(address, wait_until="load")
    mine.pages.append(address)
    told = [f"phone by day: {one}" for one in violations(page)]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    told += [f"desk by night: {one}" for one in violations(page)]
    mine.axe += [f"{address} {one}" for one in told]
    mine.keyboard += [f"{address} {one}" for one in unreachable(page)]


@pytest.mark.parametrize("as_", CAST)
def test_no_page_stands_in_anybodys_way(findings: dict[str, Findings], as_: str) -> None:
    assert len(findings[as_].pages) >= AT_LEAST[as_], findings[as_].pages
    assert findings[as_].axe == []


@pytest.mark.parametrize("as_", CAST)
def test_every_page_can_be_walked_by_keyboard(findings: dict[str, Findings], as_: str) -> None:
    assert findings[as_].keyboard == []


@pytest.mark.parametrize("as_", CAST)
def test_no_script_of_any_page_fails(findings: dict[str, Findings], as_: str) -> None:
    assert findings[as_].scripts == []
