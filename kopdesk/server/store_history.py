"""Rows of the log: which change sets a channel has seen, and what each made of a leaf."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, select

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.server.ports import ChannelState, OfferMark, Revision
from kopdesk.server.store_rows import Rows, named, of_record
from kopdesk.server.tables import changes, channels, lost_points, offer_marks, revisions

_REVS_PER_QUERY = 500


class HistoryRows(Rows):
    """The part of `ports.Transaction` about channels, revs and the log."""

    def channel(self, name: str) -> ChannelState | None:
        head = _HEAD_TO_WRITE if self._writes else _HEAD
        row = self._connection.execute(head, {"of_name": name}).one_or_none()
        return ChannelState(row.name, row.rev, row.tip, row.digest) if row else None

    def heads(self, names: Collection[str]) -> Mapping[str, ChannelState]:
        rows = self._connection.execute(_HEADS, {"of_names": list(names)})
        return {row.name: ChannelState(row.name, row.rev, row.tip, row.digest) for row in rows}

    def save_channel(self, state: ChannelState) -> None:
        self._put(channels, {"name": state.name, "rev": state.rev, "tip": state.tip, "digest": state.digest})

    def channels(self) -> list[ChannelState]:
        rows = self._connection.execute(_CHANNELS)
        return [ChannelState(row.name, row.rev, row.tip, row.digest) for row in rows]

    def add_revision(self, revision: Revision) -> None:
        row = {column.name: getattr(revision, column.name) for column in revisions.columns}
        self._connection.execute(_ADD_REVISION, row)

    def revision(self, channel: str, rev: int) -> Revision | None:
        return self.revisions(channel, [rev]).get(rev)

    def revisions(self, channel: str, revs: Collection[int]) -> Mapping[int, Revision]:
        found = {}
        for some in _in_batches(revs, _REVS_PER_QUERY):
            rows = self._connection.execute(_REVISIONS, {"of_channel": channel, "of_revs": some})
            found.update({row.rev: _revision(row) for row in rows})
        return found

    def tags_between(self, channel: str, after: int, upto: int) -> list[bytes]:
        revs = {"of_channel": channel, "after": after, "upto": upto}
        return list(self._connection.scalars(_TAGS_BETWEEN, revs))

    def offer_mark(self, channel: str, key: RecordKey, path: str) -> OfferMark | None:
        row = self._connection.execute(_OFFER_MARK, {**named(channel, key), "of_path": path}).one_or_none()
        return OfferMark(row.old_rev, row.old_tip, row.rev) if row else None

    def save_offer_mark(self, channel: str, key: RecordKey, path: str, mark: OfferMark) -> None:
        record = {"channel": channel, "type": key.type, "id": key.id, "path": path}
        self._put(offer_marks, {**record, **mark._asdict()})

    def add_lost_chain(self, channel: str, batch_hash: bytes, tips: Collection[bytes]) -> None:
        rows = [{"channel": channel, "tip": tip, "batch_hash": batch_hash} for tip in sorted(tips)]
        if rows:
            self._connection.execute(_ADD_LOST_POINTS, rows)

    def are_of_one_past(self, channel: str, one: bytes, other: bytes) -> bool:
        both = {"of_channel": channel, "one": one, "other": other}
        return self._connection.scalar(_LOST_TOGETHER, both) is not None

    def value_at(self, channel: str, key: RecordKey, path: str, rev: int) -> Value:
        its = {**named(channel, key), "of_path": path, "until": rev}
        value: Value = self._connection.scalar(_VALUE_AT, its)
        return value

    def values_after(self, channel: str, key: RecordKey, path: str, rev: int) -> list[Value]:
        its = {**named(channel, key), "of_path": path, "since": rev}
        return list(self._connection.scalars(_VALUES_AFTER, its))

    def leaves_at(self, channel: str, key: RecordKey, rev: int) -> dict[str, Central]:
        rows = self._connection.execute(_LEAVES_AT, {**named(channel, key), "until": rev})
        return {row.path: Central(row.value, row.rev) for row in rows}  # the last of each path stays

    def last_by(self, channel: str, key: RecordKey, path: str, author_id: UUID) -> Central | None:
        its = {**named(channel, key), "of_path": path, "of_author": author_id}
        row = self._connection.execute(_LAST_BY, its).one_or_none()
        return Central(row.value, row.rev) if row else None


# Made once: making a statement costs more than running it.
_HEAD = select(channels).where(channels.c.name == bindparam("of_name"))
_HEAD_TO_WRITE = _HEAD.with_for_update()  # SQLite, with its one writer, leaves it out
_HEADS = select(channels).where(channels.c.name.in_(bindparam("of_names", expanding=True)))
_CHANNELS = select(channels).order_by(channels.c.name)
_ADD_REVISION = insert(revisions)
_REVISIONS = select(revisions).where(
    revisions.c.channel == bindparam("of_channel"),
    revisions.c.rev.in_(bindparam("of_revs", expanding=True)),
)
_TAGS_BETWEEN = (
    select(revisions.c.tag)
    .where(
        revisions.c.channel == bindparam("of_channel"),
        revisions.c.rev > bindparam("after"),
        revisions.c.rev <= bindparam("upto"),
    )
    .order_by(revisions.c.rev)
)
_OFFER_MARK = select(offer_marks).where(of_record(offer_marks), offer_marks.c.path == bindparam("of_path"))
_ADD_LOST_POINTS = insert(lost_points)
_first, _second = lost_points.alias(), lost_points.alias()
_LOST_TOGETHER = (
    select(_first.c.batch_hash)
    .join(_second, and_(_first.c.channel == _second.c.channel, _first.c.batch_hash == _second.c.batch_hash))
    .where(_first.c.channel == bindparam("of_channel"))
    .where(_first.c.tip == bindparam("one"), _second.c.tip == bindparam("other"))
    .limit(1)
)
_VALUE_AT = (
    select(changes.c.value)
    .where(of_record(changes), changes.c.path == bindparam("of_path"), changes.c.rev <= bindparam("until"))
    .order_by(changes.c.rev.desc())
    .limit(1)
)
_VALUES_AFTER = (
    select(changes.c.value)
    .where(of_record(changes), changes.c.path == bindparam("of_path"), changes.c.rev > bindparam("since"))
    .order_by(changes.c.rev)
)
_LEAVES_AT = (
    select(changes.c.path, changes.c.value, changes.c.rev)
    .where(of_record(changes), changes.c.rev <= bindparam("until"))
    .order_by(changes.c.rev)
)
_LAST_BY = (
    select(changes.c.value, changes.c.rev)
    .join_from(
        changes, revisions, and_(revisions.c.channel == changes.c.channel, revisions.c.rev == changes.c.rev)
    )
    .where(of_record(changes), changes.c.path == bindparam("of_path"))
    .where(revisions.c.author_id == bindparam("of_author"))
    .order_by(changes.c.rev.desc())
    .limit(1)
)


def _revision(row: Any) -> Revision:
    return Revision(**row._mapping)


def _in_batches(revs: Iterable[int], size: int) -> Iterator[list[int]]:
    remaining = iter(revs)
    while some := list(islice(remaining, size)):
        yield some
