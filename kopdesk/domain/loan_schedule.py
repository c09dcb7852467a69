"""The instalments of a loan: flat, annuity or sliding, with grace, stages of drawdown and rounding."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Grace, Loan, Schedule
from kopdesk.domain.plan_months import checked_months, month_number
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS, ratio, rounded_to

_DAYS = 365
_FRIDAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One month: what is drawn at its beginning, what is due at its end, what is owed then. Whole rupiah.

    `capitalised`: interest that was added to the debt instead of paid.
    """

    number: int
    due_on: date
    drawn: int
    principal: int
    interest: int
    capitalised: int
    balance: int

    @property
    def payment(self) -> int:
        """Principal and interest."""
        return self.principal + self.interest


def loan_schedule(loan: Loan, starts_in: str) -> tuple[Instalment, ...]:
    """Month by month to the end of the tenor, grace included; the last instalment leaves nothing.

    Reference: finance.md §5.2. i = yearly rate / 12, or with `actual_365` the days between due dates / 365.
    Flat: A = P/n + P·i; annuity: A = P·i / (1 − (1+i)^−n); sliding: A_k = P/n + balance·i. What is drawn
    after the first instalment is spread over the months that remain. Without drawdowns all of it is drawn at
    the beginning of `starts_in` ("2027-01"). Raises InvalidField for terms that make no schedule.
    """
    terms = _Terms(loan, starts_in)
    return tuple(_months(terms))


def loan_schedules(loans: Mapping[str, Loan], starts_in: str) -> dict[str, tuple[Instalment, ...]]:
    """Of every loan with an amount, by its key. Raises InvalidField naming "loans/KEY/…"."""
    made = {}
    for key, loan in sorted(loans.items()):
        if not loan.amount:
            continue
        try:
            made[key] = loan_schedule(loan, starts_in)
        except InvalidField as error:
            path = error.path if error.path == "starts_in" else f"loans/{key}/{error.path}"
            raise InvalidField(path, error.reason, error.detail) from error
    return made


def checked_rate(points: int | None, path: str) -> int:
    """Basis points; 0 where nothing is said. Raises InvalidField naming `path`."""
    if points is not None and points < 0:
        raise InvalidField(path, "negative_rate")
    return points or 0


def working_day(day: date) -> date:
    """That day, or the Monday after a weekend. Public holidays are in no source: they are not moved."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > _FRIDAY else 0)


class _Terms:
    """The terms of a loan, checked."""

    def __init__(self, loan: Loan, starts_in: str) -> None:
        self.amount = loan.amount or 0
        self.tenor, self.grace_months = (
            checked_months(loan.tenor_months, "tenor_months"),
            loan.grace_months or 0,
        )
        self.points = checked_rate(loan.annual_rate, "annual_rate")
        self.schedule = Schedule(loan.schedule) if loan.schedule in tuple(Schedule) else Schedule.ANNUITY
        self.is_capitalised = loan.grace == Grace.CAPITALISED
        self.round_to, self.is_actual = loan.round_to or 1, bool(loan.actual_365)
        self.day = loan.instalment_day or 1
        if self.tenor <= 0:
            raise InvalidField("tenor_months", "missing" if loan.tenor_months is None else "not_above_nought")
        if self.grace_months >= self.tenor:
            raise InvalidField("grace_months", "grace_too_long", str(self.tenor))
        first = month_number(starts_in)
        self.first = date(first // MONTHS, first % MONTHS + 1, 1)
        self.drawn = self._drawn(loan)

    def _drawn(self, loan: Loan) -> dict[int, int]:
        """How much is drawn at the beginning of which month, the first one 0."""
        if not loan.drawdowns:
            return {0: self.amount}
        drawn: dict[int, int] = {}
        for stage in loan.drawdowns.values():
            day = stage.drawn_on or self.first
            month = max(0, (day.year - self.first.year) * MONTHS + day.month - self.first.month)
            drawn[month] = drawn.get(month, 0) + (stage.amount or 0)
        if sum(drawn.values()) != self.amount:
            raise InvalidField("drawdowns", "drawdowns_differ", str(sum(drawn.values())))
        if max(drawn) >= self.tenor:
            raise InvalidField("drawdowns", "drawn_too_late")
        return drawn

    def due_on(self, number: int) -> date:
        """Of the instalment of that number, from 1: a month after the first day of drawing."""
        months = self.first.year * MONTHS + self.first.month - 1 + number
        year, month = months // MONTHS, months % MONTHS + 1
        return date(year, month, min(self.day, monthrange(year, month)[1]))

    def interest(self, balance: int, number: int) -> int:
        if self.is_actual:
            days = (self.due_on(number) - self.due_on(number - 1)).days
            return ratio(balance * self.points * days, BASIS_POINTS * _DAYS)
        return ratio(balance * self.points, BASIS_POINTS * MONTHS)


def _months(terms: _Terms) -> Iterator[Instalment]:
    balance = base = 0
    payment = step = 0
    for number in range(1, terms.tenor + 1):
        drawn = terms.drawn.get(number - 1, 0)
        balance += drawn
        is_grace = number <= terms.grace_months
        if is_grace or drawn or number == terms.grace_months + 1:
            base, left = balance, terms.tenor - max(terms.grace_months, number - 1)
            payment, step = _payment(terms, base, left), rounded_to(Fraction(base, left), terms.round_to)
        interest = terms.interest(base if terms.schedule is Schedule.FLAT else balance, number)
        principal = capitalised = 0
        if is_grace and terms.is_capitalised:
            capitalised, interest = interest, 0
        elif number == terms.tenor:
            principal = balance
        elif not is_grace:
            wanted = payment - interest if terms.schedule is Schedule.ANNUITY else step
            principal = min(max(wanted, 0), balance)
        balance += capitalised - principal
        yield Instalment(
            number=number,
            due_on=terms.due_on(number),
            drawn=drawn,
            principal=principal,
            interest=interest,
            capitalised=capitalised,
            balance=balance,
        )


def _payment(terms: _Terms, base: int, left: int) -> int:
    """The annuity that pays `base` back in `left` months; without interest equal parts."""
    rate = Fraction(terms.points, BASIS_POINTS * MONTHS)
    if not rate:
        return rounded_to(Fraction(base, left), terms.round_to)
    growth = (1 + rate) ** left
    return rounded_to(base * rate * growth / (growth - 1), terms.round_to)
