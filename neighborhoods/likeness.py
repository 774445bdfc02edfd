"""How like a written word is to the one that was meant: beginnings count, and typing errors are forgiven. Pure.

Scores lie between 0 (another word) and 1 (the same). They depend on the two words alone, never on which others there are: what
somebody is shown must not depend on what is hidden from them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
# Written in many ways; one of them is kept in the index, and looked up.
_SAME = {
    "jl": "jalan",
    "jln": "jalan",
    "gg": "gang",
    "kp": "kampung",
    "kpg": "kampung",
    "psr": "pasar",
    "smpng": "simpang",
    "simp": "simpang",
    "perum": "perumahan",
    "bunderan": "bundaran",
    "mushola": "musala",
    "mushala": "musala",
    "musholla": "musala",
}
# Letters that a word must have before so many errors in it are forgiven.
_FORGIVEN = ((3, 1), (7, 2), (11, 3))
_BEGINNING = 0.9


def words_of(text: str) -> list[str]:
    """The words of *text*, in small letters and without accents; usual short forms are written out."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [_SAME.get(word, word) for word in _WORD.findall(plain)]


def likeness(typed: str, word: str) -> float:
    """How like *word* is what was *typed*, which may be only its beginning."""
    if typed == word:
        return 1.0
    if len(typed) > 1 and word.startswith(typed):
        return _BEGINNING
    most = forgiven(typed)
    return _with_errors(typed, OSA.distance(typed, word, score_cutoff=most), most) if most else 0.0


def forgiven(typed: str) -> int:
    """How many letters of it may be wrong, missing, too many or swapped. None of a number."""
    if typed.isdigit():
        return 0
    return max((errors for letters, errors in _FORGIVEN if len(typed) >= letters), default=0)


def all_alike(typed: Sequence[str], words: Sequence[str], more: Sequence[str] = ()) -> float:
    """How like the *words* of a name are all of what was *typed*; *more* words around it may be meant too, but not they alone.

    Names are written in one or in two: ``gunung pati`` is ``gunungpati``.
    """
    if not typed or not words:
        return 0.0
    whole = likeness("".join(typed), "".join(words))
    own = [max(likeness(one, word) for word in words) for one in typed]
    around = [max((likeness(one, word) for word in more), default=0.0) for one in typed]
    best = [max(mine, 0.8 * other) for mine, other in zip(own, around, strict=True)]
    parts = sum(best) / len(best) if min(best) > 0 and max(own) > 0 else 0.0
    # A name of two words of which one was typed is a little less meant than a name that is this word.
    return max(whole, parts * (0.95 if len(typed) < len(words) else 1.0))


class Vocabulary:
    """Many words, to be asked for those that are like a typed one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))

    def like(self, typed: str) -> dict[str, float]:
        """Each word that is like *typed*, and how much; a thousandth of a second for some thousand words."""
        found: dict[str, float] = {}
        if most := forgiven(typed):
            near = process.extract(typed, self._words, scorer=OSA.distance, score_cutoff=most, limit=None)
            found = {word: _with_errors(typed, distance, most) for word, distance, _ in near}
        begin = bisect_left(self._words, typed)
        if len(typed) > 1:
            for word in self._words[begin:]:
                if not word.startswith(typed):
                    break
                found[word] = _BEGINNING
        if begin < len(self._words) and self._words[begin] == typed:
            found[typed] = 1.0
        return {word: score for word, score in found.items() if score > 0}


def _with_errors(typed: str, distance: float, most: int) -> float:
    if distance > most:
        return 0.0
    # Of a short word one wrong letter leaves little.
    return (0.8 if len(typed) > 4 else 0.6) - 0.1 * (distance - 1)
