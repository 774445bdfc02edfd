"""`python -m pictures [icons|pages]`: both where none is named. Starts a portal with the demo city for the pages."""

from __future__ import annotations

import sys

from . import icons, pages

ALL = {"icons": icons.main, "pages": pages.main}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"Tidak dikenal: {', '.join(unknown)}. Yang ada: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    for name in names or ALL:
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
