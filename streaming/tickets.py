"""Tickets: the part of a playback address that proves that the gate let somebody in.

``/hls/<camera>/<epoch>/<expires>-<viewer>-<signature>/live.m3u8``: signed over all that stands before it, for one camera, one person
and one *access epoch* of the camera; a change of who may look begins another epoch and leaves every older ticket worthless. It stands
in the path because a query does not reach the segments and old iPhones cannot send headers. It is not bound to an IP address,
which mobile networks change all the time.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

_SIGNATURE_LETTERS = 22  # 132 bits
_VIEWER_LETTERS = 12


@dataclass(frozen=True)
class Ticket:
    """*camera*: public id; *expires*: Unix time in seconds."""

    camera: str
    epoch: int
    expires: int
    viewer: str

    @property
    def path(self) -> str:
        """The address below which the playlist and the segments are, with a slash at the end."""
        return f"/hls/{self.camera}/{self.epoch}/{self.expires}-{self.viewer}-{self._signature()}/"

    def _signature(self) -> str:
        text = f"{self.camera} {self.epoch} {self.expires} {self.viewer}"
        digest = salted_hmac("streaming.tickets", text, algorithm="sha256").digest()
        return urlsafe_b64encode(digest).decode()[:_SIGNATURE_LETTERS].replace("-", ".")


def resident(user_pk: int) -> str:
    """The name of an account in tickets: the same each time, and saying nothing to others."""
    return "w" + salted_hmac("streaming.viewer", str(user_pk), algorithm="sha256").hexdigest()[:_VIEWER_LETTERS]


def passer_by() -> str:
    """The name of somebody without an account: another for each page they open."""
    return "t" + secrets.token_hex(_VIEWER_LETTERS // 2)


def held(url: str, camera: str, epoch: int, *, now: float) -> Ticket | None:
    """The good ticket for this camera and epoch inside a playback address, if there is one."""
    try:
        parts = urlsplit(url).path.split("/")
    except ValueError:  # http://[ and the like
        return None
    if len(parts) != 6 or parts[:4] != ["", "hls", camera, str(epoch)]:
        return None
    return verify(camera, epoch, parts[4], now=now)


def verify(camera: str, epoch: int, token: str, *, now: float) -> Ticket | None:
    """The ticket with this token, if it is genuine and not over; None otherwise."""
    expires, _, rest = token.partition("-")
    viewer, _, _ = rest.partition("-")
    if not (token.isascii() and expires.isdigit() and len(expires) <= 12):
        return None
    ticket = Ticket(camera, epoch, int(expires), viewer)
    genuine = hmac.compare_digest(ticket.path, f"/hls/{camera}/{epoch}/{token}/")
    return ticket if genuine and ticket.expires > now else None
