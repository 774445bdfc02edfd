"""``python -m wording collect`` brings the catalogues up to the code; ``python -m wording compile`` makes them ready to be used."""

from __future__ import annotations

import sys

from .catalogues import bring_up, languages, make_ready, po_file
from .collecting import DOMAINS, ROOT, texts


def main(words: list[str]) -> int:
    if words == ["collect"]:
        for domain in DOMAINS:
            found = texts(domain)
            for language in languages():
                waiting = bring_up(language, domain, found)
                print(f"  {po_file(language, domain).relative_to(ROOT)}: {waiting} kalimat belum diterjemahkan")
    elif words != ["compile"]:
        print(__doc__, file=sys.stderr)
        return 2
    make_ready()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
