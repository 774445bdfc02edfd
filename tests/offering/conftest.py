"""Offers without a network, and a simulated device with ONVIF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from cameras import sources
from cameras.addresses import Address, Credentials
from cameras.models import Visibility
from neighborhoods.models import RT
from offering import offers
from offering.models import Channel, Offer, State
from offering.typed import Typed
from simulator.harness import Simulator

SECRET = Credentials("admin", "p@ss:w/rd%#")


@pytest.fixture(scope="module")
def device() -> Iterator[Simulator]:
    """A recorder with two cameras that speaks ONVIF."""
    with Simulator("--onvif-port", "0", "--onvif-cameras", "2", user=SECRET.username, password=SECRET.password) as one:
        yield one


@pytest.fixture
def onvif_port(device: Simulator, settings: Settings) -> Iterator[int]:
    """Its port, while a city makes an exception for exactly this device."""
    port = int(device.onvif("none")["port"])
    settings.OFFER_EXCEPTIONS = [f"127.0.0.1:{port}", f"127.0.0.1:{device.port}"]
    yield port
    device.onvif("none")


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 36), (20, 30, 50)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def make_offer(rt: RT) -> Callable[..., Offer]:
    """An offer in some state, as if its trial had found *channels* pictures."""

    def make(owner: User, state: State = State.TRIED, *, channels: int = 1, **changed: Any) -> Offer:
        place = offers.Place(
            kind="toko",
            name="Depan toko",
            contact="0812",
            kelurahan=rt.rw.kelurahan,
            rt=changed.pop("rt", rt),
            latitude=-7.05,
            longitude=110.39,
            wish=changed.pop("wish", Visibility.WARGA_RW),
        )
        offer = offers.make(owner, place, Typed("", "kamera.contoh.id", None), SECRET)
        for number in range(1, channels + 1):
            Channel.objects.create(
                offer=offer,
                number=number,
                codec="h264",
                still=picture(),
                sealed_address=sources.seal_address(Address("rtsp", "kamera.contoh.id", 554, f"/{number}", True)),
                sealed_substream=sources.seal_address(Address("rtsp", "kamera.contoh.id", 554, f"/{number}s", True)),
            )
        Offer.objects.filter(pk=offer.pk).update(state=state, since=timezone.now())
        offer.refresh_from_db()
        return offer

    return make
