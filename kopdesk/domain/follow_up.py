"""A promise: who does what by when, and where it came from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.finding import Aspect, Weight
from kopdesk.domain.records import Record


class FollowUpState(StrEnum):
    """A promise is kept or given up with a reason; it never just vanishes."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """`origin_*` name the visit, check or plan it came from, and the row there."""

    state: str | None = leaf(Kind.CODE, choices=FollowUpState)
    promise: str | None = leaf(Kind.TEXT)
    responsible: str | None = leaf(Kind.LINE)
    responsible_officer_id: UUID | None = leaf(Kind.REFERENCE)
    promised_on: date | None = leaf(Kind.DATE)
    due_on: date | None = leaf(Kind.DATE)
    aspect: str | None = leaf(Kind.CODE, choices=Aspect)
    weight: str | None = leaf(Kind.CODE, choices=Weight)
    origin_type: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    origin_id: UUID | None = leaf(Kind.REFERENCE)
    origin_path: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    closed_on: date | None = leaf(Kind.DATE)
    result: str | None = leaf(Kind.TEXT)
    drop_reason: str | None = leaf(Kind.TEXT)
