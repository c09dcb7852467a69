"""The long simulation: `python -m tests.simulation --seeds 200000 [--first 0] [--sqlite] [--jobs 2]`."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from tests.simulation.running import Report, run
from tests.simulation.stores import ModelStores, SqliteStores

_PIECE = 100


def main() -> int:
    """Exit code 1 where a seed breaks a rule, or where a kind of fault never fired."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--sqlite", action="store_true", help="on real files instead of the model store")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    new_stores = SqliteStores if given.sqlite else ModelStores
    end = given.first + given.seeds
    pieces = [range(at, min(at + _PIECE, end)) for at in range(given.first, end, _PIECE)]
    total = Report()
    start = time.perf_counter()
    with ProcessPoolExecutor(given.jobs) as pool:
        for report in pool.map(run, pieces, repeat(new_stores)):
            total.add(report)
            for told in report.stories:
                print(told, flush=True)
            if total.seeds % 1000 == 0:
                print(f"{total.seeds} seeds, {len(total.stories)} broken", file=sys.stderr, flush=True)
    total.seconds = time.perf_counter() - start
    print("\n".join(total.lines()))
    silent = total.never_fired()
    if silent:
        print(f"never fired: {', '.join(silent)}")
    return 1 if total.stories or silent else 0


if __name__ == "__main__":
    sys.exit(main())
