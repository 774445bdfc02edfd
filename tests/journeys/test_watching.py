"""From the map to moving pictures, and what the portal does while they move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .frames import clock_age, frame, wait_for_moving_pictures, wait_until_live
from .map import click_on_the_map
from .portal import Portal, eventually

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}, {"width": 1440, "height": 900}])
def test_from_the_map_to_moving_pictures_with_the_clock_of_now(
    portal: Portal, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    camera = portal.visitor().ask("/api/v1/cameras/contoh0009/").json
    page = open_page(f"/#peta=17/{camera['latitude']}/{camera['longitude']}", viewport=viewport)
    click_on_the_map(page, "contoh0009")
    page.locator("#kartu a.button").click()
    page.wait_for_url("**/kamera/contoh0009/")
    wait_until_live(page)
    wait_for_moving_pictures(page)
    eventually(lambda: clock_age(frame(page)) < 4, "the clock in the picture is that of now")
    assert clock_age(frame(page)) > -1


def test_a_stream_that_nobody_watches_any_more_ends(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/kamera/contoh0010/")
    wait_until_live(page)
    assert portal.pulling()
    page.context.close()
    eventually(lambda: not portal.pulling(), "no ffmpeg runs for nobody")
    folder = portal.data / "hls" / "contoh0010"
    eventually(lambda: not folder.exists(), "its segments are gone")


def test_a_hidden_tab_lets_go_and_comes_back_by_itself(portal: Portal, open_page: Callable[..., Page]) -> None:
    page = open_page("/kamera/contoh0011/")
    wait_until_live(page)
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert page.locator("#tonton").get_attribute("data-state") == "paused"
    eventually(lambda: not portal.pulling(), "the stream has ended")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    wait_until_live(page)
