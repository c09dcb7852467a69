"""Runs many lives, each twice, and tells of the first that breaks a rule."""

import time
import traceback
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.simulation.facts import Broken
from tests.simulation.faults import Fault, Fired
from tests.simulation.life import Life
from tests.simulation.plan import Plan, plan_of
from tests.simulation.shrinking import shrunk
from tests.simulation.stores import ModelStores, Stores
from tests.support.schemas import N_PLUS_1, as_of

_EVENTS_TOLD = 12


class Lived(NamedTuple):
    """One run of one plan. `broken` is empty if every rule held."""

    broken: str
    where: str
    trace: list[str]
    trace_hash: str
    fired: Fired
    operations: int

    @property
    def crashed(self) -> bool:
        """Whether it was no rule that broke: some exception ended it, `where` says which."""
        return bool(self.where)

    @property
    def kind(self) -> str:
        """What broke, without the names of the records it broke on."""
        return self.broken.split(":")[0]


def lived(plan: Plan, new_stores: Callable[[], Stores] = ModelStores) -> Lived:
    """Play a plan in a new world."""
    stores = new_stores()
    life: Life | None = None
    broken = where = ""
    try:
        with as_of(N_PLUS_1):  # what looks from outside knows everything
            life = Life(plan, stores)
            life.play()
    except Broken as error:
        broken = str(error)
    except Exception as error:  # noqa: BLE001 - a bug of whatever kind is a broken seed, with its name
        broken, where = f"{type(error).__name__}: {error}", traceback.format_exc()
    finally:
        stores.close()
    if life is None:
        return Lived(broken, where, [], "", Fired(), 0)
    return Lived(broken, where, life.trace, life.trace_hash(), life.fired, life.operations)


@dataclass
class Report:
    """What a number of seeds came to."""

    seeds: int = 0
    operations: int = 0
    seconds: float = 0.0
    fired: Fired = field(default_factory=Fired)
    stories: list[str] = field(default_factory=list)
    """How each seed that broke a rule did so."""

    def add(self, other: "Report") -> None:
        self.seeds += other.seeds
        self.operations += other.operations
        self.fired.update(other.fired)
        self.stories += other.stories

    def never_fired(self, switched_on: Collection[Fault] = frozenset(Fault)) -> list[str]:
        """Kinds of fault that were meant to happen and did not: then this proves less than it says."""
        return sorted(fault for fault in switched_on if not self.fired[fault])

    def lines(self) -> list[str]:
        counts = ", ".join(f"{fault} {self.fired[fault]}" for fault in sorted(self.fired))
        rate = f"{self.seeds / self.seconds:.1f} seeds/s, {self.operations / self.seconds:.0f} operations/s"
        return [
            f"{self.seeds} seeds, each twice, in {self.seconds:.1f} s: {rate}, {len(self.stories)} broken",
            f"fired: {counts}",
        ]


def run(seeds: Iterable[int], new_stores: Callable[[], Stores] = ModelStores) -> Report:
    """Live every seed twice: the same rules, the same trace."""
    report = Report()
    start = time.perf_counter()
    for seed in seeds:
        plan = plan_of(seed)
        first, second = lived(plan, new_stores), lived(plan, new_stores)
        report.seeds += 1
        report.operations += first.operations + second.operations
        report.fired.update(first.fired)
        if first.broken:
            report.stories.append(story(plan, first, new_stores))
        elif first.trace_hash != second.trace_hash:
            report.stories.append(f"seed {seed}: two runs, two traces: {_fork(first.trace, second.trace)}")
    report.seconds = time.perf_counter() - start
    return report


def story(plan: Plan, broken: Lived, new_stores: Callable[[], Stores] = ModelStores) -> str:
    """Seed, step, what happened last, and the shortest list of events that still breaks the rule."""
    short = shrunk(plan, lambda other: lived(other, new_stores).kind == broken.kind)
    told = lived(short, new_stores)
    return "\n".join(
        [
            f"seed {plan.seed}, step {len(broken.trace)}: {broken.broken}",
            *(f"  {event}" for event in broken.trace[-_EVENTS_TOLD:]),
            f" shortest, {len(short.steps)} of {len(plan.steps)} steps: {told.broken}",
            *(f"  {event}" for event in told.trace),
            f" {short}",
            told.where,
        ]
    )


def _fork(one: list[str], other: list[str]) -> str:
    return next((f"{a} / {b}" for a, b in zip(one, other, strict=False) if a != b), "one is longer")
