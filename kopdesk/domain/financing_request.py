"""A request for a loan: how much, for how long, from whom, with which letters."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.cooperative import Bank
from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class FinancingStatus(StrEnum):
    """SIMKOPDES's own states; set from the centre."""

    DRAFT = "draft"
    REQUESTED = "requested"
    VERIFIED = "verified"
    APPROVED = "approved"
    REJECTED = "rejected"


class FundingSource(StrEnum):
    """Which purse."""

    LPDB = "lpdb"
    HIMBARA = "himbara"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancingRequest(Record):
    """The letters are numbers and dates here; their scans are attachments."""

    source: str | None = leaf(Kind.CODE, choices=FundingSource)
    bank: str | None = leaf(Kind.CODE, choices=Bank)
    type: str | None = leaf(Kind.LINE)
    amount: int | None = leaf(Kind.MONEY)
    tenor_months: int | None = leaf(Kind.COUNT)
    plan_id: UUID | None = leaf(Kind.REFERENCE)
    application_letter: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    application_letter_on: date | None = leaf(Kind.DATE)
    regional_head_letter: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    regional_head_letter_on: date | None = leaf(Kind.DATE)
    village_meeting_letter: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    village_meeting_letter_on: date | None = leaf(Kind.DATE)
    member_meeting_letter: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    member_meeting_letter_on: date | None = leaf(Kind.DATE)
    status: str | None = leaf(Kind.CODE, choices=FinancingStatus)
    status_note: str | None = leaf(Kind.TEXT)
    status_on: date | None = leaf(Kind.DATE)
    note: str | None = leaf(Kind.TEXT)
