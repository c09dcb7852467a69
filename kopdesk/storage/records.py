"""Records and the layers of their leaves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)

from kopdesk.domain.channels import cooperative_of
from kopdesk.domain.layers import EMPTY, PUT_ASIDE, LeafLayers
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage import leaf_rows, shown
from kopdesk.storage.channels import ChannelStore
from kopdesk.storage.outbox import RELEASED
from kopdesk.storage.tables import central_leaf, edited_leaf, frozen_leaf, offered_leaf, record, to_mend

Layers = Mapping[str, LeafLayers]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record with all layers of all its leaves."""

    key: RecordKey
    channel: str
    layers: Layers

    @property
    def cooperative_id(self) -> UUID | None:
        """Follows from the channel."""
        return cooperative_of(self.channel)

    @property
    def shown(self) -> dict[str, Value]:
        """What people see."""
        return {path: leaf.shown for path, leaf in self.layers.items()}


class Kept(NamedTuple):
    """A record to be stored: its layers as they were and as they are now, both complete."""

    channel: str
    key: RecordKey
    before: Layers
    after: Layers


class RecordStore:
    """Reads and keeps layers; the only writer of the leaf tables and of the tables that show them."""

    def __init__(self, connection: Connection, channels: ChannelStore) -> None:
        self._connection = connection
        self._channels = channels

    def find(self, key: RecordKey) -> StoredRecord | None:
        """The record, or None if this profile has nothing of it."""
        found = self.find_many([key])
        return found[0] if found else None

    def find_many(self, keys: Iterable[RecordKey]) -> list[StoredRecord]:
        """Those of the records that are there."""
        return [found for some in _chunks(keys) for found in self._records(_OF_KEYS, some)]

    def list_all(self, record_type: str | None = None, channel: str | None = None) -> list[StoredRecord]:
        """Records of a type, of a channel, or all, in the order of their ids."""
        query = _EVERY
        if record_type is not None:
            query = query.where(record.c.type == record_type)
        if channel is not None:
            query = query.where(record.c.channel == self._channels.number(channel))
        return self._records(query)

    def keep(self, channel: str, key: RecordKey, before: Layers, after: Layers) -> None:
        """Store a record whose layers were `before` and are `after` now, both complete."""
        self.keep_many([Kept(channel, key, before, after)])

    def keep_many(self, kept: Sequence[Kept]) -> None:
        """Store many at once, with a handful of statements for all."""
        numbers = self._numbers(kept)
        for table, layer, row_of in _LAYERS:
            gone, new = [], []
            for one in kept:
                number = numbers[one.key]
                for path in one.before.keys() | one.after.keys():
                    old = getattr(one.before.get(path, EMPTY), layer)
                    leaf = getattr(one.after.get(path, EMPTY), layer)
                    if leaf is not None and leaf != old:
                        new.append({"record": number, "path": path, **row_of(leaf)})
                    elif leaf is None and old is not None:
                        gone.append({"of_record": number, "of_path": path})
            if gone:
                self._connection.execute(_REMOVE[table], gone)
            if new:
                self._connection.execute(_REPLACE[table], new)
        shown.show_many(self._connection, [_shown(one) for one in kept])

    def show_all(self) -> None:
        """Build the tables of the domain anew from the layers."""
        shown.recreate(self._connection)
        every = [shown.Shown(s.key, s.cooperative_id, s.shown) for s in self.list_all()]
        shown.show_many(self._connection, every)

    def unsent_count(self) -> int:
        """Leaves that have no receipt (any more): edited, in flight, offered, or put aside and lost there."""
        return sum(self._connection.execute(_UNSENT_COUNTS).one())

    def owed_count(self) -> int:
        """Those of them that the centre has perhaps lost, and does not have again yet."""
        return sum(self._connection.execute(_OWED_COUNTS).one())

    def oldest_unsent_at(self) -> int | None:
        """When the oldest of them was made, Unix milliseconds."""
        times = self._connection.execute(_OLDEST_TIMES).one()
        return min((time for time in times if time is not None), default=None)

    def unsent_in(self, channel: str) -> int:
        """The same of one channel."""
        of_channel = {"of_channel": self._channels.number(channel)}
        return sum(self._connection.execute(_UNSENT_IN, of_channel).one())

    def held_in(self, channel: str) -> dict[str, int]:
        """How many records of each type this profile has anything of in a channel."""
        of_channel = {"of_channel": self._channels.number(channel)}
        return {row.type: row.records for row in self._connection.execute(_HELD_IN, of_channel)}

    def forget(self, channel: str) -> None:
        """Take a channel's copy off this laptop; records that have something to mend stay known, empty.

        What of it was released goes with it: the centre holds that like all the rest.
        The one place that deletes what came from the centre. Raises ValueError while anything is unsent.
        """
        if self.unsent_in(channel):
            raise ValueError("what is unsent is never deleted")
        of_channel = {"of_channel": self._channels.number(channel)}
        keys = [RecordKey(row.type, UUID(bytes=row.id)) for row in self._connection.execute(_IN, of_channel)]
        shown.show_many(self._connection, [shown.Shown(key, None, {}) for key in keys])
        self._connection.execute(_FORGET_LEAVES, of_channel)
        self._connection.execute(_FORGET_PUT_ASIDE, of_channel)
        self._connection.execute(_FORGET_RELEASED, of_channel)
        self._connection.execute(_FORGET_RECORDS, of_channel)

    def edits(self) -> Iterator[tuple[str, RecordKey, str, Any]]:
        """(channel, record, path, edited leaf) of everything that waits, oldest first."""
        for row in self._connection.execute(_EDITS):
            key = RecordKey(row.type, UUID(bytes=row.id))
            yield self._channels.name(row.channel), key, row.path, leaf_rows.edited_of(row)

    def frozen_keys(self) -> list[RecordKey]:
        """The records that have leaves in flight."""
        return self._keys_in(frozen_leaf)

    def offered_keys(self) -> list[RecordKey]:
        """The records that have leaves to offer, or on offer."""
        return self._keys_in(offered_leaf)

    def put_aside_keys(self) -> list[RecordKey]:
        """The records of which something that was offered lies with a supervisor."""
        rows = self._connection.execute(_PUT_ASIDE_KEYS)
        return [RecordKey(row.type, UUID(bytes=row.id)) for row in rows]

    def _keys_in(self, layer: Table) -> list[RecordKey]:
        rows = self._connection.execute(_KEYS_IN[layer])
        return [RecordKey(row.type, UUID(bytes=row.id)) for row in rows]

    def _numbers(self, kept: Sequence[Kept]) -> dict[RecordKey, int]:
        """The numbers of these records in this file; new ones for records that are new."""
        numbers = self._known_numbers([one.key for one in kept])
        new = [
            {"channel": self._channels.number(one.channel), "type": one.key.type, "id": one.key.id.bytes}
            for one in kept
            if one.key not in numbers
        ]
        if new:
            self._connection.execute(_NEW, new)
            numbers |= self._known_numbers([one.key for one in kept if one.key not in numbers])
        return numbers

    def _known_numbers(self, keys: Iterable[RecordKey]) -> dict[RecordKey, int]:
        return {
            RecordKey(row.type, UUID(bytes=row.id)): row.num
            for some in _chunks(keys)
            for row in self._connection.execute(_NUMBERS, some)
        }

    def _records(self, query: Select[Any], which: Mapping[str, Any] | None = None) -> list[StoredRecord]:
        records: dict[int, Any] = {}
        layers: dict[int, dict[str, dict[str, Any]]] = {}
        for row in self._connection.execute(query, which).all():
            if row.num not in records:
                records[row.num], layers[row.num] = row, {}
            if row.path is not None:
                layers[row.num][row.path] = {"central": leaf_rows.central_of(row)}
        # As JSON, because a list of parameters makes another statement for every length of list.
        theirs = {"of_records": msgspec.json.encode(list(records)).decode()}
        for leaf in self._connection.execute(_UNSENT_LEAVES, theirs) if records else ():
            layer = leaf.layer
            layers[leaf.record].setdefault(leaf.path, {})[layer] = _READ[layer](leaf)
        return [
            StoredRecord(
                RecordKey(row.type, UUID(bytes=row.id)),
                self._channels.name(row.channel),
                {path: LeafLayers(**found) for path, found in sorted(layers[number].items())},
            )
            for number, row in records.items()
        ]


_LAYERS: tuple[tuple[Table, str, Any], ...] = (
    (central_leaf, "central", leaf_rows.central_row),
    (offered_leaf, "offered", leaf_rows.offered_row),
    (frozen_leaf, "frozen", leaf_rows.frozen_row),
    (edited_leaf, "edited", leaf_rows.edited_row),
)
_READ = {
    "offered": leaf_rows.offered_of,
    "frozen": leaf_rows.frozen_of,
    "edited": leaf_rows.edited_of,
}

# Made once: making a statement costs more than running it.
_REPLACE = {table: insert(table).prefix_with("OR REPLACE") for table, _, _ in _LAYERS}
_REMOVE = {
    table: delete(table).where(table.c.record == bindparam("of_record"), table.c.path == bindparam("of_path"))
    for table, _, _ in _LAYERS
}


_THEIRS = select(func.json_each(bindparam("of_records")).table_valued("value").c.value)
_UNSENT = _LAYERS[1:]
_UNSENT_COLUMNS = sorted({column.name for table, _, _ in _UNSENT for column in table.columns})
# In one go; NULL where a layer has not that column.
_UNSENT_LEAVES = union_all(
    *(
        select(
            literal_column(f"'{layer}'").label("layer"),
            *(table.c[name] if name in table.c else null().label(name) for name in _UNSENT_COLUMNS),
        ).where(table.c.record.in_(_THEIRS))
        for table, layer, _ in _UNSENT
    )
)
_WHOLE = select(record, *(column for column in central_leaf.columns if column.name != "record")).outerjoin(
    central_leaf
)
_EVERY = _WHOLE.order_by(record.c.type, record.c.id)
_THESE = and_(record.c.type == bindparam("of_type"), record.c.id.in_(bindparam("of_ids", expanding=True)))
_OF_KEYS = _WHOLE.where(_THESE)
_NUMBERS = select(record.c.num, record.c.type, record.c.id).where(_THESE)
_NEW = insert(record)
_UNANSWERED = {
    edited_leaf: true(),
    frozen_leaf: true(),
    offered_leaf: offered_leaf.c.seq != PUT_ASIDE,
}
_KEYS_IN = {
    table: select(record.c.type, record.c.id).where(
        record.c.num.in_(select(table.c.record).where(unanswered).distinct())
    )
    for table, unanswered in _UNANSWERED.items()
}
_PUT_ASIDE_KEYS = select(record.c.type, record.c.id).where(
    record.c.num.in_(select(offered_leaf.c.record).where(offered_leaf.c.seq == PUT_ASIDE).distinct())
)
_EDITS = (
    select(record.c.channel, record.c.type, record.c.id, edited_leaf)
    .join(record, record.c.num == edited_leaf.c.record)
    .order_by(edited_leaf.c.number)
)
_OFFERED = select(func.count()).select_from(offered_leaf).where(_UNANSWERED[offered_leaf]).scalar_subquery()
_LOST_ASIDE = select(func.count()).where(to_mend.c.lost == 1).scalar_subquery()
_UNSENT_COUNTS = select(
    *(
        select(func.count()).select_from(table).where(unanswered).scalar_subquery()
        for table, unanswered in _UNANSWERED.items()
    ),
    _LOST_ASIDE,
)
_OWED_COUNTS = select(_OFFERED, _LOST_ASIDE)
_IN = select(record).where(record.c.channel == bindparam("of_channel"))
_NUMBERS_IN = select(record.c.num).where(record.c.channel == bindparam("of_channel"))
_UNSENT_IN = select(
    *(
        select(func.count()).where(table.c.record.in_(_NUMBERS_IN), unanswered).scalar_subquery()
        for table, unanswered in _UNANSWERED.items()
    ),
    select(func.count()).where(to_mend.c.record.in_(_NUMBERS_IN), to_mend.c.lost == 1).scalar_subquery(),
)
_HELD_IN = (
    select(record.c.type, func.count().label("records"))
    .where(
        record.c.channel == bindparam("of_channel"),
        or_(*(exists().where(table.c.record == record.c.num) for table, _, _ in _LAYERS)),
    )
    .group_by(record.c.type)
)
_FORGET_LEAVES = delete(central_leaf).where(central_leaf.c.record.in_(_NUMBERS_IN))
_FORGET_PUT_ASIDE = delete(offered_leaf).where(offered_leaf.c.record.in_(_NUMBERS_IN))
_FORGET_RELEASED = delete(to_mend).where(to_mend.c.record.in_(_NUMBERS_IN), to_mend.c.kind == RELEASED)
_FORGET_RECORDS = delete(record).where(
    record.c.channel == bindparam("of_channel"), record.c.num.not_in(select(to_mend.c.record))
)
_OLDEST_TIMES = select(
    *(select(func.min(table.c.made_at)).scalar_subquery() for table in (edited_leaf, frozen_leaf))
)


def _chunks(keys: Iterable[RecordKey]) -> Iterator[Mapping[str, Any]]:
    """What `_THESE` needs to name these records, each short enough for one statement."""
    by_type: dict[str, list[bytes]] = {}
    for key in keys:
        by_type.setdefault(key.type, []).append(key.id.bytes)
    for record_type, ids in by_type.items():
        for start in range(0, len(ids), _CHUNK):
            yield {"of_type": record_type, "of_ids": ids[start : start + _CHUNK]}


def _shown(kept: Kept) -> shown.Shown:
    leaves = {path: leaf.shown for path, leaf in kept.after.items() if not leaf.is_empty}
    return shown.Shown(kept.key, cooperative_of(kept.channel), leaves)
