"""What a browser wants to hear of: cameras by name, a part of the map, the numbers of places, or everything. No Django."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .map_query import Box, WrongQuery, box_of, read_box

# Named in the address, and in a message; longer lists are cut.
MOST_NAMED = 500
LONGEST_MESSAGE = 20_000


@dataclass(frozen=True)
class Wish:
    """*cameras*: public ids. *box*: news of cameras within it. *places*: changes of the numbers of kelurahan. *everything*: all
    that the person may know of, as whoever names nothing gets it.
    """

    cameras: frozenset[str] = frozenset()
    box: Box | None = None
    places: bool = False
    everything: bool = False


def wish_of_address(query: Mapping[str, Sequence[str]]) -> Wish:
    """``camera`` (repeated), ``bbox``, ``places=1``; ``quiet=1``: nothing before a message says what."""
    box = _box(query.get("bbox", [""])[0])
    wish = Wish(frozenset(query.get("camera", [])[:MOST_NAMED]), box, "places" in query)
    return wish if wish != Wish() or "quiet" in query or "bbox" in query else Wish(everything=True)


def wish_of_message(text: str, before: Wish) -> Wish | None:
    """The wish after a message ``{"view": {"bbox": […]} | {"places": true} | null, "cameras": […]}``, in which either may be missing
    and then stays as it was; None, where it is no such message.
    """
    try:
        said: Any = json.loads(text) if len(text) <= LONGEST_MESSAGE else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not said.keys() & {"view", "cameras"}:
        return None
    wish = replace(before, everything=False)
    if "view" in said:
        view = said["view"] if isinstance(said["view"], dict) else {}
        wish = replace(wish, box=_box(view.get("bbox", "")), places=view.get("places") is True)
    if "cameras" in said:
        ids = said["cameras"] if isinstance(said["cameras"], list) else []
        wish = replace(wish, cameras=frozenset(one for one in ids[:MOST_NAMED] if isinstance(one, str)))
    return wish


def _box(raw: object) -> Box | None:
    try:
        return box_of(raw) if isinstance(raw, list) else read_box(str(raw))
    except WrongQuery:
        return None
