"""Rows of records as they are now."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow
from kopdesk.server.store_rows import Rows, of_record
from kopdesk.server.tables import changes, leaves, records

_RECORDS_PER_QUERY = 50
_ROWS_AT_A_TIME = 500


class RecordRows(Rows):
    """The part of `ports.Transaction` about records and their leaves."""

    def channel_of(self, key: RecordKey) -> str | None:
        home = select(records.c.channel).where(records.c.type == key.type, records.c.id == key.id).limit(1)
        return self._connection.scalar(home)

    def leaves(self, channel: str, key: RecordKey) -> dict[str, Central]:
        held = select(leaves.c.path, leaves.c.value, leaves.c.rev).where(of_record(leaves, channel, key))
        return {row.path: Central(row.value, row.rev) for row in self._connection.execute(held)}

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
        newer = (
            select(leaves)
            .where(leaves.c.channel == channel, leaves.c.rev > rev)
            .order_by(leaves.c.rev, leaves.c.type, leaves.c.id, leaves.c.path)
            .execution_options(yield_per=_ROWS_AT_A_TIME)
        )
        with self._connection.execute(newer) as rows:
            for row in rows:
                yield LeafRow(RecordKey(row.type, row.id), row.path, row.value, row.rev)

    def records_after(
        self, channel: str, after: tuple[int, UUID] | None
    ) -> Iterator[tuple[int, RecordKey, Mapping[str, Central]]]:
        last: tuple[int, UUID, str | None] | None = None if after is None else (*after, None)
        while True:
            rows = self._connection.execute(_next_records(channel, last)).all()
            for (rank, name, record_id), group in groupby(rows, key=lambda row: (row.rank, row.type, row.id)):
                yield rank, RecordKey(name, record_id), {r.path: Central(r.value, r.rev) for r in group}
                last = (rank, record_id, name)
            if not rows:
                return

    def leaf_count(self, channel: str, *, rev: int = 0, after: tuple[int, UUID] | None = None) -> int:
        counted = select(func.count()).where(leaves.c.channel == channel, leaves.c.rev > rev)
        if after is not None:
            rank, record_id = after
            counted = counted.select_from(leaves.join(records, _of_same_record())).where(
                or_(records.c.rank > rank, and_(records.c.rank == rank, records.c.id < record_id))
            )
        return self._connection.scalar(counted) or 0

    def leaf_values(
        self, record_type: str, paths: Collection[str]
    ) -> Iterator[tuple[str, RecordKey, str, Value]]:
        held = (
            select(records.c.channel, records.c.id, leaves.c.path, leaves.c.value)
            .join_from(records, leaves, _of_same_record())
            .where(records.c.type == record_type, leaves.c.path.in_(list(paths)))
            .order_by(records.c.id, records.c.channel, leaves.c.path)
            .execution_options(yield_per=_ROWS_AT_A_TIME)
        )
        with self._connection.execute(held) as rows:
            for row in rows:
                yield row.channel, RecordKey(record_type, row.id), row.path, row.value


def _of_same_record() -> ColumnElement[bool]:
    return and_(
        leaves.c.channel == records.c.channel,
        leaves.c.type == records.c.type,
        leaves.c.id == records.c.id,
    )


def _next_records(channel: str, after: tuple[int, UUID, str | None] | None) -> Select[Any]:
    """Some records with their leaves, from behind one record or (without its type) behind its id."""
    some = select(records.c.rank, records.c.type, records.c.id).where(records.c.channel == channel)
    if after is not None:
        rank, record_id, name = after
        behind = [records.c.rank > rank, and_(records.c.rank == rank, records.c.id < record_id)]
        if name is not None:
            behind.append(and_(records.c.rank == rank, records.c.id == record_id, records.c.type > name))
        some = some.where(or_(*behind))
    order = (records.c.rank, records.c.id.desc(), records.c.type)
    page = some.order_by(*order).limit(_RECORDS_PER_QUERY).subquery("page")
    of_page = and_(leaves.c.channel == channel, leaves.c.type == page.c.type, leaves.c.id == page.c.id)
    return (
        select(page.c.rank, page.c.type, page.c.id, leaves.c.path, leaves.c.value, leaves.c.rev)
        .join_from(page, leaves, of_page)
        .order_by(page.c.rank, page.c.id.desc(), page.c.type)
    )
