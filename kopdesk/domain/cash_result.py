"""What the count of a till comes to: counted, expected, and the difference between both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kopdesk.domain.cash_count import CashCount, Direction
from kopdesk.domain.errors import InvalidField


@dataclass(frozen=True, slots=True, kw_only=True)
class CashResult:
    """All in whole rupiah. None: the balance of the book is not known, so there is nothing to compare with.

    `counted`: notes and coins; `listed`: what lay in the till and is no cash, together with the money of
    `not_tender`, which does not count (any more), as "note/500"; `on_balance_day`: the cash counted, rolled
    back to the day of the balance; `unbooked`: vouchers not in the book yet, in less out;
    `expected`: the book with them; `difference`: above nought there is too much, below too little.
    """

    counted: int
    listed: int
    not_tender: tuple[str, ...]
    on_balance_day: int
    unbooked: int
    expected: int | None
    difference: int | None
    is_within_tolerance: bool | None


def cash_result(count: CashCount, tender: Collection[tuple[str, int]] | None = None) -> CashResult:
    """Reference: finance.md §3.1, kas_t = kas_count + keluar − masuk and selisih = fisik − buku.

    IOUs, stamps, cheques and money that was revoked are listed and never counted. `tender`: kind and rupiah
    of the notes and coins that count on the day; None: whatever was counted counts. The tolerance is Rp0
    where none was agreed. Raises InvalidField for a denomination that is no amount.
    """
    pieces = {**_pieces("note", count.note), **_pieces("coin", count.coin)}
    refused = {one: worth for one, worth in pieces.items() if tender is not None and one not in tender}
    counted = sum(pieces.values()) - sum(refused.values())
    on_balance_day = counted + (count.paid_since or 0) - (count.received_since or 0)
    unbooked = sum(
        (voucher.amount or 0) * (1 if voucher.direction == Direction.IN else -1)
        for voucher in count.vouchers.values()
        if voucher.direction in tuple(Direction)
    )
    expected = None if count.book_balance is None else count.book_balance + unbooked
    difference = None if expected is None else on_balance_day - expected
    return CashResult(
        counted=counted,
        listed=sum(item.amount or 0 for item in count.others.values()) + sum(refused.values()),
        not_tender=tuple(f"{kind}/{amount}" for (kind, amount), worth in sorted(refused.items()) if worth),
        on_balance_day=on_balance_day,
        unbooked=unbooked,
        expected=expected,
        difference=difference,
        is_within_tolerance=None if difference is None else abs(difference) <= (count.tolerance or 0),
    )


def _pieces(kind: str, pieces: Mapping[str, int]) -> dict[tuple[str, int], int]:
    """What the pieces of each denomination are worth."""
    found: dict[tuple[str, int], int] = {}
    for denomination, number in pieces.items():
        if not (denomination.isascii() and denomination.isdigit() and int(denomination)):
            raise InvalidField(f"{kind}/{denomination}", "not_a_whole_number")
        amount = int(denomination)
        found[kind, amount] = found.get((kind, amount), 0) + amount * number
    return found
