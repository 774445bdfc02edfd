"""Something that people are told, in every language of the portal. No Django."""

from __future__ import annotations

# title, body, url, tag
Word = dict[str, str]
# by language, the portal's own first
Words = dict[str, Word]


def in_language(words: Words, language: str | None) -> Word:
    """In the portal's own, where there is none in *language*."""
    return words.get(language or "") or next(iter(words.values()))
