"""The simulator's ONVIF device, asked as a client asks."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from simulator.control import ControlError
from simulator.harness import Simulator

PASSWORD = "p@ss:w/rd%#"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator("--onvif-port", "0", "--onvif-cameras", "2", user="a&b", password=PASSWORD) as running:
        yield running


def ask(simulator: Simulator, wish: str, *, password: str = PASSWORD, created: str = "") -> tuple[int, str]:
    nonce, when = b"0123456789abcdef", created or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = b64encode(hashlib.sha1(nonce + when.encode() + password.encode()).digest()).decode()
    token = f"<Username>a&amp;b</Username><Password>{digest}</Password><Nonce>{b64encode(nonce).decode()}</Nonce>"
    body = f"<s:Envelope><s:Header>{token}<Created>{when}</Created></s:Header><s:Body><{wish}/></s:Body></s:Envelope>"
    port = simulator.onvif()["port"]
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}/onvif/device_service", body.encode()), timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_right_password_opens_and_a_wrong_or_an_old_one_does_not(simulator: Simulator) -> None:
    status, answer = ask(simulator, "GetProfiles")
    assert status == 200
    assert answer.count("<trt:Profiles ") == 4
    assert "NotAuthorized" in ask(simulator, "GetProfiles", password="salah")[1]
    assert "NotAuthorized" in ask(simulator, "GetProfiles", created="2020-01-01T00:00:00Z")[1]


def test_the_clock_is_told_to_everybody(simulator: Simulator) -> None:
    status, answer = ask(simulator, "GetSystemDateAndTime", password="salah")
    assert status == 200
    assert f"<tt:Year>{datetime.now(UTC).year}</tt:Year>" in answer


def test_its_cameras_can_be_watched(simulator: Simulator) -> None:
    assert "/tamu-2" in ask(simulator, "GetStreamUri><ProfileToken>main-2</ProfileToken></GetStreamUri")[1]
    assert simulator.count("tamu-2") == 0


def test_an_unknown_fault_is_no_fault(simulator: Simulator) -> None:
    with pytest.raises(ControlError):
        simulator.onvif("gravity")
