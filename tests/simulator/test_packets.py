"""Bits, NAL units, RTP payloads and RTSP messages."""

import random

import pytest

from simulator.bits import BitReader, add_prevention, pack, remove_prevention, signed_golomb, unsigned_golomb
from simulator.messages import BadRequestError, parse_head, read_address
from simulator.payload import assemble, fragment, rtp_header
from simulator.session import Wish, read_transport


def test_any_unit_survives_fragmentation() -> None:
    dice = random.Random(1)
    for size in [1, 2, 99, 100, 101, 102, 198, 199, 200, 5000, *(dice.randint(1, 3000) for _ in range(200))]:
        unit = bytes([0x65]) + dice.randbytes(size)
        payloads = fragment(unit, 100)
        assert max(map(len, payloads)) <= 100
        assert assemble(payloads) == [unit]


def test_a_lost_fragment_is_noticed() -> None:
    payloads = fragment(bytes([0x65]) + bytes(1000), 100)
    with pytest.raises(ValueError, match="order"):
        assemble(payloads[1:])
    with pytest.raises(ValueError, match="missing"):
        assemble(payloads[:-1])


def test_golomb_codes_are_read_back() -> None:
    for value in range(300):
        assert BitReader(pack(unsigned_golomb(value))).unsigned() == value
        assert BitReader(pack(signed_golomb(value - 150))).signed() == value - 150


def test_emulation_prevention_is_undone() -> None:
    dice = random.Random(2)
    for _ in range(300):
        data = bytes(dice.choice((0, 0, 0, 1, 2, 3, 9)) for _ in range(40)) + b"\x80"
        safe = add_prevention(data)
        assert not any(bytes([0, 0, low]) in safe for low in (0, 1, 2))
        assert remove_prevention(safe) == data


def test_the_rtp_header_wraps_its_numbers() -> None:
    head = rtp_header(payload_type=96, marker=True, sequence=0x1FFFF, timestamp=1 << 33 | 5, source=7)
    assert head == bytes.fromhex("80e0ffff0000000500000007")


@pytest.mark.parametrize(
    ("url", "camera", "track", "base"),
    [
        ("rtsp://h:1/pos-1", "pos-1", None, "rtsp://h:1/pos-1"),
        ("rtsp://h:1/pos-1/", "pos-1", None, "rtsp://h:1/pos-1"),
        ("rtsp://u:p@h:1/pos%201/trackID=0", "pos 1", 0, "rtsp://h:1/pos%201"),
        ("rtsp://h/Streaming/Channels/101?gop=4/trackID=0", "Streaming/Channels/101", 0, None),
        ("rtsp://h/pos-1/trackID=0?gop=4", "pos-1", 0, "rtsp://h/pos-1?gop=4"),
    ],
)
def test_addresses_are_taken_apart(url: str, camera: str, track: int | None, base: str | None) -> None:
    address = read_address(url)
    assert (address.camera, address.track) == (camera, track)
    assert base is None or address.base == base
    assert "gop" not in url or address.options == {"gop": "4"}


def test_what_is_not_rtsp_is_refused_with_the_fitting_status() -> None:
    for head, status in ((b"GET / HTTP/1.1\r\n", 400), (b"OPTIONS * RTSP/2.0\r\n", 505), (b"PLAY x\r\n", 400)):
        with pytest.raises(BadRequestError) as caught:
            parse_head(head)
        assert caught.value.status == status


def test_the_first_transport_that_can_be_had_is_taken() -> None:
    assert read_transport("RTP/AVP/TCP;unicast;interleaved=2-3", free_channel=0) == Wish(False, 2, 3)
    assert read_transport("RTP/AVP;multicast,RTP/AVP;unicast;client_port=5000-5001", free_channel=0) == Wish(
        True, 5000, 5001
    )
    assert read_transport("RTP/SAVP;unicast;client_port=1-2", free_channel=0) is None
    assert read_transport("RTP/AVP;multicast", free_channel=0) is None
