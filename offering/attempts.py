"""How often somebody may have an address tried: counted for each account and for each address, over an hour, in Redis.

Addresses are counted under a keyed hash. Without Redis nothing is tried: a guard that does not know must not open.

TooMany         the message is for people
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from streaming.present import present

HOUR = 3600


class TooMany(Exception):
    """Not now."""


def count(*, account: int, host: str) -> None:
    """Counts one trial. Raises: TooMany."""
    names = [f"trials:account:{account}", f"trials:address:{_hashed(host)}"]
    try:
        pipe = present().pipeline()
        for name in names:
            pipe.set(name, 0, ex=HOUR, nx=True)
            pipe.incr(name)
        counted = [int(answer) for answer in pipe.execute()[1::2]]
    except (RedisError, OSError):
        raise TooMany(_("Kamera belum bisa dicoba sekarang. Coba lagi beberapa menit lagi.")) from None
    if max(counted) > settings.OFFER_TRIALS:
        raise TooMany(
            _("Sudah %(n)s kali dicoba dalam satu jam. Coba lagi satu jam lagi.") % {"n": settings.OFFER_TRIALS}
        )


def _hashed(host: str) -> str:
    return salted_hmac("offering.attempts", host.lower(), algorithm="sha256").hexdigest()[:32]
