"""How often somebody may ask the API: counted in Redis by person, machine or network address, over whole minutes.

A view names what kind of question it is (``throttle_scope``). Addresses get far more than a person, since in mobile networks many
share one. While Redis is away everybody is let through: a portal that nobody can use would be the worse fault.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from streaming.present import present

if TYPE_CHECKING:
    from rest_framework.views import APIView

log = logging.getLogger(__name__)

WINDOW = 60


# Of RATE_PERSON, RATE_MACHINE and RATE_ADDRESS, what questions of each kind may take. Wishes are renewed every few seconds, stills
# asked for by every card; reports and switches are rare.
SHARES = {"read": 1.0, "watch": 0.5, "change": 0.1, "report": 0.05}


class Throttle(BaseThrottle):
    """Of every API view, by settings. A kind that no view of ours knows is a mistake of ours, and raises KeyError."""

    def __init__(self) -> None:
        self._left = float(WINDOW)

    def allow_request(self, request: Request, view: APIView) -> bool:
        kind = getattr(view, "throttle_scope", "read")
        who, most = _who(request)
        now = time.time()
        window = int(now // WINDOW)
        self._left = (window + 1) * WINDOW - now
        try:
            count = _count(f"rate:{kind}:{who}:{window}")
        except (RedisError, OSError):
            log.warning("nobody is counted: Redis does not answer")
            return True
        return count <= max(1, int(most * SHARES[kind]))

    def wait(self) -> float:
        return self._left


def _who(request: Request) -> tuple[str, int]:
    """Under which name somebody is counted, and how much they may."""
    if request.auth is not None:
        return f"m{request.auth.pk}", settings.RATE_MACHINE
    if request.user.pk is not None:
        return f"p{request.user.pk}", settings.RATE_PERSON
    address = str(request.META.get("REMOTE_ADDR", ""))
    return "a" + salted_hmac("tiliksemar.throttling", address, algorithm="sha256").hexdigest()[
        :16
    ], settings.RATE_ADDRESS


def _count(key: str) -> int:
    pipe = present().pipeline(transaction=False)
    pipe.incr(key)
    pipe.expire(key, 2 * WINDOW)
    return int(pipe.execute()[0])
