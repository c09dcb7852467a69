"""A reviewer's word at one place of a record, and the assistant's answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class RemarkState(StrEnum):
    """The assistant answers, the reviewer resolves or opens it again."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Record):
    """`about_path` is a leaf or row of the record, or empty for the whole."""

    state: str | None = leaf(Kind.CODE, choices=RemarkState)
    about_type: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    about_id: UUID | None = leaf(Kind.REFERENCE)
    about_path: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    text: str | None = leaf(Kind.TEXT)
    by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    at: datetime | None = leaf(Kind.INSTANT)
    answer: str | None = leaf(Kind.TEXT)
    answered_by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    answered_at: datetime | None = leaf(Kind.INSTANT)
    resolved_by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    resolved_at: datetime | None = leaf(Kind.INSTANT)
