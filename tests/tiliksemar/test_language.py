"""In which language people are answered, and how they choose it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import override

from cameras import confirming, visibility
from cameras.models import Camera, Health, Need, Visibility
from cameras.reasons import Reason
from cameras.templatetags.waktu import since_words
from neighborhoods.models import RT
from neighborhoods.retelling import retold
from tests.conftest import browser_of
from tests.wording.test_catalogues import INDONESIAN
from tiliksemar.asgi import application

pytestmark = pytest.mark.django_db
# Data and pictures, and the administration, which is mostly Django's.
_ELSEWHERE = re.compile(r"/(static|api|admin)/|/gaya/")


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "id"),
        ("id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id"),
        ("en-US,en;q=0.9,id;q=0.8", "en"),
        ("jv,id;q=0.5", "id"),
        ("fr-FR,fr;q=0.9", "id"),
        ("ms;q=0.9,en;q=0.1", "en"),
    ],
)
def test_a_first_visit_is_answered_as_the_browser_asks_and_else_in_indonesian(asked: str, language: str) -> None:
    answer = Client().get("/wilayah/", headers={"Accept-Language": asked} if asked else {})
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == language


def test_who_chose_a_language_keeps_it_everywhere_until_they_choose_again() -> None:
    browser = Client(headers={"Accept-Language": "id-ID"})
    answer = browser.post("/bahasa/", {"bahasa": "en", "next": "/wilayah/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/wilayah/?a=1")
    assert answer.cookies["bahasa"]["max-age"] > 30_000_000
    for address in ("/", "/wilayah/", "/masuk/", "/tidak-ada/"):
        assert '<html lang="en"' in browser.get(address).content.decode()
    assert "Nothing is at this address" in browser.get("/api/v1/tidak-ada/").json()["detail"]
    browser.post("/bahasa/", {"bahasa": "id", "next": "/"})
    assert '<html lang="id"' in browser.get("/").content.decode()


@pytest.mark.parametrize("where", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(where: str) -> None:
    assert Client().post("/bahasa/", {"bahasa": "en", "next": where}).headers["Location"] == "/"


def test_an_unknown_language_is_not_kept() -> None:
    assert "bahasa" not in Client().post("/bahasa/", {"bahasa": "xx"}).cookies


def test_caches_keep_apart_what_people_read_and_nothing_else(camera: Camera) -> None:
    assert "Accept-Language" in Client().get("/wilayah/").headers["Vary"]
    still = Client().get(f"/api/v1/cameras/{camera.public_id}/still/")
    assert "Accept-Language" in still.headers["Vary"], "no picture yet: a problem, in words"
    assert "Accept-Language" not in Client().get("/robots.txt").headers.get("Vary", "")


def test_times_are_said_in_both_languages_by_the_citys_clock() -> None:
    now = datetime(2026, 11, 21, 14, 14, tzinfo=UTC)
    assert since_words(now - timedelta(minutes=3), now) == "sejak 21.11, 3 menit lalu"
    with override("en"):
        assert since_words(now - timedelta(minutes=3), now) == "since 21:11, 3 minutes ago"
        assert since_words(now - timedelta(hours=1), now) == "since 20:14, 1 hour ago"
        assert since_words(now - timedelta(days=1), now) == "since yesterday 21:14, 1 day ago"
        assert since_words(now - timedelta(days=190), now) == "since 15 May, 6 months ago"


def test_what_was_kept_is_told_to_each_in_their_language(camera: Camera, head: User) -> None:
    with override("en"):
        confirming.ask(camera.pk, Need.MOVED, by=head)
    change = camera.visibility_changes.get()
    assert change.reason == "Kamera dipindah; menunggu pandangan dikonfirmasi"
    assert change.why == change.reason
    with override("en"):
        assert change.why == "The camera was moved; waiting for somebody to confirm the view"
        assert retold("Kamera menolak sambungan. Tanyakan kepada yang memasang kamera.").startswith(
            "The camera refuses"
        )
        assert retold("3 orang melaporkan") == "3 people reported it"
        assert retold("ada hajatan di gang") == "ada hajatan di gang", "people's own words"


def test_a_socket_speaks_the_language_of_its_handshake(camera: Camera, transactional_db: None) -> None:
    Health.objects.filter(camera=camera).update(status="offline", reason=Reason.TIMEOUT)
    headers = [(b"origin", b"http://testserver"), (b"host", b"testserver"), (b"cookie", b"bahasa=en")]

    async def hear() -> tuple[str, str]:
        socket = WebsocketCommunicator(application, f"/ws/status/?camera={camera.public_id}", headers=headers)
        assert (await socket.connect())[0]
        snapshot = await socket.receive_json_from()
        status = {**snapshot["cameras"][0], "reason_text": "Kamera tidak menjawab", "mender": ""}
        where = {"kelurahan": 1, "category": "", "was": "online", "lon": 0.0, "lat": 0.0}
        message = {"type": "cameras.status", "cameras": [status], "where": [where]}
        await get_channel_layer().group_send("status.publik", message)
        change = await socket.receive_json_from()
        await socket.disconnect()
        return snapshot["cameras"][0]["reason_text"], change["cameras"][0]["reason_text"]

    assert async_to_sync(hear)() == ("The camera does not answer",) * 2
    assert database_sync_to_async is not None


def test_no_page_in_english_says_anything_in_indonesian(rt: RT, camera: Camera, head: User, officer: User) -> None:
    Camera.objects.filter(pk=camera.pk).update(name="Simpang Lima")
    Health.objects.filter(camera=camera).update(status="offline", reason=Reason.TIMEOUT)
    camera.refresh_from_db()
    visibility.switch(camera, to=Visibility.WARGA_RT, by=head)
    confirming.ask(camera.pk, Need.SCENE)
    left: dict[str, set[str]] = {}
    seen: set[str] = set()
    for person, begin in ((head, _addresses(camera, rt)), (officer, ("/petugas/token/", "/pengurus/"))):
        browser = browser_of(person)
        browser.post("/bahasa/", {"bahasa": "en"})
        waiting = list(begin)
        while waiting:
            address = waiting.pop()
            kind = re.sub(r"\d+|\?.*|(?<=/)[a-z0-9]{10}(?=/)", "", address)
            if kind in seen:
                continue
            seen.add(kind)
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200, address
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            html = answer.content.decode()
            said = _read(html)
            words = {said[max(0, word.start() - 20) : word.end() + 20] for word in INDONESIAN.finditer(said)}
            if words:
                left[address] = words
            waiting += [found for found in re.findall(r'<a[^>]* href="(/[^"#]*)', html) if not _ELSEWHERE.match(found)]
    assert not left
    assert len(seen) > 30, "as many kinds of pages"


def _addresses(camera: Camera, rt: RT) -> tuple[str, ...]:
    one, here = f"/kamera/{camera.public_id}/", "/wilayah/33.74.12.1008/rw-005/rt-003/"
    return (
        "/", "/wilayah/", "/wilayah/33.74.12/", "/wilayah/33.74.12.1008/", "/wilayah/33.74.12.1008/rw-005/", here, one,
        "/rt-saya/", f"/rt-saya/kamera/{rt.pk}/", f"{one}kelola/", f"{one}tontonan/", f"/rt-saya/warga/{rt.pk}/",
        f"/rt-saya/warga/{rt.pk}/ketua/", "/akun/", "/akun/pengaman/", "/tawarkan-kamera/", "/dinding/", "/ronda/", "/laporan/",
        "/kentongan/", "/cari/?q=sekaran",
    )  # fmt: skip


def _read(html: str) -> str:
    """What people read or hear of a page: texts, and the attributes that are words."""
    said = re.findall(r'(?:aria-label|placeholder|alt|title|data-words)="([^"]*)"', html)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>|<button[^>]*lang=.*?</button>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " \n".join([text, *said])
