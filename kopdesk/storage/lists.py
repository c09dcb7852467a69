"""Lists of records as people see them: only the columns a list shows, read from the tables that show them."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from kopdesk.domain.values import Value
from kopdesk.storage.shown import table_of


class ListRow(NamedTuple):
    """One record of a list: the single leaves that were asked for, by name."""

    id: UUID
    cooperative_id: UUID | None
    leaves: Mapping[str, Value]


class ListStore:
    """Reads; never writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, record_type: str, *names: str, cooperative_id: UUID | None = None) -> list[ListRow]:
        """What is not deleted, of one cooperative or of all, in the order in which it was made."""
        table = table_of(record_type)
        wanted: list[Any] = [table.c.id, table.c.cooperative_id, *(table.c[name] for name in names)]
        query = select(*wanted).where(table.c.deleted.is_(False)).order_by(table.c.id)
        if cooperative_id is not None:
            query = query.where(table.c.cooperative_id == cooperative_id.bytes)
        return [
            ListRow(
                UUID(bytes=row[0]),
                UUID(bytes=row[1]) if row[1] else None,
                dict(zip(names, row[2:], strict=True)),
            )
            for row in self._connection.execute(query)
        ]
