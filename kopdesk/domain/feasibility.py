"""Whether an investment pays: present value, internal rate, payback, break-even, benefit to cost, DSCR."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from kopdesk.domain.rounding import half_up

_STEPS = 200
"""Halvings: to the last bit of a floating point number, a billionth of a rupiah in a billion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """`npv` in rupiah; `irr` per period, a fraction, None where there is none; `sign_changes` above 1 mean
    that more than one rate may make the value nought. `payback`: periods, None if it is never paid back.
    """

    npv: int
    irr: Fraction | None
    sign_changes: int
    payback: Fraction | None
    benefit_cost: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Sales at which nothing is earned and nothing lost; None where every sale loses."""

    units: int | None
    rupiah: int | None


def feasibility(flows: Sequence[int], discount: Fraction) -> Feasibility:
    """`flows[0]` is the outlay at the beginning, undiscounted; `discount`: the rate of a period, a fraction.

    Reference: finance.md §5.5. Flows are divided by (1 + i)^t, never multiplied.
    """
    return Feasibility(
        npv=half_up(present_value(flows, discount)),
        irr=_internal_rate(flows),
        sign_changes=sign_changes(flows),
        payback=payback(flows),
        benefit_cost=_benefit_cost(flows, discount),
    )


def present_value(flows: Sequence[int], rate: Fraction) -> Fraction:
    """Σ flow_t / (1 + rate)^t, exactly."""
    value = Fraction(0)
    for flow in reversed(flows):
        value = value / (1 + rate) + flow
    return value


def sign_changes(flows: Sequence[int]) -> int:
    """How often money turns from going out to coming in, or back."""
    signs = [flow > 0 for flow in flows if flow]
    return sum(before != after for before, after in pairwise(signs))


def payback(flows: Sequence[int]) -> Fraction | None:
    """Periods until what came in has covered what went out, within the period in even parts."""
    sums = list(accumulate(flows))
    for at, total in enumerate(sums):
        if total >= 0 and at:
            return at - 1 + Fraction(-sums[at - 1], flows[at]) if sums[at - 1] < 0 else Fraction(at - 1)
    return None


def break_even(fixed_costs: int, price: int, variable_cost: int) -> BreakEven:
    """Reference: BEP = FC / (p − v) units, FC / (1 − v/p) rupiah; whole units, rounded up."""
    margin = price - variable_cost
    if margin <= 0 or price <= 0:
        return BreakEven(units=None, rupiah=None)
    units = -(-fixed_costs // margin)
    return BreakEven(units=units, rupiah=half_up(Fraction(fixed_costs * price, margin)))


def dscr(cash_available: int, principal: int, interest: int) -> Fraction | None:
    """Cash available for debt service / (principal + interest); None where nothing is due, as in a grace."""
    due = principal + interest
    return Fraction(cash_available, due) if due > 0 else None


def _internal_rate(flows: Sequence[int]) -> Fraction | None:
    """The lowest rate above −99 % at which the value is nought; by halving, as exact as floating point is."""
    if not sign_changes(flows):
        return None
    low, high = _bracket(flows)
    if high is None:
        return None
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (_value(flows, middle) > 0) == (_value(flows, low) > 0):
            low = middle
        else:
            high = middle
    return Fraction(min(low, high, key=lambda rate: abs(_value(flows, rate))))


def _bracket(flows: Sequence[int]) -> tuple[float, float | None]:
    """Two rates between which the sign of the value turns, the lowest pair above −99 %."""
    rates = [-0.99, -0.9, -0.75, -0.5, -0.25, 0.0]
    rates += [0.005 * 1.15**step for step in range(90)]
    for low, high in pairwise(rates):
        if _value(flows, low) == 0:
            return low, low
        if (_value(flows, low) > 0) != (_value(flows, high) > 0):
            return low, high
    return 0.0, None


def _value(flows: Sequence[int], rate: float) -> float:
    value = 0.0
    for flow in reversed(flows):
        value = value / (1 + rate) + flow
    return value


def _benefit_cost(flows: Sequence[int], rate: Fraction) -> Fraction | None:
    """Net B/C: Σ of the positive present values / |Σ of the negative ones|."""
    gains = present_value([max(flow, 0) for flow in flows], rate)
    costs = -present_value([min(flow, 0) for flow in flows], rate)
    return gains / costs if costs else None
