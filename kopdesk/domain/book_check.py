"""The bookkeeping check: books, cash, bank, stock, savings, loans, trial balance, conclusion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.finding import Finding
from kopdesk.domain.records import Record
from kopdesk.domain.signature import Addition, Correction, Signature
from kopdesk.domain.zones import Zone


class BookCheckState(StrEnum):
    """A concluded check is signed and stays."""

    DRAFT = "draft"
    CONCLUDED = "concluded"


class Conclusion(StrEnum):
    """The judgement over the books as a whole."""

    ORDERLY = "orderly"
    NEEDS_MENDING = "needs_mending"
    ABSENT = "absent"


class Quality(StrEnum):
    """How well a book is kept."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Side(StrEnum):
    """Whose balance a reconciling item corrects."""

    BANK = "bank"
    BOOK = "book"


class ReconcilingKind(StrEnum):
    """Why bank and book differ."""

    DEPOSIT_IN_TRANSIT = "deposit_in_transit"
    OUTSTANDING_CHEQUE = "outstanding_cheque"
    INCOMING_TRANSFER = "incoming_transfer"
    INTEREST = "interest"
    FEE = "fee"
    INTEREST_TAX = "interest_tax"
    ERROR = "error"


class Condition(StrEnum):
    """Whether goods can still be sold."""

    GOOD = "good"
    DAMAGED = "damaged"
    EXPIRED = "expired"


class InstalmentPeriod(StrEnum):
    """How often a loan is paid back; the ageing grades depend on it."""

    UNDER_A_MONTH = "under_a_month"
    ONE_TO_THREE_MONTHS = "one_to_three_months"
    SIX_MONTHS_OR_MORE = "six_months_or_more"
    AT_MATURITY = "at_maturity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One administrative book; the key is its code in the rule pack."""

    exists: bool | None = leaf(Kind.FLAG)
    up_to_date: bool | None = leaf(Kind.FLAG)
    last_entry_on: date | None = leaf(Kind.DATE)
    quality: str | None = leaf(Kind.CODE, choices=Quality)
    photo_id: UUID | None = leaf(Kind.REFERENCE)
    note: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilingItem:
    """One reason why bank and book differ. Its kind says whether it is added; of errors the sign does."""

    side: str | None = leaf(Kind.CODE, choices=Side)
    kind: str | None = leaf(Kind.CODE, choices=ReconcilingKind)
    dated_on: date | None = leaf(Kind.DATE)
    text: str | None = leaf(Kind.LINE)
    amount: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReconciliation:
    """One account, both balances and what stands between them."""

    account_number: str | None = leaf(Kind.DIGITS)
    bank_name: str | None = leaf(Kind.LINE)
    balance_on: date | None = leaf(Kind.DATE)
    bank_balance: int | None = leaf(Kind.MONEY)
    book_balance: int | None = leaf(Kind.MONEY)
    document_id: UUID | None = leaf(Kind.REFERENCE)
    items: Mapping[str, ReconcilingItem] = rows(ReconcilingItem)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItem:
    """One article. Quantities in thousandths of the unit, because rice is sold by weight.

    `account`: number of the stock account in the trial balance.
    """

    name: str | None = leaf(Kind.LINE)
    unit: str | None = leaf(Kind.LINE)
    outlet_id: UUID | None = leaf(Kind.REFERENCE)
    book_thousandths: int | None = leaf(Kind.COUNT)
    counted_thousandths: int | None = leaf(Kind.COUNT)
    unit_cost: int | None = leaf(Kind.MONEY)
    condition: str | None = leaf(Kind.CODE, choices=Condition)
    expires_on: date | None = leaf(Kind.DATE)
    full_cylinders: int | None = leaf(Kind.COUNT)
    empty_cylinders: int | None = leaf(Kind.COUNT)
    owned_cylinders: int | None = leaf(Kind.COUNT)
    account: str | None = leaf(Kind.LINE)
    note: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingSample:
    """One member's savings: on the member's card and in the cooperative's book, by kind of saving."""

    member_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    member_name: str | None = leaf(Kind.LINE)
    confirmed: bool | None = leaf(Kind.FLAG)
    card: Mapping[str, int] = values(Kind.MONEY)
    book: Mapping[str, int] = values(Kind.MONEY)
    note: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanSample:
    """One member's loan and what its grade depends on. Months of arrears: one that has begun counts whole."""

    loan_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    member_name: str | None = leaf(Kind.LINE)
    is_officer: bool | None = leaf(Kind.FLAG)
    disbursed_on: date | None = leaf(Kind.DATE)
    due_on: date | None = leaf(Kind.DATE)
    principal: int | None = leaf(Kind.MONEY)
    card_balance: int | None = leaf(Kind.MONEY)
    book_balance: int | None = leaf(Kind.MONEY)
    instalment_period: str | None = leaf(Kind.CODE, choices=InstalmentPeriod)
    principal_arrears_months: int | None = leaf(Kind.COUNT)
    interest_arrears_months: int | None = leaf(Kind.COUNT)
    interest_owed: int | None = leaf(Kind.MONEY)
    collateral_value: int | None = leaf(Kind.MONEY)
    rescuable: bool | None = leaf(Kind.FLAG)
    doubtful_since: date | None = leaf(Kind.DATE)
    in_court: bool | None = leaf(Kind.FLAG)
    agreement_seen: bool | None = leaf(Kind.FLAG)
    confirmed: bool | None = leaf(Kind.FLAG)
    note: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalanceLine:
    """One account; the key is its number in the chart of accounts."""

    name: str | None = leaf(Kind.LINE)
    opening: int | None = leaf(Kind.MONEY)  # debit above nought, credit below
    debit: int | None = leaf(Kind.MONEY)
    credit: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCheck(Record):
    """Parts in any order, each may stay half done. Differences are computed, never kept.

    `reported_revenue`: reported for PPh Final from the start of the book year to the end of `period`.
    `cash_book_*`: foot of the cash book of the period. `stock_is_complete`: every article was counted, not
    some of them. `state_building_recorded`: a building put up under Inpres 17/2025 stands in the books as the
    cooperative's own.
    """

    state: str | None = leaf(Kind.CODE, choices=BookCheckState)
    period: str | None = leaf(Kind.MONTH)
    checked_on: date | None = leaf(Kind.DATE)
    zone: str | None = leaf(Kind.CODE, choices=Zone)
    visit_id: UUID | None = leaf(Kind.REFERENCE)
    rule_pack: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    rule_pack_version: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    members_in_book: int | None = leaf(Kind.COUNT)
    members_in_simkopdes: int | None = leaf(Kind.COUNT)
    quorum_base: int | None = leaf(Kind.COUNT)
    reported_revenue: int | None = leaf(Kind.MONEY)
    cash_book_opening: int | None = leaf(Kind.MONEY)
    cash_book_received: int | None = leaf(Kind.MONEY)
    cash_book_paid: int | None = leaf(Kind.MONEY)
    cash_book_balance: int | None = leaf(Kind.MONEY)
    savings_card_total: int | None = leaf(Kind.MONEY)
    loan_card_total: int | None = leaf(Kind.MONEY)
    stock_is_complete: bool | None = leaf(Kind.FLAG)
    state_building_recorded: bool | None = leaf(Kind.FLAG)
    conclusion: str | None = leaf(Kind.CODE, choices=Conclusion)
    summary: str | None = leaf(Kind.TEXT)
    recommendation: str | None = leaf(Kind.TEXT)
    due_on: date | None = leaf(Kind.DATE)
    concluded_at: datetime | None = leaf(Kind.INSTANT)
    signed_photo_id: UUID | None = leaf(Kind.REFERENCE)
    saving_totals: Mapping[str, int] = values(Kind.MONEY)  # all members' cards, by kind of saving
    books: Mapping[str, Book] = rows(Book)
    cash: Mapping[str, CashCount] = rows(CashCount)
    bank: Mapping[str, BankReconciliation] = rows(BankReconciliation)
    stock: Mapping[str, StockItem] = rows(StockItem)
    savings: Mapping[str, SavingSample] = rows(SavingSample)
    loans: Mapping[str, LoanSample] = rows(LoanSample)
    lines: Mapping[str, TrialBalanceLine] = rows(TrialBalanceLine)
    findings: Mapping[str, Finding] = rows(Finding)
    signatures: Mapping[str, Signature] = rows(Signature)
    corrections: Mapping[str, Correction] = rows(Correction)
    additions: Mapping[str, Addition] = rows(Addition)
