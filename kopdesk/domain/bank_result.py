"""What a bank reconciliation comes to: both balances corrected, and what stays between them."""

from dataclasses import dataclass
from datetime import date

from kopdesk.domain.book_check import BankReconciliation, ReconcilingItem, ReconcilingKind, Side

_ADDED = (ReconcilingKind.DEPOSIT_IN_TRANSIT, ReconcilingKind.INCOMING_TRANSFER, ReconcilingKind.INTEREST)
_TAKEN_OFF = (ReconcilingKind.OUTSTANDING_CHEQUE, ReconcilingKind.FEE, ReconcilingKind.INTEREST_TAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankResult:
    """All in whole rupiah; None where the balance is not known. `old`: keys of items older than allowed."""

    bank: int | None
    book: int | None
    difference: int | None
    old: tuple[str, ...]


def bank_result(account: BankReconciliation, today: date, oldest_days: int = 30) -> BankResult:
    """Reference: finance.md §3.2; both sides are corrected by their own items (`effect`).

    An item more than `oldest_days` old is a finding.
    """
    bank = _corrected(account.bank_balance, account, Side.BANK)
    book = _corrected(account.book_balance, account, Side.BOOK)
    return BankResult(
        bank=bank,
        book=book,
        difference=None if bank is None or book is None else bank - book,
        old=tuple(
            key
            for key, item in sorted(account.items.items())
            if (age := age_in_days(item, account.balance_on or today)) is not None and age > oldest_days
        ),
    )


def effect(item: ReconcilingItem) -> int:
    """What an item does to the balance of its side, in rupiah.

    Deposits in transit are added to the bank's balance and cheques not cashed yet taken off; interest and
    transfers are added to the book, fees and tax taken off, whichever sign was typed. Of an error, or an item
    of no kind, the sign counts.
    """
    amount = item.amount or 0
    if item.kind in _ADDED:
        return abs(amount)
    return -abs(amount) if item.kind in _TAKEN_OFF else amount


def age_in_days(item: ReconcilingItem, on: date) -> int | None:
    """How old an item was on the day of the balance."""
    return (on - item.dated_on).days if item.dated_on is not None else None


def _corrected(balance: int | None, account: BankReconciliation, side: Side) -> int | None:
    if balance is None:
        return None
    return balance + sum(effect(item) for item in account.items.values() if item.side == side)
