"""Leaves out of a failing life whatever it does not need to fail."""

from collections.abc import Callable

from tests.simulation.plan import Plan

_MOST_TRIES = 400


def shrunk(plan: Plan, fails: Callable[[Plan], bool]) -> Plan:
    """The shortest plan found that still fails: steps are left out in ever smaller pieces."""
    size, tries = max(1, len(plan.steps) // 2), 0
    while tries < _MOST_TRIES:
        start = 0
        found = False
        while start < len(plan.steps) and tries < _MOST_TRIES:
            kept = [at for at in range(len(plan.steps)) if not start <= at < start + size]
            candidate = plan.only(kept)
            tries += 1
            if fails(candidate):
                plan, found = candidate, True
            else:
                start += size
        if size == 1 and not found:
            break
        size = max(1, size // 2)
    return plan
