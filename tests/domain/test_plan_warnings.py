"""A plan that leaves what its scheme allows or what was seen elsewhere is told where, by the shipped pack."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kopdesk.domain.plan import Investment, Loan, Plan, Schedule, Unit
from kopdesk.domain.plan_warnings import PlanWarning, Scheme, Warned, plan_warnings
from kopdesk.domain.projection import project
from kopdesk.rules.financing import financing
from tests.domain.test_projection import GAS, a_plan

TODAY = date(2026, 11, 27)
SCHEMES, RANGES, VERSION = financing()
WITHIN = Loan(
    scheme="PMK 49/2025", amount=3_000_000_000, annual_rate=600, tenor_months=72, grace_months=8,
    schedule=Schedule.ANNUITY,
)  # fmt: skip
SHELVES = Investment(quantity=1, unit_price=2_500_000_000, life_months=120, loan="utama")


def told(plan: Plan, today: date = TODAY) -> tuple[Warned, ...]:
    return plan_warnings(plan, project(plan), SCHEMES, RANGES, today)


def borrowing(prepared_on: date | None = date(2025, 9, 1), **changes: Any) -> Plan:
    return a_plan(
        units={},
        prepared_on=prepared_on,
        loans={"utama": replace(WITHIN, **changes)},
        investments={"kios": SHELVES},
    )


def test_at_the_limits_of_a_scheme_in_force_nothing_is_told() -> None:
    assert told(borrowing()) == ()
    assert told(borrowing(grace_months=6)) == ()


@pytest.mark.parametrize(
    ("changes", "warning", "given", "least", "most"),
    [
        ({"amount": 3_000_000_001}, PlanWarning.ABOVE_CEILING, 3_000_000_001, None, 3_000_000_000),
        ({"tenor_months": 73}, PlanWarning.TENOR_TOO_LONG, 73, None, 72),
        ({"grace_months": 5}, PlanWarning.GRACE_OUTSIDE, 5, 6, 8),
        ({"grace_months": 9}, PlanWarning.GRACE_OUTSIDE, 9, 6, 8),
        ({"annual_rate": 900}, PlanWarning.RATE_DIFFERS, 900, 600, 600),
    ],
)
def test_beyond_a_limit_it_is_told_with_the_limit(
    changes: dict[str, Any], warning: PlanWarning, given: int, least: int | None, most: int
) -> None:
    found = next(one for one in told(borrowing(**changes)) if one.warning is warning)
    assert (found.given, found.least, found.most) == (given, least, most)
    assert found.path == f"loans/utama/{next(iter(changes))}"


def test_what_is_borrowed_and_not_invested_is_for_expenses() -> None:
    plan = replace(borrowing(), investments={"kios": replace(SHELVES, unit_price=2_499_999_999)})
    (found,) = told(plan)
    assert (found.warning, found.given) == (PlanWarning.EXPENSES_ABOVE_CAP, 500_000_001)


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        (date(2025, 7, 20), PlanWarning.SCHEME_TO_COME),
        (date(2025, 7, 21), None),
        (date(2025, 11, 30), None),
        (date(2025, 12, 1), PlanWarning.SCHEME_OVER),
    ],
)
def test_a_scheme_is_judged_by_the_day_the_plan_was_prepared(day: date, warning: PlanWarning | None) -> None:
    found = [one.warning for one in told(borrowing(prepared_on=day))]
    assert found == ([warning] if warning else [])


def test_without_that_day_today_decides_and_that_the_day_is_contested_is_passed_on() -> None:
    (found,) = told(borrowing(prepared_on=None))
    assert (found.warning, found.day, found.is_contested) == (
        PlanWarning.SCHEME_OVER,
        date(2025, 11, 30),
        True,
    )


@pytest.mark.parametrize("name", ["pmk 49/2025 ", "PMK_49_2025"])
def test_a_scheme_is_known_by_name_and_key(name: str) -> None:
    assert [one.scheme for one in told(borrowing(None, scheme=name))] == ["PMK 49/2025"]


def test_a_loan_of_a_bank_has_no_limits_here() -> None:
    assert told(borrowing(None, scheme="Kredit modal kerja", amount=9_000_000_000)) == ()


@pytest.mark.parametrize(
    ("margin", "is_told"), [(1_999, True), (2_000, False), (3_000, False), (3_001, True)]
)
def test_a_margin_outside_what_was_printed_elsewhere_is_told_with_its_source(
    margin: int, is_told: bool
) -> None:
    unit = replace(GAS, type="lpg", drivers={"cylinders": 700, "margin": margin})
    found = told(a_plan(units={"gas": unit}, loans={}))
    assert [one.path for one in found] == (["units/gas/drivers/margin"] if is_told else [])
    assert all(one.source.startswith("https://") for one in found)


def test_the_sales_of_a_shop_are_those_of_a_month_of_its_second_year() -> None:
    shop: Unit = replace(a_plan().units["sembako"], type="grocery", growth=0)
    (found,) = told(a_plan(units={"toko": shop}, loans={}))
    assert (found.path, found.given, found.least) == ("units/toko", 33_600_000, 50_000_000)


def test_a_scheme_without_limits_never_warns() -> None:
    free = Scheme(key="x", name="PMK 49/2025")
    plan = borrowing(amount=10**12, tenor_months=90)
    assert plan_warnings(plan, project(plan), (free,), (), TODAY) == ()


def test_the_pack_is_named_with_its_version() -> None:
    assert VERSION.startswith("financing 2")
