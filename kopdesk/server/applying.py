"""Applies one batch of a laptop: channel by channel, and says in a receipt what became of every leaf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from kopdesk.domain.channels import cooperative_of, packed_channel, unpacked_channel
from kopdesk.domain.merge import ABSENT, Applied, Central, Change, Conflicting, Equal, Merged
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import same
from kopdesk.protocol.columns import LeafRow, rows_of
from kopdesk.protocol.messages import (
    Batch,
    ChannelChanges,
    GrantKind,
    LeafOutcome,
    Origin,
    OutcomeKind,
    Receipt,
    Signed,
)
from kopdesk.server.change_set import ChannelChange, Rejected, Result, Source
from kopdesk.server.coding import decode
from kopdesk.server.offers import Covered, OfferedChange
from kopdesk.server.ports import Quarantined, Transaction, User

HANDED_IN_AGAIN = "handed_in_again"
"""Why a leaf waits that a server had put aside before, and lost with a part of its past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """On whose behalf a batch is applied. `permissions`: the last word about each channel.

    `lost_grants`: the laptop was told of grants that this server has lost with a part of its past.
    """

    user: User
    permissions: Mapping[str, GrantKind]
    lost_grants: bool = False


@dataclass
class Application:
    """One batch on its way into the server's history."""

    tx: Transaction
    sender: Sender
    batch: Batch
    batch_hash: bytes
    now: int
    random_bytes: Callable[[int], bytes]
    outcomes: dict[int, LeafOutcome] = field(default_factory=dict)
    revs: dict[bytes, int] = field(default_factory=dict)
    own: dict[str, dict[tuple[RecordKey, str], Central]] = field(default_factory=dict)
    """What the receipt tells the laptop of each of its leaves, per channel."""

    def receipt(self) -> Receipt:
        """Apply everything and say what became of it."""
        place = 0
        channels = []
        for changes in self.batch.channels:
            placed = list(enumerate(rows_of(changes.blocks), place))
            channels.append((unpacked_channel(changes.channel), changes, placed))
            place += len(placed)
        for name, changes, placed in sorted(channels, key=lambda channel: channel[0]):
            self._apply_channel(name, changes, placed)
        return Receipt(
            self.batch.replica,
            self.batch.seq,
            self.batch_hash,
            self.revs,
            [self.outcomes[place] for place in sorted(self.outcomes)],
            self.now,
        )

    def _apply_channel(self, name: str, message: ChannelChanges, rows: list[tuple[int, LeafRow]]) -> None:
        refusal = (OutcomeKind.QUARANTINED, self._why_aside(name)) if message.aside else self._refusal(name)
        bases: dict[int, int] = {}
        if message.aside or refusal is None:
            known, bases = self._known_edits(name, message, dict(rows))
        else:
            known = set()
        if refusal is not None:
            kind, reason = refusal
            if message.offers:  # of a lost past, and perhaps nobody else's: it must not be lost
                kind = OutcomeKind.QUARANTINED
            for place, row in rows:
                if place in known:
                    continue
                self.outcomes[place] = LeafOutcome(place, kind, detail=reason)
                if kind is OutcomeKind.QUARANTINED:
                    self._quarantine(name, place, row, reason)
            return
        change = ChannelChange(self.tx, name, self._source(), self.random_bytes)
        shown = {item.place: item.revs for item in message.shown}
        rows = [(place, row) for place, row in rows if place not in known]
        rows.sort(key=lambda item: (item[1].key, item[0]))
        if message.offers:
            self._apply_offers(name, change, message, rows)
            return
        for key, group in groupby(rows, key=lambda item: item[1].key):
            changes = [
                Change(row.path, row.value, max(row.rev, bases.get(place, 0)), place, shown.get(place))
                for place, row in group
            ]
            change.apply_record(key, changes)
        self.revs[packed_channel(name)] = change.finish()
        self.own[name] = change.settled
        for place, result in change.results.items():
            if not isinstance(result, Applied):
                self.outcomes[place] = _message(place, result)

    def _apply_offers(
        self, name: str, change: ChannelChange, message: ChannelChanges, rows: list[tuple[int, LeafRow]]
    ) -> None:
        """What a laptop still has of a lost past. The receipt tells of every leaf what the centre holds."""
        old_revs = {offer.place: offer.rev for offer in message.offers}
        common = self._last_common(name, message.chain)
        self.tx.add_lost_chain(name, self.batch_hash, set(message.chain.values()))
        for key, group in groupby(rows, key=lambda item: item[1].key):
            offers = []
            for place, row in group:
                old_rev = old_revs.get(place, 0)
                # What is of our own past and differs is damage on one side: that is asked about.
                base = max(row.rev, common) if old_rev > common else row.rev
                offered = Change(row.path, row.value, base, place)
                offers.append(OfferedChange(offered, old_rev, message.chain.get(old_rev, b"")))
            change.apply_offers(key, offers)
        self.revs[packed_channel(name)] = change.finish()
        for key, group in groupby(rows, key=lambda item: item[1].key):
            leaves = self.tx.leaves(name, key)
            for place, row in group:
                held = leaves.get(row.path, ABSENT)
                self.outcomes[place] = self._answer_to_offer(name, place, row, held, change.results[place])

    def _last_common(self, name: str, chain: Mapping[int, bytes]) -> int:
        """The laptop was told some of our points only, and may have taken one that is too low."""
        ours = self.tx.revisions(name, set(chain))
        return max((rev for rev, point in ours.items() if point.tip == chain[rev]), default=0)

    def _answer_to_offer(
        self, name: str, place: int, row: LeafRow, held: Central, result: Result
    ) -> LeafOutcome:
        kind, detail = OutcomeKind.HELD, ""
        if isinstance(result, Conflicting):
            kind, detail = OutcomeKind.CONFLICT, str(result.conflict_id)
        elif isinstance(result, Rejected):
            # Perhaps a supervisor's: who offers it may not write it, but it must not be lost.
            kind, detail = OutcomeKind.QUARANTINED, result.reason
            self._quarantine(name, place, row, result.reason)
        return LeafOutcome(place, kind, held.rev, held.value, detail)

    def _source(self) -> Source:
        return Source(
            user=self.sender.user,
            replica_id=UUID(bytes=self.batch.replica),
            made_at=self.batch.made_at,
            accepted_at=self.now,
            schema=self.batch.schema,
            batch_hash=self.batch_hash,
        )

    def _refusal(self, name: str) -> tuple[OutcomeKind, str] | None:
        if self.sender.user.disabled:
            return OutcomeKind.QUARANTINED, "disabled_account"
        grant = self.sender.permissions.get(name)
        if grant is None and self.sender.lost_grants:
            return OutcomeKind.QUARANTINED, "lost_grant"
        if grant is None or (cooperative_of(name) is None and not name.startswith("user/")):
            return OutcomeKind.REJECTED, "foreign_channel"
        if grant is GrantKind.WITHDRAWN:
            return OutcomeKind.QUARANTINED, "withdrawn_channel"
        if grant is GrantKind.READ_ONLY:
            return OutcomeKind.REJECTED, "read_only_channel"
        return None

    def _why_aside(self, name: str) -> str:
        """The laptop knows that this server has lost the grant, or what it had put aside before."""
        return HANDED_IN_AGAIN if name in self.sender.permissions else "lost_grant"

    def _quarantine(self, name: str, place: int, row: LeafRow, reason: str) -> None:
        leaf = Quarantined(
            channel=name,
            row=row,
            batch_hash=self.batch_hash,
            place=place,
            author_id=self.sender.user.id,
            reason=reason,
        )
        self.tx.quarantine(leaf, self.now)

    def _known_edits(
        self, name: str, message: ChannelChanges, rows: Mapping[int, LeafRow]
    ) -> tuple[set[int], dict[int, int]]:
        """Edits that came before in a batch which was answered: they get that answer again.

        What was typed over such an edit is another value. It is judged anew, as one that has seen the rev
        which the earlier value was given: those are returned by place.
        """
        known: set[int] = set()
        bases: dict[int, int] = {}
        answered: dict[bytes, _Answered | None] = {}
        for origin in message.origins:
            if origin.batch_hash not in answered:
                answered[origin.batch_hash] = _answered(self.tx, origin.batch_hash)
            batch = answered[origin.batch_hash]
            if batch is None:
                continue
            earlier = batch.outcomes.get(origin.batch_place)
            rev = batch.revs.get(packed_channel(name), 0)
            if batch.was(origin.batch_place, rows.get(origin.place)):
                known.add(origin.place)
                self.outcomes[origin.place] = _again(origin, earlier, rev)
            elif earlier is None or earlier.kind is OutcomeKind.EQUAL:
                bases[origin.place] = earlier.rev if earlier else rev
        return known, bases


class _Answered(NamedTuple):
    """A batch that was answered: what was sent, and what became of it by place."""

    sent: list[LeafRow]
    revs: Mapping[bytes, int]
    outcomes: Mapping[int, LeafOutcome]

    def was(self, place: int, row: LeafRow | None) -> bool:
        """Whether this is what was sent at that place."""
        if row is None or not 0 <= place < len(self.sent):
            return False
        before = self.sent[place]
        return (before.key, before.path) == (row.key, row.path) and same(before.value, row.value)


def _answered(tx: Transaction, batch_hash: bytes) -> _Answered | None:
    """Read once for all the edits that were in it; None if it was never answered, or refused."""
    stored, kept = tx.receipt_of_batch(batch_hash), tx.batch(batch_hash)
    if stored is None or kept is None:
        return None
    receipt = decode(Receipt, decode(Signed, stored.receipt).body)
    if receipt.refused:
        return None
    batch = decode(Batch, decode(Signed, kept).body)
    sent = [row for changes in batch.channels for row in rows_of(changes.blocks)]
    return _Answered(sent, receipt.revs, {outcome.place: outcome for outcome in receipt.outcomes})


def _again(origin: Origin, earlier: LeafOutcome | None, rev: int) -> LeafOutcome:
    """An outcome of a batch whose receipt names this rev, for a leaf that came again."""
    if earlier is None:
        return LeafOutcome(origin.place, OutcomeKind.EQUAL, rev)
    named = rev if earlier.kind is OutcomeKind.MERGED else earlier.rev
    first = None
    if earlier.kind is OutcomeKind.QUARANTINED:  # it lies where it came first, and is decided about there
        first = earlier.first or (origin.batch_hash, origin.batch_place)
    return LeafOutcome(origin.place, earlier.kind, named, earlier.value, earlier.detail, first)


def _message(place: int, result: Equal | Merged | Conflicting | Rejected | Covered) -> LeafOutcome:
    match result:
        case Covered(held):
            return LeafOutcome(place, OutcomeKind.HELD, held.rev, held.value)
        case Equal(rev):
            return LeafOutcome(place, OutcomeKind.EQUAL, rev=rev)
        case Merged(value):
            return LeafOutcome(place, OutcomeKind.MERGED, value=value)
        case Conflicting(conflict):
            return LeafOutcome(place, OutcomeKind.CONFLICT, detail=str(conflict))
        case Rejected(reason):
            return LeafOutcome(place, OutcomeKind.REJECTED, detail=reason)
