"""What will happen in one simulated life, decided by its seed alone before anything runs.

Steps carry seeds of their own, so that a life with some steps left out is still the same life otherwise.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import NamedTuple

from tests.simulation.faults import Fault
from tests.support.schemas import N_MINUS_2, SCHEMAS


class Does(StrEnum):
    """What a step does that is no fault."""

    EDIT = "edit"
    DELETE = "delete"
    DECIDE = "decide"
    OPEN = "open"
    SAVE_OPENED = "save_opened"
    ADVANCE = "advance"  # the engine of one laptop, by one effect or one hop of a message
    SYNC = "sync"  # one laptop to the end, undisturbed
    ASSIGN = "assign"
    LOG_IN = "log_in"  # somebody whose device is not served any more logs in again
    SUPERVISE = "supervise"  # somebody releases or drops what was put aside


class Step(NamedTuple):
    """`what` happens to the laptop of this index; `seed` decides the details."""

    what: Does | Fault
    laptop: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`owners`: which user each laptop is of. `cooperatives`: those of each user at the beginning."""

    seed: int
    owners: tuple[int, ...]
    cooperatives: tuple[tuple[int, ...], ...]
    faults: frozenset[Fault]
    want_bytes: tuple[int, ...]
    patience: int
    few_values: bool
    steps: tuple[Step, ...]
    schemas: tuple[int, ...] = ()
    """Of the programs on the laptops, as far as they are not all of the oldest."""
    centre_schema: int = N_MINUS_2

    def only(self, steps: Collection[int]) -> "Plan":
        """The same life with these steps alone."""
        return replace(self, steps=tuple(step for at, step in enumerate(self.steps) if at in steps))


_WEIGHTS: dict[Does | Fault, int] = {
    Does.EDIT: 16,
    Does.DELETE: 3,
    Does.DECIDE: 4,
    Does.OPEN: 4,
    Does.SAVE_OPENED: 6,
    Does.ADVANCE: 30,
    Does.SYNC: 9,
    Does.ASSIGN: 2,
    Does.LOG_IN: 1,
    Does.SUPERVISE: 2,
}

_NOT_STEPS = {Fault.OLD_EDITOR, Fault.SMALL_PAGES}
_IN_EVERY_LIFE = {Fault.OLD_LIST}

_CONCERN = {
    Fault.KILLED: "disk",
    Fault.KILLED_BEFORE_COMMIT: "disk",
    Fault.KILLED_AFTER_COMMIT: "disk",
    Fault.DISK_FULL: "disk",
    Fault.CENTRE_DISK_FULL: "disk",
    Fault.CENTRE_DIED_BEFORE_COMMIT: "disk",
    Fault.CENTRE_DIED_AFTER_COMMIT: "disk",
    Fault.CLOCK_JUMPED: "time",
    Fault.CLOCK_YEARS_OFF: "time",
    Does.EDIT: "users",
    Does.DELETE: "users",
    Does.DECIDE: "users",
    Does.OPEN: "users",
    Does.SAVE_OPENED: "users",
}


def plan_of(seed: int) -> Plan:
    """The life of this seed: who takes part, which faults there are (a random subset), what happens when."""
    concerns = {name: Random(f"{seed}/{name}") for name in ("network", "disk", "users", "time", "faults")}
    faults, users = concerns["faults"], concerns["users"]
    drawn = sorted(set(Fault) - _IN_EVERY_LIFE)
    chosen = frozenset(fault for fault in drawn if faults.random() < 0.5)
    people = users.randint(1, 3)
    owners = tuple(users.randrange(people) for _ in range(users.randint(1, 4)))
    mine = tuple((0, 1) if users.random() < 0.6 else (0,) for _ in range(people))
    kinds: list[Does | Fault] = [*_WEIGHTS, *sorted(chosen - _NOT_STEPS)]
    weights = [_WEIGHTS.get(kind, 2) * faults.choice((0.5, 1, 1, 2)) for kind in kinds]
    count = faults.randint(20, 110)
    story = tuple(
        Step(what, users.randrange(len(owners)), concerns[_CONCERN.get(what, "network")].getrandbits(32))
        for what in faults.choices(kinds, weights, k=count)
    )
    small = Fault.SMALL_PAGES in chosen
    mixed = Fault.SCHEMA_UPGRADED in chosen
    return Plan(
        seed=seed,
        owners=owners,
        cooperatives=mine,
        faults=chosen,
        want_bytes=tuple(1024 if small and users.random() < 0.7 else 65536 for _ in owners),
        patience=faults.randint(0, 2),
        few_values=faults.random() < 0.3,
        steps=story,
        schemas=tuple(faults.choice(SCHEMAS) for _ in owners) if mixed else (),
        centre_schema=faults.choice(SCHEMAS[:-1]) if mixed else N_MINUS_2,
    )
