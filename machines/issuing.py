"""Making, finding and revoking tokens.

CannotIssue         no token is made; the message is for people
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.residency import is_officer

from .models import MachineToken, Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PREFIX = "tilik_"  # so that a secret which was left somewhere is recognized
LONGEST_DAYS = 366
MOST_EACH = 20
# How exactly it is known when a token was used last; more would cost a write for every question.
USE_NOTED_EVERY = timedelta(minutes=1)
_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


class CannotIssue(Exception):
    """The message is for people."""


def issue(owner: User, *, name: str, scopes: Iterable[str], days: int) -> tuple[MachineToken, str]:
    """A new token and its secret, which is known to nobody afterwards. Raises: CannotIssue."""
    if not is_officer(owner):
        raise CannotIssue(_("Hanya petugas yang dapat membuat token mesin."))
    wanted = sorted(set(scopes))
    if not name.strip():
        raise CannotIssue(_("Beri nama, supaya nanti diketahui mesin mana yang memakainya."))
    if not wanted or not set(wanted) <= set(Scope.values):
        raise CannotIssue(_("Pilih paling sedikit satu hal yang boleh diminta mesin ini."))
    if not 1 <= days <= LONGEST_DAYS:
        raise CannotIssue(_("Lamanya antara 1 dan %(days)s hari.") % {"days": LONGEST_DAYS})
    now = timezone.now()
    if MachineToken.objects.filter(owner=owner, revoked_at=None, expires_at__gt=now).count() >= MOST_EACH:
        raise CannotIssue(
            _("Sudah ada %(n)s token yang berlaku. Cabut dulu yang tidak dipakai lagi.") % {"n": MOST_EACH}
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = MachineToken.objects.create(
        name=name.strip()[:80],
        owner=owner,
        digest=_digest(secret),
        scopes=wanted,
        expires_at=now + timedelta(days=days),
    )
    return token, secret


def find(secret: str, *, now: datetime) -> MachineToken | None:
    """The token that is good today, of an owner who may still log in. Notes that it was used."""
    if not _SECRET.fullmatch(secret):
        return None
    token = MachineToken.objects.select_related("owner").filter(digest=_digest(secret)).first()
    if token is None or not token.valid(now) or not token.owner.is_active:
        return None
    if token.last_used_at is None or now - token.last_used_at >= USE_NOTED_EVERY:
        MachineToken.objects.filter(pk=token.pk, last_used_at=token.last_used_at).update(last_used_at=now)
    return token


def revoke(token: MachineToken, *, by: User) -> bool:
    """Ends it at once; False if it was revoked before. Who may do so is asked by ``revocable``."""
    changed = MachineToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    return bool(changed)


def revocable(person: User) -> QuerySet[MachineToken]:
    """The tokens that somebody may end: officers all of them, others their own."""
    tokens = MachineToken.objects.filter(revoked_at=None)
    return tokens if is_officer(person) else tokens.filter(owner=person)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
