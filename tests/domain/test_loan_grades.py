"""The four grades of a cooperative's loans, criterion by criterion, and the shares of problem loans."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.book_check import LoanSample
from kopdesk.domain.loan_grades import Grade, grade_loan, months_begun, problem_loans
from kopdesk.rules.loan_ageing import loan_ageing

RULES, _NAME = loan_ageing()
ON = date(2026, 11, 27)
MONTHLY, WEEKLY, HALF_YEARLY, AT_MATURITY = (
    "one_to_three_months",
    "under_a_month",
    "six_months_or_more",
    "at_maturity",
)
LOST: dict[str, Any] = {"card_balance": 1_000_000, "rescuable": False, "collateral_value": 0}


def graded(**given: Any) -> Grade | None:
    return grade_loan(LoanSample(**given), RULES, ON).grade


TABLE = [
    # instalment, principal and interest in arrears, grade; beyond substandard with collateral lost it is bad
    (MONTHLY, 0, 0, Grade.CURRENT),
    (MONTHLY, 3, 0, Grade.CURRENT),
    (MONTHLY, 4, 0, Grade.SUBSTANDARD),
    (MONTHLY, 6, 0, Grade.SUBSTANDARD),
    (MONTHLY, 7, 0, Grade.BAD),
    (MONTHLY, 0, 4, Grade.SUBSTANDARD),
    (MONTHLY, 0, 7, Grade.BAD),
    (WEEKLY, 1, 0, Grade.CURRENT),
    (WEEKLY, 2, 0, Grade.SUBSTANDARD),
    (WEEKLY, 3, 0, Grade.BAD),
    (WEEKLY, 0, 3, Grade.SUBSTANDARD),
    (WEEKLY, 0, 4, Grade.BAD),
    (HALF_YEARLY, 6, 0, Grade.CURRENT),
    (HALF_YEARLY, 12, 0, Grade.SUBSTANDARD),
    (HALF_YEARLY, 13, 0, Grade.BAD),
    (HALF_YEARLY, 0, 6, Grade.SUBSTANDARD),
    (AT_MATURITY, 0, 3, Grade.CURRENT),
    (AT_MATURITY, 0, 5, Grade.SUBSTANDARD),
    (AT_MATURITY, 0, 7, Grade.BAD),
]


@pytest.mark.parametrize(("period", "principal", "interest", "grade"), TABLE)
def test_a_grade_follows_from_the_arrears(period: str, principal: int, interest: int, grade: Grade) -> None:
    found = graded(
        instalment_period=period,
        principal_arrears_months=principal,
        interest_arrears_months=interest,
        **LOST,
    )
    assert found is grade, f"{period}: {principal} months of principal, {interest} of interest"


def test_a_loan_without_instalments_is_substandard_for_three_months_after_it_was_due() -> None:
    def due(day: date) -> Grade | None:
        return graded(instalment_period=AT_MATURITY, due_on=day, interest_arrears_months=0, **LOST)

    assert due(date(2026, 12, 1)) is Grade.CURRENT
    assert due(date(2026, 8, 27)) is Grade.SUBSTANDARD
    assert due(date(2026, 8, 26)) is Grade.BAD


COLLATERAL = [
    (True, 750_000, Grade.DOUBTFUL),
    (True, 749_999, Grade.BAD),
    (False, 1_000_000, Grade.DOUBTFUL),
    (False, 999_999, Grade.BAD),
]


@pytest.mark.parametrize(("rescuable", "collateral", "grade"), COLLATERAL)
def test_beyond_substandard_the_collateral_decides_against_the_debt_with_its_interest(
    rescuable: bool, collateral: int, grade: Grade
) -> None:
    found = graded(
        instalment_period=MONTHLY,
        principal_arrears_months=9,
        card_balance=960_000,
        interest_owed=40_000,
        rescuable=rescuable,
        collateral_value=collateral,
    )
    assert found is grade


def test_a_doubt_of_more_than_21_months_and_a_court_make_it_bad() -> None:
    covered: dict[str, Any] = {
        "instalment_period": MONTHLY, "principal_arrears_months": 9, "card_balance": 100,
        "rescuable": True, "collateral_value": 100,
    }  # fmt: skip
    assert graded(**covered, doubtful_since=date(2025, 2, 27)) is Grade.DOUBTFUL
    assert graded(**covered, doubtful_since=date(2025, 2, 26)) is Grade.BAD
    assert graded(in_court=True) is Grade.BAD


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "no_instalment_period"),
        ({"instalment_period": MONTHLY}, "no_arrears_known"),
        ({"instalment_period": MONTHLY, "principal_arrears_months": 9}, "no_collateral_known"),
    ],
)
def test_what_is_not_known_is_not_graded_and_says_why(given: dict[str, Any], reason: str) -> None:
    found = grade_loan(LoanSample(**given), RULES, ON)
    assert (found.grade, found.reason) == (None, reason)


def test_the_shares_are_exact_and_leave_out_what_could_not_be_graded() -> None:
    """NPL = (3 + 2) / 10 juta; RPM = (50 % × 3 + 100 % × 2) / 10 juta."""
    loans = [
        LoanSample(instalment_period=MONTHLY, principal_arrears_months=0, card_balance=5_000_000),
        LoanSample(instalment_period=MONTHLY, principal_arrears_months=5, card_balance=3_000_000),
        LoanSample(in_court=True, card_balance=2_000_000),
        LoanSample(card_balance=700_000),
    ]
    found = problem_loans(loans, RULES, ON)
    assert found.plain == Fraction(5, 10)
    assert found.weighted == Fraction(35, 100)
    assert found.ungraded == 700_000
    assert problem_loans([], RULES, ON).plain is None


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_months_begin_the_day_after(since: date, on: date) -> None:
    months = months_begun(since, on)
    assert (months == 0) == (on <= since)
    assert 0 <= months <= max(0, (on - since).days // 28 + 1)
