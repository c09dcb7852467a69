"""A business plan with everything computed from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.plan import Plan
from kopdesk.domain.plan_measures import Breaking, breaking_first
from kopdesk.domain.plan_warnings import Warned, plan_warnings
from kopdesk.domain.projection import PlanRules
from kopdesk.domain.records import RecordKey
from kopdesk.domain.scenarios import Outcome, outcomes
from kopdesk.rules.current import Rules
from kopdesk.rules.packs import RuleFault
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.naming import cooperative_names


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTold:
    """`outcomes`: the base first. `breaking`: what may become worse by least before it does not hold.

    `rules`: the pack the warnings are by, "financing 2026-11-27"; `faults`: of a pack of the person's own.
    """

    plan: Plan
    cooperative: str
    nik: str
    outcomes: tuple[Outcome, ...]
    breaking: tuple[Breaking, ...]
    warnings: tuple[Warned, ...]
    rules: str
    faults: tuple[RuleFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in a list, with everything it is computed from."""

    plan: Plan
    cooperative: str


def list_plans(desk: Desk, cooperative_id: UUID | None = None) -> list[PlanLine]:
    """Of one cooperative or of all, by its name and the plan's id."""
    with desk.database.reading() as work:
        names = cooperative_names(work)
        found = [
            PlanLine(
                plan=Plan.from_leaves(stored.key.id, stored.cooperative_id, stored.shown),
                cooperative=names.get(stored.cooperative_id, ""),
            )
            for stored in work.records.list_all("plan")
            if stored.layers and stored.shown.get(DELETED) is not True
        ]
    wanted = [one for one in found if cooperative_id in (None, one.plan.cooperative_id)]
    return sorted(wanted, key=lambda one: (one.cooperative, one.plan.id))


def told_plan(desk: Desk, plan_id: UUID, rules: Rules, today: date) -> PlanTold:
    """Raises RecordNotFound, and InvalidField naming what the plan lacks to be computed."""
    key = RecordKey("plan", plan_id)
    with desk.database.reading() as work:
        stored = work.records.find(key)
        if stored is None or not stored.layers or stored.shown.get(DELETED) is True:
            raise RecordNotFound(key.type, key.id)
        assert stored.cooperative_id is not None, "a plan is of a cooperative"
        plan = Plan.from_leaves(plan_id, stored.cooperative_id, stored.shown)
        profile = work.records.find(RecordKey("cooperative", stored.cooperative_id))
    cooperative = str(profile.shown.get("name") or "") if profile else ""
    nik = str(profile.shown.get("nik") or "") if profile else ""
    return computed_plan(plan, cooperative, rules, today, nik=nik)


def computed_plan(
    plan: Plan, cooperative: str, rules: Rules, today: date, *, nik: str = "", with_breaking: bool = True
) -> PlanTold:
    """No tax is counted yet, whatever `tax_option` says. Without what breaks it first it takes 30 ms, with it
    half a second. Raises InvalidField naming what the plan lacks.
    """
    counted = PlanRules()
    found = outcomes(plan, counted)
    return PlanTold(
        plan=plan,
        cooperative=cooperative,
        nik=nik,
        outcomes=found,
        breaking=breaking_first(plan, counted) if with_breaking else (),
        warnings=plan_warnings(plan, found[0].projection, rules.schemes, rules.ranges, today),
        rules=rules.financing_version,
        faults=rules.faults,
    )
