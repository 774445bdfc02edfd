"""A word for one browser, sealed so that only that browser reads it, and signed so that its push service knows whose it is. No Django.

The sealing is pywebpush's (RFC 8291), the signing py_vapid's (RFC 8292); the posting is not: see posting.py.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .words import Word

# Seconds that a signature holds; push services refuse more than a day.
SIGNED_FOR = 12 * 3600
# Seconds that a push service keeps a word for a phone that is off: an alarm of yesterday wakes nobody.
KEPT_FOR = 3600
_POINT, _SECRET = 65, 16


class WrongKey(Exception):
    """A key is none."""


class NotSigned(Exception):
    """Nothing was signed: the city has no right subject, or the address is none that a signature can name."""


@dataclass(frozen=True, repr=False)
class Browser:
    """Where a browser is reached, and the keys that it made for this portal, in URL-safe base64."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Envelope:
    """What is posted to *endpoint*."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def check_keys(p256dh: str, auth: str) -> None:
    """Whether they are a point on the curve and a secret of the right length. Raises: WrongKey."""
    point = _decode(p256dh)
    if len(point) != _POINT or len(_decode(auth)) != _SECRET:
        raise WrongKey
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise WrongKey from None


def seal(word: Word, browser: Browser, *, private_key: str, subject: str, now: float) -> Envelope:
    """*private_key*: 32 bytes in URL-safe base64; *subject*: ``mailto:…`` or ``https://…`` of the city; *now*: Unix time in seconds.

    Raises: WrongKey, NotSigned.
    """
    # They load an HTTP client each, which only a worker needs and we use neither of.
    from py_vapid import Vapid02, VapidException
    from pywebpush import WebPusher

    check_keys(browser.p256dh, browser.auth)
    parts = urlsplit(browser.endpoint)
    try:
        signer = Vapid02.from_raw(private_key.encode())
    except ValueError:
        raise WrongKey from None
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": subject, "exp": int(now) + SIGNED_FOR}
    sealed = WebPusher({"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}})
    body = sealed.encode(json.dumps(word, ensure_ascii=False).encode(), "aes128gcm")["body"]
    try:
        signature = str(signer.sign(claims)["Authorization"])
    except VapidException as why:
        raise NotSigned from why
    headers = (
        ("Authorization", signature),
        ("Content-Encoding", "aes128gcm"),
        ("Content-Type", "application/octet-stream"),
        ("TTL", str(KEPT_FOR)),
        ("Urgency", "high"),
    )
    return Envelope(headers, bytes(body))


def new_private_key() -> str:
    """A key of the city's, in URL-safe base64."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _encode(number.to_bytes(32, "big"))


def public_key_of(private_key: str) -> str:
    """What browsers subscribe with. Raises: WrongKey."""
    raw = _decode(private_key)
    if len(raw) != 32:
        raise WrongKey
    try:
        key = ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    except ValueError:
        raise WrongKey from None
    return _encode(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise WrongKey from None
