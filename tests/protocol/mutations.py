"""Damaged messages into every decoder, by seed: `python -m tests.protocol.mutations --count 1000000`.

Number n is always the same mutation: `--first n --count 1` plays one again.
"""

import argparse
import faulthandler
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.protocol.mutation_targets import TARGETS, warm_up

LONGEST_S = 2.0
"""For one mutation, on a machine that does other things as well."""
_HANGING_S = 60
_TURNS = [name for name, (weight, _) in TARGETS.items() for _ in range(weight)]


@dataclass
class Report:
    """How many mutations each target refused, and took as a message; what went wrong."""

    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return self.taken.total() + self.refused.total() + len(self.broken)

    def lines(self) -> list[str]:
        width = max(map(len, TARGETS))
        rows = [f"  {name:{width}} {self.refused[name]:9,} {self.taken[name]:9,}" for name in TARGETS]
        rate = self.count / self.seconds if self.seconds else 0
        return [
            f"  {'':{width}} {'refused':>9} {'taken':>9}",
            *rows,
            f"{self.count:,} mutations, {len(self.broken)} broken, {rate:,.0f} a second, "
            f"the slowest took {self.slowest_s * 1000:.0f} ms",
        ]


def mutate(number: int, report: Report) -> None:
    """Play one mutation and note what became of it."""
    dice = Random(number)
    name = dice.choice(_TURNS)
    start = time.perf_counter()
    try:
        taken = TARGETS[name][1](dice)
    except Exception:  # noqa: BLE001 - any other exception is what is looked for
        report.broken.append(f"mutation {number}, {name}:\n{traceback.format_exc(limit=-6)}")
        return
    seconds = time.perf_counter() - start
    report.slowest_s = max(report.slowest_s, seconds)
    if seconds > LONGEST_S:
        report.broken.append(f"mutation {number}, {name}: took {seconds:.1f} s")
    else:
        (report.taken if taken else report.refused)[name] += 1


def run(first: int, count: int, *, most_broken: int = 20) -> Report:
    """Play `count` mutations from `first` on."""
    warm_up()
    report = Report()
    start = time.perf_counter()
    for number in range(first, first + count):
        mutate(number, report)
        if len(report.broken) >= most_broken:
            break
    report.seconds = time.perf_counter() - start
    return report


def main() -> int:
    """Exit code 1 if a rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.protocol.mutations", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    total = Report()
    for first in range(given.first, given.first + given.count, 10_000):
        faulthandler.dump_traceback_later(_HANGING_S * 10, exit=True)  # a hang names itself
        part = run(first, min(10_000, given.first + given.count - first))
        faulthandler.cancel_dump_traceback_later()
        total.taken += part.taken
        total.refused += part.refused
        total.broken += part.broken
        total.seconds += part.seconds
        total.slowest_s = max(total.slowest_s, part.slowest_s)
        for told in part.broken:
            print(told, flush=True)
        if len(total.broken) >= 100:
            break
    print("\n".join(total.lines()))
    return 1 if total.broken else 0


if __name__ == "__main__":
    sys.exit(main())
