"""What the centre rejected or put aside: nothing of it is lost, and its author can see it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.usecases.desk import Desk

_IN_QUESTION, _PUT_ASIDE = 3, 5  # OutcomeKind on the wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A leaf that is not at the centre as it was typed. `held_at_centre`: a supervisor has it."""

    key: RecordKey
    path: str
    value: Value
    reason: str
    held_at_centre: bool
    since: datetime


def waiting_to_be_mended(desk: Desk) -> list[Waiting]:
    """Oldest first."""
    with desk.database.reading() as work:
        rows = work.outbox.to_mend()
    return [
        Waiting(
            key=row.key,
            path=row.path,
            value=row.value,
            reason="in_question" if row.kind == _IN_QUESTION else row.reason,
            held_at_centre=row.kind in (_IN_QUESTION, _PUT_ASIDE),
            since=datetime.fromtimestamp(row.since / 1000, UTC),
        )
        for row in rows
    ]
