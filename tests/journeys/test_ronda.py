"""A night of an RT: the head plans, a resident goes round with one thumb, the head reads it; nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .axe import no_violations
from .browser import DESK, SIZES
from .portal import Portal, Visitor, eventually

pytestmark = pytest.mark.browser
STOP = "article.stop:not([hidden])"
RT = "/api/v1/rts/33.74.12.1009/005/003/"


def rt_of(page: Page) -> str:
    """The key of the RT in the links of its head."""
    found = re.search(r"/rt-saya/ronda/(\d+)/catatan/", page.content())
    assert found is not None
    return found[1]


def new_round(portal: Portal, who: str) -> tuple[Visitor, str, list[str]]:
    """One that *who* begins, with its address and its cameras."""
    visitor = portal.visitor(who)
    begun = visitor.post(f"{RT}rounds/", {"fresh": True}).json
    # One that another test began a moment ago goes on: what it marked stays marked.
    return visitor, begun["url"], [stop["camera"] for stop in begun["stops"]]


def verdicts(visitor: Visitor, url: str) -> list[str]:
    return [stop["verdict"] for stop in visitor.ask(f"/api/v1/rounds/{url.split('/')[2]}/").json["stops"]]


@pytest.mark.parametrize("size", SIZES)
def test_the_head_plans_a_resident_goes_round_and_the_head_reads_it(
    portal: Portal, open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    head = open_page("/ronda/", as_="ketua", viewport=size)
    rt = rt_of(head)
    head.get_by_role("link", name="Atur jadwal ronda").click()
    person = head.locator("form[action$='/regu/'] select")
    person.select_option(label="Siti Rahayu")
    for day in ("Jumat", "Minggu"):
        head.get_by_role("checkbox", name=day).check()
    head.get_by_role("button", name="Tambahkan ke regu").click()
    expect(head.get_by_text("Siti Rahayu masuk jadwal.")).to_be_visible()

    resident = open_page("/ronda/", as_="warga", viewport=size)
    resident.get_by_role("button", name=re.compile("^Mulai ronda")).click()
    expect(resident.locator(f"{STOP} .still[data-shown] img")).to_be_visible(timeout=60_000)
    total = resident.locator("article.stop").count()
    resident.locator(f"{STOP} .safe").click()
    expect(resident.locator("[data-part=counted]")).to_have_text(f"1 dari {total} kamera")
    words = f"Pagar terbuka, {size['width']}"
    resident.locator(f"{STOP} [name=note]").fill(words)
    resident.locator(f"{STOP} .report summary").click()
    no_violations(resident)
    resident.locator(STOP).get_by_role("button", name="Keamanan").click()
    for _ in range(total - 2):
        resident.locator(f"{STOP} .safe").click()
    expect(resident.get_by_role("heading", name="Semua kamera sudah ditandai. Terima kasih!")).to_be_focused()
    expect(resident.locator("[data-waiting]")).to_have_count(0)
    no_violations(resident)  # the crawl of test_accessible meets the other pages, and never a round in the middle

    head.goto(f"{portal.base}/rt-saya/ronda/{rt}/catatan/")
    expect(head.get_by_role("link", name=words)).to_be_visible()
    table = portal.visitor("ketua").ask(f"/rt-saya/ronda/{rt}/catatan/ronda.csv").body.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["Catatan"] == words]
    assert [(row["Peronda"], row["Hasil"]) for row in rows] == [("Siti Rahayu", "Dilaporkan")]
    head.get_by_role("link", name=words).click()
    expect(head.get_by_text(words).first).to_be_visible()


def test_marks_made_without_a_connection_and_without_a_log_in_all_arrive(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    visitor, url, cameras = new_round(portal, "ketua")
    page = open_page(url, as_="ketua")
    context = page.context
    expect(page.locator(STOP)).to_have_count(1)

    context.set_offline(True)
    page.locator(f"{STOP} .safe").click()
    expect(page.locator("[data-part=sending]")).to_contain_text("1 tanda menunggu")
    assert verdicts(visitor, url)[0] == ""
    context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting]")).to_have_count(0)
    assert verdicts(visitor, url)[0] == "aman"

    context.clear_cookies()  # the log-in has run out
    page.locator(f"{STOP} .safe").click()
    expect(page.get_by_role("link", name="Silakan masuk lagi")).to_be_visible()
    expect(page.locator("[data-part=sending]")).to_contain_text("1 tanda menunggu")
    page.get_by_role("link", name="Silakan masuk lagi").click()
    page.locator("input[name=login]").fill("ketua")
    page.locator("input[name=password]").fill((portal.data / "secrets" / "demo_password").read_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url}")
    expect(page.locator("[data-part=counted]")).to_have_text(f"2 dari {len(cameras)} kamera")
    expect(page.locator("[data-waiting]")).to_have_count(0)
    assert verdicts(visitor, url)[:2] == ["aman", "aman"]
    expect(page.locator(STOP)).to_have_attribute("data-camera", cameras[2])

    # The phone died, and the round's own page is not opened again: the page of tonight sends what was left.
    mark = {"key": "ditinggal-di-ponsel", "camera": cameras[2], "verdict": "aman", "note": "", "at": 0}
    page.evaluate(
        """([url, mark]) => {
          const { person } = JSON.parse(document.querySelector("#data-ronda").textContent);
          localStorage.setItem(`ronda:${person}:${url.split("/")[2]}`, JSON.stringify([mark]));
        }""",
        [url, mark],
    )
    page.goto(f"{portal.base}/ronda/")
    eventually(lambda: verdicts(visitor, url)[2] == "aman", "the mark arrived")


def test_a_round_in_two_hands_on_a_desk_shows_live_on_a_tap_and_works_by_keyboard(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    _visitor, url, cameras = new_round(portal, "penjaga")
    page = open_page(url, as_="penjaga", viewport=DESK)
    stop = page.locator(STOP)
    if stop.locator(".go-live").is_visible():  # where the connection is good it comes by itself
        stop.locator(".go-live").click()
    expect(stop.locator(".stage[data-state=live]")).to_be_visible(timeout=60_000)
    stop.locator("[name=note]").press("Enter")
    expect(page.locator("[data-part=counted]")).to_have_text(f"0 dari {len(cameras)} kamera")
    stop.locator(".safe").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=counted]")).to_have_text(f"1 dari {len(cameras)} kamera")
    expect(page.locator(".stage[data-state=live]")).to_have_count(0)
