"""What somebody asks of the map: which part, how near, and which cameras. Read from text, checked, no Django."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from neighborhoods.wording import said

MOST_ZOOM = 22


class WrongQuery(ValueError):
    """*code* for programs; the message is for people, not translated yet."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Box(NamedTuple):
    """A part of the map, in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class MapQuery:
    """*zoom* as web maps count it (the world is 256 · 2^zoom pixels wide). *statuses*, *categories*: empty asks for all."""

    zoom: int
    box: Box | None = None
    statuses: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()


def read_box(text: str) -> Box:
    """``110.3,-7.1,110.5,-6.9``: west, south, east, north.

    Raises:
        WrongQuery: not four numbers, no degrees, the wrong way round, or across the date line.
    """
    return box_of(text.split(","))


def box_of(numbers: Iterable[object]) -> Box:
    """The same from four numbers or their texts. Raises: WrongQuery."""
    try:
        west, south, east, north = (float(number) for number in numbers)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise _no_box() from None
    if not all(math.isfinite(number) for number in (west, south, east, north)):
        raise _no_box()
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise WrongQuery("bbox", said("Bagian peta ini tidak ada: barat harus di kiri timur, selatan di bawah utara."))
    return Box(west, south, east, north)


def read_zoom(text: str) -> int:
    """Raises: WrongQuery."""
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= MOST_ZOOM):
        raise WrongQuery("zoom", said("Tulis zoom sebagai angka 0 sampai 22."))
    return int(text)


def read_words(name: str, text: str, known: Iterable[str]) -> frozenset[str]:
    """``online,offline`` as a set. Raises: WrongQuery, where one is none of *known*."""
    words = frozenset(word for word in (part.strip() for part in text.split(",")) if word)
    if words - set(known):
        raise WrongQuery(name, said("Saringan ini tidak dikenal."))
    return words


def _no_box() -> WrongQuery:
    return WrongQuery("bbox", said("Tulis bbox sebagai empat angka: barat,selatan,timur,utara, dalam derajat."))
