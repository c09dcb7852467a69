"""A business plan with everything computed from it."""

from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.plan import Plan
from kopdesk.domain.plan_measures import Breaking, breaking_first
from kopdesk.domain.projection import PlanRules
from kopdesk.domain.records import RecordKey
from kopdesk.domain.scenarios import Outcome, outcomes
from kopdesk.usecases.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTold:
    """`outcomes`: the base first. `breaking`: what may become worse by least before it does not hold."""

    plan: Plan
    cooperative: str
    outcomes: tuple[Outcome, ...]
    breaking: tuple[Breaking, ...]


def told_plan(desk: Desk, plan_id: UUID) -> PlanTold:
    """No tax is counted yet, whatever `tax_option` says.

    Raises RecordNotFound, and InvalidField naming what the plan lacks to be computed.
    """
    key = RecordKey("plan", plan_id)
    with desk.database.reading() as work:
        stored = work.records.find(key)
        if stored is None or not stored.layers or stored.shown.get(DELETED) is True:
            raise RecordNotFound(key.type, key.id)
        assert stored.cooperative_id is not None, "a plan is of a cooperative"
        plan = Plan.from_leaves(plan_id, stored.cooperative_id, stored.shown)
        profile = work.records.find(RecordKey("cooperative", stored.cooperative_id))
    rules = PlanRules()
    return PlanTold(
        plan=plan,
        cooperative=str(profile.shown.get("name") or "") if profile else "",
        outcomes=outcomes(plan, rules),
        breaking=breaking_first(plan, rules),
    )
