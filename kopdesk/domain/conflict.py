"""Two people changed the same leaf: both values, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.fields import Kind, MergeClass, leaf, rows
from kopdesk.domain.records import Record
from kopdesk.domain.values import Value


class Choice(StrEnum):
    """What a person decided: what stands, what was offered, or a third value."""

    KEPT = "kept"
    OFFERED = "offered"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; only ever added. The value itself is an ordinary edit of the leaf."""

    choice: str | None = leaf(Kind.CODE, choices=Choice)
    value: Value = leaf(Kind.VALUE)
    by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    at: datetime | None = leaf(Kind.INSTANT)
    reason: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """Made by the merge rule, never by hand: `kept` stands in the record, `offered` came later."""

    about_type: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    about_id: UUID | None = leaf(Kind.REFERENCE)
    about_path: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    merge_class: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    kept_value: Value = leaf(Kind.VALUE)
    kept_rev: int | None = leaf(Kind.COUNT)
    kept_author: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    kept_at: datetime | None = leaf(Kind.INSTANT)
    offered_value: Value = leaf(Kind.VALUE)
    offered_base: int | None = leaf(Kind.COUNT)
    offered_author: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    offered_replica: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    offered_at: datetime | None = leaf(Kind.INSTANT)
    base_value: Value = leaf(Kind.VALUE)
    decisions: Mapping[str, Decision] = rows(Decision)

    @property
    def open(self) -> bool:
        """Open until a decision names it."""
        return not self.decisions

    def decide(
        self,
        key: str,
        choice: Choice,
        value: Value = None,
        *,
        by: str,
        at: datetime,
        reason: str | None = None,
    ) -> "Conflict":
        """Add a decision under a random key. The caller also writes `decided_value` to the leaf.

        Somebody who decides elsewhere at the same time adds a row too; the leaf's own merge settles that.
        """
        if not self.open:
            raise ForbiddenChange("conflict", "decisions", "already_decided")
        if value is not None and choice is not Choice.VALUE:
            raise ForbiddenChange("conflict", f"decisions/{key}/value", "value_not_asked")
        decision = Decision(choice=choice, value=value, by=by, at=at, reason=reason)
        return replace(self, decisions={**self.decisions, key: decision})

    def decided_value(self, choice: Choice, value: Value = None) -> Value:
        """What the leaf shall hold after this choice."""
        chosen = {Choice.KEPT: self.kept_value, Choice.OFFERED: self.offered_value, Choice.VALUE: value}
        return chosen[choice]
