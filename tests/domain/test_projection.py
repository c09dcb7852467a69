"""A plan month by month: the balance sheet balances in every one of any plan, loans end at nought."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import (
    Driver,
    Expense,
    Fund,
    Grace,
    Investment,
    Loan,
    Plan,
    Scenario,
    Schedule,
    Staff,
    TaxOption,
    Unit,
)
from kopdesk.domain.plan_units import DRIVERS, UnitMonth, unit_months
from kopdesk.domain.projection import PlanRules, debt_per_year, project
from kopdesk.rules.taxes import taxes

TAXES = taxes().taxes
SHOP = Unit(
    driver=Driver.CUSTOMERS,
    drivers={"customers": 200, "frequency": 6, "basket": 28_000},
    cost_share=8_950,
    losses=60,
    member_share=6_000,
    growth=600,
    stock_days=18,
    receivable_days=5,
    payable_days=7,
)
GAS = Unit(driver=Driver.CYLINDERS, drivers={"cylinders": 1_000, "margin": 2_500})


def a_plan(**changes: Any) -> Plan:
    plan = Plan(
        id=UUID(int=1),
        cooperative_id=UUID(int=2),
        starts_in="2027-01",
        opening_cash=10_000_000,
        units={"sembako": SHOP, "lpg": GAS},
        staff={"a": Staff(people=1, monthly_pay=1_400_000)},
        expenses={"l": Expense(monthly_amount=300_000)},
        investments={"rak": Investment(quantity=6, unit_price=1_150_000, life_months=60)},
        loans={
            "utama": Loan(
                amount=60_000_000, annual_rate=600, tenor_months=36, grace_months=3,
                grace=Grace.INTEREST_ONLY, schedule=Schedule.ANNUITY,
            )
        },
        funds={"simpanan": Fund(amount=12_000_000)},
    )  # fmt: skip
    return replace(plan, **changes)


def test_a_month_is_what_an_accountant_would_write() -> None:
    """200 × 6 × Rp28.000 and 1.000 × Rp2.500; cost 89,5 %, losses 0,6 %, a shelf over 60 months."""
    first = project(a_plan()).months[0]
    assert first.revenue == 33_600_000 + 2_500_000
    assert first.units["sembako"].cost == 30_072_000
    assert first.units["sembako"].lost == 201_600
    assert first.margin == 33_600_000 - 30_072_000 - 201_600 + 2_500_000
    assert first.depreciation == 115_000
    assert first.interest == 300_000
    assert first.result == first.margin - 1_400_000 - 300_000 - 115_000 - 300_000
    assert first.receivables == 5_600_000
    assert (
        first.cash
        == 10_000_000
        + 12_000_000
        + 60_000_000
        - 6_900_000
        + first.margin
        - 1_700_000
        - 300_000
        - (5_600_000 + 18_043_200 - 7_016_800)
    )
    assert first.imbalance == 0


def test_it_goes_to_the_end_of_the_longest_loan_and_three_years_at_least() -> None:
    assert len(project(a_plan(loans={})).months) == 36
    long = replace(a_plan().loans["utama"], tenor_months=72)
    months = project(a_plan(loans={"utama": long})).months
    assert len(months) == 72
    assert months[-1].month == "2032-12"
    assert months[-1].debt == 0


def unit_month(unit: Unit, calendar_month: int, running: int) -> UnitMonth:
    (found,) = unit_months(unit, calendar_month, -running, 1)
    return found


def test_growth_comes_with_the_years_and_seasons_with_the_months() -> None:
    season = replace(GAS, growth=1_000, seasons={"03": 15_000, "04": 0})
    assert unit_month(season, 3, 2).revenue == 3_750_000
    assert unit_month(season, 4, 3).revenue == 0
    assert unit_month(season, 3, 14).revenue == 4_125_000
    assert unit_month(season, 3, -1).revenue == 0


def test_a_price_shows_the_turnover_and_the_margin_stays() -> None:
    priced = unit_month(replace(GAS, drivers={**GAS.drivers, "price": 18_000}), 1, 0)
    assert (priced.revenue, priced.margin) == (18_000_000, 2_500_000)


def test_a_year_of_profit_is_shared_with_the_village_and_a_loss_is_not() -> None:
    months = project(a_plan(village_share=2_000)).months
    year = sum(one.result for one in months[:12])
    assert months[11].village == round(year * 0.2)
    assert all(one.village == 0 for one in months[:11])
    poor = project(
        a_plan(village_share=2_000, units={"lpg": GAS}, staff={"a": Staff(people=9, monthly_pay=10**7)})
    )
    assert sum(one.village for one in poor.months) == 0


def test_the_tax_on_turnover_is_of_the_month() -> None:
    months = project(a_plan(), PlanRules(taxes=TAXES)).months
    assert (months[0].final_tax, months[0].tax) == (180_500, 180_500)


def test_a_delay_lets_the_loan_run_while_nothing_is_sold() -> None:
    late = project(a_plan(), scenario=Scenario(delay_months=2)).months
    assert [one.revenue for one in late[:2]] == [0, 0]
    assert late[0].interest == 300_000


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"starts_in": None}, "starts_in"),
        ({"units": {"a": Unit()}}, "units/a/driver"),
        ({"units": {"a": replace(SHOP, drivers={"customers": 5})}}, "units/a/drivers/frequency"),
        ({"loans": {"x": Loan(amount=5)}}, "loans/x/tenor_months"),
        ({"staff": {"s": Staff(starts_in="2027-13")}}, "staff/s/starts_in"),
    ],
)
def test_what_is_lacking_is_named_by_its_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidField) as refused:
        project(a_plan(**changes))
    assert refused.value.path == path


shares = st.integers(0, 9_900)
days = st.integers(0, 90)
months_ = st.integers(0, 40).map(lambda at: f"{2027 + at // 12}-{at % 12 + 1:02}")
units = st.sampled_from(Driver).flatmap(
    lambda driver: st.builds(
        Unit,
        driver=st.just(driver),
        drivers=st.fixed_dictionaries({name: st.integers(0, 9_000) for name in DRIVERS[driver]}),
        cost_share=shares, losses=shares, growth=st.integers(0, 2_000), member_share=shares,
        stock_days=days, receivable_days=days, payable_days=days, starts_in=months_,
    )
)  # fmt: skip
loans = st.builds(
    Loan,
    amount=st.integers(0, 10**9),
    annual_rate=st.integers(0, 2_400),
    tenor_months=st.integers(2, 72),
    grace_months=st.integers(0, 1),
    grace=st.sampled_from(Grace),
    schedule=st.sampled_from(Schedule),
)
plans = st.builds(
    a_plan,
    units=st.dictionaries(st.sampled_from("abcd"), units, max_size=4),
    loans=st.dictionaries(st.sampled_from("xy"), loans, max_size=2),
    investments=st.dictionaries(
        st.sampled_from("ij"),
        st.builds(Investment, quantity=st.integers(0, 9), unit_price=st.integers(0, 10**7),
                  life_months=st.integers(0, 99), bought_in=months_),
    ),
    opening=st.dictionaries(
        st.sampled_from(["giro", "utang_bank", "akumulasi_penyusutan"]), st.integers(0, 10**8)
    ),
    village_share=st.integers(0, 3_000),
    inflation=st.sampled_from([0, 0, 300, 1_111]),
    starts_in=st.sampled_from(["2027-01", "2027-03", "2026-12"]),
    tax_option=st.sampled_from([None, *TaxOption]),
)  # fmt: skip


@given(
    plans,
    st.none() | st.integers(2022, 2028),
    st.integers(-5_000, 5_000),
    st.integers(0, 500),
    st.integers(0, 6),
)
def test_the_balance_sheet_balances_in_every_month_of_any_plan(
    plan: Plan, registered: int | None, sales: int, cost: int, delay: int
) -> None:
    scenario = Scenario(sales_change=sales, cost_change=cost, delay_months=delay)
    found = project(plan, PlanRules(taxes=TAXES, registered_in=registered), scenario)
    assert {one.imbalance for one in found.months} == {0}
    assert found.months[-1].debt == 0
    assert sum(one.income_tax - one.tax_paid for one in found.months) == found.months[-1].tax_payable >= 0
    assert sum(one.tax for one in found.months) == sum(year.tax for year in found.tax_years)
    moved = found.months[-1].equity - found.months[0].equity
    later = found.months[1:]
    assert moved == sum(one.result - one.village + one.funds for one in later)
    assert sum(due for _available, due in debt_per_year(found)) == sum(
        one.debt_service for one in found.months
    )


@given(plans, st.integers(1, 5_000))
def test_less_sold_never_leaves_more_margin_where_goods_cost_less_than_they_bring(
    plan: Plan, less: int
) -> None:
    fair = {key: replace(unit, cost_share=5_000, losses=0) for key, unit in plan.units.items()
            if unit.driver == Driver.CUSTOMERS}  # fmt: skip
    base = project(replace(plan, units=fair))
    worse = project(replace(plan, units=fair), scenario=Scenario(sales_change=-less))
    assert all(w.margin <= b.margin for w, b in zip(worse.months, base.months, strict=True))
