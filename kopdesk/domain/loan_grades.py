"""How good a loan is: the grades of the cooperatives, and the share of problem loans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kopdesk.domain.book_check import InstalmentPeriod, LoanSample


class Grade(StrEnum):
    """Of the cooperatives, four; the five of the banks are another scale."""

    CURRENT = "current"  # lancar
    SUBSTANDARD = "substandard"  # kurang lancar
    DOUBTFUL = "doubtful"  # diragukan
    BAD = "bad"  # macet


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """Months of arrears: above `over` it is substandard, above `until` no longer."""

    over: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRules:
    """The figures of the rule pack. `weights`: of a grade in the weighted share, in basis points."""

    principal: Mapping[str, Arrears]
    interest: Mapping[str, Arrears]
    overdue_until: int
    rescuable_collateral: int  # basis points of the debt with interest
    lost_collateral: int
    bad_after_months: int
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Graded:
    """`grade` None: it cannot be told, for the `reason`."""

    grade: Grade | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLoans:
    """Shares of the balances that were graded. `weighted` is RPM, `plain` the NPL of KKPKK; None without any.

    `ungraded`: rupiah of loans whose grade could not be told; they are in neither share.
    """

    balances: Mapping[Grade, int]
    ungraded: int
    plain: Fraction | None
    weighted: Fraction | None


def grade_loan(loan: LoanSample, rules: GradeRules, on: date) -> Graded:
    """Reference: finance.md §3.4, four grades of the health rules for KSP.

    A criterion that does not apply or is not filled counts as no arrears, unless nothing at all is known.
    """
    if loan.in_court:
        return Graded(Grade.BAD)
    if loan.instalment_period not in rules.principal and loan.instalment_period not in rules.interest:
        return Graded(None, "no_instalment_period")
    known = (loan.principal_arrears_months, loan.interest_arrears_months)
    overdue = _overdue(loan, on)
    if known == (None, None) and not overdue:
        return Graded(None, "no_arrears_known")
    steps = [
        _step(loan.principal_arrears_months, rules.principal.get(loan.instalment_period or "")),
        _step(loan.interest_arrears_months, rules.interest.get(loan.instalment_period or "")),
        _step(overdue, Arrears(over=0, until=rules.overdue_until)),
    ]
    worst = max(steps)
    if worst == 0:
        return Graded(Grade.CURRENT)
    return Graded(Grade.SUBSTANDARD) if worst == 1 else _beyond(loan, rules, on)


def problem_loans(loans: Iterable[LoanSample], rules: GradeRules, on: date) -> ProblemLoans:
    """Reference: RPM = (50 %·KL + 75 %·D + 100 %·M) / pinjaman, NPL = (KL + D + M) / pinjaman; exact."""
    balances, ungraded = dict.fromkeys(Grade, 0), 0
    for loan in loans:
        balance = _balance(loan)
        grade = grade_loan(loan, rules, on).grade
        if grade is None:
            ungraded += balance
        else:
            balances[grade] += balance
    total = sum(balances.values())
    problem = total - balances[Grade.CURRENT]
    weighted = sum(balances[grade] * rules.weights.get(grade, 0) for grade in Grade)
    return ProblemLoans(
        balances=balances,
        ungraded=ungraded,
        plain=Fraction(problem, total) if total else None,
        weighted=Fraction(weighted, total * 10_000) if total else None,
    )


def _balance(loan: LoanSample) -> int:
    return loan.card_balance if loan.card_balance is not None else loan.book_balance or 0


def _step(months: int | None, arrears: Arrears | None) -> int:
    """0 in order, 1 substandard, 2 beyond."""
    if months is None or arrears is None or months <= arrears.over:
        return 0
    return 1 if months <= arrears.until else 2


def _overdue(loan: LoanSample, on: date) -> int:
    """Begun months since a loan without instalments was due; one with instalments is seen by its arrears."""
    if loan.instalment_period != InstalmentPeriod.AT_MATURITY or loan.due_on is None:
        return 0
    return months_begun(loan.due_on, on) if _balance(loan) > 0 else 0


def _beyond(loan: LoanSample, rules: GradeRules, on: date) -> Graded:
    """Doubtful while it can still be saved, or is covered; bad otherwise, and after too long a doubt."""
    if loan.rescuable is None or loan.collateral_value is None:
        return Graded(None, "no_collateral_known")
    debt = _balance(loan) + (loan.interest_owed or 0)
    needed = rules.rescuable_collateral if loan.rescuable else rules.lost_collateral
    if loan.collateral_value * 10_000 < needed * debt:
        return Graded(Grade.BAD)
    if loan.doubtful_since is not None and months_begun(loan.doubtful_since, on) > rules.bad_after_months:
        return Graded(Grade.BAD)
    return Graded(Grade.DOUBTFUL)


def months_begun(since: date, on: date) -> int:
    """Months from one day to another, one that has begun counted whole; 0 if it is not later."""
    if on <= since:
        return 0
    whole = (on.year - since.year) * 12 + on.month - since.month
    return whole + 1 if on.day > since.day else whole
