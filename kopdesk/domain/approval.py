"""What a village or a region said to a plan: who, when, on which paper, up to which amount."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class ApprovingBody(StrEnum):
    """Who may say it; which of them a plan needs is in the rule pack."""

    VILLAGE_MEETING = "village_meeting"
    VILLAGE_HEAD = "village_head"
    DISTRICT_HEAD = "district_head"  # bupati or wali kota
    MEMBER_MEETING = "member_meeting"
    OTHER = "other"


class ApprovalDecision(StrEnum):
    """Conditions do not make it less of a yes; they are told."""

    APPROVED = "approved"
    WITH_CONDITIONS = "with_conditions"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Record):
    """`ceiling`: the largest loan allowed; `village_support`: the most the village answers for in a year."""

    body: str | None = leaf(Kind.CODE, choices=ApprovingBody)
    plan_id: UUID | None = leaf(Kind.REFERENCE)
    decision: str | None = leaf(Kind.CODE, choices=ApprovalDecision)
    decided_on: date | None = leaf(Kind.DATE)
    number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    signed_by: str | None = leaf(Kind.LINE)
    ceiling: int | None = leaf(Kind.MONEY, least=0)
    village_support: int | None = leaf(Kind.MONEY, least=0)
    conditions: str | None = leaf(Kind.TEXT)
    attachment_id: UUID | None = leaf(Kind.REFERENCE)
    note: str | None = leaf(Kind.TEXT)

    @property
    def is_given(self) -> bool:
        """A paper without a decision is not a yes."""
        return self.decision in (ApprovalDecision.APPROVED, ApprovalDecision.WITH_CONDITIONS)
