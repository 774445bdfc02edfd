"""Names of an import's rows, each another one in its RT, and no two cameras taken for one.

A row whose name tells nothing gets a built one. Rows without any name would all get the same, and would all be taken for the one
camera that has it already: they are told apart by number, and by the address of the camera that is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from . import naming
from .addresses import Address
from .models import Camera
from .proposals import Identity, Proposal
from .spreadsheet import Problem

Present = Mapping[Identity, Sequence[Camera]]
# A camera's primary key and an address of its.
Owned = tuple[int, Address]


def tell_apart(proposals: Iterable[Proposal], present: Present, addresses: Collection[Owned]) -> list[Proposal]:
    """*proposals* in their order; *present*: the cameras that are there; *addresses*: theirs."""
    owned = set(addresses)
    rows = list(proposals)
    taken = {one.identity for one in rows if one.written}
    settled = []
    for one in rows:
        better = one if one.written else next(_free(one, taken, present, owned))
        taken.add(better.identity)
        settled.append(better)
    return settled


def found(one: Proposal, present: Present) -> Sequence[Camera]:
    """The cameras that *one* means: by its name as written, for one that was kept under it, else by the name it gets."""
    return present.get(one.written_identity) or present.get(one.identity) or ()


def warnings(proposals: Iterable[Proposal]) -> Iterator[Problem]:
    """Says which names were built, and which could be better. No name is repeated that somebody wrote."""
    for one in proposals:
        if one.name != one.written:
            why = "tidak menyebut tempat" if one.written else "kosong"
            # Without the number, which stood in the cell.
            shown = naming.built(one.spot)
            yield Problem(one.line, "name", f"{why}; ditampilkan sebagai “{shown}”. Tulis patokan dan arah kamera")
        elif naming.suggestion(one.written, one.spot):
            yield Problem(
                one.line, "name", "huruf besar semua atau diawali kata alat; tulis patokan dan arah kamera saja"
            )


def _free(one: Proposal, taken: set[Identity], present: Present, owned: set[Owned]) -> Iterator[Proposal]:
    """*one* under each name that is no other camera's."""
    for number in count(1):
        named = one if number == 1 else replace(one, name=naming.built(one.spot, number=str(number)))
        there = present.get(named.identity, ())
        if named.identity not in taken and all((camera.pk, one.address) in owned for camera in there):
            yield named
