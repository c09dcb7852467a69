"""Whether a bug that was planted is caught: reached, and seen by the rule that is there for it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulation.plan import plan_of
from tests.simulation.running import Lived, lived

MOST_SEEDS = 400


class NotCaught(AssertionError):
    """A planted bug that proves nothing."""


class Planting:
    """Puts what is wrong in the place of what is right, and counts how often the product comes there."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.reached: Counter[str] = Counter()

    def put(self, owner: object, name: str, wrong: Callable[..., Any]) -> None:
        """Let `owner.name`, a function or a method, be `wrong`. Each has to be reached."""
        self.reached[name] = 0

        def counted(*given: Any, **others: Any) -> Any:
            self.reached[name] += 1
            return wrong(*given, **others)

        self._patch.setattr(owner, name, counted)

    def check_reached(self) -> None:
        """Raises NotCaught for whatever nobody calls: the product has another way by now."""
        for name, count in self.reached.items():
            if not count:
                raise NotCaught(f"never reached: {name}")


Plant = Callable[[Planting], None]
"""Makes the product wrong. The product itself knows nothing of it."""


def first_caught(plant: Plant, rule: str, most_seeds: int = MOST_SEEDS) -> tuple[int, Lived]:
    """The first seed whose life breaks this rule, of which some words are given, and that life.

    Lives that break other rules are passed over. Raises NotCaught where none breaks this one, where a life
    ends with any other exception, and where the bug has no part in it.
    """
    with pytest.MonkeyPatch.context() as patch:
        planting = Planting(patch)
        plant(planting)
        seed, found = _first_broken(rule, most_seeds)
        planting.check_reached()
    control = lived(plan_of(seed))
    if control.broken:
        raise NotCaught(f"seed {seed} breaks a rule without the bug as well: {control.broken}")
    return seed, found


def _first_broken(rule: str, most_seeds: int) -> tuple[int, Lived]:
    others = set()
    for seed in range(most_seeds):
        found = lived(plan_of(seed))
        if rule in found.broken:
            return seed, found
        if found.crashed:
            raise NotCaught(f"seed {seed} only crashed: {found.broken}\n{found.where}")
        others.add(found.kind)
    raise NotCaught(f"no life breaks the rule {rule!r}, only {sorted(others - {''})}")


def statement_of(error: pytest.ExceptionInfo[AssertionError]) -> str:
    """The assertion that failed, as it is written where it stands."""
    return str(error.traceback[-1].statement).strip()
