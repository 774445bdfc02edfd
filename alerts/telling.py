"""Telling people something: on their open pages, and by push to the browsers that asked for it. For other rooms too."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from . import news
from .pushing import push_to

log = logging.getLogger(__name__)

# Seconds after which a word that no worker took is old news.
OLD_NEWS = 300.0
_TITLE, _BODY = 80, 240


def tell(people: Iterable[int], *, title: str, body: str, url: str, tag: str) -> None:
    """*people*: keys of accounts; *url*: a path of the portal; a later word with the same *tag* takes the place of an earlier one.

    After commit. Nothing is promised: what must be known stands on a page. Whatever is away, this raises nothing.
    """
    wanted = sorted(set(people))
    word = {"title": title[:_TITLE], "body": body[:_BODY], "url": url, "tag": tag}
    if wanted:
        transaction.on_commit(lambda: _tell(wanted, word))


def push(people: Iterable[int], word: dict[str, str]) -> None:
    """By push alone, now. Without keys of the city nobody is asked."""
    wanted = sorted(set(people))
    if not wanted or not settings.VAPID_PRIVATE_KEY:
        return
    try:
        push_to.apply_async(args=(wanted, word), expires=OLD_NEWS, retry=False)
    except (OperationalError, RedisError, OSError):
        log.warning("push could not be handed to a worker: Redis does not answer")


def _tell(people: list[int], word: dict[str, str]) -> None:
    for person in people:
        news.publish_word(person, word)
    push(people, word)
