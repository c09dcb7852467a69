"""A business plan with everything computed from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.plan import Plan, TaxOption
from kopdesk.domain.plan_measures import Breaking, breaking_first
from kopdesk.domain.plan_tax_warnings import tax_warnings
from kopdesk.domain.plan_taxes import tax_option
from kopdesk.domain.plan_warnings import Warned, plan_warnings
from kopdesk.domain.projection import PlanRules
from kopdesk.domain.records import RecordKey
from kopdesk.domain.scenarios import Outcome, outcomes
from kopdesk.rules.current import Rules
from kopdesk.rules.packs import RuleFault
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.naming import cooperative_names
from kopdesk.usecases.tax_registration import registered_years


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTold:
    """`outcomes`: the base first. `breaking`: what may become worse by least before it does not hold.

    `counted`: the rules of its figures; `rules`: the packs by name, "financing 2026-11-27; taxes 2026-11-27";
    `faults`: of a pack of the person's own.
    """

    plan: Plan
    cooperative: str
    nik: str
    outcomes: tuple[Outcome, ...]
    breaking: tuple[Breaking, ...]
    warnings: tuple[Warned, ...]
    counted: PlanRules
    rules: str
    faults: tuple[RuleFault, ...]

    @property
    def tax_is_counted(self) -> bool:
        """Unless the plan says that it is not to be."""
        return self.counted.taxes is not None and tax_option(self.plan) is not TaxOption.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in a list, with everything it is computed from."""

    plan: Plan
    cooperative: str
    registered_in: int | None = None


def list_plans(desk: Desk, cooperative_id: UUID | None = None) -> list[PlanLine]:
    """Of one cooperative or of all, by its name and the plan's id."""
    with desk.database.reading() as work:
        names = cooperative_names(work)
        registered = registered_years(work, cooperative_id)
        found = [
            PlanLine(
                plan=Plan.from_leaves(stored.key.id, stored.cooperative_id, stored.shown),
                cooperative=names.get(stored.cooperative_id, ""),
                registered_in=registered.get(stored.cooperative_id) if stored.cooperative_id else None,
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
        registered = registered_years(work, stored.cooperative_id).get(stored.cooperative_id)
    cooperative = str(profile.shown.get("name") or "") if profile else ""
    nik = str(profile.shown.get("nik") or "") if profile else ""
    return computed_plan(plan, cooperative, rules, today, nik=nik, registered_in=registered)


def counted_rules(rules: Rules, registered: int | None) -> PlanRules:
    """What the figures of a plan follow."""
    return PlanRules(taxes=rules.taxes.taxes, registered_in=registered)


def computed_plan(
    plan: Plan,
    cooperative: str,
    rules: Rules,
    today: date,
    *,
    nik: str = "",
    registered_in: int | None = None,
    with_breaking: bool = True,
) -> PlanTold:
    """Without what breaks it first it takes 30 ms, with it half a second. Raises InvalidField naming what the
    plan lacks.
    """
    counted = counted_rules(rules, registered_in)
    found = outcomes(plan, counted)
    return PlanTold(
        plan=plan,
        cooperative=cooperative,
        nik=nik,
        outcomes=found,
        breaking=breaking_first(plan, counted) if with_breaking else (),
        warnings=(
            *plan_warnings(plan, found[0].projection, rules.schemes, rules.ranges, today),
            *tax_warnings(plan, found[0].projection, counted, rules.taxes.village_rules, today),
        ),
        counted=counted,
        rules=rules.plan_version,
        faults=rules.faults,
    )
