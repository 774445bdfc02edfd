"""What strangers may type, against the door of the registration: nothing leaves, whatever stands in the field."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from cameras import guarding, reach
from cameras.addresses import Credentials, WrongAddress
from neighborhoods.models import RT
from offering import offers, trials
from offering.discovery import Search
from offering.forms import AddressForm, OfferForm
from offering.models import Offer
from offering.typed import read

from .people import fields

HOSTILE: dict[str, list[str]] = json.loads((Path(__file__).with_name("hostile.json")).read_text(encoding="utf-8"))
ADDRESSES = [(group, text) for group, texts in HOSTILE.items() for text in texts]
PUBLIC, OWN = "93.184.216.34", "93.184.216.99"

NAMES = {
    "loopback": ["127.0.0.1"], "loopback6": ["::1"], "private": ["192.168.1.10"], "linklocal": ["169.254.7.7"],
    "metadata": ["169.254.169.254"], "mapped": ["::ffff:127.0.0.1"], "nat64": ["64:ff9b::7f00:1"], "multicast": ["224.0.0.1"],
    "zero": ["0.0.0.0"], "mixed": [PUBLIC, "127.0.0.1"], "mixed6": ["2606:4700::1111", "::1"], "scoped": ["fe80::1%eth0"],
    "many": [f"93.184.216.{number}" for number in range(40)], "portal": [OWN],
}  # fmt: skip


async def names(name: str, port: int) -> list[str]:
    """A name service of an attacker."""
    return NAMES.get(name.split(".")[0], ["127.0.0.1"])


class Watch:
    """What this process connects to by TCP while it is on (an audit hook cannot be taken off again)."""

    on = False
    seen: list[Any] = []

    @classmethod
    def hook(cls, event: str, arguments: tuple[Any, ...]) -> None:
        if cls.on and event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
            cls.seen.append(arguments[1])
            if arguments[1][0] not in {"127.0.0.1", "::1"}:
                raise ConnectionRefusedError  # a test that fails must not bother anybody


sys.addaudithook(Watch.hook)


@pytest.fixture
def watch() -> Iterator[type[Watch]]:
    Watch.seen, Watch.on = [], True
    yield Watch
    Watch.on = False


@pytest.fixture
def traps() -> Iterator[list[socket.socket]]:
    """Listening on IPv4 and IPv6 loopback, three ports each."""
    families = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    opened = [socket.create_server((host, 0), family=family) for family, host in families for _ in range(3)]
    for trap in opened:
        trap.setblocking(False)
    yield opened
    for trap in opened:
        trap.close()


def touched(trap: socket.socket) -> bool:
    try:
        connection, _ = trap.accept()
    except BlockingIOError:
        return False
    connection.close()
    return True


@pytest.fixture(autouse=True)
def _ports_of_the_traps(settings: Settings, traps: list[socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    """A city that allows just the ports on which the traps listen, so that only the addresses can be in the way."""
    settings.OFFER_PORTS = [*settings.OFFER_PORTS, *(trap.getsockname()[1] for trap in traps)]
    settings.OFFER_TRIALS = 10_000
    monkeypatch.setattr(guarding, "_own_places", lambda: frozenset({(OWN, 0)}))


def test_the_list_is_long_enough_and_says_nothing_twice() -> None:
    assert len(ADDRESSES) == len({text for _, text in ADDRESSES})
    assert len(ADDRESSES) >= 200


@pytest.mark.parametrize("group", HOSTILE)
def test_no_connection_leaves(
    group: str, resident: User, rt: RT, traps: list[socket.socket], watch: type[Watch]
) -> None:
    ports = [None, *(trap.getsockname()[1] for trap in traps)]
    for text in HOSTILE[group]:
        for port in ports:
            _register(resident, rt, text, port)
            _search(text, port)
    assert watch.seen == []
    assert not any(touched(trap) for trap in traps)


def test_the_watch_and_the_traps_would_notice(
    settings: Settings, traps: list[socket.socket], watch: type[Watch]
) -> None:
    port = traps[0].getsockname()[1]
    settings.OFFER_EXCEPTIONS = [f"127.0.0.1:{port}"]

    async def knock() -> None:
        _, writer = await reach.connect("127.0.0.1", port, guarding.rules())
        await reach.hang_up(writer)

    asyncio.run(knock())
    assert watch.seen == [("127.0.0.1", port)]
    assert touched(traps[0])


def _register(owner: User, rt: RT, text: str, port: int | None) -> None:
    """The way of a citizen: the form, and what the form lets through is kept and tried."""
    form = OfferForm(fields(rt, address=text, port="" if port is None else str(port)))
    if not form.is_valid():
        assert "address" in form.errors or "port" in form.errors, f"refused for another reason: {text}"
        return
    assert form.place is not None
    offer = offers.make(owner, form.place, form.typed, form.credentials)
    since = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(trying_since=since)
    trials.try_now(offer.pk, since, resolver=names)
    offer.refresh_from_db()
    assert offer.problem, f"tried, and nobody objected: {text}"
    assert not offer.channels.exists()
    offer.changes.all().delete()
    offer.delete()


def _search(text: str, port: int | None) -> None:
    """The same without the form, as if it let everything through."""
    try:
        typed, credentials = read(text, port)
    except WrongAddress:
        return
    outcome = asyncio.run(Search(typed, credentials, guarding.rules(), names).run(seconds=5))
    assert outcome.words
    assert not outcome.found


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "[2606:4700::1111]", "kamera.contoh.id", "8.8.8.8:8554", "rtsp://8.8.8.8/live"]
)
def test_an_honest_address_passes_the_form(db: None, text: str) -> None:
    assert AddressForm({"address": text}).is_valid()


class TestNamesThatChange:
    """The name service says one thing while it is checked and another while it is connected to."""

    @pytest.fixture
    def connected(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        seen: list[str] = []

        async def open_connection(host: str, port: int, **options: Any) -> None:
            seen.append(host)
            raise ConnectionRefusedError

        monkeypatch.setattr(asyncio, "open_connection", open_connection)
        return seen

    def test_what_was_checked_is_what_is_connected_to(self, connected: list[str]) -> None:
        answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])

        async def turncoat(name: str, port: int) -> list[str]:
            return next(answers)

        with pytest.raises(ConnectionRefusedError):
            asyncio.run(reach.connect("kamera.contoh.id", 554, reach.STRICT, resolver=turncoat))
        assert connected == [PUBLIC]
        with pytest.raises(reach.Forbidden):
            asyncio.run(reach.connect("kamera.contoh.id", 554, reach.STRICT, resolver=turncoat))
        assert connected == [PUBLIC]

    def test_a_whole_search_never_leaves_the_checked_addresses(self, connected: list[str]) -> None:
        asked = 0

        async def every_other_time(name: str, port: int) -> list[str]:
            nonlocal asked
            asked += 1
            return [PUBLIC] if asked % 2 else ["::1"]

        typed, _ = read("kamera.contoh.id")
        outcome = asyncio.run(Search(typed, Credentials(), reach.STRICT, every_other_time).run(seconds=5))
        assert outcome.words
        assert set(connected) <= {PUBLIC}

    def test_one_forbidden_answer_among_good_ones_is_enough(self, connected: list[str]) -> None:
        with pytest.raises(reach.Forbidden):
            asyncio.run(reach.connect("mixed.contoh.id", 554, reach.STRICT, resolver=names))
        assert connected == []


def test_a_trial_that_was_overtaken_does_nothing(resident: User, rt: RT, watch: type[Watch]) -> None:
    form = OfferForm(fields(rt, address="kamera.contoh.id"))
    assert form.is_valid()
    assert form.place is not None
    offer = offers.make(resident, form.place, form.typed, form.credentials)
    trials.try_now(offer.pk, datetime(2026, 1, 1, tzinfo=timezone.get_current_timezone()), resolver=names)
    assert watch.seen == []
