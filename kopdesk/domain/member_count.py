"""How many members a cooperative had in a month, as each source counts them."""

from dataclasses import dataclass
from datetime import date

from kopdesk.domain.fields import Kind, leaf
from kopdesk.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCount(Record):
    """One per cooperative and period. The sources are kept apart because they often differ."""

    period: str | None = leaf(Kind.MONTH)
    members: int | None = leaf(Kind.COUNT)
    women: int | None = leaf(Kind.COUNT)
    joined: int | None = leaf(Kind.COUNT)
    left: int | None = leaf(Kind.COUNT)
    in_members_book: int | None = leaf(Kind.COUNT)
    in_simkopdes: int | None = leaf(Kind.COUNT)
    principal_paid: int | None = leaf(Kind.COUNT)
    mandatory_paid: int | None = leaf(Kind.COUNT)
    counted_on: date | None = leaf(Kind.DATE)
    source: str | None = leaf(Kind.LINE)
    note: str | None = leaf(Kind.TEXT)
