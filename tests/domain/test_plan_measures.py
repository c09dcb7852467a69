"""What a plan comes to: its flows are its cash without financing; what breaks it first is found."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Drawdown, Driver, Investment, Loan, Plan, Schedule, Staff
from kopdesk.domain.plan_measures import breaking_first, measures, project_flows
from kopdesk.domain.projection import PlanRules, project
from kopdesk.domain.scenarios import outcomes
from tests.domain.test_projection import GAS, TAXES, a_plan, plans

RULES = PlanRules(taxes=TAXES, registered_in=2026)


@given(plans)
def test_the_flows_are_the_cash_of_the_projection_without_loans_and_funds(plan: Plan) -> None:
    months = project(plan, RULES).months
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
        "loans/utama/amount",
    }
    dearer = next(one for one in found if one.path == "units/sembako/cost_share")
    assert found[0] == dearer
    share = plan.units["sembako"].cost_share or 0
    edge = dearer.margin or 0
    assert 0 < edge < 9_500

    def holds(by: int) -> bool:
        unit = replace(plan.units["sembako"], cost_share=share * (10_000 + by) // 10_000)
        return holds_as(replace(plan, units={**plan.units, "sembako": unit}))

    assert holds(edge)
    assert not holds(edge + 10)


def holds_as(plan: Plan) -> bool:
    return measures(plan, project(plan, RULES)).holds


def test_a_cost_of_a_unit_is_worse_when_it_rises() -> None:
    local = replace(GAS, driver=Driver.LOCAL, drivers={"quantity": 90, "price": 90_000, "unit_cost": 40_000})
    plan = a_plan(units={"ikan": local}, loans={})
    by_path = {one.path: one.margin for one in breaking_first(plan, RULES)}
    assert 0 < (by_path["units/ikan/drivers/unit_cost"] or 0) < 9_500


def too_heavy() -> Plan:
    """Rp300 million are borrowed for shelves; the instalment is half as much again as what is earned."""
    shelves = Investment(quantity=1, unit_price=280_000_000, life_months=120, loan="utama")
    loan = Loan(
        amount=300_000_000, annual_rate=600, tenor_months=60, schedule=Schedule.ANNUITY,
        drawdowns={
            "a": Drawdown(drawn_on=date(2027, 1, 5), amount=180_000_000),
            "b": Drawdown(drawn_on=date(2027, 2, 5), amount=120_000_000),
        },
    )  # fmt: skip
    return a_plan(loans={"utama": loan}, investments={"rak": shelves}, opening_cash=60_000_000)


def test_a_plan_that_does_not_hold_is_told_what_would_mend_it() -> None:
    plan = too_heavy()
    assert not holds_as(plan)
    loan = next(one for one in breaking_first(plan, RULES) if one.path == "loans/utama/amount")
    assert loan.margin is not None
    assert -9_500 < loan.margin < 0

    def smaller(by: int) -> Plan:
        """Stages and what is bought shrink with it."""
        part = 10_000 + by
        old = plan.loans["utama"]
        stages = {
            key: replace(one, amount=(one.amount or 0) * part // 10_000) for key, one in old.drawdowns.items()
        }
        loan = replace(old, drawdowns=stages, amount=sum(one.amount or 0 for one in stages.values()))
        shelves = replace(plan.investments["rak"], unit_price=280_000_000 * part // 10_000)
        return replace(plan, loans={"utama": loan}, investments={"rak": shelves})

    assert holds_as(smaller(loan.margin))
    assert not holds_as(smaller(loan.margin + 20))


def test_what_cannot_mend_a_plan_alone_comes_last() -> None:
    found = breaking_first(replace(too_heavy(), opening_cash=-(10**9)), RULES)
    assert {one.margin for one in found} == {None}
    mixed = [one.margin for one in breaking_first(too_heavy(), RULES)]
    assert mixed == sorted(mixed, key=lambda margin: (margin is None, abs(margin or 0)))
    assert None in mixed


def test_a_loan_is_a_cost_and_a_customer_is_not() -> None:
    costs = {one.path for one in breaking_first(too_heavy(), RULES) if one.is_cost}
    assert costs == {"staff", "expenses", "loans/utama/amount", "units/sembako/cost_share"}


@pytest.mark.parametrize("hostile", [0, -1, 10_000, -10_000, 2**63 - 1, -(2**63)])
def test_no_number_makes_a_plan_fail_or_run_for_ever(hostile: int) -> None:
    plan = replace(too_heavy(), discount_rate=1_000, months=36, village_share=2_000)
    leaves = plan.to_leaves()
    refused = {}
    for path, value in leaves.items():
        if type(value) is int:
            changed = Plan.from_leaves(plan.id, plan.cooperative_id, {**leaves, path: hostile})
            try:
                outcomes(changed, RULES)
            except InvalidField as error:
                refused[path] = error.path
    assert all(told.split("/")[0] == path.split("/")[0] for path, told in refused.items()), refused
