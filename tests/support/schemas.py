"""Programs of other schemas, in this process: what N−2, N−1, N and N+1 declare, and how one of them acts.

The product's own declarations play N−2; the others only add to them, as schemas do. Whatever happens inside
`with as_of(NEWER):` is done by a program of N+1: every place that looks a declaration, a state, a right, a
number on the wire or a table up finds that program's.
"""

from collections.abc import Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.record_types import TYPES, RecordType
from kopdesk.domain.records import Record
from kopdesk.domain.requirements import REQUIREMENTS
from kopdesk.domain.schema import SCHEMA, DeclaredTable, schema
from kopdesk.domain.states import FIXED, STATES, WRITERS, Opening, Role, StateTable, Step
from kopdesk.domain.visit import Visit, VisitState
from kopdesk.protocol.numbering import TABLE, missing_lines
from kopdesk.protocol.registry import later_lines

N_MINUS_2, N_MINUS_1, N, N_PLUS_1 = (SCHEMA + added for added in range(4))
SCHEMAS = (N_MINUS_2, N_MINUS_1, N, N_PLUS_1)

_ASSISTANT = frozenset({Role.ASSISTANT})
_REVIEWERS = frozenset({Role.PMO, Role.DINAS})


# N−1 adds two groups of leaves to a visit.


class Weather(StrEnum):
    """Whether the road was passable."""

    DRY = "dry"
    RAIN = "rain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """A part of the way."""

    vehicle: str | None = leaf(Kind.LINE)
    cost: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitWithWeather(Visit):
    """As N−1 knows it."""

    weather: str | None = leaf(Kind.CODE, choices=Weather)
    rides: Mapping[str, Ride] = rows(Ride)


# N adds a type of record, with leaves that are not everybody's.


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """Who taught."""

    name: str | None = leaf(Kind.LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """A lesson for members."""

    title: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    held_on: date | None = leaf(Kind.DATE)
    report: str | None = leaf(Kind.TEXT)
    approved_by: str | None = leaf(Kind.LINE)
    seats: Mapping[str, int] = values(Kind.COUNT)
    trainers: Mapping[str, Trainer] = rows(Trainer)


# N+1 adds a word, a state with its steps, a leaf that a seal leaves open, a type with a natural key.


class WeatherWithStorm(StrEnum):
    """A word more."""

    DRY = "dry"
    RAIN = "rain"
    STORM = "storm"


class AuditedState(StrEnum):
    """A state more."""

    DRAFT = "draft"
    SEALED = "sealed"
    AUDITED = "audited"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedVisit(VisitWithWeather):
    """As N+1 knows it."""

    state: str | None = leaf(Kind.CODE, choices=AuditedState)
    weather: str | None = leaf(Kind.CODE, choices=WeatherWithStorm)
    audit_note: str | None = leaf(Kind.LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsBook(Record):
    """A member's book; there is one of each number."""

    number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    total: int | None = leaf(Kind.MONEY)


_SEALED = FIXED["visit"][VisitState.SEALED]
_AUDITED_STATES = StateTable(
    "state",
    AuditedState,
    AuditedState.DRAFT,
    (
        Step(AuditedState.DRAFT, AuditedState.SEALED, _ASSISTANT),
        Step(AuditedState.SEALED, AuditedState.AUDITED, _ASSISTANT),
        Step(AuditedState.SEALED, AuditedState.DOUBTED, _REVIEWERS),
        Step(AuditedState.DOUBTED, AuditedState.AUDITED, _ASSISTANT),
    ),
)


_TABLES: Mapping[str, DeclaredTable[Any, Any]] = {
    "types": TYPES,
    "states": STATES,
    "writers": WRITERS,
    "fixed": FIXED,
    "requirements": REQUIREMENTS,
}

_ADDED: Mapping[int, Mapping[str, Mapping[Any, Any]]] = {
    N_MINUS_1: {"types": {"visit": RecordType("visit", VisitWithWeather)}},
    N: {
        "types": {"training": RecordType("training", Training)},
        "writers": {"training": {"approved_by": _REVIEWERS}},
    },
    N_PLUS_1: {
        "types": {
            "visit": RecordType("visit", AuditedVisit),
            "savings_book": RecordType("savings_book", SavingsBook, key=("number",)),
        },
        "states": {"visit": _AUDITED_STATES},
        "fixed": {
            "visit": {
                AuditedState.SEALED: Opening(_SEALED.leaves | {"audit_note"}, _SEALED.groups),
                AuditedState.AUDITED: Opening(),
            }
        },
        "requirements": {
            ("visit", AuditedState.AUDITED): lambda leaves: () if leaves.get("audit_note") else ("reason",)
        },
    },
}
"""What each schema says that the one before it does not, by table."""


@cache
def _program(number: int) -> tuple[Mapping[str, Mapping[Any, Any]], str]:
    """The tables of a schema, and the registry's lines since the product's own."""
    if number == N_MINUS_2:
        return {name: table() for name, table in _TABLES.items()}, ""
    before, lines = _program(number - 1)
    tables = {name: {**table, **_ADDED[number].get(name, {})} for name, table in before.items()}
    with schema.instead(number), TYPES.instead(tables["types"]):
        lines += "".join(missing_lines(TABLE.read_text(encoding="utf-8") + lines))
    return tables, lines


class as_of:  # noqa: N801 - reads like the sentence it stands in
    """Until the block ends, a program of this schema is at work in this thread.

    A simulated life enters some hundred of these, so it does no more than it must.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._said: list[tuple[ContextVar[Any], Token[Any]]] = []

    def __enter__(self) -> None:
        if schema() != self._number:
            self._said = [(said, said.set(value)) for said, value in _settings(self._number)]

    def __exit__(self, *_: object) -> None:
        for said, token in self._said:
            said.reset(token)


@cache
def _settings(number: int) -> tuple[tuple[ContextVar[Any], Any], ...]:
    tables, lines = _program(number)
    said = [(_TABLES[name]._said, table) for name, table in tables.items()]
    return (*said, (schema._said, number), (later_lines._said, lines))


def show_anew(store: Any) -> None:
    """What opening a laptop's file does after an update, for a `Database` that stays open meanwhile."""
    with store.writing() as work:
        work.records.show_all()
        work.profile.note_shown()
