"""Telling people something: on their open pages, and by push to the browsers that asked for it. For other rooms too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils import translation
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from . import news
from .pushing import push_words
from .words import Words

log = logging.getLogger(__name__)

# Seconds after which a word that no worker took is old news.
OLD_NEWS = 300.0
_TITLE, _BODY = 80, 240

# Gives title and body in the language that is active when it is called: it is called once for each.
Say = Callable[[], tuple[str, str]]


def tell(people: Iterable[int], say: Say, *, url: str, tag: str) -> None:
    """*people*: keys of accounts; *url*: a path of the portal; a later word with the same *tag* takes the place of an earlier one.

    After commit. Nothing is promised: what must be known stands on a page. Whatever is away, this raises nothing.
    """
    wanted = sorted(set(people))
    if wanted:
        words = _in_all_languages(say, url, tag)
        transaction.on_commit(lambda: _tell(wanted, words))


def push(people: Iterable[int], say: Say, *, url: str, tag: str) -> None:
    """By push alone, now. Without keys of the city nobody is asked."""
    wanted = sorted(set(people))
    if wanted:
        _push(wanted, _in_all_languages(say, url, tag))


def _in_all_languages(say: Say, url: str, tag: str) -> Words:
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            title, body = say()
        words[language] = {"title": title[:_TITLE], "body": body[:_BODY], "url": url, "tag": tag}
    return words


def _push(people: list[int], words: Words) -> None:
    if not settings.VAPID_PRIVATE_KEY:
        return
    try:
        push_words.apply_async(args=(people, words), expires=OLD_NEWS, retry=False)
    except (OperationalError, RedisError, OSError):
        log.warning("push could not be handed to a worker: Redis does not answer")


def _tell(people: list[int], words: Words) -> None:
    for person in people:
        news.publish_word(person, words)
    _push(people, words)
