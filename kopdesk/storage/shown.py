"""The tables of the domain: one per record type, showing the topmost layer of its single leaves.

They hold nothing of their own: made from the record declarations, they are built anew from the layers
whenever a declaration has changed, so no migration ever names a field.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BLOB,
    Boolean,
    Column,
    Connection,
    Delete,
    Index,
    Insert,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable, ExecutableDDLElement
from sqlalchemy.types import TypeEngine

from kopdesk.domain.fields import DELETED, Kind, group_of
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.domain.values import Value

_COLUMN_TYPES: Mapping[Kind, type[Integer] | type[Boolean] | type[Text]] = {
    Kind.MONEY: Integer,
    Kind.COUNT: Integer,
    Kind.BASIS_POINTS: Integer,
    Kind.COORDINATE: Integer,
    Kind.FLAG: Boolean,
}


class _Made(NamedTuple):
    table: Table
    replacing: Insert
    removing: Delete


@cache
def _made(name: str, form: type) -> _Made:
    """Made once for each form: making a table or a statement costs more than using it."""
    table = _table(name, form)
    return _Made(
        table,
        insert(table).prefix_with("OR REPLACE"),
        delete(table).where(table.c.id == bindparam("of_id")),
    )


def _table(name: str, form: type) -> Table:
    return Table(
        f"shown_{name}",
        MetaData(),
        *(
            Column(n, kind, primary_key=n == "id", nullable=n not in ("id", "deleted"))
            for n, kind in _columns(form)
        ),
        Index(f"shown_{name}_by_cooperative", "cooperative_id"),
    )


def _columns(form: type) -> list[tuple[str, type[TypeEngine[Any]]]]:
    leaves = group_of(form).leaves
    own = [("id", BLOB), ("cooperative_id", BLOB), ("deleted", Boolean)]
    return [*own, *((leaf, _COLUMN_TYPES.get(spec.kind, Text)) for leaf, spec in leaves.items())]


def table_of(record_type: str) -> Table:
    """Its columns: id, cooperative_id, deleted and one for every single leaf of the type."""
    return _made_for(record_type).table


def _made_for(record_type: str) -> _Made:
    form: type = TYPES[record_type].form
    return _made(record_type, form)


def declarations() -> str:
    """Names the present declarations; a database built for others is shown anew."""
    # Not from the tables: a program that only opens a profile makes few of them.
    declared = [
        (f"shown_{name}", [(n, kind.__name__.upper()) for n, kind in _columns(of.form)])
        for name, of in TYPES.items()
    ]
    return sha256(repr(declared).encode()).hexdigest()[:16]


def recreate(connection: Connection) -> None:
    """Drop and create all of them, empty."""
    for name in TYPES:
        for statement in _creating(table_of(name)):
            connection.exec_driver_sql(statement)


@cache
def _creating(table: Table) -> tuple[str, ...]:
    steps: list[ExecutableDDLElement] = [
        DropTable(table, if_exists=True),
        CreateTable(table),
        *map(CreateIndex, table.indexes),
    ]
    return tuple(str(step.compile(dialect=sqlite.dialect())) for step in steps)


class Shown(NamedTuple):
    """A record as people see it; without leaves it is gone."""

    key: RecordKey
    cooperative_id: UUID | None
    leaves: Leaves


def show_many(connection: Connection, records: Iterable[Shown]) -> None:
    """Let the tables say what the layers say. Types of a newer schema have no table."""
    by_type: dict[str, list[Shown]] = {}
    for one in records:
        by_type.setdefault(one.key.type, []).append(one)
    for name, some in by_type.items():
        if name not in TYPES:
            continue
        made = _made_for(name)
        rows = [_row(one) for one in some if one.leaves]
        if rows:
            connection.execute(made.replacing, rows)
        gone = [{"of_id": one.key.id.bytes} for one in some if not one.leaves]
        if gone:  # made and deleted before anybody else saw it
            connection.execute(made.removing, gone)


def _row(one: Shown) -> dict[str, Value | bytes]:
    row: dict[str, Value | bytes] = {
        "id": one.key.id.bytes,
        "cooperative_id": one.cooperative_id.bytes if one.cooperative_id else None,
        "deleted": one.leaves.get(DELETED) is True,
    }
    for name, spec in group_of(TYPES[one.key.type].form).leaves.items():
        row[name] = _column_value(spec.kind, one.leaves.get(name))
    return row


def _column_value(kind: Kind, value: Value) -> Value:
    """What does not fit its column (a newer schema's value) is not shown; it stays in its layer."""
    expected = _COLUMN_TYPES.get(kind, Text)
    if expected is Boolean:
        return value if isinstance(value, bool) else None
    if expected is Integer:
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return value if value is None or isinstance(value, str) else str(value)
