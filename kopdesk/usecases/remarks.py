"""What reviewers said about a record."""

from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.remark import RemarkState
from kopdesk.usecases.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """`path`: a leaf or row of the record, empty for the whole. `by`: who said it, under the name signed."""

    path: str
    text: str
    by: str


def open_remarks(desk: Desk, record_id: UUID) -> list[RemarkLine]:
    """Those that are not resolved, in the order in which they were made."""
    names = ("about_id", "about_path", "text", "by", "state")
    with desk.database.reading() as work:
        rows = work.lists.rows("remark", *names)
    return [
        RemarkLine(
            path=str(row.leaves["about_path"] or ""),
            text=str(row.leaves["text"] or ""),
            by=str(row.leaves["by"] or ""),
        )
        for row in rows
        if row.leaves["about_id"] == str(record_id) and row.leaves["state"] != RemarkState.RESOLVED
    ]
