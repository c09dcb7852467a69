"""What the parts of a SQL transaction share."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from kopdesk.domain.records import RecordKey

_INSERT: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Rows:
    """A connection in a transaction."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes

    def _put(self, table: Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, each instead of the one with its key, if there is one."""
        self._connection.execute(_replacing(self._connection.dialect.name, table), rows)


@cache
def _replacing(dialect: str, table: Table) -> Any:
    """Made once for each table: making it costs more than running it."""
    statement = _INSERT[dialect](table)
    keys = list(table.primary_key)
    new = {column.name: statement.excluded[column.name] for column in table.columns if column not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=new)


def of_record(table: Table) -> ColumnElement[bool]:
    """The rows of one record, the one that `named` names."""
    return and_(
        table.c.channel == bindparam("of_channel"),
        table.c.type == bindparam("of_type"),
        table.c.id == bindparam("of_id"),
    )


def named(channel: str, key: RecordKey) -> dict[str, Any]:
    """What `of_record` needs to know."""
    return {"of_channel": channel, "of_type": key.type, "of_id": key.id}
