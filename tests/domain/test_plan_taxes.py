"""The income tax of a plan: worked examples, and what must hold of any plan."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.loan_schedule import working_day
from kopdesk.domain.plan import Expense, Plan, Staff, TaxOption
from kopdesk.domain.plan_tax_warnings import VillageRule, tax_warnings
from kopdesk.domain.plan_taxes import income_tax
from kopdesk.domain.plan_warnings import PlanWarning, Warned
from kopdesk.domain.projection import PlanRules, Projection, project
from kopdesk.rules.taxes import taxes
from tests.domain.test_projection import GAS, TAXES, a_plan

BILLION = 10**9
VILLAGE = taxes().village_rules
PRICED = replace(GAS, drivers={"cylinders": 1_000, "price": 20_000, "margin": 5_000})


cylinders = st.integers(0, 60_000)


def counted(plan: Plan, registered: int | None = 2026) -> Projection:
    return project(plan, PlanRules(taxes=TAXES, registered_in=registered))


def a_shop(**changes: Any) -> Plan:
    """Twenty million of turnover a month, five of margin, one and a half of pay."""
    plan = a_plan(
        units={"lpg": PRICED},
        staff={"a": Staff(people=1, monthly_pay=1_500_000)},
        expenses={}, investments={}, loans={}, months=72,
    )  # fmt: skip
    return replace(plan, **changes)


def told(plan: Plan, registered: int | None = 2026, village: tuple[VillageRule, ...] = ()) -> list[Warned]:
    rules = PlanRules(taxes=TAXES, registered_in=registered)
    return list(tax_warnings(plan, project(plan, rules), rules, village, date(2026, 11, 27)))


@pytest.mark.parametrize(
    ("income", "turnover", "tax"),
    [
        (100_000_000, 4_800_000_000, 11_000_000),  # all of it at half the rate
        (100_000_000, 1_000_000_000, 11_000_000),
        (3 * BILLION, 30 * BILLION, 607_200_000),  # 480 million at 11 %, 2.520 million at 22 %
        (500_000_000, 9_600_000_000, 82_500_000),  # half at 11 %, half at 22 %
        (BILLION, 50 * BILLION, 209_440_000),  # 96 million are charged less
        (BILLION, 50 * BILLION + 1, 220_000_000),  # nothing is
        (5, 1_000, 1),  # 0,55 is rounded up
        (50, 1_000, 6),  # 5,5 is
        (-100_000_000, BILLION, 0),
        (0, 0, 0),
    ],
)
def test_the_income_tax_of_a_year(income: int, turnover: int, tax: int) -> None:
    assert income_tax(income, turnover, TAXES) == tax


def test_the_tax_on_turnover_is_paid_in_its_month_for_four_tax_years() -> None:
    """Rp20.000.000 × 0,5 %; registered in 2026, so to 2029. Then 11 % of 12 × Rp3.500.000, in April."""
    found = counted(a_shop())
    months = {one.month: one for one in found.months}
    assert [one.is_final for one in found.tax_years] == [True, True, True, False, False, False]
    assert {one.final_tax for one in found.months[:36]} == {100_000}
    assert {one.income_tax for one in found.months[:36]} == {0}
    assert [one.tax for one in found.tax_years] == [1_200_000] * 3 + [4_620_000] * 3
    assert months["2030-12"].income_tax == months["2031-03"].tax_payable == 4_620_000
    assert (months["2031-04"].tax_paid, months["2031-04"].tax_payable) == (4_620_000, 0)
    assert months["2032-12"].tax_payable == 4_620_000


def test_a_turnover_above_the_limit_ends_it_with_that_year_and_for_good() -> None:
    """Rp420.000.000 a month is above Rp4,8 milyar a year; twenty cylinders fewer would be at it."""
    large = replace(PRICED, drivers={**PRICED.drivers, "cylinders": 21_000})
    above = counted(a_shop(units={"lpg": large}))
    assert [one.is_final for one in above.tax_years] == [True] + [False] * 5
    assert {one.final_tax for one in above.months[:12]} == {2_100_000}
    at = counted(a_shop(units={"lpg": replace(PRICED, drivers={**PRICED.drivers, "cylinders": 20_000})}))
    assert at.tax_years[0].turnover == 4_800_000_000
    assert [one.is_final for one in at.tax_years] == [True] * 3 + [False] * 3
    shrinking = counted(a_shop(units={"lpg": replace(large, growth=-5_000)}))
    assert shrinking.tax_years[1].turnover < TAXES.final_limit
    assert not shrinking.tax_years[2].is_final


def test_a_tax_year_is_a_calendar_year_whenever_the_plan_begins() -> None:
    found = counted(a_shop(starts_in="2027-09", tax_option=TaxOption.CORPORATE, months=36))
    assert [one.year for one in found.tax_years] == [2027, 2028, 2029, 2030]
    assert [one.income for one in found.tax_years] == [14_000_000, 42_000_000, 42_000_000, 28_000_000]
    assert found.months[-1].income_tax == 3_080_000


def test_who_chose_the_tax_on_income_pays_none_on_turnover_and_nothing_of_a_loss() -> None:
    poor = a_shop(tax_option=TaxOption.CORPORATE, staff={"a": Staff(people=9, monthly_pay=1_500_000)})
    assert {one.tax for one in counted(poor).months} == {0}
    rich = counted(a_shop(tax_option=TaxOption.CORPORATE))
    assert {one.final_tax for one in rich.months} == {0}
    assert [one.tax for one in rich.tax_years] == [4_620_000] * 6


def test_where_nothing_is_to_be_counted_nothing_is() -> None:
    found = counted(a_shop(tax_option=TaxOption.NONE))
    assert {one.tax for one in found.months} == {0}
    assert found.tax_years == ()


def test_pay_and_expenses_become_dearer_with_every_year_of_the_plan() -> None:
    plan = a_shop(inflation=300, starts_in="2027-07", expenses={"l": Expense(monthly_amount=333_333)})
    months = counted(plan).months
    assert [one.staff for one in months[::12]] == [
        1_500_000, 1_545_000, 1_591_350, 1_639_091, 1_688_263, 1_738_911,
    ]  # fmt: skip
    assert (months[11].expenses, months[12].expenses) == (333_333, 343_333)
    assert {one.revenue for one in months} == {20_000_000}


@given(cylinders, cylinders, st.sampled_from([TaxOption.FINAL, TaxOption.CORPORATE]))
def test_more_turnover_is_never_less_tax_within_one_regime(one: int, other: int, option: TaxOption) -> None:
    def taxed(sold: int) -> list[int]:
        unit = replace(PRICED, drivers={**PRICED.drivers, "cylinders": sold})
        found = counted(a_shop(units={"lpg": unit}, tax_option=option, months=36), 2025)
        same = [year for year in found.tax_years if year.is_final is (option is TaxOption.FINAL)]
        return [year.tax for year in same[:1]]

    few, many = sorted((one, other))
    assert taxed(few) <= taxed(many)


def test_what_does_not_fit_is_told_with_its_year() -> None:
    assert [(one.warning, one.given, one.most, one.year) for one in told(a_shop())] == [
        (PlanWarning.FINAL_TAX_ENDS, 2029, None, 2030)
    ]
    earlier = told(a_shop(), 2024)
    assert [(one.warning, one.given, one.most, one.year) for one in earlier] == [
        (PlanWarning.FINAL_TAX_ENDS, 2027, 2029, 2028)
    ]
    assert [(one.warning, one.year) for one in told(a_shop(months=36), None)] == [
        (PlanWarning.REGISTRATION_UNKNOWN, 2027)
    ]
    large = a_shop(units={"lpg": replace(PRICED, drivers={**PRICED.drivers, "cylinders": 21_000})})
    assert [(one.warning, one.year) for one in told(large)] == [(PlanWarning.TURNOVER_ABOVE_FINAL, 2027)]
    assert [one.warning for one in told(a_shop(tax_option=TaxOption.NONE))] == [PlanWarning.TAX_NOT_COUNTED]
    assert told(a_shop(tax_option=TaxOption.CORPORATE)) == []
    assert told(a_shop(tax_option="pph 25", months=36))[0].warning is PlanWarning.TAX_OPTION_UNKNOWN


def test_a_smaller_share_for_the_village_than_a_contested_rule_wants_is_asked_about() -> None:
    fits = a_shop(tax_option=TaxOption.CORPORATE, village_share=2_000)
    assert told(fits, village=VILLAGE) == []
    (found,) = told(replace(fits, village_share=1_999), village=VILLAGE)
    assert (found.warning, found.given, found.least, found.is_contested) == (
        PlanWarning.VILLAGE_SHARE_LOW, 1_999, 2_000, True,
    )  # fmt: skip
    assert told(replace(fits, village_share=0, prepared_on=date(2025, 8, 11)), village=VILLAGE) == []


def test_a_day_at_the_weekend_goes_to_monday() -> None:
    """12 December 2026 is a Saturday."""
    assert [working_day(date(2026, 12, day)).day for day in (11, 12, 13, 14)] == [11, 14, 14, 14]
