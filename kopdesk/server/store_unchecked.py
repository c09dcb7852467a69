"""Rows of what only a newer schema can judge."""

from typing import Any

from sqlalchemy import bindparam, delete, select

from kopdesk.domain.records import RecordKey
from kopdesk.server.ports import Unchecked
from kopdesk.server.store_rows import Rows, named, of_record
from kopdesk.server.tables import unchecked


class UncheckedRows(Rows):
    """The part of `ports.Transaction` about leaves that wait for a newer schema."""

    def save_unchecked(self, leaf: Unchecked) -> None:
        row = {column.name: getattr(leaf, column.name, None) for column in unchecked.columns}
        self._put(unchecked, row | {"type": leaf.key.type, "id": leaf.key.id})

    def unmark(self, leaf: Unchecked) -> None:
        its = {**named(leaf.channel, leaf.key), "of_path": leaf.path, "of_rev": leaf.rev}
        self._connection.execute(_UNMARK, its)

    def unchecked(self, channel: str) -> list[Unchecked]:
        return [_leaf(row) for row in self._connection.execute(_OF_CHANNEL, {"of_channel": channel})]

    def unchecked_channels(self, schema: int) -> list[str]:
        return list(self._connection.scalars(_CHANNELS, {"now": schema}))


# Made once: making a statement costs more than running it.
_UNMARK = delete(unchecked).where(
    of_record(unchecked), unchecked.c.path == bindparam("of_path"), unchecked.c.rev == bindparam("of_rev")
)
_OF_CHANNEL = (
    select(unchecked)
    .where(unchecked.c.channel == bindparam("of_channel"))
    .order_by(unchecked.c.type, unchecked.c.id, unchecked.c.rev, unchecked.c.path)
)
_CHANNELS = (
    select(unchecked.c.channel)
    .where(unchecked.c.seen_by < bindparam("now"))
    .distinct()
    .order_by(unchecked.c.channel)
)


def _leaf(row: Any) -> Unchecked:
    named_alike = row._asdict()
    key = RecordKey(named_alike.pop("type"), named_alike.pop("id"))
    return Unchecked(key=key, **named_alike)
