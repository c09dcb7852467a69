"""What a count of goods comes to: pieces and rupiah that lack, what cannot be sold, and gas cylinders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kopdesk.domain.book_check import Condition, StockItem


@dataclass(frozen=True, slots=True, kw_only=True)
class StockResult:
    """`missing_thousandths` and `difference` (rupiah, at cost): counted less card, None if one is not known.

    `value`: what was counted, at cost; `cylinders`: full and empty less owned.
    """

    missing_thousandths: int | None
    difference: int | None
    value: int | None
    is_expired: bool
    is_sellable: bool
    cylinders: int | None


def stock_result(item: StockItem, on: date) -> StockResult:
    """Reference: finance.md §3.3. Rupiah are rounded half up once, after multiplying.

    Goods that are damaged or expired are counted and have no value.
    """
    is_expired = item.condition == Condition.EXPIRED or (item.expires_on is not None and item.expires_on < on)
    is_sellable = not is_expired and item.condition != Condition.DAMAGED
    pieces, known = counted_pieces(item), item.book_thousandths
    missing = None if pieces is None or known is None else pieces - known
    return StockResult(
        missing_thousandths=missing,
        difference=_at_cost(missing, item.unit_cost),
        value=_at_cost(pieces if is_sellable or pieces is None else 0, item.unit_cost),
        is_expired=is_expired,
        is_sellable=is_sellable,
        cylinders=_cylinders(item),
    )


def counted_pieces(item: StockItem) -> int | None:
    """What was counted, in thousandths; of gas what the full cylinders are."""
    if item.counted_thousandths is not None:
        return item.counted_thousandths
    return item.full_cylinders * 1000 if item.full_cylinders is not None else None


def stock_value(items: Iterable[StockItem], on: date) -> int:
    """What all of it is worth at cost."""
    return sum(stock_result(item, on).value or 0 for item in items)


def _at_cost(thousandths: int | None, unit_cost: int | None) -> int | None:
    if thousandths is None or unit_cost is None:
        return None
    return (thousandths * unit_cost + 500) // 1000


def _cylinders(item: StockItem) -> int | None:
    if item.owned_cylinders is None or item.full_cylinders is None or item.empty_cylinders is None:
        return None
    return item.full_cylinders + item.empty_cylinders - item.owned_cylinders
