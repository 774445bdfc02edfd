"""Browsers that push is to reach: kept on their person's tap, for whoever is logged in there, forgotten when they log out.

CannotSubscribe     the message says why, for people
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import envelopes, posting
from .envelopes import Browser, WrongKey
from .models import Subscription

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Browsers of one person; the oldest make room.
MOST = 10
# Under this name a log-in's session remembers which browser it subscribed.
_OWN = "langganan"


class CannotSubscribe(Exception):
    """Not this one."""


def public_key() -> str:
    """What a browser subscribes with; empty where the city has no keys."""
    return envelopes.public_key_of(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else ""


def subscribe(browser: Browser, *, person: User, session: Any) -> Subscription:
    """This browser is *person*'s from now on, whosever it was before. Raises: CannotSubscribe."""
    if not settings.VAPID_PRIVATE_KEY:
        raise CannotSubscribe(_("Portal kota ini belum mengirim pemberitahuan."))
    try:
        posting.check(browser.endpoint, settings.PUSH_HOSTS)
        envelopes.check_keys(browser.p256dh, browser.auth)
    except (posting.WrongEndpoint, WrongKey):
        raise CannotSubscribe(_("Peramban ini memakai layanan pemberitahuan yang tidak dikenal portal.")) from None
    digest = digest_of(browser.endpoint)
    given = {
        "person": person,
        "endpoint": browser.endpoint,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "language": get_language(),
        "failures": 0,
    }
    with transaction.atomic():
        row, _new = Subscription.objects.update_or_create(digest=digest, defaults=given)
        kept = person.subscriptions.order_by("-made_at", "-pk").values_list("pk", flat=True)[:MOST]
        person.subscriptions.exclude(pk__in=list(kept)).delete()
    session[_OWN] = digest
    return row


def unsubscribe(endpoint: str, *, person: User, session: Any) -> bool:
    """False if there was none of *person*'s."""
    session.pop(_OWN, None)
    return bool(Subscription.objects.filter(person=person, digest=digest_of(endpoint)).delete()[0])


def digest_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def follow_log_out(request: HttpRequest | None, **kwargs: Any) -> None:
    """Receiver of ``user_logged_out``: whoever holds this browser next reads nothing of this person's RT."""
    session = getattr(request, "session", None)
    if session is not None and (digest := session.get(_OWN)):
        Subscription.objects.filter(digest=digest).delete()


def follow_new_password(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Receiver of allauth's ``password_changed`` and ``password_reset``, which end all log-ins but this one: a phone that was lost
    reads nothing more either. Browsers that log in again subscribe again by themselves.
    """
    session = getattr(request, "session", None) or {}
    user.subscriptions.exclude(digest=session.get(_OWN, "")).delete()
