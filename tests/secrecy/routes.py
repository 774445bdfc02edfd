"""The URL table as a list, and addresses that fit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

# Values of one word that are tried together with those of the others.
MOST_VALUES = 12


@dataclass(frozen=True)
class Route:
    """One line of the URL table. *name* is as ``resolve`` gives it; *form* has ``%(word)s`` for each of *words*."""

    name: str
    form: str
    words: tuple[str, ...]
    module: str

    def address(self, values: dict[str, str]) -> str:
        return "/" + self.form % values

    @property
    def room(self) -> str:
        """The app whose view it is: ``cameras``; ``django`` for the library's own."""
        return self.module.partition(".")[0]


@cache
def table() -> tuple[Route, ...]:
    """Every route of the portal, whoever wrote it."""
    return tuple(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, name: str, pattern: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        own = str(one.pattern)
        longer_name, longer = (name + own.removeprefix("^") if name else own), pattern + _regex(one)
        if isinstance(one, URLResolver):
            yield from _below(one, longer_name, longer)
        else:
            for form, words in normalize(longer):
                yield Route(longer_name, form, tuple(words), getattr(one.callback, "__module__", ""))


def _regex(one: URLPattern | URLResolver) -> str:
    return str(one.pattern.regex.pattern).removeprefix("^")


def route_of(path: str) -> tuple[str, dict[str, Any]] | None:
    """The route's name and its words' values, or None where the URL table knows no such address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.route, match.kwargs


class Guesses:
    """Values for the words of routes: those that were met in links, and those that *more* knows."""

    def __init__(self, more: Callable[[Route, str], list[str]]) -> None:
        self._met: dict[str, list[str]] = {}
        self._more = more

    def meet(self, values: dict[str, Any]) -> None:
        for word, value in values.items():
            known = self._met.setdefault(word, [])
            if str(value) not in known:
                known.append(str(value))

    def fill(self, route: Route, *, at_most: int) -> list[str]:
        """Addresses for *route*; at least one, even if it can hardly lead anywhere."""
        columns = [
            list(dict.fromkeys([*self._met.get(word, []), *self._more(route, word)]))[:MOST_VALUES] or ["1"]
            for word in route.words
        ]
        filled = [route.address(dict(zip(route.words, values, strict=True))) for values in product(*columns)]
        fitting = [address for address in filled if (found := route_of(address)) and found[0] == route.name]
        return (fitting or filled)[:at_most]
