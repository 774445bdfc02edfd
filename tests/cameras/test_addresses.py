import logging

import pytest

from cameras.addresses import Address, Credentials, WrongAddress, mask, parse

ODD = "p@ss:w/rd%#"


@pytest.mark.parametrize(
    ("raw", "url", "credentials"),
    [
        ("rtsp://10.1.2.3/stream1", "rtsp://10.1.2.3:554/stream1", Credentials()),
        ("RTSP://10.1.2.3:8554/a/b?channel=1", "rtsp://10.1.2.3:8554/a/b?channel=1", Credentials()),
        ("rtsps://cam.local", "rtsps://cam.local:322/", Credentials()),
        ("rtsp://[fd00::1]:554/x", "rtsp://[fd00::1]:554/x", Credentials()),
        ("rtsp://admin:secret@10.1.2.3/x", "rtsp://10.1.2.3:554/x", Credentials("admin", "secret")),
        ("rtsp://admin:p%40ss@10.1.2.3/x", "rtsp://10.1.2.3:554/x", Credentials("admin", "p@ss")),
        (f"rtsp://admin:{ODD}@10.1.2.3/x", "rtsp://10.1.2.3:554/x", Credentials("admin", ODD)),
        ("rtsp://10.1.2.3:554/live@main", "rtsp://10.1.2.3:554/live@main", Credentials()),
        ("rtsp://admin:x@10.1.2.3:554/live@main", "rtsp://10.1.2.3:554/live@main", Credentials("admin", "x")),
    ],
)
def test_an_address_is_split_from_its_credentials(raw: str, url: str, credentials: Credentials) -> None:
    address, found = parse(raw)
    assert (address.url(), found) == (url, credentials)


@pytest.mark.parametrize(
    "raw",
    [
        "", "   ", "http://10.1.2.3/", "10.1.2.3", "rtsp://", "rtsp:///x", "rtsp://host:99999/x", "rtsp://host:0/",
        "rtsp://host:abc/x", "rtsp://ho st/x", "rtsp://host/x\nfile '/etc/passwd'", "rtsp://host/it's", "file:///etc/passwd",
        "rtsp://[zz::/x", "rtsp://host/x#y", 'rtsp://host/x"user=admin', "rtsp://host/<x>", "rtsp://a..b/x", f"rtsp://{'a' * 64}.id/x",
    ],
)  # fmt: skip
def test_what_is_no_camera_address_is_refused_without_repeating_it(raw: str) -> None:
    with pytest.raises(WrongAddress) as caught:
        parse(raw)
    assert "etc" not in str(caught.value)
    assert "10.1.2.3" not in str(caught.value)


def test_an_odd_password_survives_the_way_to_the_child() -> None:
    address, _ = parse("rtsp://10.1.2.3/x")
    again, credentials = parse(address.url_with(Credentials("ad min", ODD)))
    assert (again, credentials) == (address, Credentials("ad min", ODD))


def test_printing_an_address_or_its_credentials_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    address, credentials = parse(f"rtsp://admin:{ODD}@10.1.2.3/x")
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("%s %r %s %r", address, address, credentials, [credentials])
    assert "10.1.2.3" not in caplog.text
    assert ODD not in caplog.text
    assert isinstance(address, Address)


@pytest.mark.parametrize(
    "words",
    [
        "Did you mean file:rtsp://admin:secret@10.1.2.3/x?",
        "[rtsp @ 0x55] method DESCRIBE failed: 401 rtsp://admin:p@ss:w/rd%#secret@10.1.2.3:554/x",
        "RTSP:\\/\\/admin:secret@10.1.2.3",
    ],
)
def test_masking_leaves_nothing_of_an_address(words: str) -> None:
    assert "secret" not in mask(words)
    assert "10.1.2.3" not in mask(words)
