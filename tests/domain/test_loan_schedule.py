"""Instalments by the references of finance.md §5.2, and what holds for every loan."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.loan_schedule import Instalment, loan_schedule
from kopdesk.domain.plan import Drawdown, Grace, Loan, Schedule
from kopdesk.domain.rounding import half_up

THREE_MILLIARD: dict[str, Any] = {"amount": 3_000_000_000, "annual_rate": 600, "tenor_months": 72}


def schedule(**terms: Any) -> tuple[Instalment, ...]:
    return loan_schedule(Loan(**{**THREE_MILLIARD, **terms}), "2027-01")


def test_three_milliards_at_six_per_cent_over_72_months() -> None:
    assert schedule(schedule=Schedule.ANNUITY)[0].payment == 49_718_664
    assert schedule(schedule=Schedule.FLAT)[0].payment == 56_666_667
    sliding = schedule(schedule=Schedule.SLIDING)
    assert sliding[0].payment == 56_666_667
    assert abs(sliding[-1].payment - 41_875_000) <= 72  # the last one absorbs what rounding has left
    assert abs(sum(one.interest for one in sliding) - 547_500_000) <= 72


GRACE = [
    (6, Grace.INTEREST_ONLY, 53_478_818),
    (8, Grace.INTEREST_ONLY, 54_890_417),
    (6, Grace.CAPITALISED, 55_103_372),
    (8, Grace.CAPITALISED, 57_124_844),
]


@pytest.mark.parametrize(("months", "grace", "payment"), GRACE)
def test_after_the_grace_the_annuity_is_of_what_is_owed_then(months: int, grace: Grace, payment: int) -> None:
    found = schedule(schedule=Schedule.ANNUITY, grace_months=months, grace=grace)
    assert found[months].payment == payment
    in_grace = {one.payment for one in found[:months]}
    assert in_grace == ({0} if grace is Grace.CAPITALISED else {15_000_000})


def test_what_is_drawn_later_bears_interest_later_and_is_spread_over_what_remains() -> None:
    drawdowns = {
        "a": Drawdown(drawn_on=date(2027, 1, 5), amount=1_000_000_000),
        "b": Drawdown(drawn_on=date(2027, 4, 20), amount=2_000_000_000),
    }
    found = schedule(schedule=Schedule.SLIDING, drawdowns=drawdowns)
    assert [one.interest for one in found[:2]] == [5_000_000, 4_930_556]
    assert found[3].drawn == 2_000_000_000
    assert found[3].interest == half_up(Fraction((found[2].balance + 2_000_000_000) * 6, 1_200))
    assert found[-1].balance == 0


def test_days_are_counted_where_the_bank_counts_them() -> None:
    found = schedule(schedule=Schedule.SLIDING, actual_365=True, instalment_day=12)
    assert found[0].due_on == date(2027, 2, 12)
    assert found[0].interest == round(3_000_000_000 * 0.06 * 31 / 365)
    assert found[1].interest < found[0].interest  # February has 28 days


def test_a_short_month_has_its_last_day() -> None:
    found = schedule(instalment_day=31)
    assert [one.due_on for one in found[:2]] == [date(2027, 2, 28), date(2027, 3, 31)]


@pytest.mark.parametrize(
    ("terms", "path"),
    [
        ({"tenor_months": 0}, "tenor_months"),
        ({"grace_months": 72}, "grace_months"),
        ({"drawdowns": {"a": Drawdown(amount=5)}}, "drawdowns"),
        ({"drawdowns": {"a": Drawdown(drawn_on=date(2033, 6, 1), amount=3_000_000_000)}}, "drawdowns"),
    ],
)
def test_terms_that_make_no_schedule_are_refused_by_name(terms: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidField) as refused:
        schedule(**terms)
    assert refused.value.path == path


loans = st.builds(
    Loan,
    amount=st.integers(0, 10**10),
    annual_rate=st.integers(0, 3_000),
    tenor_months=st.integers(2, 120),
    grace_months=st.integers(0, 1),
    grace=st.sampled_from([None, *Grace]),
    schedule=st.sampled_from([None, *Schedule]),
    round_to=st.sampled_from([None, 1, 100, 1_000]),
    actual_365=st.booleans(),
    instalment_day=st.integers(1, 31),
)


@given(loans)
def test_every_loan_ends_at_nought_and_pays_back_what_was_drawn(loan: Loan) -> None:
    found = loan_schedule(loan, "2027-01")
    assert len(found) == loan.tenor_months
    assert found[-1].balance == 0
    assert all(one.balance >= 0 for one in found)
    assert sum(one.principal for one in found) == sum(one.drawn + one.capitalised for one in found)


@given(loans, st.integers(1, 500))
def test_a_higher_rate_never_costs_less(loan: Loan, more: int) -> None:
    def cost(rate: int) -> int:
        found = loan_schedule(replace(loan, annual_rate=rate, round_to=1), "2027-01")
        return sum(one.interest + one.capitalised for one in found)

    assert cost((loan.annual_rate or 0) + more) >= cost(loan.annual_rate or 0) - (loan.tenor_months or 0)
