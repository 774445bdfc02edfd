"""The map's data and the pages of places with 20,000 cameras, by a stranger, a resident and an officer; boundaries; searching."""

from __future__ import annotations

import gzip
import http.client
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from .city import CAMERAS, fill
from .stage import Stage, stage
from .table import percentile, show

PEOPLE = {"stranger": "", "resident": "warga", "officer": "petugas"}
ZOOMS = range(8, 20)
VIEWS_A_ZOOM = 25
SCREENS = ((1440, 900), (360, 740), (3840, 2000))
# West, south, east, north of the demo city, degrees.
CITY = (110.27, -7.11, 110.51, -6.94)
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {"status": "offline"},
    {"category": "lalu_lintas,sungai"},
    {"status": "online", "category": "lingkungan"},
)
SEARCHES = (
    "sekaran", "sekran", "gunung pati", "rt 3 rw 5 sekaran", "05/01", "rw 2 tembalang", "pos kamling", "gapura kartini",
    "simpang lma", "jl pahlwan", "pos kamling arah jalan taman siswa", "bendung", "p", "xyzzy", "musala nurul huda pamularsih",
    "rt 001", "cam 1",
)  # fmt: skip
BAR_MS, BAR_BOUNDARIES_KB, BAR_BOUNDARIES_KECAMATAN_KB = 100.0, 60.0, 20.0


@dataclass
class Measured:
    ms: list[float] = field(default_factory=list)
    kb: list[float] = field(default_factory=list)

    def row(self) -> list[object]:
        worst = percentile(self.ms, 0.95)
        return [len(self.ms), percentile(self.ms, 0.5), worst, BAR_MS, worst / BAR_MS, percentile(self.kb, 0.95)]


class Asker:
    """One person on one connection that is kept."""

    def __init__(self, here: Stage, name: str) -> None:
        visitor = here.portal.visitor(name)
        self._connection = http.client.HTTPConnection("127.0.0.1", here.portal.port, timeout=30)
        self._headers = {"Accept-Encoding": "gzip"}
        if name:
            self._headers["Cookie"] = f"sessionid={visitor.cookie('sessionid')}"

    def ask(self, path: str, into: Measured) -> bytes:
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        into.ms.append((time.perf_counter() - began) * 1000)
        into.kb.append(len(body) / 1000)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def main() -> None:
    with stage(RATE_PERSON="1000000", RATE_ADDRESS="1000000") as here:
        fill(here.portal.environ)
        rows: list[Sequence[object]] = []
        for person, name in PEOPLE.items():
            asker = Asker(here, name)
            asker.ask("/api/v1/map/?zoom=10", Measured())
            views, searches = _views(asker), _searches(asker)
            rows += [[person, what, *measured.row()] for what, measured in views.items()]
            rows.append([person, "search", *searches.row()])
            rows.append([person, "pages of places", *_pages_of_places(asker).row()])
        print(f"{CAMERAS} cameras, one web process.\n")
        show(["who", "asks for", "questions", "p50 ms", "p95 ms", "bar ms", "of the bar", "p95 kB"], rows)
        print()
        _boundaries(Asker(here, ""))


def _views(asker: Asker) -> dict[str, Measured]:
    """By the level of what is shown."""
    found = {"kecamatan (zoom 8–12)": Measured(), "kelurahan (13–14)": Measured()}
    found |= {"cells (15–16)": Measured(), "cameras (17–19)": Measured()}
    names = list(found)
    luck = random.Random(7)
    for zoom in ZOOMS:
        level = names[(zoom > 12) + (zoom > 14) + (zoom > 16)]
        for path in _paths(zoom, luck):
            asker.ask(path, found[level])
    return found


def _paths(zoom: int, luck: random.Random) -> Iterator[str]:
    west, south, east, north = CITY
    for number in range(VIEWS_A_ZOOM):
        wide, high = (pixels * 360 / (256 * 2**zoom) for pixels in SCREENS[number % len(SCREENS)])
        lon, lat = luck.uniform(west, east), luck.uniform(south, north)
        box = (max(-180, lon - wide / 2), max(-90, lat - high / 2), min(180, lon + wide / 2), min(90, lat + high / 2))
        query = {"zoom": zoom, "bbox": ",".join(f"{degree:.5f}" for degree in box), **FILTERS[number % len(FILTERS)]}
        yield f"/api/v1/map/?{urlencode(query)}"


def _searches(asker: Asker) -> Measured:
    found = Measured()
    asker.ask("/api/v1/search/?q=awal", Measured())  # the names are read when they are first asked for
    for _ in range(4):
        for words in SEARCHES:
            asker.ask(f"/api/v1/search/?q={quote(words)}", found)
    return found


def _pages_of_places(asker: Asker) -> Measured:
    """Of the city, page by page and by status, and of every kecamatan and its first kelurahan, RW and RT."""
    found = Measured()
    paths = ["/wilayah/", "/wilayah/?hal=300", "/wilayah/?keadaan=offline", "/wilayah/?hal=9&keadaan=online"]
    for number in range(1, 17):
        kelurahan = f"/wilayah/33.74.{number:02}.1001/"
        paths += [f"/wilayah/33.74.{number:02}/", kelurahan, f"{kelurahan}rw-001/", f"{kelurahan}rw-001/rt-001/"]
    for path in paths:
        asker.ask(path, found)
    return found


def _boundaries(asker: Asker) -> None:
    rows: list[Sequence[object]] = []
    bars = {"kelurahan": BAR_BOUNDARIES_KB, "kecamatan": BAR_BOUNDARIES_KECAMATAN_KB}
    for level, bar in bars.items():
        first, again = Measured(), Measured()
        body = asker.ask(f"/api/v1/boundaries/?level={level}", first)
        asker.ask(f"/api/v1/boundaries/?level={level}", again)
        rows.append([level, len(body) / 1000, first.kb[0], bar, first.kb[0] / bar, first.ms[0], again.ms[0]])
    show(["boundaries", "kB", "kB gzip", "bar kB", "of the bar", "made and sent, ms", "sent again, ms"], rows)
