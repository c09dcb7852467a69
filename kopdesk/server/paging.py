"""What a laptop does not have yet, in pages. A page ends at the end of a rev; a snapshot, of a record."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import same
from kopdesk.protocol.columns import LeafRow, in_columns
from kopdesk.protocol.digest import GENESIS_TIP
from kopdesk.protocol.messages import START, Chain, Cursor, Page, Person
from kopdesk.protocol.messages import Revision as RevisionMessage
from kopdesk.server.ports import ChannelState, Revision, Transaction

OwnLeaves = Mapping[tuple[RecordKey, str], Central]
"""Leaves of the batch in this very request, as its receipt tells them: the laptop has them from there."""

_OVERHEAD_PER_LEAF = 12
_LONGEST_CHAIN = 2000
"""Revs. Who was away for longer knows fewer points of the past; people are asked about more of his offers."""


@dataclass
class Paging:
    """Collects pages up to a budget of bytes (uncompressed, estimated)."""

    tx: Transaction
    reader_schema: int
    budget: int
    pages: list[Page] = field(default_factory=list)
    cursors: list[Cursor] = field(default_factory=list)
    more: bool = False
    remaining: int = 0
    """About so many leaves are still to come; counted only when there are any."""
    chains: list[Chain] = field(default_factory=list)

    def serve(self, state: ChannelState, cursor: Cursor | None, own: OwnLeaves, receipt_rev: int) -> None:
        """Add what is new in one channel. `receipt_rev` is the rev this request's receipt names, or 0."""
        if cursor is not None and cursor.digest is not None and cursor.rev == state.rev:
            return
        if self.budget <= 0:
            self.serve_questions(state, receipt_rev)
            self.put_off(state.name, cursor, receipt_rev)
            self._note_remaining(state.name, cursor)
            return
        rows: list[LeafRow] = []
        begun = cursor
        if cursor is None or cursor.position:
            cursor = self._serve_snapshot(state, cursor, rows)
        if not cursor.position:
            cursor = self._serve_changes(state, cursor, rows)
        rows = [row for row in rows if not _is_own(row, own)]
        if rows:
            self.pages.append(self._page(state, rows))
        if cursor.digest is None:
            self.serve_questions(state, receipt_rev)
        self.cursors.append(cursor)
        if begun is not None and begun.rev < cursor.rev <= begun.rev + _LONGEST_CHAIN:
            tags = b"".join(self.tx.tags_between(state.name, begun.rev, cursor.rev))
            self.chains.append(Chain(packed_channel(state.name), begun.rev, tags))
            self.budget -= len(tags)
        if cursor.digest is None:
            self._note_remaining(state.name, cursor)

    def serve_questions(self, state: ChannelState, receipt_rev: int) -> None:
        """The conflict records that the receipt's batch made, whatever else is left for later.

        With its receipt the laptop gives up a value in conflict. From then on it keeps it in the record, also
        for a centre that is put back to an old backup.
        """
        if receipt_rev:
            later = self.tx.leaves_after(state.name, receipt_rev - 1)
            made = itertools.takewhile(lambda row: row.rev == receipt_rev, later)
            rows = [row for row in made if row.key.type == "conflict"]
            if rows:
                self.pages.append(self._page(state, rows))

    def put_off(self, name: str, cursor: Cursor | None, receipt_rev: int) -> None:
        """Serve nothing of a channel now; but what a receipt tells of is a point the laptop holds."""
        if not receipt_rev or (cursor is not None and cursor.rev >= receipt_rev):
            return
        revision = self.tx.revision(name, receipt_rev)
        assert revision is not None
        held = cursor or Cursor(packed_channel(name), 0, GENESIS_TIP, position=START)
        note = Cursor(held.channel, held.rev, held.tip, None, receipt_rev, revision.tip, held.position)
        self.cursors.append(note)

    def _note_remaining(self, name: str, cursor: Cursor | None) -> None:
        self.more = True
        after = _unpacked_position(cursor.position) if cursor else None
        rev = cursor.rev if cursor and after is None else 0
        self.remaining += self.tx.leaf_count(name, rev=rev, after=after)

    def _serve_snapshot(self, state: ChannelState, cursor: Cursor | None, rows: list[LeafRow]) -> Cursor:
        is_begun = cursor is not None and cursor.position != START
        rev, tip = (cursor.rev, cursor.tip) if cursor and is_begun else (state.rev, state.tip)
        after = _unpacked_position(cursor.position) if cursor else None
        for rank, key, leaves in self.tx.records_after(state.name, after):
            # Behind an id, not behind a record: an id is no secret, and two types may share one.
            if self.budget <= 0 and after is not None and (rank, key.id) != after:
                return self._open(state, rev, tip, _packed_position(*after))
            self._take(rows, (LeafRow(key, path, leaf.value, leaf.rev) for path, leaf in leaves.items()))
            after = (rank, key.id)
        return self._open(state, rev, tip)

    def _serve_changes(self, state: ChannelState, cursor: Cursor, rows: list[LeafRow]) -> Cursor:
        rev = cursor.rev
        served = {(row.key, row.path): row.rev for row in rows}
        for row in self.tx.leaves_after(state.name, cursor.rev):
            if row.rev != rev:
                if self.budget <= 0 and rev > cursor.rev:
                    revision = self.tx.revision(state.name, rev)
                    assert revision is not None
                    return self._open(state, rev, revision.tip)
                rev = row.rev
            if served.get((row.key, row.path)) != row.rev:
                self._take(rows, [row])
        return Cursor(packed_channel(state.name), state.rev, state.tip, state.digest)

    def _open(self, state: ChannelState, rev: int, tip: bytes, position: bytes = b"") -> Cursor:
        channel = packed_channel(state.name)
        return Cursor(channel, rev, tip, None, state.rev, state.tip if state.rev else b"", position)

    def _take(self, rows: list[LeafRow], new: Iterable[LeafRow]) -> None:
        for row in new:
            rows.append(row)
            self.budget -= _OVERHEAD_PER_LEAF + (len(row.value) if isinstance(row.value, str) else 4)

    def _page(self, state: ChannelState, rows: list[LeafRow]) -> Page:
        blocks, _ = in_columns(rows, self.reader_schema)
        revisions = self.tx.revisions(state.name, {row.rev for row in rows})
        authors: dict[UUID, int] = {}
        messages = [
            _revision_message(revisions[rev], authors.setdefault(revisions[rev].author_id, len(authors)))
            for rev in sorted(revisions)
        ]
        people = [_person(self.tx, user_id) for user_id in authors]
        return Page(packed_channel(state.name), blocks, messages, people)


def _is_own(row: LeafRow, own: OwnLeaves) -> bool:
    mine = own.get((row.key, row.path))
    return mine is not None and mine.rev == row.rev and same(mine.value, row.value)


def _revision_message(revision: Revision, author: int) -> RevisionMessage:
    replica = revision.replica_id.bytes if revision.replica_id else b""
    return RevisionMessage(revision.rev, author, replica, revision.made_at, revision.accepted_at)


def _person(tx: Transaction, user_id: UUID) -> Person:
    user = tx.user(user_id)
    return Person(user_id.bytes, user.name if user else "", user.role.value if user else "")


def _packed_position(rank: int, record_id: UUID) -> bytes:
    return rank.to_bytes(2, "big") + record_id.bytes


def _unpacked_position(position: bytes) -> tuple[int, UUID] | None:
    if len(position) != 18:
        return None
    return int.from_bytes(position[:2], "big"), UUID(bytes=position[2:])
