"""What a supervisor does with edits that were put aside: release them, by the merge rule, or drop them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from kopdesk.domain.channels import cooperative_of, unpacked_channel, user_channel
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.merge import ABSENT, Applied, Change, Conflicting, Equal, Merged
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import STATES, check_change
from kopdesk.protocol.aside import aside_name
from kopdesk.protocol.messages import Batch, ChannelChanges, Signed
from kopdesk.server.applying import HANDED_IN_AGAIN
from kopdesk.server.change_set import ChannelChange, Rejected, Result, Source
from kopdesk.server.coding import decode
from kopdesk.server.errors import ChannelGone, QuarantineUnknown
from kopdesk.server.offers import Covered, OfferedChange
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.ports import (
    Quarantined,
    QuarantineDecision,
    QuarantineEntry,
    QuarantineOutcome,
    Transaction,
    User,
)
from kopdesk.server.reviewing import supervisor_named, way_to

_LONGEST_REASON = 500
_OF_A_LOST_PAST = ("lost_grant", HANDED_IN_AGAIN)


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one entry now. `rejected`: why it may not be written; it goes on waiting.

    `already`: it had been decided before, as `decision` says, and nothing was done.
    """

    entry: str
    leaf: Quarantined
    decision: QuarantineDecision | None = None
    already: bool = False
    rejected: str = ""


def entry_of(leaf: Quarantined) -> str:
    """The short name of a quarantined leaf: the same for ever."""
    return aside_name(leaf.channel, leaf.batch_hash, leaf.place)


def release(server: Server, entries: Iterable[str], *, by: str | None = None) -> list[Handled]:
    """Give leaves into the history under their authors' names, with the bases they were written on.

    One change set for each channel and batch, so that the leaves of a record stay together. What an author
    was not allowed to write is written if `by` (a login; without it the only reviewer there is) may.
    Raises QuarantineUnknown, ChannelGone, ReviewerUnclear, MayNotDecide, UserNotFound; then nothing was done.
    """
    with server.store.writing() as tx:
        person = supervisor_named(tx, by)
        waiting, handled = _found(tx, entries)
        for entry in waiting:
            _check_channel(tx, entry.leaf)
        for batch, leaves in _in_batches(tx, waiting):
            handled += _Release(server, tx, person, batch, leaves).handled()
    return handled


def drop(server: Server, entries: Iterable[str], *, reason: str, by: str | None = None) -> list[Handled]:
    """Leaves that are not to count. They, the reason and the person stay in the log for ever."""
    reason = _checked_reason(reason)
    with server.store.writing() as tx:
        person = supervisor_named(tx, by)
        waiting, handled = _found(tx, entries)
        for leaf, _at in waiting:
            decision = _decision(server, person, leaf, QuarantineOutcome.DROPPED, detail=reason)
            tx.decide_quarantined(decision)
            handled.append(Handled(entry_of(leaf), leaf, decision))
    return handled


def _checked_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidField("", "needs_reason")
    if len(reason) > _LONGEST_REASON:
        raise InvalidField("", "text_too_long")
    return reason


def _found(tx: Transaction, entries: Iterable[str]) -> tuple[list[QuarantineEntry], list[Handled]]:
    """Those that wait, oldest first, and those that were decided before."""
    wanted = dict.fromkeys(entry.strip().lower() for entry in entries)
    waiting = {entry_of(found.leaf): found for found in tx.quarantined()}
    decided = {entry_of(found.leaf): found for found in tx.decided_quarantined()}
    for entry in wanted:
        if entry not in waiting and entry not in decided:
            raise QuarantineUnknown(entry)
    before = [
        Handled(entry, decided[entry].leaf, decided[entry].decision, already=True)
        for entry in wanted
        if entry in decided
    ]
    return [found for entry, found in waiting.items() if entry in wanted], before


def _check_channel(tx: Transaction, leaf: Quarantined) -> None:
    """A channel is where it always was, or it is gone; a release never makes one."""
    is_own = leaf.channel == user_channel(leaf.author_id)
    is_known = cooperative_of(leaf.channel) is not None and tx.channel(leaf.channel) is not None
    if not is_own and not is_known:
        raise ChannelGone(leaf.channel)


def _in_batches(tx: Transaction, entries: Iterable[QuarantineEntry]) -> list[tuple[Batch, list[Quarantined]]]:
    """By channel and batch; the batches of a replica in the order in which it made them."""

    def whole(leaf: Quarantined) -> tuple[str, bytes]:
        return leaf.channel, leaf.batch_hash

    found = []
    for entry in entries:
        batch = _batch(tx, entry.leaf.batch_hash)
        found.append((entry.at, batch.replica, batch.seq, *whole(entry.leaf), entry.leaf.place, batch, entry))
    found.sort(key=lambda row: row[:6])
    groups = groupby(found, key=lambda row: whole(row[7].leaf))
    return [(rows[0][6], [row[7].leaf for row in rows]) for rows in (list(group) for _, group in groups)]


def _batch(tx: Transaction, batch_hash: bytes) -> Batch:
    stored = tx.batch(batch_hash)
    assert stored is not None  # kept in the transaction that put its leaves aside
    return decode(Batch, decode(Signed, stored).body)


def _decision(
    server: Server,
    person: User,
    leaf: Quarantined,
    outcome: QuarantineOutcome,
    *,
    detail: str = "",
    rev: int = 0,
) -> QuarantineDecision:
    return QuarantineDecision(
        channel=leaf.channel,
        batch_hash=leaf.batch_hash,
        place=leaf.place,
        decided_by=person.id,
        decided_at=server.now(),
        outcome=outcome,
        detail=detail,
        rev=rev,
    )


class _Release:
    """Leaves of one channel from one batch, and the person who releases them."""

    def __init__(
        self, server: Server, tx: Transaction, person: User, batch: Batch, leaves: Sequence[Quarantined]
    ) -> None:
        self._server, self._tx, self._person, self._batch = server, tx, person, batch
        self._leaves = sorted(leaves, key=lambda leaf: (leaf.row.key, leaf.place))
        self._channel = leaves[0].channel
        author = tx.user(leaves[0].author_id)
        assert author is not None  # accounts are closed, never deleted
        self._author = author

    def handled(self) -> list[Handled]:
        """Make the change set, and write down what became of every leaf that waits no longer."""
        bases = {leaf.place: self._base(leaf) for leaf in self._leaves}
        for key, group in groupby(self._leaves, key=lambda leaf: leaf.row.key):
            (leaf, *others) = group
            if not others:
                bases[leaf.place] = self._take_steps_before(key, leaf, bases[leaf.place])
        change_set = ChannelChange(self._tx, self._channel, self._source(), self._server.random_bytes)
        for key, group in groupby(self._leaves, key=lambda leaf: leaf.row.key):
            self._merge(change_set, key, list(group), bases)
        rev = change_set.finish()
        return [self._decided(leaf, change_set.results[leaf.place], rev) for leaf in self._leaves]

    def _source(self) -> Source:
        return Source(
            user=self._author,
            replica_id=UUID(bytes=self._batch.replica),
            made_at=self._batch.made_at,
            accepted_at=self._server.now(),
            schema=self._batch.schema,
            batch_hash=self._leaves[0].batch_hash,
            vouched_by=self._person.role,
        )

    def _base(self, leaf: Quarantined) -> int:
        """What the author had seen of this past: nothing for sure, if he wrote in one that is lost.

        A base is the rev of its leaf, and a leaf's rev never falls: one above it is from another past.
        """
        if self._message().offers:
            return leaf.row.rev  # the last point that both pasts share
        held = self._tx.leaves(self._channel, leaf.row.key).get(leaf.row.path, ABSENT)
        of_lost_past = leaf.reason in _OF_A_LOST_PAST or leaf.row.rev > held.rev
        return 0 if of_lost_past else leaf.row.rev

    def _shown(self) -> dict[int, Mapping[str, int]]:
        """What deleters had seen of this past, by place."""
        lost = {leaf.place for leaf in self._leaves if leaf.reason in _OF_A_LOST_PAST}
        return {item.place: item.revs for item in self._message().shown if item.place not in lost}

    def _message(self) -> ChannelChanges:
        return next(c for c in self._batch.channels if unpacked_channel(c.channel) == self._channel)

    def _merge(
        self,
        change_set: ChannelChange,
        key: RecordKey,
        leaves: Sequence[Quarantined],
        bases: dict[int, int],
    ) -> None:
        message, shown = self._message(), self._shown()
        changes = [
            Change(leaf.row.path, leaf.row.value, bases[leaf.place], leaf.place, shown.get(leaf.place))
            for leaf in leaves
        ]
        if not message.offers:
            change_set.apply_record(key, changes)
            return
        old_revs = {offer.place: offer.rev for offer in message.offers}
        offers = [
            OfferedChange(change, old_rev, message.chain.get(old_rev, b""))
            for change in changes
            for old_rev in [old_revs.get(change.place, 0)]
        ]
        change_set.apply_offers(key, offers)

    def _take_steps_before(self, key: RecordKey, leaf: Quarantined, base: int) -> int:
        """Repeat what a lost past had done between the state a record is in and the one it got there.

        Returns the base from which the last step is taken; the same, where there is nothing to repeat.
        """
        table = STATES.get(key.type)
        if table is None or leaf.row.path != table.leaf:
            return base
        leaves = self._tx.leaves(self._channel, key)
        if leaves.get(table.leaf, ABSENT).rev > base:
            return base  # somebody has moved it since: that is for the merge rule
        before = {path: held.value for path, held in leaves.items()}
        people = (self._author, self._person)
        roles = [person.role for person in people]
        way = way_to(table, str(table.state_in(before) or ""), (str(leaf.row.value),), roles) or []
        walkers = []
        for state in way:
            step = {table.leaf: state}
            able = (p for p in people if not check_change(key.type, before, step, p.role))
            walker = next(able, None)
            if walker is None:
                return base
            walkers.append((walker, step))
            before |= step
        for walker, step in walkers[:-1]:
            base = change(self._tx, self._server.office(walker), self._channel, {key: step}).rev
        return base

    def _decided(self, leaf: Quarantined, result: Result, rev: int) -> Handled:
        entry = entry_of(leaf)
        if isinstance(result, Rejected):
            return Handled(entry, leaf, rejected=result.reason)
        detail = str(result.conflict_id) if isinstance(result, Conflicting) else ""
        decision = _decision(self._server, self._person, leaf, _outcome(result), detail=detail, rev=rev)
        self._tx.decide_quarantined(decision)
        return Handled(entry, leaf, decision)


def _outcome(result: Applied | Equal | Merged | Conflicting | Covered) -> QuarantineOutcome:
    match result:
        case Applied():
            return QuarantineOutcome.APPLIED
        case Equal():
            return QuarantineOutcome.EQUAL
        case Merged():
            return QuarantineOutcome.MERGED
        case Conflicting():
            return QuarantineOutcome.CONFLICT
        case Covered():
            return QuarantineOutcome.COVERED
