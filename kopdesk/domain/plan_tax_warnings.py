"""Where what a plan says about tax and the village does not fit its years, its turnover or a regulation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kopdesk.domain.plan import Plan, TaxOption
from kopdesk.domain.plan_taxes import TaxYear, tax_option
from kopdesk.domain.plan_warnings import PlanWarning, Warned
from kopdesk.domain.projection import PlanRules, Projection

_OPTION, _VILLAGE = "tax_option", "village_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageRule:
    """A regulation that wants the village to have at least so many basis points of a year's result."""

    name: str
    least: int
    valid_from: date | None = None
    valid_until: date | None = None
    is_contested: bool = False

    def is_valid(self, day: date) -> bool:
        """Whether it may hold on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def tax_warnings(
    plan: Plan, projection: Projection, rules: PlanRules, village: Sequence[VillageRule], today: date
) -> tuple[Warned, ...]:
    """Of the base of a plan: what is not counted first, the village last."""
    found = [*_of_option(plan, rules), *_of_years(plan, projection.tax_years, rules)]
    share, day = plan.village_share or 0, plan.prepared_on or today
    for rule in village:
        if rule.is_valid(day) and share < rule.least:
            found.append(
                Warned(
                    warning=PlanWarning.VILLAGE_SHARE_LOW,
                    path=_VILLAGE,
                    scheme=rule.name,
                    given=share,
                    least=rule.least,
                    is_contested=rule.is_contested,
                )
            )
    return tuple(found)


def _of_option(plan: Plan, rules: PlanRules) -> Iterator[Warned]:
    if tax_option(plan) is TaxOption.NONE or rules.taxes is None:
        yield Warned(warning=PlanWarning.TAX_NOT_COUNTED, path=_OPTION)
    elif plan.tax_option and plan.tax_option not in tuple(TaxOption):
        yield Warned(warning=PlanWarning.TAX_OPTION_UNKNOWN, path=_OPTION, scheme=plan.tax_option)


def _of_years(plan: Plan, years: Sequence[TaxYear], rules: PlanRules) -> Iterator[Warned]:
    """Why the tax on turnover ends within the plan, and whether its years are known at all."""
    if tax_option(plan) is not TaxOption.FINAL or rules.taxes is None or not years:
        return
    registered = rules.registered_in
    if registered is None:
        yield Warned(warning=PlanWarning.REGISTRATION_UNKNOWN, path=_OPTION, year=years[0].year)
    by_income = next((one.year for one in years if not one.is_final), None)
    if by_income is None:
        return
    before = next((one for one in years if one.year == by_income - 1), None)
    if before is not None and before.turnover > rules.taxes.final_limit:
        yield Warned(
            warning=PlanWarning.TURNOVER_ABOVE_FINAL,
            path=_OPTION,
            given=before.turnover,
            most=rules.taxes.final_limit,
            year=before.year,
        )
        return
    announced = rules.taxes.announced_until
    yield Warned(
        warning=PlanWarning.FINAL_TAX_ENDS,
        path=_OPTION,
        given=rules.taxes.last_final_year(years[0].year if registered is None else registered),
        most=announced if announced and announced >= by_income else None,
        year=by_income,
    )
