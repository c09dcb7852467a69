"""Where a plan leaves what its scheme allows, or what was seen elsewhere. A warning never hinders anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.plan import Loan, Plan, Unit
from kopdesk.domain.projection import Projection
from kopdesk.domain.rounding import MONTHS, ratio


class PlanWarning(StrEnum):
    """What is told; limits are in `Warned`."""

    SCHEME_OVER = "scheme_over"
    SCHEME_TO_COME = "scheme_to_come"
    ABOVE_CEILING = "above_ceiling"
    EXPENSES_ABOVE_CAP = "expenses_above_cap"
    TENOR_TOO_LONG = "tenor_too_long"
    GRACE_OUTSIDE = "grace_outside"
    RATE_DIFFERS = "rate_differs"
    OUTSIDE_RANGE = "outside_range"
    TAX_NOT_COUNTED = "tax_not_counted"
    TAX_OPTION_UNKNOWN = "tax_option_unknown"
    REGISTRATION_UNKNOWN = "registration_unknown"
    TURNOVER_ABOVE_FINAL = "turnover_above_final"
    FINAL_TAX_ENDS = "final_tax_ends"
    VILLAGE_SHARE_LOW = "village_share_low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Limits of a financing scheme: rupiah, basis points a year, months; None where it has none.

    `is_contested`: sources contradict each other about its days.
    """

    key: str
    name: str
    is_contested: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    ceiling: int | None = None
    expenses_cap: int | None = None
    annual_rate: int | None = None
    longest_tenor: int | None = None
    least_grace: int | None = None
    longest_grace: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a figure of such a unit was elsewhere: a driver by name, or "revenue" of a month in rupiah."""

    unit: str
    figure: str
    least: int
    most: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """`given` is outside `least` to `most`; `path` is where in the plan. None where a figure is none.

    `day`: for a scheme that is over its last day, for one to come its first; where `is_contested`, sources
    contradict each other about it. `source`: of a range. `year`: a tax year.
    """

    warning: PlanWarning
    path: str
    scheme: str = ""
    given: int | None = None
    least: int | None = None
    most: int | None = None
    day: date | None = None
    is_contested: bool = False
    source: str = ""
    year: int | None = None


def plan_warnings(
    plan: Plan, projection: Projection, schemes: Sequence[Scheme], ranges: Sequence[Range], today: date
) -> tuple[Warned, ...]:
    """Of the base of a plan, loans before units. A scheme is judged by the day the plan was prepared on."""
    day = plan.prepared_on or today
    named = {name.casefold(): one for one in schemes for name in (one.key, one.name)}
    found: list[Warned] = []
    for key, loan in sorted(plan.loans.items()):
        scheme = named.get((loan.scheme or "").strip().casefold())
        if scheme is not None:
            found += _of_loan(plan, key, loan, scheme, day)
    for key, unit in sorted(plan.units.items()):
        found += _of_unit(key, unit, projection, ranges)
    return tuple(found)


def _of_loan(plan: Plan, key: str, loan: Loan, scheme: Scheme, day: date) -> Iterator[Warned]:
    path = f"loans/{key}"
    yield from _out_of_time(f"{path}/scheme", scheme, day)
    grace = loan.grace_months or 0
    limits = (
        (PlanWarning.ABOVE_CEILING, "amount", loan.amount, None, scheme.ceiling),
        (PlanWarning.EXPENSES_ABOVE_CAP, "amount", _for_expenses(plan, key, loan), None, scheme.expenses_cap),
        (PlanWarning.TENOR_TOO_LONG, "tenor_months", loan.tenor_months, None, scheme.longest_tenor),
        (PlanWarning.GRACE_OUTSIDE, "grace_months", grace, scheme.least_grace, scheme.longest_grace),
        (PlanWarning.RATE_DIFFERS, "annual_rate", loan.annual_rate, scheme.annual_rate, scheme.annual_rate),
    )
    for warning, name, given, least, most in limits:
        if given is not None and _is_outside(given, least, most):
            yield Warned(
                warning=warning,
                path=f"{path}/{name}",
                scheme=scheme.name,
                given=given,
                least=least,
                most=most,
            )


def _out_of_time(path: str, scheme: Scheme, day: date) -> Iterator[Warned]:
    if scheme.valid_until is not None and day > scheme.valid_until:
        warning, edge = PlanWarning.SCHEME_OVER, scheme.valid_until
    elif scheme.valid_from is not None and day < scheme.valid_from:
        warning, edge = PlanWarning.SCHEME_TO_COME, scheme.valid_from
    else:
        return
    yield Warned(warning=warning, path=path, scheme=scheme.name, day=edge, is_contested=scheme.is_contested)


def _for_expenses(plan: Plan, key: str, loan: Loan) -> int:
    """What of a loan is left when everything that is bought from it is paid."""
    bought = sum(
        (one.quantity or 0) * (one.unit_price or 0) for one in plan.investments.values() if one.loan == key
    )
    return max(0, (loan.amount or 0) - bought)


def _of_unit(key: str, unit: Unit, projection: Projection, ranges: Sequence[Range]) -> Iterator[Warned]:
    for one in ranges:
        if one.unit != unit.type:
            continue
        of_unit = one.figure == "revenue"
        path = f"units/{key}" if of_unit else f"units/{key}/drivers/{one.figure}"
        given = _monthly_revenue(key, projection) if of_unit else unit.drivers.get(one.figure)
        if given is not None and _is_outside(given, one.least, one.most):
            yield Warned(
                warning=PlanWarning.OUTSIDE_RANGE,
                path=path,
                given=given,
                least=one.least,
                most=one.most,
                source=one.source,
            )


def _monthly_revenue(key: str, projection: Projection) -> int:
    """Of the second year, on average: everything has begun by then."""
    year = projection.months[MONTHS : 2 * MONTHS]
    return ratio(sum(one.units[key].revenue for one in year), MONTHS)


def _is_outside(given: int, least: int | None, most: int | None) -> bool:
    return (least is not None and given < least) or (most is not None and given > most)
