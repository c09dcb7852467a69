"""A promise: who does what by when, and where it came from."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.errors import ForbiddenChange
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

    @property
    def is_open(self) -> bool:
        """A new promise is open without saying so."""
        return self.state in (None, FollowUpState.OPEN)

    def overdue_days(self, today: date) -> int:
        """How many days an open promise is late; 0 if it is not."""
        if not self.is_open or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)

    def close(self, on: date, result: str | None = None) -> "FollowUp":
        """The promise was kept."""
        self._require_open()
        return replace(self, state=FollowUpState.DONE, closed_on=on, result=result or self.result)

    def drop(self, on: date, reason: str) -> "FollowUp":
        """The promise is given up, and everybody may read why."""
        self._require_open()
        if not reason.strip():
            raise ForbiddenChange("follow_up", "drop_reason", "needs_reason")
        return replace(self, state=FollowUpState.DROPPED, closed_on=on, drop_reason=reason)

    def _require_open(self) -> None:
        if not self.is_open:
            raise ForbiddenChange("follow_up", "state", "no_such_step", str(self.state))
