"""From how many months of arrears a loan of a cooperative is substandard, doubtful or bad."""

from pathlib import Path

from kopdesk.domain.book_check import InstalmentPeriod
from kopdesk.domain.loan_grades import Arrears, Grade, GradeRules
from kopdesk.rules.packs import Dated, Pack, RuleFault, check_sources, pack_path, read_pack

PACK = "loan_ageing"


class _Months(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Above `over` and up to `until` months of arrears a loan with this instalment is substandard."""

    of: str
    instalment: InstalmentPeriod
    over: int
    until: int


class _Figure(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A single figure: months, or basis points."""

    value: int


class _Weight(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a grade counts in the weighted share, in basis points."""

    grade: Grade
    value: int


class _AgeingPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    arrears: tuple[_Months, ...]
    overdue_until_months: _Figure
    rescuable_collateral_basis_points: _Figure
    lost_collateral_basis_points: _Figure
    bad_after_months: _Figure
    weights: tuple[_Weight, ...]


def loan_ageing(own: Path | None = None) -> tuple[GradeRules, str]:
    """The rules and what they are called, "loan_ageing 2026-11-27". Raises RuleFault."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, _AgeingPack, place)
    figures = (
        "overdue_until_months",
        "rescuable_collateral_basis_points",
        "lost_collateral_basis_points",
        "bad_after_months",
    )
    check_sources(place, pack, [(f"{row.of} {row.instalment}", row) for row in pack.arrears])
    check_sources(place, pack, [(name, getattr(pack, name)) for name in figures])
    check_sources(place, pack, [(weight.grade, weight) for weight in pack.weights])
    for row in pack.arrears:
        if row.of not in ("principal", "interest") or not 0 <= row.over < row.until:
            raise RuleFault(place, f"{row.of} {row.instalment}: over, until")
    return _rules(pack), f"{pack.pack} {pack.version}"


def _rules(pack: _AgeingPack) -> GradeRules:
    def months(of: str) -> dict[str, Arrears]:
        rows = [row for row in pack.arrears if row.of == of]
        return {row.instalment.value: Arrears(over=row.over, until=row.until) for row in rows}

    return GradeRules(
        principal=months("principal"),
        interest=months("interest"),
        overdue_until=pack.overdue_until_months.value,
        rescuable_collateral=pack.rescuable_collateral_basis_points.value,
        lost_collateral=pack.lost_collateral_basis_points.value,
        bad_after_months=pack.bad_after_months.value,
        weights={weight.grade.value: weight.value for weight in pack.weights},
    )
