"""A legal paper of the cooperative: deed, decree, tax number, minutes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class DocumentType(StrEnum):
    """SIMKOPDES's seven, and the papers the monthly forms ask for besides."""

    DEED = "deed"
    DEED_CHANGE = "deed_change"
    GAZETTE = "gazette"
    NIB = "nib"
    NPWP = "npwp"
    DECREE = "decree"
    DECREE_CHANGE = "decree_change"
    VILLAGE_MEETING_MINUTES = "village_meeting_minutes"
    MEMBER_MEETING_MINUTES = "member_meeting_minutes"
    BYLAWS = "bylaws"
    SECTOR_PERMIT = "sector_permit"
    AGREEMENT = "agreement"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDocument(Record):
    """Its number and dates as on the paper, and whether the assistant saw the original."""

    type: str | None = leaf(Kind.CODE, choices=DocumentType)
    title: str | None = leaf(Kind.LINE)
    number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    issuer: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    issued_on: date | None = leaf(Kind.DATE)
    expires_on: date | None = leaf(Kind.DATE)
    original_seen_on: date | None = leaf(Kind.DATE)
    attachment_id: UUID | None = leaf(Kind.REFERENCE)
    note: str | None = leaf(Kind.TEXT)

    def valid_on(self, day: date) -> bool:
        """Whether the paper has not run out; without an end it does not run out."""
        return self.expires_on is None or day <= self.expires_on
