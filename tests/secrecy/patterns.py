"""What looks like a camera's address, whoever's it is: RTSP addresses and addresses of private networks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

# Shown to people who type an address; nobody's camera.
EXAMPLES = (
    b"rtsp://192.168.1.10:554/stream1",
    b"rtsp://192.168.1.10:554/stream2",
    # The words that say how an address begins.
    b"rtsp:// atau rtsps://",
    b"192.168.1.10",
)

_RTSP = re.compile(rb"rtsps?(?:://|:\\/\\/|:\\u002f\\u002f|:&#x2f;&#x2f;|%3a%2f%2f)[^\s\"'<]+", re.IGNORECASE)
_IPV4 = re.compile(rb"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_IPV6 = re.compile(rb"(?<![\w:])(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):[0-9a-f:]{2,34}(?![\w:])", re.IGNORECASE)
# The portal's own, under which it is opened on one machine, is no camera's.
_OWN = frozenset({"127.0.0.1", "0.0.0.0"})
_PRIVATE = tuple(
    ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16")
)


def camera_addresses(content: bytes) -> Iterator[str]:
    """What *content* holds of the kind, as words for a report: their kind and some letters around them."""
    for example in EXAMPLES:
        content = content.replace(example, b"")
    for kind, found in (("RTSP address", _RTSP.finditer(content)), ("private IPv6", _IPV6.finditer(content))):
        for one in found:
            yield f"{kind}: {_around(content, one)}"
    for one in _IPV4.finditer(content):
        if _is_private(one[0].decode()):
            yield f"private IPv4: {_around(content, one)}"


def _is_private(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return text not in _OWN and any(address in network for network in _PRIVATE)


def _around(content: bytes, found: re.Match[bytes]) -> str:
    return repr(content[max(0, found.start() - 60) : found.end() + 20])
