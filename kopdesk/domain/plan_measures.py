"""What a projected plan comes to: does it pay, is debt served, when is cash lowest, what breaks it first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from kopdesk.domain.feasibility import Feasibility, dscr, feasibility
from kopdesk.domain.loan_schedule import checked_rate
from kopdesk.domain.plan import Plan
from kopdesk.domain.projection import PlanMonth, PlanRules, Projection, debt_per_year, project, schedules_of
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, half_up

Worse = Callable[[int], Plan]
"""A plan with one assumption made worse by so many basis points."""

COSTS = frozenset({"unit_cost"})
"""Drivers that are worse when they are more."""

_WORST, _BEST, _STEPS = 9_500, 30_000, 12
"""Basis points by which an assumption is made worse or better at most; halvings until the edge is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The heaviest instalment of a year against what the units earn for it in a month of that year.

    `earned`: margin less staff, expenses and tax, on average; below `instalment` the plan does not hold.
    """

    year: int
    instalment: int
    earned: int

    @property
    def gap(self) -> int:
        """What lacks every month; 0 or below where nothing does."""
        return self.instalment - self.earned


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """`dscr`: by year, None where nothing is due (a grace); `least_dscr` None where nothing ever is.

    `break_even`: monthly revenue of the second year at which nothing is earned, None where every sale loses.
    `working_capital`: the most that goods and receivables tie up beyond what suppliers lend.
    """

    worth: Feasibility
    dscr: tuple[Fraction | None, ...]
    least_dscr: Fraction | None
    break_even: int | None
    lowest_cash: int
    lowest_cash_month: str
    working_capital: int
    load: Load | None

    @property
    def holds(self) -> bool:
        """Cash is never below nought; instalments are earned over every year and in its heaviest month."""
        is_served = self.least_dscr is None or self.least_dscr >= 1
        return self.lowest_cash >= 0 and is_served and (self.load is None or self.load.gap <= 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaking:
    """An assumption and by how many basis points it may become worse before the plan does not hold.

    Below 0: by how much it must become better for the plan to hold; None: it cannot bring that about alone.
    """

    path: str
    margin: int | None

    @property
    def is_cost(self) -> bool:
        """Worse when it is more."""
        return is_cost(self.path)


def is_cost(path: str) -> bool:
    """Whether an assumption is worse when it is more: pay, expenses, the price of goods, a loan."""
    return path in ("staff", "expenses") or path.rpartition("/")[2] in ("unit_cost", "cost_share", "amount")


def measures(plan: Plan, projection: Projection) -> Measures:
    """Reference: finance.md §5.5. The yearly discount rate is divided by twelve.

    Raises InvalidField for a rate below nought.
    """
    months = projection.months
    monthly = Fraction(checked_rate(plan.discount_rate, "discount_rate"), BASIS_POINTS * MONTHS)
    ratios = tuple(dscr(available, 0, due) for available, due in debt_per_year(projection))
    lowest = min(months, key=lambda one: one.cash)
    return Measures(
        worth=feasibility(project_flows(months), monthly),
        dscr=ratios,
        least_dscr=min((one for one in ratios if one is not None), default=None),
        break_even=_break_even(months),
        lowest_cash=lowest.cash,
        lowest_cash_month=lowest.month,
        working_capital=max(one.receivables + one.stock - one.payables for one in months),
        load=_load(months),
    )


def project_flows(months: Sequence[PlanMonth]) -> list[int]:
    """What the business itself takes and gives, without loans and funds.

    First what is bought at the beginning, then every month; at the end what is still tied up comes back, and
    tax that is still owed is paid.
    """
    flows = [-months[0].invested]
    tied_up = 0
    for at, one in enumerate(months):
        now = one.receivables + one.stock - one.payables - one.tax_payable
        bought = one.invested if at else 0
        flows.append(one.available - one.village - bought - (now - tied_up))
        tied_up = now
    flows[-1] += tied_up
    return flows


def _break_even(months: Sequence[PlanMonth]) -> int | None:
    """Of the second year, when everything has begun and no grace runs any more.

    Tax on turnover is paid of every sale; income tax is nought where nothing is earned.
    """
    year = months[MONTHS : 2 * MONTHS]
    revenue, margin = sum(one.revenue for one in year), sum(one.margin - one.final_tax for one in year)
    fixed = sum(one.staff + one.expenses + one.depreciation + one.interest for one in year)
    if margin <= 0 or not revenue:
        return None
    return half_up(Fraction(fixed * revenue, margin * MONTHS))


def _load(months: Sequence[PlanMonth]) -> Load | None:
    """Of the year in which it is worst."""
    loads = []
    for begin in range(0, len(months), MONTHS):
        year = months[begin : begin + MONTHS]
        instalment = max(one.debt_service for one in year)
        if instalment:
            earned = sum(one.margin - one.staff - one.expenses - one.tax for one in year)
            loads.append(Load(year=begin // MONTHS + 1, instalment=instalment, earned=earned // len(year)))
    return max(loads, key=lambda one: one.gap, default=None)


def breaking_first(plan: Plan, rules: PlanRules) -> tuple[Breaking, ...]:
    """Every assumption with its margin, the tightest first; found by halving.

    Not part of the figures that follow while somebody types: it projects the plan some hundred times.
    """
    schedules = schedules_of(plan)

    def holds(changed: Plan) -> bool:
        known = schedules if changed.loans is plan.loans else None
        return measures(changed, project(changed, rules, schedules=known)).holds

    found = [Breaking(path=path, margin=_margin(worse, holds)) for path, worse in _assumptions(plan)]
    return tuple(sorted(found, key=lambda one: (one.margin is None, abs(one.margin or 0), one.path)))


def _margin(worse: Worse, holds: Callable[[Plan], bool]) -> int | None:
    if holds(worse(0)):
        return _WORST if holds(worse(_WORST)) else _edge(0, _WORST, lambda by: holds(worse(by)))[0]
    if not holds(worse(-_BEST)):
        return None
    return -_edge(0, _BEST, lambda by: not holds(worse(-by)))[1]


def _edge(low: int, high: int, is_below: Callable[[int], bool]) -> tuple[int, int]:
    """Two neighbours between which it turns; halving leaves them a few basis points apart."""
    for _step in range(_STEPS):
        middle = (low + high) // 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low, high


def _assumptions(plan: Plan) -> Iterator[tuple[str, Worse]]:
    """Drivers and cost share of every unit, pay, expenses, loans, each with the plan where it is worse."""
    for key, unit in sorted(plan.units.items()):
        for name in sorted(unit.drivers):
            yield f"units/{key}/drivers/{name}", partial(_worse_driver, plan, key, name)
        if unit.cost_share is not None:
            yield f"units/{key}/cost_share", partial(_dearer_goods, plan, key)
    if plan.staff:
        yield "staff", partial(_dearer_staff, plan)
    if plan.expenses:
        yield "expenses", partial(_dearer_expenses, plan)
    for key, loan in sorted(plan.loans.items()):
        if loan.amount:
            yield f"loans/{key}/amount", partial(_larger_loan, plan, key)


def _worse_driver(plan: Plan, key: str, name: str, by: int) -> Plan:
    unit = plan.units[key]
    change = by if is_cost(name) else -by
    drivers = {**unit.drivers, name: _changed(unit.drivers[name], change)}
    return replace(plan, units={**plan.units, key: replace(unit, drivers=drivers)})


def _dearer_goods(plan: Plan, key: str, by: int) -> Plan:
    unit = plan.units[key]
    return replace(
        plan, units={**plan.units, key: replace(unit, cost_share=_changed(unit.cost_share or 0, by))}
    )


def _dearer_staff(plan: Plan, by: int) -> Plan:
    staff = {
        key: replace(one, monthly_pay=_changed(one.monthly_pay or 0, by)) for key, one in plan.staff.items()
    }
    return replace(plan, staff=staff)


def _dearer_expenses(plan: Plan, by: int) -> Plan:
    expenses = {
        key: replace(one, monthly_amount=_changed(one.monthly_amount or 0, by))
        for key, one in plan.expenses.items()
    }
    return replace(plan, expenses=expenses)


def _larger_loan(plan: Plan, key: str, by: int) -> Plan:
    """With its stages, and with what is bought from it."""
    if not by:
        return plan
    loan = plan.loans[key]
    stages = {at: replace(one, amount=_changed(one.amount or 0, by)) for at, one in loan.drawdowns.items()}
    amount = sum(one.amount or 0 for one in stages.values()) if stages else _changed(loan.amount or 0, by)
    investments = {
        at: replace(one, unit_price=_changed(one.unit_price or 0, by)) if one.loan == key else one
        for at, one in plan.investments.items()
    }
    loans = {**plan.loans, key: replace(loan, amount=amount, drawdowns=stages)}
    return replace(plan, loans=loans, investments=investments)


def _changed(amount: int, by: int) -> int:
    return max(0, amount * (BASIS_POINTS + by) // BASIS_POINTS)
