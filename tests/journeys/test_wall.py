"""The wall of cameras in a running portal: made and kept, touring, live on a tap, never more than the device bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from .axe import no_violations
from .browser import DESK, PHONE, SIZES
from .portal import Portal, Visitor, eventually

pytestmark = pytest.mark.browser
# The home RT's: for everybody, for the RT, for the RW.
HOME = ["contoh0001", "contoh0002", "contoh0003"]


@pytest.fixture
def make_wall(portal: Portal) -> Iterator[Callable[..., str]]:
    """Makes a wall and answers its address; it goes when the test ends."""
    made: list[tuple[Visitor, str]] = []

    def make(cameras: list[str], *, as_: str = "warga", side: int = 3, seconds: int = 0) -> str:
        visitor = portal.visitor(as_)
        visitor.ask("/masuk/")  # for the token against forged requests
        answer = visitor.post(
            "/api/v1/walls/", {"name": f"Coba {len(made)}", "side": side, "seconds": seconds, "cameras": cameras}
        )
        assert answer.status == 201, answer.body
        made.append((visitor, f"/api/v1/walls/{answer.json['id']}/"))
        return str(answer.json["url"])

    yield make
    for visitor, address in made:
        visitor.ask(address, method="DELETE")


_COUNT_LOCKS = """
window.locks = 0;
Object.defineProperty(navigator, "wakeLock", { value: {
  request: async () => {
    window.locks++;
    const lock = new EventTarget();
    lock.release = async () => { window.locks--; lock.dispatchEvent(new Event("release")); };
    return lock;
  },
} });
"""


def of_the_city(portal: Portal) -> list[str]:
    """Public cameras that work, of the city's own."""
    listed = portal.visitor().ask("/api/v1/cameras/?category=lalu_lintas").json["results"]
    return [camera["id"] for camera in listed if camera["status"] != "offline"]


def on_a_good_line(page: Page) -> None:
    """What Chromium guesses of a line to its own machine changes by the minute: as in browsers that say nothing of it."""
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: undefined });")
    page.reload()


def live(page: Page) -> int:
    return page.locator(".tile[data-state=live]").count()


@pytest.mark.parametrize("size", SIZES)
def test_a_wall_is_made_kept_and_shown_in_pages_that_fit_the_screen(
    open_page: Callable[..., Page], size: ViewportSize
) -> None:
    page = open_page("/dinding/", as_="warga", viewport=size)
    no_violations(page)
    page.get_by_role("link", name="Buat dinding").click()
    page.get_by_label("Nama dinding").fill("Jaga malam")
    page.get_by_label("Cari kamera").fill("simpang")
    page.get_by_role("button", name="Cari").click()
    found = page.get_by_role("group", name="Hasil pencarian").get_by_role("checkbox")
    for number in range(3):
        found.nth(number).check()
    for box in page.get_by_role("group", name="RT saya").get_by_role("checkbox").all()[:3]:
        box.check()
    no_violations(page)
    page.get_by_role("button", name="Simpan dinding").click()
    shown = page.locator(".tile:visible")
    phone = size == PHONE
    expect(shown).to_have_count(4 if phone else 6)
    no_violations(page)
    if phone:
        page.get_by_role("button", name="Halaman berikutnya").click()
        expect(shown).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Atur").click()
    names = page.locator(".wall-chosen b")
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    page.get_by_role("button", name=f"Turunkan {first}").click()
    page.get_by_role("button", name="Simpan dinding").click()
    expect(page.locator(".tile-name b").first).to_have_text(second)
    page.goto(page.url + "atur/")
    page.get_by_text("Hapus dinding ini").click()
    page.get_by_role("button", name="Hapus", exact=True).click()
    expect(page.get_by_text("dihapus")).to_be_visible()


def test_no_more_are_live_than_the_line_bears_and_a_tap_makes_one_large(
    portal: Portal, open_page: Callable[..., Page], make_wall: Callable[..., str]
) -> None:
    address = make_wall([*HOME, *of_the_city(portal)[:6]])
    page = open_page(address, as_="warga", viewport=DESK)
    on_a_good_line(page)
    eventually(lambda: live(page) == 4, "as many are live as the line bears", seconds=45)
    assert page.locator("video").count() == 4
    expect(page.locator(".wall-word")).to_contain_text("4 gambar langsung")
    tile = page.locator(".tile").nth(8)
    tile.click()
    expect(page.get_by_role("link", name="Buka halaman kamera")).to_be_visible()
    expect(page.locator(".tile:visible")).to_have_count(1)
    eventually(lambda: tile.get_attribute("data-state") == "live", "the chosen one is live")
    assert page.locator("video").count() == 1
    no_violations(page)
    page.keyboard.press("Escape")
    expect(page.locator(".tile:visible")).to_have_count(9)
    eventually(lambda: page.locator("video").count() == 4, "the others begin again")


def test_a_tile_for_which_the_portal_has_no_room_falls_back_to_its_still_and_says_so(
    open_page: Callable[..., Page], make_wall: Callable[..., str]
) -> None:
    page = open_page("/dinding/", as_="warga", viewport=DESK)
    asked: list[str] = []

    def full(route: Route) -> None:
        asked.append(route.request.url)
        body = {"status": 503, "code": "busy", "detail": "Sedang penuh."}
        route.fulfill(status=503, json=body, headers={"Retry-After": "10"})

    page.route("**/watch/", full)
    on_a_good_line(page)
    page.goto(page.url.replace("/dinding/", make_wall(HOME)))
    expect(page.locator(".tile-word", has_text="Sedang penuh: gambar diam dulu")).to_have_count(3)
    expect(page.locator("video")).to_have_count(0)
    expect(page.locator(".tile .still[data-shown]")).to_have_count(3, timeout=60_000)
    assert len(asked) == 3, "each once"


def test_small_tiles_stay_stills_until_one_is_tapped_and_the_tour_turns_pages_until_somebody_stops_it(
    open_page: Callable[..., Page], make_wall: Callable[..., str]
) -> None:
    page = open_page(make_wall([*HOME, "contoh0006", "contoh0007"], seconds=10), as_="warga", viewport=PHONE)
    expect(page.locator(".wall-word")).to_contain_text("Ketuk sebuah kamera")
    expect(page.locator(".tile .still[data-shown]").first).to_be_visible(timeout=60_000)
    assert page.locator("video").count() == 0
    page.locator(".tile:visible").first.click()
    eventually(lambda: live(page) == 1, "the tapped one is live")
    page.get_by_role("button", name="Kecilkan").click()
    expect(page.locator("video")).to_have_count(0)
    page.clock.install()
    page.add_init_script(_COUNT_LOCKS)
    page.reload()
    number = page.locator("[data-part=page]")
    expect(number).to_have_text("1 dari 2")
    eventually(lambda: page.evaluate("locks") == 1, "the screen is kept on while the tour goes on")
    page.clock.run_for(10_100)
    expect(number).to_have_text("2 dari 2")
    page.get_by_role("button", name="Putar halaman sendiri").click()
    eventually(lambda: page.evaluate("locks") == 0, "the screen may go off again")
    page.clock.run_for(30_000)
    expect(number).to_have_text("2 dari 2")
    page.keyboard.press("ArrowRight")
    expect(number).to_have_text("1 dari 2")


@pytest.mark.parametrize("size", SIZES)
def test_a_wall_fills_the_screen_and_comes_back(
    open_page: Callable[..., Page], make_wall: Callable[..., str], size: Any
) -> None:
    page = open_page(make_wall([*HOME]), as_="warga", viewport=size)
    full = "document.fullscreenElement?.id ?? ''"
    button = page.get_by_role("button", name="Layar penuh")
    button.click()
    eventually(lambda: page.evaluate(full) == "dinding", "the wall alone is on the screen")
    expect(page.locator(".tile:visible").first).to_be_visible()
    box = "(({ width, height }) => width === innerWidth && height === innerHeight)(dinding.getBoundingClientRect())"
    eventually(lambda: bool(page.evaluate(box)), "from edge to edge")
    button.click()
    eventually(lambda: page.evaluate(full) == "", "the page is back")


def test_a_camera_that_closes_to_somebody_leaves_their_wall_with_its_name(
    portal: Portal, open_page: Callable[..., Page], make_wall: Callable[..., str]
) -> None:
    page = open_page(make_wall(["contoh0003", "contoh0007"], as_="tetangga"), as_="tetangga", viewport=DESK)
    head = portal.visitor("ketua")
    tile = page.locator(".tile").first
    name = tile.locator("b").first.inner_text()
    expect(tile.locator(".still[data-shown]")).to_be_visible(timeout=60_000)
    try:
        assert head.post("/api/v1/cameras/contoh0003/visibility/", {"visibility": "warga_rt"}).status == 200
        expect(tile).to_have_text(re.compile("tidak lagi dibuka untuk Anda"), timeout=60_000)
        expect(page.locator("main")).not_to_contain_text(name)
        expect(tile.locator("img, video")).to_have_count(0)
    finally:
        head.post("/api/v1/cameras/contoh0003/visibility/", {"visibility": "warga_rw"})


def test_without_scripts_a_wall_is_a_grid_of_stills_and_the_form_keeps_it(
    open_page: Callable[..., Page], make_wall: Callable[..., str]
) -> None:
    address = make_wall(HOME)
    page = open_page(address, as_="warga", viewport=PHONE, java_script_enabled=False)
    expect(page.locator(".tile img")).to_have_count(3)
    expect(page.locator(".scripted:visible")).to_have_count(0)
    page.get_by_role("link", name="Atur").click()
    page.locator("[name=kamera]").nth(0).uncheck()
    page.get_by_role("button", name="Simpan dinding").click()
    expect(page.locator(".tile img")).to_have_count(2)
    page.locator(".tile a").first.click()
    expect(page).to_have_url(re.compile(r"/kamera/"))
