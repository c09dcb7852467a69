"""What a business plan counts for the state, and what it asks about the village."""

from dataclasses import dataclass
from pathlib import Path

from kopdesk.domain.plan_tax_warnings import VillageRule
from kopdesk.domain.plan_taxes import TaxRules
from kopdesk.domain.rounding import BASIS_POINTS, MONTHS
from kopdesk.rules.packs import (
    Dated,
    Pack,
    RuleFault,
    Status,
    check_once,
    check_sources,
    pack_path,
    read_pack,
)

PACK = "taxes"


class _Announced(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An extension that was told and is not counted."""

    until_year: int


class _Final(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of the turnover."""

    rate: int
    limit: int
    years: int
    until_year: int | None = None
    announced: _Announced | None = None


class _Corporate(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of the income."""

    rate: int
    reduction: int
    reduced_turnover: int
    reduction_limit: int
    paid_after_months: int


class _VillageShare(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a regulation wants the village to have of the result, at least."""

    key: str
    name: str
    least: int


class _TaxPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    final: _Final
    corporate: _Corporate
    village_shares: tuple[_VillageShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTaxes:
    """`version`: what the pack is called, "taxes 2026-11-27"."""

    taxes: TaxRules
    village_rules: tuple[VillageRule, ...]
    version: str


def taxes(own: Path | None = None) -> PlanTaxes:
    """Raises RuleFault."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, _TaxPack, place)
    check_sources(place, pack, [("final", pack.final), ("corporate", pack.corporate)])
    if pack.final.announced is not None:
        check_sources(place, pack, [("announced", pack.final.announced)])
    check_sources(place, pack, [(one.key, one) for one in pack.village_shares])
    check_once(place, [one.key for one in pack.village_shares])
    _check_figures(place, pack)
    return PlanTaxes(
        taxes=_rules(pack),
        village_rules=tuple(_village(one) for one in pack.village_shares),
        version=f"{pack.pack} {pack.version}",
    )


def _check_figures(place: Path, pack: _TaxPack) -> None:
    """A share of more than all, a limit below nought, a thirteenth month. Raises RuleFault."""
    final, corporate = pack.final, pack.corporate
    shares = {
        "final: rate": final.rate,
        "corporate: rate": corporate.rate,
        "corporate: reduction": corporate.reduction,
        **{f"{one.key}: least": one.least for one in pack.village_shares},
    }
    for name, value in shares.items():
        if not 0 <= value <= BASIS_POINTS:
            raise RuleFault(place, name)
    limits = {
        "final: limit": final.limit,
        "final: years": final.years,
        "corporate: reduced_turnover": corporate.reduced_turnover,
        "corporate: reduction_limit": corporate.reduction_limit - corporate.reduced_turnover,
    }
    for name, value in limits.items():
        if value < 0:
            raise RuleFault(place, name)
    if not 1 <= corporate.paid_after_months < MONTHS:
        raise RuleFault(place, "corporate: paid_after_months")


def _rules(pack: _TaxPack) -> TaxRules:
    final, corporate = pack.final, pack.corporate
    return TaxRules(
        final_rate=final.rate,
        final_limit=final.limit,
        final_years=final.years,
        final_until=final.until_year,
        announced_until=final.announced.until_year if final.announced else None,
        income_rate=corporate.rate,
        reduction=corporate.reduction,
        reduced_turnover=corporate.reduced_turnover,
        reduction_limit=corporate.reduction_limit,
        paid_after_months=corporate.paid_after_months,
    )


def _village(one: _VillageShare) -> VillageRule:
    return VillageRule(
        name=one.name,
        least=one.least,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        is_contested=one.status is Status.CONTESTED,
    )
