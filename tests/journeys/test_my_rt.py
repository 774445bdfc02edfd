"""RT saya as a resident's home, and looking through its cameras one after the other, on a phone and on a desk."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import DESK, PHONE, SIZES
from .frames import wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
CAMERA = "contoh0002"
_SEEN = """(seen) => {
  Object.defineProperty(document, "visibilityState", { value: seen, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""

_PACES = """async ([shown, options]) => {
  const { paces } = await import("/static/js/pace.js");
  return Object.fromEntries(paces(shown, options));
}"""
_ZOOM = """async () => {
  const { enlarged, moved, toggled, REST } = await import("/static/js/zoom.js");
  const frame = { width: 320, height: 180 };
  return %s;
}"""


def with_clock(open_page: Callable[..., Page], path: str, as_: str, **options: Any) -> Page:
    """A page whose clock can be run forward."""
    page = open_page("/healthz", as_=as_, **options)
    page.clock.install()
    page.goto(page.url.removesuffix("/healthz") + path)
    return page


def shown(page: Page) -> Any:
    return page.locator("[data-still][data-shown]")


# ---- the page ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_a_resident_stars_a_camera_and_finds_it_first(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_page("/rt-saya/", as_="warga", viewport=size)
    expect(shown(page).first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-part=usage]")).to_contain_text("MB")
    no_violations(page)
    last = page.locator("article.card:not([data-closed])").last
    name, star = last.locator("h3").inner_text(), last.locator("form.star button")
    with page.expect_response("**/api/v1/favourites/**") as answered:
        star.click()
    assert answered.value.status == 204
    expect(star).to_have_attribute("aria-pressed", "true")
    page.reload()
    first = page.locator("article.card").first
    expect(first.locator("h3")).to_have_text(name)
    with page.expect_response("**/api/v1/favourites/**"):
        first.locator("form.star button").press("Enter")
    expect(first.locator("form.star button")).to_have_attribute("aria-pressed", "false")


def test_stills_are_asked_for_every_five_seconds_and_a_hidden_tab_moves_nothing(open_page: Callable[..., Page]) -> None:
    page = with_clock(open_page, "/rt-saya/", "warga")
    expect(shown(page).first).to_be_visible(timeout=60_000)
    with page.expect_request("**/still/**"):
        page.clock.run_for(6000)
    page.evaluate(_SEEN, "hidden")
    page.wait_for_load_state("networkidle")
    moved: list[str] = []
    page.on("request", lambda request: moved.append(request.url))
    page.on("websocket", lambda socket: moved.append(socket.url))
    page.clock.run_for(120_000)
    assert page.evaluate("1") == 1, "the page is still there"
    assert moved == []
    with page.expect_request("**/still/**"), page.expect_websocket(lambda socket: "/ws/status/" in socket.url):
        page.evaluate(_SEEN, "visible")


def test_who_was_logged_out_meanwhile_logs_in_again_and_has_lost_nothing(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    page = with_clock(open_page, "/rt-saya/", "ketua")
    expect(shown(page).first).to_be_visible(timeout=60_000)
    card = page.locator("article.card").first
    card.locator("summary").click()
    card.locator("[name=reason]").fill("ada hajatan")
    page.context.clear_cookies(name="sessionid")
    page.clock.run_for(6000)
    note = page.locator("[role=alert] a")
    expect(note).to_have_text("Silakan masuk lagi")
    note.click()
    page.locator("[name=login]").fill("ketua")
    page.locator("[name=password]").fill((portal.data / "secrets" / "demo_password").read_text().strip())
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/rt-saya/")
    assert page.locator("article.card [name=reason]").first.input_value() == "ada hajatan"


# ---- data ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_saving_data_live_waits_for_a_tap(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = with_clock(open_page, "/rt-saya/", "warga", viewport=size)
    expect(shown(page).first).to_be_visible(timeout=60_000)
    page.get_by_role("switch", name="Hemat data").check()
    expect(page.locator("[data-part=care]")).to_contain_text("tiap 30 detik")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(20_000)
    assert [one for one in asked if "/still/" in one] == []
    with page.expect_request("**/still/**"):
        page.clock.run_for(12_000)
    page.locator(f"a[href='/kamera/{CAMERA}/']").click()
    page.wait_for_url(f"**/kamera/{CAMERA}/")
    stage = page.locator("#tonton")
    expect(stage).to_have_attribute("data-state", "saved")
    expect(shown(page)).to_be_visible(timeout=60_000)
    assert [one for one in asked if one.endswith("/watch/")] == []
    no_violations(page)
    page.locator("[data-part=play]").click()
    wait_until_live(page)
    page.evaluate("document.cookie = 'hemat=0; path=/'")


def test_a_phone_that_asks_for_it_saves_data_by_itself(open_page: Callable[..., Page]) -> None:
    page = open_page("/healthz", as_="warga")
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { effectiveType: '3g' } })")
    page.goto(page.url.removesuffix("/healthz") + "/rt-saya/")
    expect(page.get_by_role("switch", name="Hemat data")).to_be_checked()
    assert [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "hemat"] == ["a"]
    page.get_by_role("switch", name="Hemat data").uncheck()
    page.reload()
    expect(page.get_by_role("switch", name="Hemat data")).not_to_be_checked()


# ---- looking through ---------------------------------------------------------------------------------------------------------------


def test_a_finger_swipes_to_the_next_camera_looks_closer_and_keeps_a_picture(open_page: Callable[..., Page]) -> None:
    page = open_page(f"/kamera/{CAMERA}/", as_="warga", has_touch=True)
    wait_until_live(page)
    fingers = page.context.new_cdp_session(page)
    box = page.locator("#tonton [data-part=glass]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    # Two fingers that part enlarge, and the picture stays within its frame.
    scale = "Number(getComputedStyle(document.querySelector('#tonton')).getPropertyValue('--scale'))"
    eventually(lambda: page.locator("#tonton[data-viewer]").count() == 1, "fingers are listened to")
    touch("touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        touch("touchMove", (x - 20 - 10 * step, y), (x + 20 + 10 * step, y))
    touch("touchEnd")
    eventually(lambda: page.evaluate(scale) > 2, "the picture is larger")
    page.locator("[data-part=closer]").click()
    assert page.evaluate(scale) == 1
    with page.expect_download() as kept:
        page.locator("[data-part=save]").click()
    assert kept.value.suggested_filename.endswith(".jpg")
    with Image.open(io.BytesIO(kept.value.path().read_bytes())) as picture:
        assert picture.width == 640
    after = page.locator("a[rel=next]").get_attribute("href")
    touch("touchStart", (x + 90, y))
    for step in range(1, 6):
        touch("touchMove", (x + 90 - 36 * step, y + step))
    touch("touchEnd")
    page.wait_for_url(f"**{after}")
    wait_until_live(page)


def test_keys_go_through_the_cameras_look_closer_and_take_the_full_screen_along(open_page: Callable[..., Page]) -> None:
    page = open_page(f"/kamera/{CAMERA}/", as_="warga", viewport=DESK)
    expect(page.locator("#tonton[data-viewer]")).to_have_count(1)
    no_violations(page)
    page.keyboard.press("+")
    assert page.locator("[data-part=closer]").get_attribute("aria-pressed") == "true"
    after = page.locator("a[rel=next]").get_attribute("href")
    page.keyboard.press("f")
    eventually(lambda: bool(page.evaluate("Boolean(document.fullscreenElement)")), "full screen")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{after}**")
    expect(page.locator("#tonton[data-full]")).to_have_count(1)
    assert page.locator("[data-part=closer]").get_attribute("aria-pressed") == "false"
    page.keyboard.press("Escape")
    expect(page.locator("#tonton[data-full]")).to_have_count(0)
    expect(page.locator("#tonton[data-viewer]")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/kamera/{CAMERA}/")


# ---- pure parts, in the language they are written in ------------------------------------------------------------------------------


def test_what_is_looked_at_is_fresh_and_all_together_stay_within_the_hours_bytes(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/wilayah/")

    def paces(number: int, size: int, **options: Any) -> list[float]:
        shown = [{"key": near, "bytes": size, "near": near} for near in range(number)]
        found: dict[str, float] = page.evaluate(_PACES, [shown, options])
        return [found[str(near)] for near in range(number)]

    assert paces(3, 6000) == [5, 5, 5]
    desk = paces(12, 7000)
    assert desk[0] == 5
    assert desk == sorted(desk)
    assert sum(3600 / pace * 7000 for pace in desk) < 16.1e6
    for number, size in ((1, 100_000), (3, 40_000), (12, 40_000), (200, 40_000)):
        assert 15.9e6 < sum(3600 / pace * size for pace in paces(number, size)) < 16.1e6
    assert paces(2, 6000, saving=True) == [30, 30]
    assert paces(0, 1) == []


def test_what_is_under_the_fingers_stays_there_and_no_edge_comes_into_the_picture(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/wilayah/", viewport=PHONE)

    def of(words: str) -> Any:
        return page.evaluate(_ZOOM % words)

    assert of("enlarged(REST, 2, { x: 40, y: -20 }, frame)") == {"scale": 2, "x": -40, "y": 20}
    assert of("moved(enlarged(REST, 2, { x: 0, y: 0 }, frame), 900, 0, frame)") == {"scale": 2, "x": 160, "y": 0}
    assert of("enlarged(REST, 99, { x: 0, y: 0 }, frame).scale") == 6
    assert of("enlarged(REST, 0.2, { x: 50, y: 50 }, frame)") == {"scale": 1, "x": 0, "y": 0}
    assert of("toggled(toggled(REST, { x: 0, y: 0 }, frame), { x: 0, y: 0 }, frame)") == {"scale": 1, "x": 0, "y": 0}
