"""What a test says: passed, failed by exactly so much, or not testable and why; with the figures it used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """Not testable is no fault, and no praise either."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TESTABLE = "not_testable"


class BookTest(StrEnum):
    """In the order in which they are told."""

    POSITION = "position"
    TRIAL_BALANCE = "trial_balance"
    CASH_BOOK = "cash_book"
    CASH_COUNT = "cash_count"
    BANK = "bank"
    SAVINGS = "savings"
    LOANS = "loans"
    STOCK = "stock"
    RESULT = "result"
    OPENING = "opening"
    REVENUE = "revenue"
    MEMBERS = "members"

    @property
    def number(self) -> int:
        """1 … 12."""
        return tuple(BookTest).index(self) + 1


class Unit(StrEnum):
    """What a figure counts."""

    RUPIAH = "rupiah"
    PEOPLE = "people"
    CYLINDERS = "cylinders"


class Source(StrEnum):
    """The record a figure was taken from."""

    CHECK = "check"
    STATEMENT = "statement"
    PRIOR_STATEMENT = "prior_statement"
    PREVIOUS_CHECK = "previous_check"
    MEMBER_COUNT = "member_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a comparison. `name`: what it is, a word; `path`: the leaf or group it stands in;
    `as_of`: the day it speaks of, None if nothing says so.
    """

    name: str
    amount: int
    source: Source = Source.CHECK
    path: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comparison. `subject`: the row it is about, such as a till; `difference`: the first figure less the
    second, in the unit. `reason` says why it could not be tested.
    """

    name: str
    outcome: Outcome
    subject: str = ""
    difference: int | None = None
    figures: tuple[Figure, ...] = ()
    reason: str = ""
    unit: Unit = Unit.RUPIAH


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """A test and all its comparisons."""

    __test__ = False  # of the books, not of this program

    test: BookTest
    cases: tuple[Case, ...]

    @property
    def outcome(self) -> Outcome:
        """Failed if anything failed; passed if something could be tested and nothing failed."""
        found = {case.outcome for case in self.cases}
        for outcome in (Outcome.FAILED, Outcome.PASSED):
            if outcome in found:
                return outcome
        return Outcome.NOT_TESTABLE

    @property
    def failed(self) -> tuple[Case, ...]:
        """What does not add up."""
        return tuple(case for case in self.cases if case.outcome is Outcome.FAILED)

    @property
    def untested(self) -> tuple[Case, ...]:
        """What could not be looked at."""
        return tuple(case for case in self.cases if case.outcome is Outcome.NOT_TESTABLE)


def compared(
    name: str,
    first: Figure | None,
    second: Figure | None,
    *,
    missing: str,
    subject: str = "",
    tolerance: int = 0,
    unit: Unit = Unit.RUPIAH,
) -> Case:
    """Passed if both agree within the tolerance; not testable for the reason `missing` if one is lacking."""
    if first is None or second is None:
        there = tuple(figure for figure in (first, second) if figure is not None)
        return Case(name=name, outcome=Outcome.NOT_TESTABLE, subject=subject, figures=there, reason=missing)
    difference = first.amount - second.amount
    return Case(
        name=name,
        outcome=Outcome.PASSED if abs(difference) <= tolerance else Outcome.FAILED,
        subject=subject,
        difference=difference,
        figures=(first, second),
        unit=unit,
    )


def not_testable(name: str, reason: str, *, subject: str = "") -> Case:
    """Nothing to compare, and why."""
    return Case(name=name, outcome=Outcome.NOT_TESTABLE, subject=subject, reason=reason)


def result_of(test: BookTest, cases: Iterable[Case], *, nothing: str) -> TestResult:
    """The result of these cases; without any, not testable for the reason `nothing`."""
    found = tuple(cases)
    return TestResult(test=test, cases=found or (not_testable(test, nothing),))
