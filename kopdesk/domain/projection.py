"""A business plan computed month by month: results, cash, and a balance sheet that balances every month."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.loan_schedule import Instalment, checked_rate, loan_schedules
from kopdesk.domain.plan import Investment, Plan, Scenario
from kopdesk.domain.plan_months import checked_months, month_name, month_number, offset_of
from kopdesk.domain.plan_taxes import TaxRules, TaxYear, tax_books
from kopdesk.domain.plan_units import NOTHING, Change, UnitMonth, unit_months
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, even_parts, ratio, share
from kopdesk.domain.statement import ASSET_KEYS, CASH_KEY, CONTRA_ASSET_KEYS, LIABILITY_KEYS

LEAST_MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """What the rule packs say and the cooperative's papers. Without `taxes` no tax is counted.

    `registered_in`: the year since which the cooperative is a taxpayer, None where nobody knows.
    """

    taxes: TaxRules | None = None
    registered_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMonth:
    """One month, in whole rupiah. Flows of the month first, then what is held and owed at its end.

    `village`: the share of the year's result that is paid to the village; `capitalised`: interest added to
    the debt, an expense that is not paid. `final_tax` is paid at once; `income_tax` is of a whole tax year,
    in its last month, and owed as `tax_payable` until it is paid (`tax_paid`).
    """

    month: str
    units: Mapping[str, UnitMonth]
    staff: int
    expenses: int
    depreciation: int
    interest: int
    capitalised: int
    final_tax: int
    income_tax: int
    tax_paid: int
    village: int
    invested: int
    drawn: int
    principal: int
    funds: int
    cash: int
    receivables: int
    stock: int
    fixed_assets: int
    other_assets: int
    payables: int
    tax_payable: int
    debt: int
    other_liabilities: int
    equity: int

    @property
    def revenue(self) -> int:
        """Of all units."""
        return sum(unit.revenue for unit in self.units.values())

    @property
    def margin(self) -> int:
        """Of all units, before staff and expenses."""
        return sum(unit.margin for unit in self.units.values())

    @property
    def tax(self) -> int:
        """Of turnover and of income; one of them is nought."""
        return self.final_tax + self.income_tax

    @property
    def result(self) -> int:
        """After interest and tax, before the village's share."""
        return self.margin - self.staff - self.expenses - self.depreciation - self.interest - self.tax

    @property
    def debt_service(self) -> int:
        """Principal and the interest that is paid."""
        return self.principal + self.interest - self.capitalised

    @property
    def available(self) -> int:
        """Cash earned before debt service."""
        return self.result + self.depreciation + self.interest

    @property
    def assets(self) -> int:
        """Everything held."""
        return self.cash + self.receivables + self.stock + self.fixed_assets + self.other_assets

    @property
    def imbalance(self) -> int:
        """Assets less what is owed and owned: nought in every month of every plan."""
        owed = self.payables + self.tax_payable + self.debt + self.other_liabilities
        return self.assets - owed - self.equity


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """`months` to the end of the longest loan, at least three years; `tax_years` where tax is counted."""

    months: tuple[PlanMonth, ...]
    schedules: Mapping[str, tuple[Instalment, ...]]
    tax_years: tuple[TaxYear, ...] = ()


def project(
    plan: Plan,
    rules: PlanRules = PlanRules(),
    scenario: Scenario | None = None,
    schedules: Mapping[str, tuple[Instalment, ...]] | None = None,
) -> Projection:
    """`schedules`: of the plan's loans, where they are known already.

    Raises InvalidField naming what is lacking or cannot be, such as "units/sembako/drivers/basket".
    """
    if not plan.starts_in:
        raise InvalidField("starts_in", "missing")
    change = Change(
        sales=(scenario.sales_change or 0) if scenario else 0,
        cost=(scenario.cost_change or 0) if scenario else 0,
        delay=(scenario.delay_months or 0) if scenario else 0,
    )
    schedules = schedules_of(plan) if schedules is None else schedules
    longest = max((len(months) for months in schedules.values()), default=0)
    count = max(LEAST_MONTHS, checked_months(plan.months, "months"), longest)
    flows = _Flows(plan, plan.starts_in, count, change, schedules)
    books = _Books(plan, rules, flows)
    months = tuple(books.run())
    return Projection(months=months, schedules=schedules, tax_years=tuple(books.taxes.years))


def schedules_of(plan: Plan) -> dict[str, tuple[Instalment, ...]]:
    """Of every loan with an amount; no scenario changes them. Raises InvalidField."""
    return loan_schedules(plan.loans, plan.starts_in or "")


class _Flows:
    """Everything that follows from the assumptions alone, by month."""

    def __init__(
        self,
        plan: Plan,
        first: str,
        count: int,
        change: Change,
        schedules: Mapping[str, tuple[Instalment, ...]],
    ) -> None:
        self.first, self.count = month_number(first), count
        self.units = self._units(plan, first, change)
        prices = checked_rate(plan.inflation, "inflation")
        self.staff = self._repeated(
            prices,
            [
                (
                    (one.people or 0) * (one.monthly_pay or 0),
                    offset_of(one.starts_in, first, f"staff/{key}/starts_in"),
                    None,
                )
                for key, one in plan.staff.items()
            ],
        )
        self.expenses = self._repeated(
            prices,
            [
                (
                    one.monthly_amount or 0,
                    offset_of(one.starts_in, first, f"expenses/{key}/starts_in"),
                    offset_of(one.ends_in, first, f"expenses/{key}/ends_in") if one.ends_in else None,
                )
                for key, one in plan.expenses.items()
            ],
        )
        self.invested, self.depreciation = self._investments(plan, first)
        self.funds = [0] * count
        for key, fund in plan.funds.items():
            at = offset_of(fund.received_in, first, f"funds/{key}/received_in")
            self._add(self.funds, at, fund.amount or 0)
        self.instalments = [
            [months[at] for months in schedules.values() if at < len(months)] for at in range(count)
        ]

    def _units(self, plan: Plan, first: str, change: Change) -> list[dict[str, UnitMonth]]:
        found: list[dict[str, UnitMonth]] = [{} for _at in range(self.count)]
        for key, unit in sorted(plan.units.items()):
            begins = offset_of(unit.starts_in, first, f"units/{key}/starts_in")
            try:
                months = unit_months(unit, self.first % MONTHS + 1, begins, self.count, change)
            except InvalidField as error:
                raise InvalidField(f"units/{key}/{error.path}", error.reason, error.detail) from error
            for of_month, month in zip(found, months, strict=True):
                of_month[key] = month
        return found

    def _repeated(self, prices: int, parts: list[tuple[int, int, int | None]]) -> list[int]:
        """Amounts that come back every month from one on, to one (that month included) or to the end.

        They are typed in money of the plan's first year; `prices`: by how much they rise with every other.
        """
        sums = (
            sum(amount for amount, begin, end in parts if begin <= at and (end is None or at <= end))
            for at in range(self.count)
        )
        return [
            ratio(amount * (BASIS_POINTS + prices) ** (at // MONTHS), BASIS_POINTS ** (at // MONTHS))
            if prices
            else amount
            for at, amount in enumerate(sums)
        ]

    def _investments(self, plan: Plan, first: str) -> tuple[list[int], list[int]]:
        """Bought in a month, written off from that month on in even parts; without a life never."""
        bought, written_off = [0] * self.count, [0] * self.count
        for key, one in plan.investments.items():
            begin = offset_of(one.bought_in, first, f"investments/{key}/bought_in")
            price = _price(one)
            self._add(bought, begin, price)
            life = checked_months(one.life_months, f"investments/{key}/life_months")
            for at, part in enumerate(even_parts(price, life)):
                self._add(written_off, begin + at, part)
        return bought, written_off

    def _add(self, months: list[int], at: int, amount: int) -> None:
        if 0 <= at < self.count:
            months[at] += amount


def _price(investment: Investment) -> int:
    return (investment.quantity or 0) * (investment.unit_price or 0)


class _Books:
    """What is held and owed, carried from month to month."""

    def __init__(self, plan: Plan, rules: PlanRules, flows: _Flows) -> None:
        self._plan, self._flows = plan, flows
        self.taxes = tax_books(plan, rules.taxes, rules.registered_in, flows.first, flows.count)
        opening = plan.opening
        held = sum(opening.get(key, 0) for key in ASSET_KEYS if key != CASH_KEY)
        self._other_assets = held - sum(opening.get(key, 0) for key in CONTRA_ASSET_KEYS)
        self._other_liabilities = sum(opening.get(key, 0) for key in LIABILITY_KEYS)
        self._cash = plan.opening_cash if plan.opening_cash is not None else opening.get(CASH_KEY, 0)
        self._equity = self._cash + self._other_assets - self._other_liabilities
        self._fixed = self._debt = self._year = 0
        self._before = NOTHING

    def run(self) -> list[PlanMonth]:
        """Month after month."""
        return [self._month(at) for at in range(self._flows.count)]

    def _month(self, at: int) -> PlanMonth:
        flows, units = self._flows, self._flows.units[at]
        whole = _together(units)
        due = flows.instalments[at]
        interest = sum(one.interest + one.capitalised for one in due)
        capitalised = sum(one.capitalised for one in due)
        drawn, principal = sum(one.drawn for one in due), sum(one.principal for one in due)
        costs = flows.staff[at] + flows.expenses[at]
        before_tax = whole.margin - costs - flows.depreciation[at] - interest
        tax = self.taxes.month(at, whole.revenue, before_tax)
        result = before_tax - tax.final - tax.income
        village = self._village_share(at, result)
        before, self._before = self._before, whole
        tied_up = (whole.receivables - before.receivables) + (whole.stock - before.stock)
        tied_up -= whole.payables - before.payables
        earned = whole.margin - costs - tax.final - tax.paid - (interest - capitalised) - tied_up
        self._cash += earned - flows.invested[at] + drawn - principal + flows.funds[at] - village
        self._fixed += flows.invested[at] - flows.depreciation[at]
        self._debt += drawn + capitalised - principal
        self._equity += result - village + flows.funds[at]
        return PlanMonth(
            month=month_name(flows.first + at),
            units=units,
            staff=flows.staff[at],
            expenses=flows.expenses[at],
            depreciation=flows.depreciation[at],
            interest=interest,
            capitalised=capitalised,
            final_tax=tax.final,
            income_tax=tax.income,
            tax_paid=tax.paid,
            village=village,
            invested=flows.invested[at],
            drawn=drawn,
            principal=principal,
            funds=flows.funds[at],
            cash=self._cash,
            receivables=whole.receivables,
            stock=whole.stock,
            fixed_assets=self._fixed,
            other_assets=self._other_assets,
            payables=whole.payables,
            tax_payable=tax.payable,
            debt=self._debt,
            other_liabilities=self._other_liabilities,
            equity=self._equity,
        )

    def _village_share(self, at: int, result: int) -> int:
        """Of the result of twelve months, paid with the last of them; of a loss nothing."""
        self._year += result
        if (at + 1) % MONTHS:
            return 0
        year, self._year = self._year, 0
        return share(max(year, 0), self._plan.village_share or 0)


def _together(units: Mapping[str, UnitMonth]) -> UnitMonth:
    """Asked for every month of every scenario, a hundred times where it is sought what breaks a plan."""
    every = units.values()
    return UnitMonth(
        revenue=sum([one.revenue for one in every]),
        member_revenue=sum([one.member_revenue for one in every]),
        cost=sum([one.cost for one in every]),
        lost=sum([one.lost for one in every]),
        receivables=sum([one.receivables for one in every]),
        stock=sum([one.stock for one in every]),
        payables=sum([one.payables for one in every]),
    )


def debt_per_year(projection: Projection) -> list[tuple[int, int]]:
    """Cash available and debt service of every twelve months, the last ones perhaps fewer."""
    bounds = [*range(0, len(projection.months), MONTHS), len(projection.months)]
    return [
        (
            sum(one.available for one in projection.months[begin:end]),
            sum(one.debt_service for one in projection.months[begin:end]),
        )
        for begin, end in pairwise(bounds)
    ]
