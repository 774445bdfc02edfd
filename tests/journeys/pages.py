"""Every page that somebody can open in the running portal, one of each kind."""

from __future__ import annotations

import re

from tests.secrecy.crawling import Answer, Crawler
from tests.secrecy.routes import Route

from .portal import Portal

# Answers to programs, and the pages of libraries for whoever administers.
BESIDES = ("/api/", "/admin/", "/static/", "/hls/", "/ws/", "/healthz", "/readyz")
BEGIN = ("/", "/gaya/", "/luring/", "/tidak-ada/", "/daftar/", "/masuk/", "/kamera/contoh0001/")
_PART = re.compile(r'<([a-z][a-z0-9]*)\b(?:[^>]*?\sclass="([^"]*)")?(?:[^>]*?\stype="([^"]*)")?')


Parts = frozenset[tuple[str, ...]]


def pages_of(portal: Portal, as_: str, known: set[Parts]) -> list[str]:
    """Addresses of pages, each made of other parts than those *known*, which grow: what looks alike needs no second look."""
    visitor = portal.visitor(as_)

    def fetch(path: str) -> Answer:
        answer = visitor.ask(path)
        kind = answer.headers.get("Content-Type", "")
        return Answer(answer.status, kind, "", answer.body if "html" in kind else b"")

    crawler = Crawler(fetch, begin=BEGIN, guess=_demo, each_route=1, origin=portal.base, besides=(*BESIDES, "/keluar/"))
    found: list[str] = []
    for path, answer in crawler.crawl():
        if "html" in answer.kind and answer.status in {200, 403, 404}:
            parts: Parts = frozenset(_PART.findall(answer.body.decode().partition("<main")[2]))
            if parts not in known:
                known.add(parts)
                found.append(path)
    return found


def _demo(route: Route, word: str) -> list[str]:
    """Values that exist in the demo city."""
    known = {"public_id": "contoh0002", "code": "33.74.12.1009", "rw": "005", "rt": "003"}
    return [known[word]] if word in known and "public_id" not in route.module else []
