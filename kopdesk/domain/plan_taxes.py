"""The income tax of a plan: a share of turnover, or of what a tax year earns."""

from dataclasses import dataclass, field

from kopdesk.domain.plan import Plan, TaxOption
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, ratio, share


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRules:
    """Rates and shares in basis points, limits in rupiah of a calendar year.

    `final_until`: a tax year to which the tax on turnover goes on in any case; `announced_until`: one that
    was announced and is not counted. `paid_after_months`: after the end of the year, 1 to 11.
    """

    final_rate: int
    final_limit: int
    final_years: int
    final_until: int | None = None
    announced_until: int | None = None
    income_rate: int
    reduction: int
    reduced_turnover: int
    reduction_limit: int
    paid_after_months: int

    def last_final_year(self, registered_in: int) -> int:
        """The year of registration is the first one."""
        return max(registered_in + self.final_years - 1, self.final_until or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxYear:
    """A calendar year as far as the plan reaches. `income`: before the tax on income."""

    year: int
    is_final: bool
    turnover: int
    income: int
    tax: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxMonth:
    """`final` is paid at once; `income` is owed from the last month of the year until it is `paid`."""

    final: int = 0
    income: int = 0
    paid: int = 0
    payable: int = 0


NO_TAX = TaxMonth()


def tax_option(plan: Plan) -> TaxOption:
    """What is counted. Where nothing or an unknown word is said the tax on turnover, as the law does."""
    return TaxOption(plan.tax_option) if plan.tax_option in tuple(TaxOption) else TaxOption.FINAL


def income_tax(income: int, turnover: int, rules: TaxRules) -> int:
    """Of a year's income; a loss is not taxed. Article 31E: the part of the income that falls to the turnover
    up to `reduced_turnover` is charged less, while the whole turnover is not above `reduction_limit`.
    """
    if income <= 0:
        return 0
    favoured = favoured_income(income, turnover, rules)
    reduced_rate = rules.income_rate * (BASIS_POINTS - rules.reduction)
    return ratio(favoured * reduced_rate, BASIS_POINTS**2) + share(income - favoured, rules.income_rate)


def favoured_income(income: int, turnover: int, rules: TaxRules) -> int:
    """The part of a year's income that is charged less."""
    if income <= 0 or turnover > rules.reduction_limit:
        return 0
    if turnover <= rules.reduced_turnover:
        return income
    return ratio(income * rules.reduced_turnover, turnover)


@dataclass(slots=True)
class TaxBooks:
    """Month after month, from the first one of a plan (a month number) to the last.

    Once taxed by its income a cooperative stays so. Not counted: losses of earlier years, what was sold or
    earned before the plan begins, monthly instalments of the income tax, income rounded down to thousands,
    differences between what the books and the tax office call an expense, and the taxes on wages, interest,
    services and sales. A year that the plan does not reach to its end is taxed with its last month. Without
    `rules` nothing is.
    """

    rules: TaxRules | None
    option: TaxOption
    first: int
    count: int
    registered_in: int
    years: list[TaxYear] = field(default_factory=list)
    _is_final: bool = False
    _turnover: int = 0
    _income: int = 0
    _tax: int = 0
    _payable: int = 0

    def __post_init__(self) -> None:
        self._begin(self.first // MONTHS, is_final=self.option is TaxOption.FINAL)

    def month(self, at: int, revenue: int, before_tax: int) -> TaxMonth:
        """Of the month `at` with its turnover and its result before income tax; each once, in their order."""
        if self.rules is None or self.option is TaxOption.NONE:
            return NO_TAX
        rules, year = self.rules, (self.first + at) // MONTHS
        month = (self.first + at) % MONTHS + 1
        paid = self._payable if month == rules.paid_after_months else 0
        final = share(revenue, rules.final_rate) if self._is_final else 0
        self._turnover += revenue
        self._income += before_tax
        self._tax += final
        due = 0
        if month == MONTHS or at == self.count - 1:
            due = 0 if self._is_final else income_tax(self._income, self._turnover, rules)
            self._close(year, due)
            self._begin(year + 1, is_final=self._is_final and self.years[-1].turnover <= rules.final_limit)
        self._payable += due - paid
        return TaxMonth(final=final, income=due, paid=paid, payable=self._payable)

    def _begin(self, year: int, *, is_final: bool) -> None:
        last = self.rules.last_final_year(self.registered_in) if self.rules else year
        self._is_final = is_final and year <= last
        self._turnover = self._income = self._tax = 0

    def _close(self, year: int, due: int) -> None:
        self.years.append(
            TaxYear(
                year=year,
                is_final=self._is_final,
                turnover=self._turnover,
                income=self._income,
                tax=self._tax + due,
            )
        )


def tax_books(
    plan: Plan, rules: TaxRules | None, registered_in: int | None, first: int, count: int
) -> TaxBooks:
    """Without a known year of registration the first year of the plan is taken for it."""
    registered = first // MONTHS if registered_in is None else registered_in
    return TaxBooks(rules, tax_option(plan), first, count, registered)
