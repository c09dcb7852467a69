"""A plan under other assumptions, side by side: the usual four and those the plan names itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kopdesk.domain.plan import Plan, Scenario
from kopdesk.domain.plan_measures import Measures, measures
from kopdesk.domain.projection import PlanRules, Projection, project, schedules_of


class Usual(StrEnum):
    """Asked of every plan. Reference: finance.md §5.5."""

    BASE = "base"
    FEWER_SALES = "fewer_sales"
    DEARER_GOODS = "dearer_goods"
    LATE_START = "late_start"


USUAL: Mapping[Usual, Scenario] = {
    Usual.BASE: Scenario(),
    Usual.FEWER_SALES: Scenario(sales_change=-2_000),
    Usual.DEARER_GOODS: Scenario(cost_change=200),
    Usual.LATE_START: Scenario(delay_months=2),
}
"""A fifth less sold; goods dearer by two hundredths of the price; open two months late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`key`: of `Usual`, or of the plan's own row."""

    key: str
    scenario: Scenario
    projection: Projection
    measures: Measures


def outcomes(plan: Plan, rules: PlanRules) -> tuple[Outcome, ...]:
    """The base first, then the other usual ones, then the plan's own by key where they differ from these.

    Raises InvalidField naming what the plan lacks.
    """
    schedules = schedules_of(plan)
    usual = tuple(USUAL.values())
    own = {k: row for k, row in sorted(plan.scenarios.items()) if replace(row, name=None) not in usual}
    found = []
    for key, scenario in [*((usual.value, row) for usual, row in USUAL.items()), *own.items()]:
        projection = project(plan, rules, scenario, schedules)
        found.append(
            Outcome(key=key, scenario=scenario, projection=projection, measures=measures(plan, projection))
        )
    return tuple(found)
