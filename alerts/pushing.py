"""Sends a word to all browsers of some people, and forgets browsers that are gone."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from celery import shared_task
from django.conf import settings
from django.db import close_old_connections
from django.db.models import F
from django.utils import timezone

from cameras import guarding, reach

from . import posting
from .envelopes import Browser, NotSigned, WrongKey, seal
from .models import Subscription
from .words import Word, Words, in_language

log = logging.getLogger(__name__)

# Failures in a row after which a browser is forgotten, though its push service did not say that it is gone.
MOST_FAILURES = 30
AT_ONCE = 20
# It is gone, says its push service. Not 403: one wrong key of the city would forget every browser.
_GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Way:
    """How push services are reached: rules of the guard, who resolves names, whose certificates count."""

    rules: reach.Rules
    tls: ssl.SSLContext
    resolver: reach.Resolver = field(default=reach.resolve)


def usual_way() -> Way:
    """The public internet alone, at the port of HTTPS, with certificates that this machine trusts."""
    rules = replace(guarding.rules(), public=True, networks=(), ports=frozenset({443}), exceptions=frozenset())
    return Way(rules, ssl.create_default_context())


# Named for its module of tasks, which takes it to the workers.
@shared_task(name="alerts.tasks.push_words")
def push_words(people: list[int], words: Words) -> None:
    """Sends it to every browser of these people, in the language that the browser was read in."""
    close_old_connections()
    try:
        push(people, words)
    finally:
        close_old_connections()


def push(people: Iterable[int], words: Words, way: Way | None = None) -> int:
    """How many browsers were reached. Raises nothing for a browser that is not."""
    rows = list(Subscription.objects.filter(person__in=list(people), person__is_active=True))
    if not rows or not settings.VAPID_PRIVATE_KEY:
        return 0
    answers = asyncio.run(_post_all(rows, words, way or usual_way()))
    by_outcome: dict[str, list[int]] = {"reached": [], "gone": [], "failed": []}
    for row, answer in zip(rows, answers, strict=True):
        by_outcome[_outcome(answer)].append(row.pk)
    _write_down(by_outcome)
    return len(by_outcome["reached"])


async def _post_all(rows: list[Subscription], words: Words, way: Way) -> list[int | str]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(row: Subscription) -> int | str:
        async with room:
            return await _post(row, in_language(words, row.language), way)

    return await asyncio.gather(*(one(row) for row in rows))


async def _post(row: Subscription, word: Word, way: Way) -> int | str:
    """The status, or what kept us from one: ``wrong`` for good, ``trouble`` for now. No address stands in what is logged."""
    try:
        endpoint = posting.check(row.endpoint, settings.PUSH_HOSTS)
        envelope = seal(
            word,
            Browser(row.endpoint, row.p256dh, row.auth),
            private_key=settings.VAPID_PRIVATE_KEY,
            subject=settings.VAPID_SUBJECT,
            now=time.time(),
        )
        return await posting.post(endpoint, envelope, way.rules, tls=way.tls, resolver=way.resolver)
    except (posting.WrongEndpoint, WrongKey, reach.Forbidden):
        return "wrong"
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as trouble:  # TimeoutError is an OSError
        log.warning("a push service did not answer: %s", type(trouble).__name__)
        return "trouble"
    except NotSigned:
        # Not "wrong": without a subject of the city every browser would be forgotten.
        log.error("a word for a browser could not be signed; is VAPID_SUBJECT right?")
        return "trouble"


def _outcome(answer: int | str) -> str:
    if isinstance(answer, int) and 200 <= answer < 300:
        return "reached"
    return "gone" if answer == "wrong" or answer in _GONE else "failed"


def _write_down(by_outcome: dict[str, list[int]]) -> None:
    rows = Subscription.objects.all()
    rows.filter(pk__in=by_outcome["reached"]).update(reached_at=timezone.now(), failures=0)
    rows.filter(pk__in=by_outcome["gone"]).delete()
    failed = rows.filter(pk__in=by_outcome["failed"])
    failed.update(failures=F("failures") + 1)
    failed.filter(failures__gte=MOST_FAILURES).delete()
