"""The head of a PMTiles file (version 3): what kind of tiles it holds. No Django.

Written from the specification, https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["raster", "vector"]

HEADER_BYTES = 127
_MAGIC, _VERSION_AT, _TYPE_AT = b"PMTiles", 7, 99
_KINDS: dict[int, Kind] = {1: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}


class NotPMTiles(ValueError):
    """The message says what it is not, for whoever installs."""


def kind_of(file: Path) -> Kind:
    """What the tiles of *file* are.

    Raises:
        NotPMTiles: nothing to read there, no PMTiles of version 3, or tiles of a kind that no map of ours draws.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(HEADER_BYTES)
    except OSError as problem:
        raise NotPMTiles(f"it cannot be read ({problem.strerror})") from None
    if len(head) < HEADER_BYTES or head[: len(_MAGIC)] != _MAGIC or head[_VERSION_AT] != 3:
        raise NotPMTiles("it is no PMTiles file of version 3")
    if head[_TYPE_AT] not in _KINDS:
        raise NotPMTiles("its tiles are neither pictures nor vector tiles")
    return _KINDS[head[_TYPE_AT]]
