"""A trial against a simulated device, with the real ffmpeg behind the guard; and what it says where nothing is found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from cameras import sources
from cameras.addresses import Credentials
from cameras.guarding import rules
from offering import asking, attempts, discovery, offers, trials
from offering.discovery import Outcome, Search
from offering.models import Offer, State
from offering.onvif import Elsewhere, NotAnswered, Profile, rtsp_of
from offering.turning import CannotTurn
from offering.typed import Typed, read
from simulator.harness import Simulator

from .conftest import SECRET


def search(text: str, credentials: Credentials = SECRET) -> Outcome:
    typed, _ = read(text)
    return asyncio.run(Search(typed, credentials, rules()).run(seconds=30))


def try_it(offer: Offer) -> Offer:
    since = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(trying_since=since)
    trials.try_now(offer.pk, since)
    offer.refresh_from_db()
    return offer


def test_onvif_tells_every_camera_and_its_small_pictures(device: Simulator, onvif_port: int) -> None:
    outcome = search(f"127.0.0.1:{onvif_port}")
    assert [(one.number, one.address.target, one.codec) for one in outcome.found] == [
        (1, "/tamu-1", "h264"),
        (2, "/tamu-2", "h264"),
    ]
    assert all(one.address.guarded and one.substream and one.substream.guarded for one in outcome.found)
    assert all(one.address.host == "127.0.0.1" for one in outcome.found), "not the address behind the router"


def test_a_camera_whose_clock_is_wrong_is_understood(device: Simulator, onvif_port: int) -> None:
    device.onvif("clock")
    assert len(search(f"127.0.0.1:{onvif_port}").found) == 2


def test_a_whole_address_is_tried_as_it_is(device: Simulator, onvif_port: int) -> None:
    found = search(f"rtsp://127.0.0.1:{device.port}/pos-1").found
    assert [one.address.target for one in found] == ["/pos-1"]


@pytest.mark.parametrize(
    ("kind", "uri", "words"),
    [
        ("password", "", "kata sandi"),
        ("redirect", "http://127.0.0.1:1/", "bukan sebagai kamera"),
        ("huge", "", "bukan sebagai kamera"),
        ("bomb", "", "bukan sebagai kamera"),
        ("garbage", "", "bukan sebagai kamera"),
        ("elsewhere", "rtsp://127.0.0.2:554/live", "alamat lain"),
        ("elsewhere", "rtsp://169.254.169.254/latest", "alamat lain"),
        ("elsewhere", "rtsp://[::1]:554/live", "alamat lain"),
        ("elsewhere", "rtsp://kamera.contoh.id/live", "alamat lain"),
        ("elsewhere", "file:///etc/passwd", "bukan sebagai kamera"),
        ("elsewhere", "rtsp://192.168.1.64:6379/live", "bukan sebagai kamera"),
    ],
)
def test_each_trouble_is_said_in_words(device: Simulator, onvif_port: int, kind: str, uri: str, words: str) -> None:
    device.onvif(kind, uri)
    outcome = search(f"127.0.0.1:{onvif_port}")
    assert not outcome.found
    assert words in outcome.words


def test_a_device_that_takes_its_time_is_given_up(
    device: Simulator, onvif_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offering.http.SECONDS", 0.3)
    monkeypatch.setattr(discovery, "LOOK_SECONDS", 0.3)
    device.onvif("slow")
    assert "tidak menjawab" in search(f"127.0.0.1:{onvif_port}").words


def test_a_wrong_password_is_tried_on_no_other_path(device: Simulator, onvif_port: int) -> None:
    before = len(device.sessions())
    outcome = search(f"127.0.0.1:{device.port}", Credentials("admin", "salah"))
    assert "kata sandi" in outcome.words
    assert len(device.sessions()) == before + 1


def test_a_recorder_of_a_known_make_is_found_without_onvif(tmp_path: Path, settings: Settings) -> None:
    names = tmp_path / "names.txt"
    names.write_text("".join(f"Streaming/Channels/{number}0{kind}\n" for number in (1, 2, 3) for kind in (1, 2)))
    with Simulator("--names", str(names), user=SECRET.username, password=SECRET.password) as recorder:
        settings.OFFER_EXCEPTIONS = [f"127.0.0.1:{recorder.port}"]
        found = search(f"127.0.0.1:{recorder.port}").found
    assert [one.address.target for one in found] == [f"/Streaming/Channels/{number}01" for number in (1, 2, 3)]
    assert [one.substream and one.substream.target for one in found] == [
        f"/Streaming/Channels/{number}02" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("uri", "target"),
    [
        ("rtsp://10.0.0.9:10554/a?b=c&d", "/a?b=c&d"),
        ("rtsp://KAMERA.contoh.id:10554/x", "/x"),
        ("rtsp://u:p@[fd00::1]:10554/x", "/x"),
    ],
)
def test_a_camera_behind_a_router_is_reached_where_it_was_typed(uri: str, target: str) -> None:
    address = rtsp_of(uri, "kamera.contoh.id")
    assert (address.host, address.port, address.target, address.guarded) == ("kamera.contoh.id", 10554, target, True)


@pytest.mark.parametrize(
    "uri",
    ["rtsp://127.0.0.1/", "rtsp://0.0.0.0/x", "rtsp://[::ffff:10.0.0.1]/x", "rtsp://8.8.8.8/x", "rtsp://localhost/"],
)
def test_another_machine_is_refused(uri: str) -> None:
    with pytest.raises(Elsewhere):
        rtsp_of(uri, "kamera.contoh.id")


@pytest.mark.parametrize("uri", ["", "http://10.0.0.1/x", "rtsp://", "rtsp://10.0.0.1/a b"])
def test_no_address_is_no_answer(uri: str) -> None:
    with pytest.raises(NotAnswered):
        rtsp_of(uri, "kamera.contoh.id")


def test_of_each_lens_the_largest_pictures_and_the_smallest_that_every_browser_plays() -> None:
    profiles = [
        Profile("a", "1", 1920, "h265"),
        Profile("b", "1", 640, "h264"),
        Profile("c", "1", 320, "jpeg"),
        Profile("d", "2", 1280, "h264"),
    ]
    rows = discovery.channels_of(profiles)
    assert [(number, main.token, small and small.token) for number, main, small in rows] == [
        (1, "a", "b"),
        (2, "d", None),
    ]


class TestATrial:
    def test_finds_the_cameras_and_takes_a_picture_of_each(
        self, resident: User, make_offer: Callable[..., Offer], onvif_port: int
    ) -> None:
        offer = make_offer(resident, State.DRAFT, channels=0)
        offers.readdress(offer, Typed("", "127.0.0.1", onvif_port), SECRET, by=resident)
        try_it(offer)
        assert (offer.state, offer.problem, offer.trying_since) == (State.TRIED, "", None)
        channels = list(offer.channels.all())
        assert [channel.number for channel in channels] == [1, 2]
        assert all(bytes(channel.still or b"").startswith(b"\xff\xd8") for channel in channels)
        assert sources.open_address(channels[0].sealed_substream).target == "/tamu-1?size=small"

    def test_says_what_is_wrong_and_stays_a_draft(
        self, resident: User, make_offer: Callable[..., Offer], device: Simulator, onvif_port: int
    ) -> None:
        offer = make_offer(resident, State.DRAFT, channels=0)
        offers.readdress(offer, Typed("", "127.0.0.1", onvif_port), Credentials("admin", "salah"), by=resident)
        try_it(offer)
        assert offer.state == State.DRAFT
        assert "kata sandi" in offer.problem

    def test_takes_what_the_camera_makes_itself_where_the_stream_sends_none(
        self,
        resident: User,
        make_offer: Callable[..., Offer],
        onvif_port: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("streaming.single.take", lambda *_, **__: None)
        offer = make_offer(resident, State.DRAFT, channels=0)
        offers.readdress(offer, Typed("", "127.0.0.1", onvif_port), SECRET, by=resident)
        assert try_it(offer).state == State.TRIED

    def test_is_not_written_over_a_withdrawal(
        self, resident: User, make_offer: Callable[..., Offer], onvif_port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        offer = make_offer(resident, State.DRAFT, channels=0)
        offers.readdress(offer, Typed("", "127.0.0.1", onvif_port), SECRET, by=resident)

        def withdrawn_meanwhile(*_: object, **__: object) -> bytes:
            with suppress(CannotTurn):  # once for each of the two pictures
                offers.withdraw(Offer.objects.get(pk=offer.pk), by=resident)
            return b"\xff\xd8"

        monkeypatch.setattr("streaming.single.take", withdrawn_meanwhile)
        try_it(offer)
        assert offer.state == State.WITHDRAWN
        assert not offer.channels.exists()

    def test_runs_once_for_two_clicks(
        self, resident: User, make_offer: Callable[..., Offer], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent: list[int] = []
        monkeypatch.setattr(asking, "_send", lambda offer_id, since: sent.append(offer_id))
        offer = make_offer(resident, State.DRAFT, channels=0)
        stale = Offer.objects.get(pk=offer.pk)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("django.db.transaction.on_commit", lambda call: call())
            asking.begin(offer, by=resident)
            asking.begin(stale, by=resident)
            asking.begin(offer, by=resident)
        assert sent == [offer.pk]
        assert asking.is_running(offer, timezone.now())
        assert not asking.is_running(offer, timezone.now() + timedelta(minutes=3))

    def test_is_limited_for_each_account_and_each_address(self, settings: Settings) -> None:
        settings.OFFER_TRIALS = 2
        attempts.count(account=1, host="a.contoh.id")
        attempts.count(account=1, host="b.contoh.id")
        with pytest.raises(attempts.TooMany, match="satu jam lagi"):
            attempts.count(account=1, host="c.contoh.id")
        attempts.count(account=2, host="d.contoh.id")
        attempts.count(account=3, host="D.contoh.id")
        with pytest.raises(attempts.TooMany):
            attempts.count(account=4, host="d.CONTOH.id")

    def test_does_not_begin_without_redis(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away() -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(attempts, "present", away)
        with pytest.raises(attempts.TooMany, match="beberapa menit"):
            attempts.count(account=1, host="a.contoh.id")
