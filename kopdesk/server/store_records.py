"""Rows of records as they are now."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow
from kopdesk.server.store_rows import Rows, named, of_record
from kopdesk.server.tables import changes, leaves, records

_RECORDS_PER_QUERY = 50
_ROWS_AT_A_TIME = 500


class RecordRows(Rows):
    """The part of `ports.Transaction` about records and their leaves."""

    def channel_of(self, key: RecordKey) -> str | None:
        return self._connection.scalar(_HOME, {"of_type": key.type, "of_id": key.id})

    def leaves(self, channel: str, key: RecordKey) -> dict[str, Central]:
        rows = self._connection.execute(_LEAVES, named(channel, key))
        return {row.path: Central(row.value, row.rev) for row in rows}

    def save_leaves(
        self, channel: str, key: RecordKey, changed: Mapping[str, Central], *, rank: int, record_hash: int
    ) -> None:
        record = {"channel": channel, "type": key.type, "id": key.id}
        self._put(records, {**record, "rank": rank, "hash": record_hash})
        rows = [{**record, "path": path, **leaf._asdict()} for path, leaf in changed.items()]
        if rows:
            self._put(leaves, rows)
            # A leaf that one change set changes twice (a conflict met twice) is logged as it ended.
            self._put(changes, rows)

    def leaves_after(self, channel: str, rev: int) -> Iterator[LeafRow]:
        with self._connection.execute(_LEAVES_AFTER, {"of_channel": channel, "after": rev}) as rows:
            for row in rows:
                yield LeafRow(RecordKey(row.type, row.id), row.path, row.value, row.rev)

    def records_after(
        self, channel: str, after: tuple[int, UUID] | None
    ) -> Iterator[tuple[int, RecordKey, Mapping[str, Central]]]:
        query = _FIRST_RECORDS if after is None else _RECORDS_BEHIND
        last: dict[str, Any] = {"of_channel": channel}
        if after is not None:
            last |= {"rank": after[0], "id": after[1]}
        while True:
            rows = self._connection.execute(query, last).all()
            page = [list(of_one) for _, of_one in groupby(rows, key=lambda row: (row.type, row.id))]
            for some in page:
                found = {row.path: Central(row.value, row.rev) for row in some if row.path is not None}
                yield some[0].rank, RecordKey(some[0].type, some[0].id), found
            if len(page) < _RECORDS_PER_QUERY:
                return
            query = _NEXT_RECORDS
            last |= {"rank": rows[-1].rank, "id": rows[-1].id, "type": rows[-1].type}

    def leaf_count(self, channel: str, *, rev: int = 0, after: tuple[int, UUID] | None = None) -> int:
        counted = {"of_channel": channel, "after": rev}
        if after is None:
            return self._connection.scalar(_LEAF_COUNT, counted) or 0
        behind = {"rank": after[0], "id": after[1]}
        return self._connection.scalar(_LEAF_COUNT_BEHIND, counted | behind) or 0

    def leaf_values(
        self, record_type: str, paths: Collection[str]
    ) -> Iterator[tuple[str, RecordKey, str, Value]]:
        which = {"of_type": record_type, "of_paths": list(paths)}
        with self._connection.execute(_LEAF_VALUES, which) as rows:
            for row in rows:
                yield row.channel, RecordKey(record_type, row.id), row.path, row.value


def _next_records(*behind: ColumnElement[bool]) -> Select[Any]:
    """Some records of a channel with their leaves, in the order of a snapshot."""
    page = (
        select(records.c.rank, records.c.type, records.c.id)
        .where(records.c.channel == bindparam("of_channel"), *behind)
        .order_by(records.c.rank, records.c.id.desc(), records.c.type)
        .limit(_RECORDS_PER_QUERY)
        .subquery("page")
    )
    of_page = and_(
        leaves.c.channel == bindparam("of_channel"), leaves.c.type == page.c.type, leaves.c.id == page.c.id
    )
    return (
        select(page.c.rank, page.c.type, page.c.id, leaves.c.path, leaves.c.value, leaves.c.rev)
        .join_from(page, leaves, of_page, isouter=True)
        .order_by(page.c.rank, page.c.id.desc(), page.c.type)
    )


# Made once: making a statement costs more than running it.
_OF_SAME_RECORD = and_(
    leaves.c.channel == records.c.channel, leaves.c.type == records.c.type, leaves.c.id == records.c.id
)
_IN_RANK = records.c.rank == bindparam("rank")
_BEHIND_ID = or_(records.c.rank > bindparam("rank"), and_(_IN_RANK, records.c.id < bindparam("id")))
_BEHIND_RECORD = or_(
    _BEHIND_ID, and_(_IN_RANK, records.c.id == bindparam("id"), records.c.type > bindparam("type"))
)
_FIRST_RECORDS = _next_records()
_RECORDS_BEHIND = _next_records(_BEHIND_ID)
_NEXT_RECORDS = _next_records(_BEHIND_RECORD)
_HOME = (
    select(records.c.channel)
    .where(records.c.type == bindparam("of_type"), records.c.id == bindparam("of_id"))
    .limit(1)
)
_LEAVES = select(leaves.c.path, leaves.c.value, leaves.c.rev).where(of_record(leaves))
_LATER = and_(leaves.c.channel == bindparam("of_channel"), leaves.c.rev > bindparam("after"))
_LEAVES_AFTER = (
    select(leaves)
    .where(_LATER)
    .order_by(leaves.c.rev, leaves.c.type, leaves.c.id, leaves.c.path)
    .execution_options(yield_per=_ROWS_AT_A_TIME)
)
_LEAF_COUNT = select(func.count()).select_from(leaves).where(_LATER)
_LEAF_COUNT_BEHIND = (
    select(func.count()).select_from(leaves.join(records, _OF_SAME_RECORD)).where(_LATER, _BEHIND_ID)
)
_LEAF_VALUES = (
    select(records.c.channel, records.c.id, leaves.c.path, leaves.c.value)
    .join_from(records, leaves, _OF_SAME_RECORD)
    .where(records.c.type == bindparam("of_type"), leaves.c.path.in_(bindparam("of_paths", expanding=True)))
    .order_by(records.c.id, records.c.channel, leaves.c.path)
    .execution_options(yield_per=_ROWS_AT_A_TIME)
)
