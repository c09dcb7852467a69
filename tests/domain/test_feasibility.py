"""Measures of an investment: textbook figures, and what holds for every row of flows."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kopdesk.domain.feasibility import (
    BreakEven,
    break_even,
    dscr,
    feasibility,
    payback,
    present_value,
)
from kopdesk.domain.rounding import BASIS_POINTS


def points(number: int) -> Fraction:
    return Fraction(number, BASIS_POINTS)


LPG = [-15_000_000, *[9_000_000] * 3]
"""Published: Rp15 juta, Rp9 juta a year, return 60 %, paid back after 20 months."""


def test_a_published_example_comes_out_as_published() -> None:
    found = feasibility(LPG, points(1_000))
    assert found.payback == Fraction(20, 12)
    assert found.npv == round(-15_000_000 + 9_000_000 * (1 / 1.1 + 1 / 1.21 + 1 / 1.331))
    assert found.benefit_cost is not None
    assert round(found.benefit_cost, 3) == Fraction(1492, 1000)
    assert found.irr is not None
    assert Fraction(36, 100) < found.irr < Fraction(37, 100)


def test_the_outlay_at_the_beginning_is_not_discounted() -> None:
    assert feasibility([-1_000, 0], points(5_000)).npv == -1_000
    assert feasibility([0, 1_500], points(5_000)).npv == 1_000


@pytest.mark.parametrize("flows", [[-5, -5], [5, 5], [], [0, 0]])
def test_without_a_turn_of_sign_there_is_no_rate(flows: list[int]) -> None:
    assert feasibility(flows, points(1_000)).irr is None


def test_several_turns_of_sign_are_counted() -> None:
    found = feasibility([-1_600, 10_000, -10_000], points(1_000))
    assert found.sign_changes == 2
    assert found.irr is not None
    assert round(found.irr, 6) == Fraction(1, 4)  # 400 % makes it nought as well


def test_what_is_never_paid_back_says_so() -> None:
    assert payback([-100, 10, 10]) is None
    assert payback([-100, 50, 100]) == Fraction(3, 2)


def test_break_even_in_units_and_rupiah() -> None:
    assert break_even(2_000_000, 18_000, 15_000) == BreakEven(units=667, rupiah=12_000_000)
    assert break_even(1, 10, 10) == BreakEven(units=None, rupiah=None)


def test_in_the_grace_there_is_nothing_to_cover() -> None:
    assert dscr(5_000_000, 0, 0) is None
    assert dscr(62_500_000, 40_000_000, 10_000_000) == Fraction(5, 4)


ordinary = st.tuples(
    st.integers(10**6, 10**10), st.lists(st.integers(0, 10**9), min_size=2, max_size=60)
).map(lambda both: [-both[0], *both[1]])


@given(ordinary)
def test_at_the_internal_rate_the_value_is_nought_to_a_rupiah_in_a_billion(flows: list[int]) -> None:
    found = feasibility(flows, points(1_000))
    assume(found.irr is not None)
    assert found.irr is not None
    assume(found.irr > Fraction(-9, 10))  # beyond, a hair of the rate is a mountain of money
    assert abs(present_value(flows, found.irr)) <= Fraction(sum(map(abs, flows)), 10**9)


@given(ordinary, st.integers(0, 5_000), st.integers(1, 2_000))
def test_a_higher_rate_never_raises_the_value_of_what_comes_later(
    flows: list[int], rate: int, more: int
) -> None:
    assert feasibility(flows, points(rate + more)).npv <= feasibility(flows, points(rate)).npv


@given(ordinary, st.integers(0, 5_000))
def test_the_value_is_above_nought_exactly_when_benefits_exceed_costs(flows: list[int], rate: int) -> None:
    found = feasibility(flows, points(rate))
    assert found.benefit_cost is not None
    exact = present_value(flows, Fraction(rate, BASIS_POINTS))
    assert (exact > 0) == (found.benefit_cost > 1)
