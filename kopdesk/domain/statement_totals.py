"""The totals of a statement and the identities between them, which SIMKOPDES does not enforce."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    TAX_KEY,
    UnitResult,
)

REVENUE_PARTS = ("member_revenue", "other_revenue", "member_sundry", "other_sundry")
COST_PARTS = ("member_cost", "other_cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All in whole rupiah. Reference: institution.md §1.6, recomputed on 261 sample reports.

    `assets` = Σ assets − the three contra accounts; `net_revenue` = Σ revenue − Σ cost of sales + investment
    income; `result_before_tax` = `net_revenue` − `expenses`; `result` = that less tax.
    """

    assets: int
    liabilities: int
    equity: int
    revenue: int
    member_revenue: int
    cost_of_sales: int
    net_revenue: int
    expenses: int
    result_before_tax: int
    tax: int
    result: int

    @property
    def imbalance(self) -> int:
        """Assets less liabilities and equity: nought in a statement that balances."""
        return self.assets - self.liabilities - self.equity


STATED: Mapping[str, str] = MappingProxyType(
    {
        "total_aset": "assets",
        "total_liabilitas": "liabilities",
        "total_ekuitas": "equity",
        "total_pendapatan": "net_revenue",
        "total_beban": "expenses",
        "shu_sebelum_pajak": "result_before_tax",
        "shu_tahun_berjalan": "result",
    }
)
"""Which total a printed one is compared with."""


def totals(
    position: Mapping[str, int], results: Mapping[str, int], units: Mapping[str, UnitResult]
) -> Totals:
    """Of a statement or a budget; what is not filled is nought."""
    revenue = _parts(units.values(), REVENUE_PARTS)
    cost = _parts(units.values(), COST_PARTS)
    net_revenue = revenue - cost + _sum(results, INCOME_KEYS)
    expenses = _parts(units.values(), ("expenses",)) + _sum(results, EXPENSE_KEYS)
    tax = results.get(TAX_KEY, 0)
    return Totals(
        assets=_sum(position, ASSET_KEYS) - _sum(position, CONTRA_ASSET_KEYS),
        liabilities=_sum(position, LIABILITY_KEYS),
        equity=_sum(position, EQUITY_KEYS),
        revenue=revenue,
        member_revenue=_parts(units.values(), ("member_revenue", "member_sundry")),
        cost_of_sales=cost,
        net_revenue=net_revenue,
        expenses=expenses,
        result_before_tax=net_revenue - expenses,
        tax=tax,
        result=net_revenue - expenses - tax,
    )


def unit_result(unit: UnitResult) -> int:
    """What one unit earned, before what all units share."""
    return _parts([unit], REVENUE_PARTS) - _parts([unit], COST_PARTS) - (unit.expenses or 0)


def _sum(amounts: Mapping[str, int], keys: Iterable[str]) -> int:
    return sum(amounts.get(key, 0) for key in keys)


def _parts(units: Iterable[UnitResult], parts: Iterable[str]) -> int:
    names = tuple(parts)
    return sum(getattr(unit, name) or 0 for unit in units for name in names)
