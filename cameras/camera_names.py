"""Which cameras have names like what was typed. It knows all cameras and no rule: whoever asks takes what it finds through the gate.

The words of 20,000 names are kept in the memory of each process, and read anew (a tenth of a second) when a camera was added,
taken away or saved.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max

from neighborhoods.likeness import Vocabulary, words_of

from .models import Camera

_CHANGED = "camera-names-changed"
# What the kelurahan's name counts beside the camera's own.
_PLACE = 0.6
# Somebody who typed so many words may have one of them wrong altogether.
_MANY = 3


class NameIndex:
    """*rows*: primary key, name and kelurahan of each camera, in the order in which cameras of equal likeness are to be shown."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._keys = array("q")
        self._own: dict[str, array[int]] = {}
        self._around: dict[str, array[int]] = {}
        places: dict[str, list[str]] = {}
        for position, (pk, name, kelurahan) in enumerate(rows):
            self._keys.append(pk)
            for word in set(words_of(name)):
                self._own.setdefault(word, array("l")).append(position)
            for word in places.setdefault(kelurahan, words_of(kelurahan)):
                self._around.setdefault(word, array("l")).append(position)
        self._words = Vocabulary({*self._own, *self._around})

    def like(self, typed: list[str]) -> list[int]:
        """The primary keys of cameras whose names are like *typed* words, the likest first."""
        sums: dict[int, float] = {}
        hits: dict[int, int] = {}
        for word in typed:
            for position, score in self._scores(word).items():
                sums[position] = sums.get(position, 0.0) + score
                hits[position] = hits.get(position, 0) + 1
        enough = len(typed) - (len(typed) >= _MANY)
        found = [position for position, number in hits.items() if number >= enough]
        found.sort(key=lambda position: (-sums[position], position))
        return [self._keys[position] for position in found]

    def _scores(self, typed: str) -> dict[int, float]:
        """The likeness of one word to each camera, where there is any."""
        scores: dict[int, float] = {}
        for word, score in sorted(self._words.like(typed).items(), key=lambda found: found[1]):
            for position in self._around.get(word, ()):
                scores[position] = max(scores.get(position, 0.0), score * _PLACE)
            for position in self._own.get(word, ()):
                scores[position] = max(scores.get(position, 0.0), score)
        return scores


class _Kept(NamedTuple):
    state: tuple[Any, ...]
    names: NameIndex


# One, by the name "now".
_kept: dict[str, _Kept] = {}


def index() -> NameIndex:
    """Of the cameras as they are now."""
    state = _state()
    kept = _kept.get("now")
    if kept is None or kept.state != state:
        rows = Camera.objects.order_by("name", "pk").values_list("pk", "name", "kelurahan__name")
        kept = _kept["now"] = _Kept(state, NameIndex(rows))
    return kept.names


def forget(**_signal: Any) -> None:
    """Some camera was saved: this process reads the names anew, and after the commit all others do."""
    _kept.clear()
    transaction.on_commit(lambda: cache.set(_CHANGED, uuid4().hex, None))


def _state() -> tuple[Any, ...]:
    # The numbers tell of cameras that came without a word, in bulk, or while Redis was away.
    numbers = Camera.objects.aggregate(Count("pk"), Max("pk"))
    return cache.get(_CHANGED), *numbers.values()
