"""The tables of the domain: one per record type, showing the topmost layer of its single leaves.

They hold nothing of their own: made from the record declarations, they are built anew from the layers
whenever a declaration has changed, so no migration ever names a field.
"""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from sqlalchemy import (
    BLOB,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    insert,
)

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

_metadata = MetaData()


def _table(name: str, form: type) -> Table:
    leaves = group_of(form).leaves
    return Table(
        f"shown_{name}",
        _metadata,
        Column("id", BLOB, primary_key=True),
        Column("cooperative_id", BLOB),
        Column("deleted", Boolean, nullable=False),
        *(Column(leaf, _COLUMN_TYPES.get(spec.kind, Text)) for leaf, spec in leaves.items()),
        Index(f"shown_{name}_by_cooperative", "cooperative_id"),
    )


SHOWN: Mapping[str, Table] = {name: _table(name, declared.form) for name, declared in TYPES.items()}
"""By record type: id, cooperative_id, deleted and a column for every single leaf."""


def declarations() -> str:
    """Names the present declarations; a database built for others is shown anew."""
    columns = [(table.name, [(c.name, str(c.type)) for c in table.columns]) for table in SHOWN.values()]
    return sha256(repr(columns).encode()).hexdigest()[:16]


def recreate(connection: Connection) -> None:
    """Drop and create all of them, empty."""
    _metadata.drop_all(connection)
    _metadata.create_all(connection)


def show(connection: Connection, key: RecordKey, cooperative_id: UUID | None, leaves: Leaves) -> None:
    """Let the table of a record say what its layers say. Types of a newer schema have no table."""
    table = SHOWN.get(key.type)
    if table is None:
        return
    connection.execute(delete(table).where(table.c.id == key.id.bytes))
    if not leaves:  # made and deleted before anybody else saw it
        return
    row: dict[str, Value | bytes] = {
        "id": key.id.bytes,
        "cooperative_id": cooperative_id.bytes if cooperative_id else None,
        "deleted": leaves.get(DELETED) is True,
    }
    for name, spec in group_of(TYPES[key.type].form).leaves.items():
        row[name] = _column_value(spec.kind, leaves.get(name))
    connection.execute(insert(table), row)


def _column_value(kind: Kind, value: Value) -> Value:
    """What does not fit its column (a newer schema's value) is not shown; it stays in its layer."""
    expected = _COLUMN_TYPES.get(kind, Text)
    if expected is Boolean:
        return value if isinstance(value, bool) else None
    if expected is Integer:
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return value if value is None or isinstance(value, str) else str(value)
