"""A business plan, measured: python -m tests.benchmarks.plans."""

from statistics import median
from time import perf_counter
from uuid import UUID

from kopdesk.domain.plan import (
    Drawdown,
    Driver,
    Expense,
    Grace,
    Investment,
    Loan,
    Plan,
    Scenario,
    Schedule,
    Staff,
    Unit,
)
from kopdesk.domain.plan_measures import breaking_first
from kopdesk.domain.projection import PlanRules
from kopdesk.domain.scenarios import outcomes
from kopdesk.rules.taxes import taxes

TIMES = 30
RULES = PlanRules(taxes=taxes().taxes, registered_in=2025)


def large_plan() -> Plan:
    """Eight units, 40 assumptions and more, three loans over 72 months, five scenarios."""
    shop = Unit(
        driver=Driver.CUSTOMERS,
        drivers={"customers": 260, "frequency": 6, "basket": 31_000},
        cost_share=8_900, losses=60, growth=500, member_share=6_000,
        stock_days=18, receivable_days=5, payable_days=7, seasons={"03": 12_000, "12": 14_000},
    )  # fmt: skip
    units = {f"gerai{at}": shop for at in range(4)} | {
        "lpg": Unit(driver=Driver.CYLINDERS, drivers={"cylinders": 700, "margin": 2_500}),
        "pupuk": Unit(driver=Driver.TONNES, drivers={"tonnes": 12, "margin": 210_000}),
        "usp": Unit(driver=Driver.LOAN_BOOK, drivers={"loans": 80_000_000, "monthly_rate": 100}),
        "gudang": Unit(driver=Driver.STORAGE, drivers={"capacity": 40, "occupancy": 6_000, "fee": 90_000}),
    }
    loan = Loan(
        amount=150_000_000, annual_rate=600, tenor_months=72, grace_months=6, grace=Grace.INTEREST_ONLY,
        schedule=Schedule.ANNUITY, round_to=100,
        drawdowns={"a": Drawdown(amount=150_000_000)},
    )  # fmt: skip
    return Plan(
        id=UUID(int=1),
        cooperative_id=UUID(int=2),
        starts_in="2027-01",
        opening_cash=40_000_000,
        discount_rate=1_000,
        village_share=2_000,
        inflation=300,
        units=units,
        staff={f"s{at}": Staff(people=1, monthly_pay=1_400_000) for at in range(4)},
        expenses={f"b{at}": Expense(monthly_amount=300_000) for at in range(6)},
        investments={
            f"i{at}": Investment(quantity=2, unit_price=9_000_000, life_months=60) for at in range(6)
        },
        loans=dict.fromkeys(("a", "b", "c"), loan),
        scenarios={"own": Scenario(name="Pasar ramai", sales_change=1_000)},
    )


def recalculation_ms(plan: Plan) -> float:
    """All scenarios with their measures, the middle of many."""
    took = []
    for _time in range(TIMES):
        begin = perf_counter()
        outcomes(plan, RULES)
        took.append((perf_counter() - begin) * 1_000)
    return median(took)


if __name__ == "__main__":
    plan = large_plan()
    found = outcomes(plan, RULES)
    print(f"{len(plan.units)} units, {len(found[0].projection.months)} months, {len(found)} scenarios: "
          f"{recalculation_ms(plan):.0f} ms")  # fmt: skip
    begin = perf_counter()
    breaking_first(plan, RULES)
    print(f"what breaks it first: {(perf_counter() - begin) * 1_000:.0f} ms")
