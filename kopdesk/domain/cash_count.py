"""The count of one till: notes and coins, what is not cash, and what the book says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.signature import Signature


class NotCash(StrEnum):
    """What lies in the drawer and is listed, but does not count as cash."""

    IOU = "iou"
    POSTDATED_CHEQUE = "postdated_cheque"
    CHEQUE = "cheque"
    STAMP = "stamp"
    REVOKED_MONEY = "revoked_money"
    OTHER = "other"


class Direction(StrEnum):
    """Into the till or out of it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherItem:
    """Something in the till that is not cash."""

    kind: str | None = leaf(Kind.CODE, choices=NotCash)
    text: str | None = leaf(Kind.LINE)
    amount: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A receipt that is not in the book yet."""

    number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    dated_on: date | None = leaf(Kind.DATE)
    text: str | None = leaf(Kind.LINE)
    direction: str | None = leaf(Kind.CODE, choices=Direction)
    amount: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCount:
    """One till. Totals and the difference are computed, never kept.

    `received_since` and `paid_since` roll the count back when it was made after the balance date.
    """

    name: str | None = leaf(Kind.LINE)
    outlet_id: UUID | None = leaf(Kind.REFERENCE)
    custodian: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    counted_on: date | None = leaf(Kind.DATE)
    counted_time: str | None = leaf(Kind.TIME)
    place: str | None = leaf(Kind.LINE)
    unannounced: bool | None = leaf(Kind.FLAG)
    balance_on: date | None = leaf(Kind.DATE)
    book_balance: int | None = leaf(Kind.MONEY)
    received_since: int | None = leaf(Kind.MONEY)
    paid_since: int | None = leaf(Kind.MONEY)
    tolerance: int | None = leaf(Kind.MONEY)
    limit: int | None = leaf(Kind.MONEY)
    last_voucher_in: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    last_voucher_out: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    previous_count_on: date | None = leaf(Kind.DATE)
    cause: str | None = leaf(Kind.TEXT)
    returned: bool | None = leaf(Kind.FLAG)
    note: Mapping[str, int] = values(Kind.COUNT)  # pieces by denomination
    coin: Mapping[str, int] = values(Kind.COUNT)
    others: Mapping[str, OtherItem] = rows(OtherItem)
    vouchers: Mapping[str, Voucher] = rows(Voucher)
    signatures: Mapping[str, Signature] = rows(Signature)
