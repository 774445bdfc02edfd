"""The signed part of an invitation's address: ``3f-k7w3mp2xq4abcdef``.

Short, since it stands in a QR code and is sometimes typed. Made anew from the record whenever it is shown, so that a poster can be
printed again and no copy of the database invites anybody.
"""

from __future__ import annotations

import base64

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from .models import Invitation

# Of HMAC-SHA256: 80 bits, 16 letters.
_BYTES = 10


def token_of(invitation: Invitation) -> str:
    return f"{int_to_base36(invitation.pk)}-{_signature(invitation)}"


def invitation_of(token: str) -> Invitation | None:
    """The invitation that *token* was made for, however it stands with it; None where it was not made here."""
    number, _, signature = token.partition("-")
    try:
        found = Invitation.objects.select_related("rt__rw__kelurahan__kecamatan", "made_by").defer(
            "rt__rw__kelurahan__boundary", "rt__rw__kelurahan__kecamatan__boundary"
        ).filter(pk=base36_to_int(number)).first()  # fmt: skip
    except (ValueError, OverflowError):
        return None
    return found if found is not None and constant_time_compare(signature.lower(), _signature(found)) else None


def _signature(invitation: Invitation) -> str:
    digest = salted_hmac("accounts.invitation", f"{invitation.pk}:{invitation.salt}", algorithm="sha256").digest()
    return base64.b32encode(digest[:_BYTES]).decode().lower()
