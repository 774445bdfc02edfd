"""A citizen offers a camera by its address; head and officer approve; it is live on the map; it is withdrawn and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .frames import frame, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser
NAME = "Depan toko kelontong, arah gapura"
_POINT = (
    "place => { const at = document.querySelector('#titik').map.latLngToContainerPoint(place); return [at.x, at.y]; }"
)


@pytest.fixture(autouse=True)
def _leave_nothing(portal: Portal) -> Iterator[None]:
    yield
    portal.manage(
        "shell",
        "-c",
        "from offering.models import Offer, OfferChange; from cameras.models import Camera; "
        f"OfferChange.objects.all().delete(); Offer.objects.all().delete(); Camera.objects.filter(name='{NAME}').delete()",
    )


def fill_in(page: Page, portal: Portal, *, password: str) -> None:
    """All that a citizen knows of the camera: where it answers, its password, and where it hangs."""
    page.get_by_label("Alamat kamera").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(portal.simulator(do="onvif")["port"]))
    page.get_by_label("Nama pengguna kamera").fill("tilik")
    page.get_by_label("Kata sandi kamera").fill(password)
    page.get_by_label("Nama kamera").fill(NAME)
    page.locator("[name=kind]").select_option("toko")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0000")
    page.get_by_label("Publik: siapa saja").check()
    page.get_by_label("Saya setuju").check()


def tap_the_place(page: Page, portal: Portal) -> None:
    """On the map, where another camera of the RT hangs."""
    eventually(lambda: page.locator("#titik").get_attribute("data-ready") == "yes", "the map is there")
    camera = portal.visitor().ask("/api/v1/cameras/contoh0001/").json
    place = [camera["latitude"], camera["longitude"]]
    page.locator("#titik").scroll_into_view_if_needed()
    x, y = page.evaluate(_POINT, place)
    page.locator("#titik").click(position={"x": x, "y": y})
    expect(page.get_by_label("Lintang")).not_to_have_value("")


def test_offered_approved_watched_and_withdrawn(portal: Portal, open_page: Callable[..., Page]) -> None:
    secret = (portal.data / "secrets" / "simulator_password").read_text().strip()
    citizen = open_page("/tawarkan-kamera/", as_="warga")
    tap_the_place(citizen, portal)
    fill_in(citizen, portal, password="salah")
    citizen.get_by_role("button", name="Coba kameranya").click()
    expect(citizen.get_by_role("alert")).to_contain_text("kata sandi", timeout=60_000)

    offer = citizen.url.removeprefix(portal.base)
    citizen.get_by_label("Alamat kamera").fill(f"127.0.0.1:{portal.simulator(do='onvif')['port']}")
    citizen.get_by_label("Nama pengguna kamera").fill("tilik")
    citizen.get_by_label("Kata sandi kamera").fill(secret)
    citizen.get_by_role("button", name="Coba", exact=True).click()
    hand_in = citizen.get_by_role("button", name="Tawarkan kepada lingkungan")
    expect(hand_in).to_be_visible(timeout=60_000)
    wait_for_the_still(citizen)
    hand_in.click()
    expect(citizen.locator("[data-state=offered]")).to_be_visible()

    head = open_page("/rt-saya/", as_="ketua")
    head.get_by_text("tawaran kamera").locator("..").get_by_role("link", name="Lihat").click()
    head.get_by_role("link", name=NAME).click()
    wait_for_the_still(head)
    head.get_by_role("button", name="Setujui").click()
    expect(head.get_by_role("status")).to_contain_text("menunggu petugas")

    assert NAME not in names_on_the_map(portal)
    officer = open_page("/tawaran-menunggu/", as_="petugas")
    officer.get_by_role("link", name=NAME).click()
    officer.get_by_role("button", name="Setujui dan tampilkan").click()
    expect(officer.get_by_role("status")).to_contain_text("tampil di peta")

    camera = names_on_the_map(portal)[NAME]
    viewer = open_page(f"/kamera/{camera}/")
    wait_until_live(viewer)
    playlist = portal.visitor().watch(camera).json["playlist_url"]

    citizen.goto(portal.base + offer)
    citizen.get_by_role("button", name="Tarik kamera ini").click()
    expect(citizen.locator("[data-state=withdrawn]")).to_be_visible()
    eventually(lambda: frame(viewer) is None, "the viewer's picture is gone")
    assert NAME not in names_on_the_map(portal)
    assert portal.visitor().ask(playlist).status in {403, 404}
    assert portal.visitor().ask(f"/kamera/{camera}/").status == 404
    left = "from cameras.models import CameraSource; from offering.models import Offer; "
    left += f"print(CameraSource.objects.filter(camera__public_id='{camera}').count(), "
    left += "Offer.objects.exclude(sealed_address='').count(), Offer.objects.exclude(sealed_credentials='').count())"
    assert portal.manage("shell", "-v", "0", "-c", left).stdout.split() == ["0", "0", "0"]
    told = portal.visitor("warga").ask(offer).body.decode()
    for word in ("Ditarik", "Disetujui Ketua RT"):
        assert word in told


def wait_for_the_still(page: Page) -> None:
    width = "document.querySelector('.still img').naturalWidth"
    eventually(lambda: page.evaluate(width) > 100, "the picture of the trial is shown")


def names_on_the_map(portal: Portal) -> dict[str, str]:
    """The cameras that a stranger finds on the map around the demo RT: public id by name."""
    camera = portal.visitor().ask("/api/v1/cameras/contoh0001/").json  # the offered one hangs beside it
    east, north = camera["longitude"], camera["latitude"]
    part = f"{east - 0.01},{north - 0.01},{east + 0.01},{north + 0.01}"
    found = portal.visitor().ask(f"/api/v1/map/?zoom=17&bbox={part}").json["cameras"]
    return {one["name"]: one["id"] for one in found}
