"""Which financing schemes there are and were, their limits, and what units of other villages earn."""

from dataclasses import fields
from pathlib import Path

from kopdesk.domain.plan_units import DRIVERS
from kopdesk.domain.plan_warnings import Range, Scheme
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

PACK = "financing"
_FIGURES = {"revenue", *(name for names in DRIVERS.values() for name in names)}


class _Scheme(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scheme; what it does not limit is left out."""

    key: str
    name: str
    ceiling: int | None = None
    expenses_cap: int | None = None
    annual_rate: int | None = None
    longest_tenor: int | None = None
    least_grace: int | None = None
    longest_grace: int | None = None


class _Range(Dated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a figure of a type of unit was elsewhere."""

    unit: str
    figure: str
    least: int
    most: int


class _FinancingPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schemes: tuple[_Scheme, ...]
    ranges: tuple[_Range, ...]


def financing(own: Path | None = None) -> tuple[tuple[Scheme, ...], tuple[Range, ...], str]:
    """Schemes, ranges, and what the pack is called, "financing 2026-11-27". Raises RuleFault."""
    place = own or pack_path(PACK)
    pack = read_pack(PACK, _FinancingPack, place)
    check_sources(place, pack, [(one.key, one) for one in pack.schemes])
    check_sources(place, pack, [(f"{one.unit} {one.figure}", one) for one in pack.ranges])
    check_once(place, [one.key for one in pack.schemes])
    check_once(place, [f"{one.unit} {one.figure}" for one in pack.ranges])
    for one in pack.ranges:
        if one.figure not in _FIGURES or one.least > one.most:
            raise RuleFault(place, f"{one.unit} {one.figure}: least, most")
    return (
        tuple(_scheme(one) for one in pack.schemes),
        tuple(_range(pack, one) for one in pack.ranges),
        f"{pack.pack} {pack.version}",
    )


def _scheme(one: _Scheme) -> Scheme:
    same = {field.name: getattr(one, field.name) for field in fields(Scheme) if hasattr(one, field.name)}
    return Scheme(**same, is_contested=one.status is Status.CONTESTED)


def _range(pack: _FinancingPack, one: _Range) -> Range:
    source = pack.sources[one.sources[0]] if one.sources else ""
    return Range(unit=one.unit, figure=one.figure, least=one.least, most=one.most, source=source)
