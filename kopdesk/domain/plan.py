"""A business plan: units and their drivers, staff, investment, loans and assumptions.

Every projected figure is computed from these; none is kept. Rates are basis points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.records import Record


class PlanState(StrEnum):
    """Written by the assistant, judged by PMO or Dinas."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"


class Driver(StrEnum):
    """What makes the revenue of a unit."""

    CUSTOMERS = "customers"  # customers × frequency × basket
    TONNES = "tonnes"  # tonnes × margin
    CYLINDERS = "cylinders"  # cylinders × margin
    LOAN_BOOK = "loan_book"  # loans out × rate or profit share
    TRANSACTIONS = "transactions"  # transactions × fee
    STORAGE = "storage"  # capacity × occupancy × fee
    LOCAL = "local"  # livestock, fish and what else the village has


class Schedule(StrEnum):
    """How a loan is paid back."""

    FLAT = "flat"
    ANNUITY = "annuity"
    SLIDING = "sliding"


class Grace(StrEnum):
    """What happens to interest before the first instalment."""

    INTEREST_ONLY = "interest_only"
    CAPITALISED = "capitalised"


class FundSource(StrEnum):
    """Where money comes from that is not borrowed."""

    SAVINGS = "savings"
    GRANT = "grant"
    INVESTOR = "investor"
    PARTNER = "partner"
    GOVERNMENT = "government"
    OTHER = "other"


class TaxOption(StrEnum):
    """How a plan counts income tax; `Plan.tax_option` may hold words of other programs."""

    FINAL = "final"  # of the turnover while that is allowed, then of the income
    CORPORATE = "corporate"  # of the income from the beginning
    NONE = "none"  # not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One line of business. `drivers` holds the assumptions its driver asks for, by name."""

    name: str | None = leaf(Kind.LINE)
    type: str | None = leaf(Kind.LINE)
    driver: str | None = leaf(Kind.CODE, choices=Driver)
    outlet_id: UUID | None = leaf(Kind.REFERENCE)
    starts_in: str | None = leaf(Kind.MONTH)
    member_share: int | None = leaf(Kind.BASIS_POINTS)
    cost_share: int | None = leaf(Kind.BASIS_POINTS)
    losses: int | None = leaf(Kind.BASIS_POINTS)
    growth: int | None = leaf(Kind.BASIS_POINTS)
    stock_days: int | None = leaf(Kind.COUNT)
    receivable_days: int | None = leaf(Kind.COUNT)
    payable_days: int | None = leaf(Kind.COUNT)
    source: str | None = leaf(Kind.TEXT)
    drivers: Mapping[str, int] = values(Kind.MONEY)
    seasons: Mapping[str, int] = values(Kind.BASIS_POINTS)  # by month 01–12


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One kind of work and its pay."""

    role: str | None = leaf(Kind.LINE)
    unit: str | None = leaf(Kind.LINE)
    people: int | None = leaf(Kind.COUNT)
    monthly_pay: int | None = leaf(Kind.MONEY)
    starts_in: str | None = leaf(Kind.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """Something bought to last (belanja modal)."""

    text: str | None = leaf(Kind.LINE)
    unit: str | None = leaf(Kind.LINE)
    quantity: int | None = leaf(Kind.COUNT)
    unit_price: int | None = leaf(Kind.MONEY)
    life_months: int | None = leaf(Kind.COUNT)
    bought_in: str | None = leaf(Kind.MONTH)
    loan: str | None = leaf(Kind.LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """Something spent month by month (belanja operasional)."""

    text: str | None = leaf(Kind.LINE)
    unit: str | None = leaf(Kind.LINE)
    account: str | None = leaf(Kind.LINE)
    monthly_amount: int | None = leaf(Kind.MONEY)
    starts_in: str | None = leaf(Kind.MONTH)
    ends_in: str | None = leaf(Kind.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawdown:
    """One stage in which a loan is paid out."""

    drawn_on: date | None = leaf(Kind.DATE)
    amount: int | None = leaf(Kind.MONEY)
    condition: str | None = leaf(Kind.LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One loan and its terms; the scheme's limits are in the rule packs."""

    lender: str | None = leaf(Kind.LINE)
    scheme: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    amount: int | None = leaf(Kind.MONEY)
    annual_rate: int | None = leaf(Kind.BASIS_POINTS)
    tenor_months: int | None = leaf(Kind.COUNT)
    grace_months: int | None = leaf(Kind.COUNT)
    grace: str | None = leaf(Kind.CODE, choices=Grace)
    schedule: str | None = leaf(Kind.CODE, choices=Schedule)
    instalment_day: int | None = leaf(Kind.COUNT)
    round_to: int | None = leaf(Kind.MONEY)
    actual_365: bool | None = leaf(Kind.FLAG)
    drawdowns: Mapping[str, Drawdown] = rows(Drawdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Money that need not be paid back by schedule."""

    source: str | None = leaf(Kind.CODE, choices=FundSource)
    text: str | None = leaf(Kind.LINE)
    amount: int | None = leaf(Kind.MONEY)
    received_in: str | None = leaf(Kind.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is changed against the base to see what breaks."""

    name: str | None = leaf(Kind.LINE)
    sales_change: int | None = leaf(Kind.BASIS_POINTS)
    cost_change: int | None = leaf(Kind.BASIS_POINTS)
    delay_months: int | None = leaf(Kind.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """The draft; what was submitted is frozen apart. `sections` holds the prose by section."""

    state: str | None = leaf(Kind.CODE, choices=PlanState)
    title: str | None = leaf(Kind.LINE)
    starts_in: str | None = leaf(Kind.MONTH)
    months: int | None = leaf(Kind.COUNT)
    prepared_on: date | None = leaf(Kind.DATE)
    submitted_at: datetime | None = leaf(Kind.INSTANT)
    rule_pack: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    rule_pack_version: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    opening_cash: int | None = leaf(Kind.MONEY)
    discount_rate: int | None = leaf(Kind.BASIS_POINTS)
    inflation: int | None = leaf(Kind.BASIS_POINTS)
    tax_option: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    village_share: int | None = leaf(Kind.BASIS_POINTS)
    sections: Mapping[str, str] = values(Kind.TEXT)
    opening: Mapping[str, int] = values(Kind.MONEY)
    units: Mapping[str, Unit] = rows(Unit)
    staff: Mapping[str, Staff] = rows(Staff)
    investments: Mapping[str, Investment] = rows(Investment)
    expenses: Mapping[str, Expense] = rows(Expense)
    loans: Mapping[str, Loan] = rows(Loan)
    funds: Mapping[str, Fund] = rows(Fund)
    scenarios: Mapping[str, Scenario] = rows(Scenario)
