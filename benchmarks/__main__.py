"""`python -m benchmarks [NAME …]`: the benchmarks by name, all of them where none is named."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from . import churn, cost, credentials, hiding, latency, map_data, my_rt, recovery, start, storm
from . import map as public_map
from .table import conditions

ALL: dict[str, Callable[[], None]] = {
    "start": start.main,
    "latency": latency.main,
    "cost": cost.main,
    "storm": storm.main,
    "recovery": recovery.main,
    "churn": churn.main,
    "credentials": credentials.main,
    "hiding": hiding.main,
    "my_rt": my_rt.main,
    "map": public_map.main,
    "map_data": map_data.main,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"Tidak dikenal: {', '.join(unknown)}. Yang ada: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    # A benchmark that is ended ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(conditions())
    for name in names or ALL:
        print(f"\n## {name}\n", flush=True)
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
