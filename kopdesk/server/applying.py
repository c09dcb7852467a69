"""Applies one batch: rights and states leaf by leaf, then the merge rule, one rev per channel."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.field_checks import check_leaf
from kopdesk.domain.fields import MergeClass
from kopdesk.domain.merge import (
    Applied,
    Central,
    Change,
    Conflict,
    Conflicting,
    Equal,
    Merged,
    Outcome,
    RecordMerge,
    Signature,
    conflict_id,
    conflict_leaves,
    merge_record,
)
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import check_change
from kopdesk.domain.values import Value, same
from kopdesk.domain.channels import cooperative_of, packed_channel, unpacked_channel
from kopdesk.protocol.codec import decode
from kopdesk.protocol.columns import LeafRow, rows_of
from kopdesk.protocol.digest import GENESIS_TIP, moved, next_tip, record_hash
from kopdesk.protocol.messages import (
    SCHEMA,
    Batch,
    ChannelChanges,
    GrantKind,
    LeafOutcome,
    OutcomeKind,
    Receipt,
    Signed,
)
from kopdesk.server.ports import ChannelState, Quarantined, Revision, Transaction, User

_SNAPSHOT_ORDER = ("cooperative", "officer", "follow_up", "problem", "conflict", "remark", "visit", "outlet")
"""What an assistant needs first when a cooperative arrives; the rest follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """On whose behalf a batch is applied. `permissions`: the last word about each channel."""

    user: User
    permissions: Mapping[str, GrantKind]


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
        refusal = self._refusal(name)
        if refusal is not None:
            kind, reason = refusal
            for place, row in rows:
                self.outcomes[place] = LeafOutcome(place, kind, detail=reason)
                if kind is OutcomeKind.QUARANTINED:
                    self._quarantine(name, place, row, reason)
            return
        state = self.tx.channel(name) or ChannelState(name, 0, GENESIS_TIP, 0)
        change = _ChannelChange(self, state)
        shown = {item.place: item.revs for item in message.shown}
        known = self._known_edits(name, message)
        rows = [(place, row) for place, row in rows if place not in known]
        rows.sort(key=lambda item: (item[1].key, item[0]))
        for key, group in groupby(rows, key=lambda item: item[1].key):
            changes = [Change(row.path, row.value, row.rev, place, shown.get(place)) for place, row in group]
            change.apply_record(key, changes)
        change.finish()

    def _refusal(self, name: str) -> tuple[OutcomeKind, str] | None:
        grant = self.sender.permissions.get(name)
        if grant is None or (cooperative_of(name) is None and not name.startswith("user/")):
            return OutcomeKind.REJECTED, "foreign_channel"
        if grant is GrantKind.WITHDRAWN:
            return OutcomeKind.QUARANTINED, "withdrawn_channel"
        if grant is GrantKind.READ_ONLY:
            return OutcomeKind.REJECTED, "read_only_channel"
        return None

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

    def _known_edits(self, name: str, message: ChannelChanges) -> set[int]:
        """Edits that came before in a batch which was answered: they get that answer again."""
        known = set()
        for origin in message.origins:
            stored = self.tx.receipt_of_batch(origin.batch_hash)
            if stored is None:
                continue
            receipt = decode(Receipt, decode(Signed, stored.receipt).body)
            if receipt.refused:
                continue
            known.add(origin.place)
            earlier = next((o for o in receipt.outcomes if o.place == origin.batch_place), None)
            self.outcomes[origin.place] = (
                LeafOutcome(origin.place, earlier.kind, earlier.rev, earlier.value, earlier.detail)
                if earlier
                else LeafOutcome(origin.place, OutcomeKind.EQUAL, receipt.revs.get(packed_channel(name), 0))
            )
        return known


class _ChannelChange:
    """The change set of one channel: collects records, then makes one rev of them."""

    def __init__(self, application: Application, state: ChannelState) -> None:
        self._of = application
        self._state = state
        self._rev = state.rev + 1
        self._digest = state.digest
        self._changed = False
        self._own = application.own.setdefault(state.name, {})

    def apply_record(self, key: RecordKey, changes: list[Change]) -> None:
        """Merge the changes of one record."""
        tx, name = self._of.tx, self._state.name
        if tx.channel_of(key) not in (None, name):
            self._reject({change.place: "other_channel" for change in changes})
            return
        leaves = tx.leaves(name, key)
        changes = self._permitted(key, leaves, changes)
        merge = merge_record(
            key,
            leaves,
            changes,
            merge_class=lambda path: _merge_class(key.type, path),
            value_at=lambda path, rev: tx.value_at(name, key, path, rev),
            conflict_id=lambda conflict: self._conflict_id(key, conflict),
        )
        self._store(key, leaves, merge.leaves)
        for conflict in merge.conflicts:
            self._store_conflict(key, leaves, conflict)
        self._note_outcomes(key, changes, merge)

    def finish(self) -> None:
        """Make the rev, if anything changed."""
        of, state = self._of, self._state
        if not self._changed:
            of.revs[packed_channel(state.name)] = state.rev
            return
        tag = of.random_bytes(16)
        tip = next_tip(state.tip, tag)
        of.tx.save_channel(ChannelState(state.name, self._rev, tip, self._digest))
        of.tx.add_revision(
            Revision(
                channel=state.name,
                rev=self._rev,
                tag=tag,
                tip=tip,
                digest=self._digest,
                author_id=of.sender.user.id,
                replica_id=UUID(bytes=of.batch.replica),
                made_at=of.batch.made_at,
                accepted_at=of.now,
            )
        )
        of.revs[packed_channel(state.name)] = self._rev

    def _permitted(
        self, key: RecordKey, leaves: Mapping[str, Central], changes: list[Change]
    ) -> list[Change]:
        """Without the leaves that schema, rights or state table forbid; those are rejected one by one."""
        faults = {c.place: reason for c in changes if (reason := self._fault(key, leaves, c)) is not None}
        new = {
            c.path: c.value
            for c in changes
            if c.place not in faults and not same(c.value, leaves[c.path].value if c.path in leaves else None)
        }
        before = {path: leaf.value for path, leaf in leaves.items()}
        forbidden = check_change(key.type, before, new, self._of.sender.user.role) if new else {}
        faults |= {
            c.place: forbidden[c.path] for c in changes if c.path in forbidden and c.place not in faults
        }
        self._reject(faults)
        return [change for change in changes if change.place not in faults]

    def _fault(self, key: RecordKey, leaves: Mapping[str, Central], change: Change) -> str | None:
        spec = leaf_at(key.type, change.path)
        if spec is None:
            return None if self._of.batch.schema > SCHEMA else "unknown_leaf"
        if key.type == "cooperative" and key.id != cooperative_of(self._state.name):
            return "other_channel"
        if key.type == "conflict" and change.path in leaves:
            return None if same(leaves[change.path].value, change.value) else "only_added"
        if change.value is None:
            return None
        try:
            check_leaf(change.path, spec, change.value)
        except InvalidField as error:
            return None if self._of.batch.schema > SCHEMA else error.reason
        return None

    def _reject(self, faults: Mapping[int, str]) -> None:
        for place, reason in faults.items():
            self._of.outcomes[place] = LeafOutcome(place, OutcomeKind.REJECTED, detail=reason)

    def _store(self, key: RecordKey, leaves: Mapping[str, Central], new: Mapping[str, Value]) -> None:
        if not new:
            return
        changed = {path: Central(value, self._rev) for path, value in new.items()}
        before = record_hash(key, {path: leaf.value for path, leaf in leaves.items()})
        after = record_hash(key, {path: leaf.value for path, leaf in {**leaves, **changed}.items()})
        self._digest = moved(self._digest, before, after)
        self._of.tx.save_leaves(
            self._state.name, key, changed, rank=snapshot_rank(key.type), record_hash=after
        )
        self._changed = True

    def _conflict_id(self, key: RecordKey, conflict: Conflict) -> UUID:
        batch = self._of.batch
        return conflict_id(self._state.name, key, UUID(bytes=batch.replica), batch.seq, conflict)

    def _store_conflict(self, about: RecordKey, leaves: Mapping[str, Central], conflict: Conflict) -> None:
        mine = Signature(
            author=self._of.sender.user.name,
            replica_id=UUID(bytes=self._of.batch.replica),
            at=_instant(self._of.batch.made_at),
        )
        rev = leaves[conflict.path].rev if conflict.path in leaves else 0
        theirs = self._signature_of(rev)
        kept, offered = (mine, theirs) if conflict.offered_is_central else (theirs, mine)
        key = RecordKey("conflict", self._conflict_id(about, conflict))
        self._store(
            key, self._of.tx.leaves(self._state.name, key), conflict_leaves(about, conflict, kept, offered)
        )

    def _signature_of(self, rev: int) -> Signature:
        revision = self._of.tx.revision(self._state.name, rev)
        if revision is None:
            return Signature(author="", replica_id=None, at=_instant(0))
        author = self._of.tx.user(revision.author_id)
        return Signature(
            author=author.name if author else "",
            replica_id=revision.replica_id,
            at=_instant(revision.made_at),
        )

    def _note_outcomes(self, key: RecordKey, changes: Iterable[Change], merge: RecordMerge) -> None:
        for change in changes:
            outcome = merge.outcomes[change.place]
            message = _message(change.place, outcome)
            if message is not None:
                self._of.outcomes[change.place] = message
            settled = _settled(change, outcome, self._rev)
            if settled is not None:
                self._own[key, change.path] = settled


def snapshot_rank(record_type: str) -> int:
    """Where a type stands in a snapshot."""
    return _SNAPSHOT_ORDER.index(record_type) if record_type in _SNAPSHOT_ORDER else len(_SNAPSHOT_ORDER)


def _merge_class(record_type: str, path: str) -> MergeClass:
    spec = leaf_at(record_type, path)
    return spec.merge if spec else MergeClass.DECIDE


def _message(place: int, outcome: Outcome) -> LeafOutcome | None:
    match outcome:
        case Applied():
            return None
        case Equal(rev):
            return LeafOutcome(place, OutcomeKind.EQUAL, rev=rev)
        case Merged(value):
            return LeafOutcome(place, OutcomeKind.MERGED, value=value)
        case Conflicting(conflict):
            return LeafOutcome(place, OutcomeKind.CONFLICT, detail=str(conflict))


def _settled(change: Change, outcome: Outcome, rev: int) -> Central | None:
    match outcome:
        case Applied():
            return Central(change.value, rev)
        case Equal(earlier):
            return Central(change.value, earlier)
        case Merged(value):
            return Central(value, rev)
        case Conflicting():
            return None


def _instant(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):  # a clock that is thousands of years off
        return datetime.fromtimestamp(0, UTC)
