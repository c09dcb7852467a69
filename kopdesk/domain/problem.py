"""A problem (kendala) that stands in the cooperative's way, often out of its own hands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, leaf
from kopdesk.domain.finding import Aspect, Weight
from kopdesk.domain.records import Record


class ProblemStatus(StrEnum):
    """How far the solution is. Free to move: a solved problem may come back."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Record):
    """What blocks, since when, how badly, and who was asked for help."""

    text: str | None = leaf(Kind.TEXT)
    aspect: str | None = leaf(Kind.CODE, choices=Aspect)
    priority: str | None = leaf(Kind.CODE, choices=Weight)
    status: str | None = leaf(Kind.CODE, choices=ProblemStatus)
    noticed_on: date | None = leaf(Kind.DATE)
    solution: str | None = leaf(Kind.TEXT)
    help_needed_from: str | None = leaf(Kind.LINE)
    solved_on: date | None = leaf(Kind.DATE)
    visit_id: UUID | None = leaf(Kind.REFERENCE)
    outlet_id: UUID | None = leaf(Kind.REFERENCE)
