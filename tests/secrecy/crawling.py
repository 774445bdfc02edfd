"""Follows every link and every form that asks, and tries every route of the URL table, as one person."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from .routes import Guesses, Route, route_of, table

# What scripts and styles hold is the same for everybody and stands in the repository.
STATIC = "/static/"
MOST_NOWHERE = 30


@dataclass(frozen=True)
class Answer:
    """What came back: *headers* as ``Name: value`` lines."""

    status: int
    kind: str
    headers: str
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.headers.encode() + b"\n\n" + self.body


Fetch = Callable[[str], Answer]


@dataclass
class Crawler:
    """One person's walk, from the pages *begin* on, all of which are opened.

    *fetch* asks for a path with its query; *each_route*: other pages of one route, with the same names in their queries, that are
    opened; *guess*: values for a word of a route; *origin*: ``http://host:port`` of the portal, empty for Django's test client;
    *besides*: beginnings of paths that are not opened.
    """

    fetch: Fetch
    begin: Iterable[str] = ("/",)
    guess: Callable[[Route, str], list[str]] = lambda route, word: []
    each_route: int = 4
    origin: str = ""
    besides: tuple[str, ...] = (STATIC,)
    answered: Counter[int] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()
        self._opened: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._guesses = Guesses(self.guess)

    def crawl(self) -> Iterator[tuple[str, Answer]]:
        """Every path that was asked, and its answer: first what links lead to, then the routes that no link led to."""
        self._waiting.extend(self.begin)
        yield from self._walk()
        for route in table():
            if route.name not in self.routes:
                self._waiting.extend(self._guesses.fill(route, at_most=self.each_route))
        yield from self._walk()

    def one_of_each_route(self) -> list[str]:
        """A path of each route that was opened."""
        found: dict[str, str] = {}
        for path in sorted(self._known):
            place = path.partition("?")[0]
            if (route := route_of(place)) is not None:
                found.setdefault(route[0], place)
        return list(found.values())

    def _walk(self) -> Iterator[tuple[str, Answer]]:
        while self._waiting:
            path = self._waiting.popleft()
            if path in self._known or path.startswith(self.besides) or not self._worth(path):
                continue
            self._known.add(path)
            answer = self.fetch(path)
            if (found := route_of(path.partition("?")[0])) is not None:
                self.routes.add(found[0])
            self.answered[answer.status] += 1
            yield path, answer
            self._waiting.extend(self._onwards(path, answer))

    def _worth(self, path: str) -> bool:
        """Whether this kind of page was not opened often enough already."""
        place, _, query = path.partition("?")
        found = route_of(place)
        if found is None:  # beside the table, or nowhere: an answer all the same, but links from there may have no end
            self._opened["", ()] += 1
            return self._opened["", ()] <= MOST_NOWHERE
        self._guesses.meet(found[1])
        kind = found[0], tuple(sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)}))
        self._opened[kind] += 1
        return self._opened[kind] <= self.each_route or path in self.begin

    def _onwards(self, path: str, answer: Answer) -> Iterator[str]:
        location = next(
            (line[10:] for line in answer.headers.splitlines() if line.lower().startswith("location: ")), ""
        )
        for link in [location, *_links(answer)]:
            parts = urlsplit(urljoin(self.origin + path, link.strip()))
            if not link or parts.scheme not in {"", "http"} or (self.origin and parts.netloc not in self.origin):
                continue
            if not self.origin and parts.netloc not in {"", "testserver"}:
                continue
            # From a page with a query no further queries: filters upon filters have no end.
            if not (parts.query and "?" in path and parts.path == path.partition("?")[0]):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def _links(answer: Answer) -> list[str]:
    text = answer.body.decode("utf-8", "replace")
    if "html" in answer.kind or "svg" in answer.kind:
        page = _Page()
        page.feed(text)
        return page.links + page.questions()
    if "json" in answer.kind and "openapi" not in answer.kind:
        try:
            return list(_addresses(json.loads(text)))
        except ValueError:
            return []
    return []


def _addresses(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for inner in value.values():
                yield from _addresses(inner)
        case list():
            for inner in value:
                yield from _addresses(inner)
        case str() if value.startswith(("/", "http://")):
            yield value


class _Page(HTMLParser):
    """A page's links, and its forms that ask and change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._forms: list[tuple[str, dict[str, str]]] = []
        self._in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = given.get("method", "get").lower() == "get"
            if self._in_form:
                self._forms.append((given.get("action", ""), {}))
        elif tag in {"input", "select", "textarea", "button"} and self._in_form and given.get("name"):
            self._forms[-1][1][given["name"]] = given.get("value") or "a"
        for name, value in given.items():
            if name in {"href", "src"} or (name.startswith("data-") and value.startswith("/")):
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False

    def questions(self) -> list[str]:
        return [f"{action.partition('?')[0]}?{urlencode(fields)}" for action, fields in self._forms]
