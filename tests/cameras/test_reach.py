"""Where the portal may connect when a stranger typed the address. What strangers may try stands in tests/offering/hostile.json."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address, ip_network

import psutil
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from cameras import guarding
from cameras.addresses import Address, Credentials, parse
from cameras.reach import STRICT, Forbidden, Rules, hang_up, host_of, pin
from cameras.reasons import Reason
from cameras.rtsp import probe
from simulator.harness import Simulator
from tiliksemar import env


def allowed(rules: Rules, address: str, port: int = 554) -> bool:
    try:
        rules.check(ip_address(address), port)
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "103.10.66.1", "223.255.255.254", "2606:4700::1", "2404:8000::1"]
)
def test_the_public_internet_is_open(address: str) -> None:
    assert allowed(STRICT, address)


def test_a_private_network_is_open_where_a_city_lists_it_and_only_that_one() -> None:
    assert not allowed(STRICT, "10.20.3.4")
    listed = Rules(networks=tuple(map(ip_network, ("10.20.0.0/16", "fd00:20::/32", "100.64.7.0/24"))))
    assert [allowed(listed, one) for one in ("10.20.3.4", "fd00:20::9", "100.64.7.7")] == [True, True, True]
    assert [allowed(listed, one) for one in ("10.21.3.4", "192.168.1.1", "100.64.8.7")] == [False, False, False]
    assert not allowed(Rules(public=False, networks=listed.networks), "8.8.8.8")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "64:ff9b::808:808"],
)
def test_what_is_never_open_cannot_be_listed(address: str) -> None:
    everything = Rules(networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))
    assert not allowed(everything, address)


def test_an_exception_is_one_address_with_one_port() -> None:
    rules = Rules(exceptions=frozenset({("127.0.0.1", 18554)}))
    assert asyncio.run(pin("127.0.0.1", 18554, rules)).addresses == ("127.0.0.1",)
    for host, port in (("127.0.0.1", 18555), ("127.0.0.2", 18554), ("127.0.0.1", 554)):
        with pytest.raises(Forbidden):
            asyncio.run(pin(host, port, rules))

    async def to_the_exception(name: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with pytest.raises(Forbidden):  # only as it was written, not by a name
        asyncio.run(pin("kamera.contoh.id", 18554, rules, resolver=to_the_exception))


def test_a_host_is_understood_in_one_way() -> None:
    assert host_of("[2606:4700::1]") == host_of("2606:4700:0::0001")
    assert host_of("Kamera.Contoh.ID.") == "kamera.contoh.id"


def test_ports_are_asked_before_the_name_is_looked_up() -> None:
    async def never(name: str, port: int) -> list[str]:
        raise AssertionError("the name service was asked")

    with pytest.raises(Forbidden, match="Port"):
        asyncio.run(pin("kamera.contoh.id", 22, STRICT, resolver=never))


class TestThisInstallation:
    @pytest.fixture(autouse=True)
    def _anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guarding, "_own", (0.0, frozenset()))

    def test_its_settings_are_the_rules(self, settings: Settings) -> None:
        settings.OFFER_NETWORKS = ["public", "10.20.0.0/16"]
        settings.OFFER_PORTS = [554]
        settings.OFFER_EXCEPTIONS = ["[::1]:8554"]
        rules = guarding.rules()
        assert rules.public
        assert rules.ports == frozenset({554})
        assert rules.exceptions == frozenset({("::1", 8554)})
        assert allowed(rules, "10.20.0.1")

    def test_no_address_of_this_machine_is_open_at_any_port(self) -> None:
        rules = guarding.rules()
        addresses = [
            one.address.partition("%")[0]
            for interface in psutil.net_if_addrs().values()
            for one in interface
            if one.family in (socket.AF_INET, socket.AF_INET6)
        ]
        assert addresses
        everywhere = replace(rules, networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))
        assert not any(allowed(everywhere, one, port) for one in addresses for port in (554, 8554))

    def test_nor_are_its_database_its_redis_and_its_own_pages(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        where = {"db.contoh.id": "93.184.216.1", "redis.contoh.id": "93.184.216.2", "portal.contoh.id": "93.184.216.3"}
        monkeypatch.setattr(guarding, "_addresses", lambda host: {where[host]} if host in where else set())
        monkeypatch.setitem(settings.DATABASES["default"], "HOST", "db.contoh.id")
        settings.REDIS_URL = "redis://redis.contoh.id:6379/0"
        settings.ALLOWED_HOSTS = [".portal.contoh.id"]
        rules = guarding.rules()
        assert not any(allowed(rules, one, 554) for one in ("93.184.216.1", "93.184.216.2"))
        assert not any(allowed(rules, "93.184.216.3", port) for port in (80, 443))
        assert allowed(rules, "93.184.216.3", 554), "an office may have its cameras behind the same address"

    def test_exceptions_are_warned_of_where_it_is_deployed(self, settings: Settings) -> None:
        settings.OFFER_EXCEPTIONS = ["127.0.0.1:8554"]
        assert "tiliksemar.W001" in {found.id for found in run_checks(include_deployment_checks=True)}
        settings.OFFER_EXCEPTIONS = []
        assert "tiliksemar.W001" not in {found.id for found in run_checks(include_deployment_checks=True)}

    @pytest.mark.parametrize(
        ("reader", "value"),
        [
            (env.networks, "10.0.0.1/8"),
            (env.networks, "everything"),
            (env.ports, "554,0"),
            (env.ports, "rtsp"),
            (env.places, "127.0.0.1"),
            (env.places, "localhost:8554"),
            (env.places, "127.0.0.1:99999"),
        ],
    )
    def test_a_wrong_setting_stops_the_start(
        self, reader: Callable[[str, str], object], value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OFFER_SOMETHING", value)
        with pytest.raises(ImproperlyConfigured, match="OFFER_SOMETHING"):
            reader("OFFER_SOMETHING", "")


class TestAProbeOfAGuardedAddress:
    async def test_follows_the_rules(self) -> None:
        with Simulator() as simulator:
            address, _ = parse(simulator.url("pos-1"))
            guarded = replace(address, guarded=True)
            exception = Rules(exceptions=frozenset({("127.0.0.1", simulator.port)}))
            assert (await probe(guarded, Credentials(), timeout=2)).reason == Reason.FORBIDDEN
            assert simulator.count("pos-1", "connections") == 0
            assert (await probe(guarded, Credentials(), timeout=2, rules=exception)).reason == Reason.NONE
            assert (await probe(address, Credentials(), timeout=2)).reason == Reason.NONE

    async def test_does_not_follow_a_redirect(self) -> None:
        asked = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://127.0.0.1:1/\r\n\r\n")
            writer.write(b"RTSP/1.0 302 Moved\r\nCSeq: 2\r\nLocation: rtsp://127.0.0.1:1/\r\n\r\n")
            await hang_up(writer)

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        address = Address("rtsp", "127.0.0.1", port, "/x", guarded=True)
        report = await probe(
            address, Credentials(), timeout=2, rules=Rules(exceptions=frozenset({("127.0.0.1", port)}))
        )
        assert report.reason == Reason.REFUSED
        assert len(asked) == 1
        server.close()
