"""The public map: what it shows, what its list says, how one gets about in it, and what is left where something is missing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import DESK, SIZES
from .map import click_on_the_map, wait_for_the_map
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]

# What the portal says of the view that the map shows, asked anew and without the page's own modules.
_SAID = """async () => {
  const { map } = document.querySelector("#peta");
  const box = map.getBounds();
  const answer = await (await fetch(`/api/v1/map/?zoom=${Math.round(map.getZoom())}&bbox=${box.toBBoxString()}`)).json();
  const here = ({ lat, lon }) => box.contains([lat, lon]);
  return [...answer.clusters.filter(here).map(one => one.url), ...answer.cameras.filter(here).map(one => `/kamera/${one.id}/`)].sort();
}"""
_LISTED = "() => [...document.querySelectorAll('#daftar a')].map(link => link.getAttribute('href')).sort()"


def listed_as_drawn(page: Page) -> int:
    """The list says what the map shows; the number of its rows."""
    eventually(lambda: page.evaluate(_LISTED) == page.evaluate(_SAID), "the list is the map's")
    rows: list[str] = page.evaluate(_LISTED)
    return len(rows)


def open_panel(page: Page) -> None:
    if page.locator("#panel").get_attribute("open") is None:
        page.locator("#panel summary").click()


def near(portal: Portal, camera: str) -> str:
    place = portal.visitor().ask(f"/api/v1/cameras/{camera}/").json
    return f"/#peta=17/{place['latitude']}/{place['longitude']}"


@pytest.mark.parametrize("size", SIZES)
def test_from_the_whole_city_into_a_ring_the_list_says_what_the_map_shows(open_page: OpenPage, size: Any) -> None:
    page = open_page("/", viewport=size)
    wait_for_the_map(page)
    open_panel(page)
    expect(page.locator("#ringkasan")).to_contain_text("kamera di layar")
    assert listed_as_drawn(page) > 3
    no_violations(page)
    ring = page.locator("#daftar a", has_text="kamera:").first
    name = ring.locator("[data-part=name]").inner_text()
    before = page.evaluate("document.querySelector('#peta').map.getZoom()")
    ring.click()
    eventually(lambda: page.evaluate("document.querySelector('#peta').map.getZoom()") > before, name)
    listed_as_drawn(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_tapped_camera_shows_its_card_and_the_address_keeps_it(
    portal: Portal, open_page: OpenPage, size: Any
) -> None:
    page = open_page(near(portal, "contoh0009"), viewport=size)
    click_on_the_map(page, "contoh0009")
    card = page.locator("#kartu article")
    expect(card).to_contain_text("Simpang Lima")
    expect(card.locator("[data-part=status]")).to_have_text("Menyala")
    expect(card.get_by_role("button", name="Bagikan")).to_have_attribute("data-share", "/kamera/contoh0009/")
    no_violations(page)
    assert "kamera=contoh0009" in page.url
    page.reload()
    wait_for_the_map(page)
    expect(card).to_contain_text("Simpang Lima")
    assert page.evaluate("document.querySelector('#peta').map.getZoom()") == 17
    page.get_by_role("button", name="Tutup", exact=True).click()
    expect(card).to_have_count(0)
    assert "kamera=" not in page.url


def test_back_closes_the_card_and_forward_opens_it(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(near(portal, "contoh0010"), viewport=DESK)
    click_on_the_map(page, "contoh0010")
    card = page.locator("#kartu article")
    expect(card).to_have_count(1)
    page.go_back()
    expect(card).to_have_count(0)
    page.go_forward()
    expect(card).to_contain_text("Bundaran Tugu Muda")


def test_filters_hold_on_the_map_in_the_list_and_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_the_map(page)
    page.get_by_label("Sungai dan pompa").check()
    expect(page.locator("#tersaring")).to_be_visible()
    only = "fetch('/api/v1/map/?zoom=11&category=sungai').then(answer => answer.json())"
    rivers = sum(page.evaluate(f"{only}.then(answer => Object.values(answer.totals))"))
    assert rivers > 0
    expect(page.locator("#ringkasan")).to_have_text(f"{rivers} kamera di layar")
    assert "kategori=sungai" in page.url
    page.reload()
    wait_for_the_map(page)
    expect(page.get_by_label("Sungai dan pompa")).to_be_checked()
    expect(page.locator("#ringkasan")).to_have_text(f"{rivers} kamera di layar")
    page.get_by_role("button", name="Hapus saringan").click()
    expect(page.locator("#tersaring")).to_be_hidden()
    expect(page.locator("#ringkasan")).not_to_have_text(f"{rivers} kamera di layar")
    assert "kategori" not in page.url


@pytest.mark.parametrize("size", SIZES)
def test_a_place_is_found_though_it_is_typed_wrongly(open_page: OpenPage, size: Any) -> None:
    page = open_page("/", viewport=size)
    wait_for_the_map(page)
    field = page.get_by_role("combobox")
    field.fill("sekarn")
    option = page.get_by_role("option", name="Sekaran").first
    expect(option).to_be_visible()
    no_violations(page)
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "hasil-0")
    field.press("Enter")
    expect(page.locator("#di-tengah a")).to_have_text("Sekaran")
    expect(option).to_have_count(0)
    field.fill("qqqqqqq")
    expect(page.locator("#pencarian [data-part=said]")).to_contain_text("Tidak ditemukan")


def test_by_keyboard_alone_from_the_list_to_watching(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(near(portal, "contoh0009"), viewport=DESK)
    wait_for_the_map(page)
    page.locator("#peta").focus()
    centre = "document.querySelector('#peta').map.getCenter().lng"
    before = page.evaluate(centre)
    page.keyboard.press("ArrowRight")
    eventually(lambda: page.evaluate(centre) > before, "the arrow key moves the map")
    row = page.locator('#daftar a[href="/kamera/contoh0009/"]')
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#kartu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#kartu")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tonton")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kamera/contoh0009/")


def test_a_kelurahan_lights_up_and_leads_to_its_page(open_page: OpenPage) -> None:
    page = open_page("/#peta=13/-7.05/110.39", viewport=DESK)
    wait_for_the_map(page)
    empty = """() => {
      const root = document.querySelector("#peta");
      const { left, top } = root.getBoundingClientRect();
      const marks = [...document.querySelectorAll("#daftar a")].length;
      return [left + root.clientWidth / 2 - 7, top + root.clientHeight / 2 + 61, marks];
    }"""
    x, y, _ = page.evaluate(empty)
    page.mouse.move(x, y)
    name = page.locator("#nama-tempat")
    expect(name).to_be_visible()
    place = name.inner_text()
    page.mouse.click(x, y)
    card = page.locator("#kartu article")
    expect(card.get_by_role("heading")).to_have_text(place)
    card.get_by_role("link").click()
    page.wait_for_url("**/wilayah/33.74.*/")
    expect(page.locator("h1")).to_contain_text(place)


def test_without_leave_to_know_the_place_it_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page("/", permissions=[])
    wait_for_the_map(page)
    page.get_by_role("button", name="Dekat saya").click()
    expect(page.locator("#pesan-peta")).to_contain_text("Izin lokasi tidak diberikan")
    page.get_by_role("button", name="Tutup pesan").click()
    expect(page.locator("#pesan-peta")).to_be_hidden()


def test_near_me_goes_where_the_phone_is_and_stays_in_the_city(portal: Portal, open_page: OpenPage) -> None:
    camera = portal.visitor().ask("/api/v1/cameras/contoh0009/").json
    here = {"latitude": camera["latitude"], "longitude": camera["longitude"]}
    page = open_page("/", permissions=["geolocation"], geolocation=here)
    wait_for_the_map(page)
    button = page.get_by_role("button", name="Dekat saya")
    button.click()
    expect(page.locator('#daftar a[href="/kamera/contoh0009/"]')).to_have_count(1)
    page.context.set_geolocation({"latitude": 51.5, "longitude": 0.1})
    # A place that is a minute old is still believed; a new page knows none.
    page.reload()
    wait_for_the_map(page)
    button.click()
    expect(page.locator("#pesan-peta")).to_contain_text("di luar kota")


def test_where_the_library_does_not_come_the_list_stands_alone(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    page.route("**/vendor/leaflet*.js", lambda route: route.abort())
    page.goto(page.url.removesuffix("/healthz"))
    expect(page.locator("#tanpa-peta")).to_be_visible()
    expect(page.locator("#peta")).to_be_hidden()
    row = page.locator("#daftar a").first
    expect(row).to_be_visible()
    no_violations(page)
    row.click()
    page.wait_for_url("**/wilayah/**")


def test_a_phone_without_webgl_has_the_whole_map(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    page.add_init_script(
        """for (const kind of [HTMLCanvasElement, globalThis.OffscreenCanvas]) {
          const get = kind.prototype.getContext;
          kind.prototype.getContext = function (wanted, ...rest) {
            return /gl|gpu/i.test(wanted) ? null : get.call(this, wanted, ...rest);
          };
        }"""
    )
    page.goto(page.url.removesuffix("/healthz"))
    wait_for_the_map(page)
    open_panel(page)
    assert listed_as_drawn(page) > 3


def test_without_scripts_there_is_a_search_and_the_way_to_the_lists(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    expect(page.get_by_role("link", name="Buka daftar kamera menurut wilayah")).to_be_visible()
    page.get_by_role("searchbox").fill("sekaran")
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url("**/cari/?q=sekaran")
    expect(page.locator("main")).to_contain_text("Sekaran")


def test_a_tab_that_nobody_looks_at_asks_nothing(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_the_map(page)
    asked: list[tuple[float, str]] = [(time.monotonic(), "the page")]
    page.on("request", lambda request: asked.append((time.monotonic(), request.url)))

    def quiet() -> bool:
        page.wait_for_timeout(100)  # in which the browser's news come
        return time.monotonic() - asked[-1][0] > 2

    eventually(quiet, "all that comes later is there")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    asked.clear()
    page.wait_for_timeout(3500)
    assert asked == []
