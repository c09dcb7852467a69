"""Rows of the log: which change sets a channel has seen, and what each made of a leaf."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.server.ports import ChannelState, OfferMark, Revision
from kopdesk.server.store_rows import Rows, of_record
from kopdesk.server.tables import changes, channels, lost_points, offer_marks, revisions

_REVS_PER_QUERY = 500


class HistoryRows(Rows):
    """The part of `ports.Transaction` about channels, revs and the log."""

    def channel(self, name: str) -> ChannelState | None:
        head = select(channels).where(channels.c.name == name)
        if self._writes:
            head = head.with_for_update()  # SQLite, with its one writer, leaves it out
        row = self._connection.execute(head).one_or_none()
        return ChannelState(row.name, row.rev, row.tip, row.digest) if row else None

    def heads(self, names: Collection[str]) -> Mapping[str, ChannelState]:
        found = select(channels).where(channels.c.name.in_(list(names)))
        rows = self._connection.execute(found)
        return {row.name: ChannelState(row.name, row.rev, row.tip, row.digest) for row in rows}

    def save_channel(self, state: ChannelState) -> None:
        self._put(channels, {"name": state.name, "rev": state.rev, "tip": state.tip, "digest": state.digest})

    def channels(self) -> list[ChannelState]:
        rows = self._connection.execute(select(channels).order_by(channels.c.name))
        return [ChannelState(row.name, row.rev, row.tip, row.digest) for row in rows]

    def add_revision(self, revision: Revision) -> None:
        row = {column.name: getattr(revision, column.name) for column in revisions.columns}
        self._connection.execute(insert(revisions), row)

    def revision(self, channel: str, rev: int) -> Revision | None:
        return self.revisions(channel, [rev]).get(rev)

    def revisions(self, channel: str, revs: Collection[int]) -> Mapping[int, Revision]:
        found = {}
        for some in _in_batches(revs, _REVS_PER_QUERY):
            wanted = select(revisions).where(revisions.c.channel == channel, revisions.c.rev.in_(some))
            found.update({row.rev: _revision(row) for row in self._connection.execute(wanted)})
        return found

    def tags_after(self, channel: str, rev: int) -> list[bytes]:
        later = (
            select(revisions.c.tag)
            .where(revisions.c.channel == channel, revisions.c.rev > rev)
            .order_by(revisions.c.rev)
        )
        return list(self._connection.scalars(later))

    def offer_mark(self, channel: str, key: RecordKey, path: str) -> OfferMark | None:
        its = select(offer_marks).where(of_record(offer_marks, channel, key), offer_marks.c.path == path)
        row = self._connection.execute(its).one_or_none()
        return OfferMark(row.old_rev, row.old_tip, row.rev) if row else None

    def save_offer_mark(self, channel: str, key: RecordKey, path: str, mark: OfferMark) -> None:
        record = {"channel": channel, "type": key.type, "id": key.id, "path": path}
        self._put(offer_marks, {**record, **mark._asdict()})

    def add_lost_chain(self, channel: str, batch_hash: bytes, tips: Collection[bytes]) -> None:
        rows = [{"channel": channel, "tip": tip, "batch_hash": batch_hash} for tip in sorted(tips)]
        if rows:
            self._connection.execute(insert(lost_points), rows)

    def are_of_one_past(self, channel: str, one: bytes, other: bytes) -> bool:
        first, second = lost_points.alias(), lost_points.alias()
        both = (
            select(first.c.batch_hash)
            .join(
                second, and_(first.c.channel == second.c.channel, first.c.batch_hash == second.c.batch_hash)
            )
            .where(first.c.channel == channel, first.c.tip == one, second.c.tip == other)
            .limit(1)
        )
        return self._connection.scalar(both) is not None

    def value_at(self, channel: str, key: RecordKey, path: str, rev: int) -> Value:
        earlier = (
            select(changes.c.value)
            .where(of_record(changes, channel, key), changes.c.path == path, changes.c.rev <= rev)
            .order_by(changes.c.rev.desc())
            .limit(1)
        )
        value: Value = self._connection.scalar(earlier)
        return value

    def last_by(self, channel: str, key: RecordKey, path: str, author_id: UUID) -> Central | None:
        its_revision = and_(revisions.c.channel == changes.c.channel, revisions.c.rev == changes.c.rev)
        own = (
            select(changes.c.value, changes.c.rev)
            .join_from(changes, revisions, its_revision)
            .where(of_record(changes, channel, key), changes.c.path == path)
            .where(revisions.c.author_id == author_id)
            .order_by(changes.c.rev.desc())
            .limit(1)
        )
        row = self._connection.execute(own).one_or_none()
        return Central(row.value, row.rev) if row else None


def _revision(row: Any) -> Revision:
    return Revision(**row._mapping)


def _in_batches(revs: Iterable[int], size: int) -> Iterator[list[int]]:
    remaining = iter(revs)
    while some := list(islice(remaining, size)):
        yield some
