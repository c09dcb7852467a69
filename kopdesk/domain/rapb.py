"""The budget of a year (RAPB): planned position and results, in the keys of the statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.records import Record
from kopdesk.domain.statement import UnitResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapb(Record):
    """One per cooperative and year."""

    year: int | None = leaf(Kind.COUNT)
    prepared_on: date | None = leaf(Kind.DATE)
    approved_on: date | None = leaf(Kind.DATE)
    approval_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    note: str | None = leaf(Kind.TEXT)
    position: Mapping[str, int] = values(Kind.MONEY)
    results: Mapping[str, int] = values(Kind.MONEY)
    units: Mapping[str, UnitResult] = rows(UnitResult)
