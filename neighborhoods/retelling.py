"""What the portal once wrote and kept, in the language of who reads it now."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import get_language, gettext

_NUMBER = re.compile(r"\d+")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;]) ")


def retold(text: str) -> str:
    """*text* was kept in Indonesian, perhaps put together of sentences that the catalogues know; people's own words stay theirs."""
    if not text or get_language() == settings.LANGUAGE_CODE:
        return text
    return " ".join(_sentence(sentence) for sentence in _BETWEEN_SENTENCES.split(text))


def _sentence(sentence: str) -> str:
    for known, rest in ((sentence, ""), (sentence[:-1], sentence[-1:])):
        found = gettext(known) if known else known
        if found != known:
            return found + rest
    number = _NUMBER.search(sentence)
    if number is not None:
        pattern = sentence.replace(number[0], "%(n)s", 1)
        found = gettext(pattern)
        if found != pattern:
            return found % {"n": number[0]}
    head, colon, tail = sentence.partition(": ")  # what stands behind the colon are values
    return f"{gettext(head)}{colon}{tail}" if colon else sentence
