"""What a plan comes to: its flows are its cash without financing; what breaks it first is found."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from kopdesk.domain.plan import Driver, Loan, Plan, Schedule, Staff
from kopdesk.domain.plan_measures import breaking_first, measures, project_flows
from kopdesk.domain.projection import PlanRules, project
from tests.domain.test_projection import GAS, a_plan, plans

RULES = PlanRules()


@given(plans)
def test_the_flows_are_the_cash_of_the_projection_without_loans_and_funds(plan: Plan) -> None:
    months = project(plan).months
    flows = project_flows(months)
    before = plan.opening_cash or 0
    held = flows[0]
    for at, one in enumerate(months[:-1]):
        held += flows[at + 1] + one.drawn + one.funds - one.debt_service
        assert one.cash - before == held


def test_the_flows_come_back_to_what_is_earned_less_what_is_bought() -> None:
    """Rp6.900.000 of shelves; nothing stays tied up in goods at the end."""
    months = project(a_plan()).months
    assert sum(project_flows(months)) == sum(one.available for one in months) - 6_900_000


def test_the_load_is_the_heaviest_instalment_against_what_a_month_of_that_year_earns() -> None:
    plan = a_plan(units={"lpg": GAS}, staff={"a": Staff(people=1, monthly_pay=1_400_000)}, loans={
        "utama": Loan(amount=60_000_000, annual_rate=600, tenor_months=60, schedule=Schedule.FLAT),
    })  # fmt: skip
    found = measures(plan, project(plan))
    assert found.load is not None
    assert (found.load.instalment, found.load.earned) == (1_300_000, 2_500_000 - 1_400_000 - 300_000)
    assert found.load.gap == 500_000
    assert found.least_dscr == Fraction(800_000 * 12, 1_300_000 * 12)
    assert not found.holds


def test_a_year_in_which_nothing_is_due_has_no_ratio() -> None:
    plan = a_plan(loans={})
    found = measures(plan, project(plan))
    assert found.dscr == (None, None, None)
    assert (found.least_dscr, found.load) == (None, None)


def test_the_lowest_cash_is_named_with_its_month() -> None:
    plan = a_plan()
    found = measures(plan, project(plan))
    by_month = {one.month: one.cash for one in project(plan).months}
    assert found.lowest_cash == min(by_month.values())
    assert by_month[found.lowest_cash_month] == found.lowest_cash


def test_at_the_break_even_revenue_the_second_year_earns_nothing() -> None:
    plan = a_plan(units={"lpg": replace(GAS, drivers={"cylinders": 1_000, "margin": 2_500, "price": 20_000})})
    found = measures(plan, project(plan))
    second = project(plan).months[12:24]
    fixed = sum(one.staff + one.expenses + one.depreciation + one.interest for one in second)
    assert found.break_even is not None
    assert abs(found.break_even * 12 * Fraction(2_500, 20_000) - fixed) <= 12


def test_where_every_sale_loses_there_is_no_break_even() -> None:
    plan = a_plan(units={"sembako": replace(a_plan().units["sembako"], cost_share=10_500)})
    assert measures(plan, project(plan)).break_even is None


def test_what_breaks_it_first_is_at_the_edge_of_holding() -> None:
    plan = a_plan(opening_cash=40_000_000)
    found = breaking_first(plan, RULES)
    assert found == tuple(sorted(found, key=lambda one: (one.margin, one.path)))
    assert {one.path for one in found} == {
        "units/sembako/drivers/customers",
        "units/sembako/drivers/frequency",
        "units/sembako/drivers/basket",
        "units/sembako/cost_share",
        "units/lpg/drivers/cylinders",
        "units/lpg/drivers/margin",
        "staff",
        "expenses",
    }
    first = found[0]
    assert first.path == "units/sembako/cost_share"
    assert 0 < first.margin < 9_500
    share = plan.units["sembako"].cost_share or 0

    def holds(by: int) -> bool:
        dearer = replace(plan.units["sembako"], cost_share=share * (10_000 + by) // 10_000)
        changed = replace(plan, units={**plan.units, "sembako": dearer})
        return measures(changed, project(changed)).holds

    assert holds(first.margin)
    assert not holds(first.margin + 10)


def test_a_cost_of_a_unit_is_worse_when_it_rises() -> None:
    local = replace(GAS, driver=Driver.LOCAL, drivers={"quantity": 90, "price": 90_000, "unit_cost": 40_000})
    plan = a_plan(units={"ikan": local}, loans={})
    by_path = {one.path: one.margin for one in breaking_first(plan, RULES)}
    assert 0 < by_path["units/ikan/drivers/unit_cost"] < 9_500


@pytest.mark.parametrize("pay", [9_000_000, 90_000_000])
def test_of_a_plan_that_does_not_hold_nothing_may_become_worse(pay: int) -> None:
    plan = a_plan(staff={"a": Staff(people=1, monthly_pay=pay)})
    assert {one.margin for one in breaking_first(plan, RULES)} == {0}
