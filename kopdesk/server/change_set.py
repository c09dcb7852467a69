"""One change set in one channel: rights and states leaf by leaf, then the merge rule, then one rev.

A laptop's batch and the office's own decisions go through the same code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeAlias
from uuid import UUID

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
    offered_conflict_id,
)
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value, same
from kopdesk.protocol.digest import GENESIS_TIP, moved, next_tip, record_hash
from kopdesk.server.checking import Fault, has_known_state, last_known_state, leaf_fault, record_faults
from kopdesk.server.offers import Covered, OfferedChange, OfferRules
from kopdesk.server.ports import ChannelState, Revision, Transaction, Unchecked, User

_SNAPSHOT_ORDER = ("cooperative", "officer", "follow_up", "problem", "conflict", "remark", "visit", "outlet")
"""What an assistant needs first when a cooperative arrives; the rest follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who makes a change set, in which copy of the data, and when. `schema` is the author's program's.

    `batch_hash`: of what it came in, if it did.
    `vouched_by`: the role of whoever releases what its author was not allowed to write.
    """

    user: User
    replica_id: UUID
    made_at: int
    accepted_at: int
    schema: int = field(default_factory=schema)
    batch_hash: bytes = b""
    vouched_by: Role | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What schema, rights or state table forbid, for one leaf alone."""

    reason: str


Result: TypeAlias = Outcome | Rejected | Covered


class ChannelChange:
    """Collects records, then makes one rev of them. `results` has one for every place."""

    def __init__(
        self, tx: Transaction, channel: str, source: Source, random_bytes: Callable[[int], bytes]
    ) -> None:
        self._tx = tx
        self._state = tx.channel(channel) or ChannelState(channel, 0, GENESIS_TIP, 0)
        self._source = source
        self._random_bytes = random_bytes
        self._rev = self._state.rev + 1
        self._digest = self._state.digest
        self._changed = False
        self._offers: Mapping[int, OfferedChange] = {}
        self._is_offer = False
        self._beyond_us: set[str] = set()
        self.results: dict[int, Result] = {}
        self.settled: dict[tuple[RecordKey, str], Central] = {}
        """What the results say of the centre's leaves."""

    def apply_record(self, key: RecordKey, changes: Sequence[Change]) -> None:
        """Merge the changes of one record."""
        tx, name = self._tx, self._state.name
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
        self._note_results(key, changes, merge)

    def apply_offers(self, key: RecordKey, offers: Sequence[OfferedChange]) -> None:
        """Merge what a laptop still has of a past that the centre has lost."""
        rules = OfferRules(self._tx, self._state.name, key)
        covered, changes = rules.sorted_out(offers)
        self.results |= covered
        self._offers = {offer.change.place: offer for offer in offers if offer.old_tip}
        self._is_offer = True
        self.apply_record(key, changes)
        rules.note({change.place: self.results[change.place] for change in changes}, self._rev)
        self._offers, self._is_offer = {}, False

    def put_back(self, key: RecordKey, leaves: Mapping[str, Value]) -> None:
        """Let leaves be again what they were; no rule for people is asked."""
        self._store(key, self._tx.leaves(self._state.name, key), leaves)

    def finish(self) -> int:
        """Make the rev, if anything changed; return the channel's rev now."""
        state, source = self._state, self._source
        if not self._changed:
            return state.rev
        tag = self._random_bytes(16)
        tip = next_tip(state.tip, tag)
        self._tx.save_channel(ChannelState(state.name, self._rev, tip, self._digest))
        self._tx.add_revision(
            Revision(
                channel=state.name,
                rev=self._rev,
                tag=tag,
                tip=tip,
                digest=self._digest,
                author_id=source.user.id,
                replica_id=source.replica_id,
                made_at=source.made_at,
                accepted_at=source.accepted_at,
            )
        )
        return self._rev

    def _permitted(
        self, key: RecordKey, leaves: Mapping[str, Central], changes: Sequence[Change]
    ) -> list[Change]:
        """Without the leaves that may not be written; those are rejected one by one.

        Where only a newer schema can say so, and the author's is newer, a leaf is written and marked.
        """
        before = {path: leaf.value for path, leaf in leaves.items()}
        name = self._state.name
        alone = {c.path: leaf_fault(name, key, before, c.path, c.value) for c in changes}
        faults = {path: fault for path, fault in alone.items() if fault is not None}
        new = {
            c.path: c.value
            for c in changes
            if self._may_pass(faults.get(c.path)) and not same(c.value, before.get(c.path))
        }
        together = self._forbidden(key, leaves, new) if new else {}
        faults |= {p: f for p, f in together.items() if p not in faults or not self._may_pass(f)}
        self._beyond_us = {path for path, fault in faults.items() if self._may_pass(fault)}
        rejected = {path: fault.reason for path, fault in faults.items() if path not in self._beyond_us}
        self._reject({c.place: rejected[c.path] for c in changes if c.path in rejected})
        return [change for change in changes if change.path not in rejected]

    def _may_pass(self, fault: Fault | None) -> bool:
        """Whether there is no fault, or one that may be none in the schema of whoever wrote.

        What is offered after a loss was taken once, whoever has kept it. What nobody here understands, nobody
        can vouch for either.
        """
        if fault is None:
            return True
        is_newer = self._source.schema > schema() or self._is_offer
        return fault.of_schema and is_newer and self._source.vouched_by is None

    def _forbidden(
        self, key: RecordKey, leaves: Mapping[str, Central], new: Mapping[str, Value]
    ) -> dict[str, Fault]:
        """What neither the author nor who vouches for him may write, by path."""
        before = {path: leaf.value for path, leaf in leaves.items()}
        is_known = has_known_state(key.type, before)
        if not is_known:
            before |= last_known_state(self._tx, self._state.name, key, leaves)
        user, voucher = self._source.user, self._source.vouched_by
        rules = partial(record_faults, channel=self._state.name, key=key, before=before, new=new)
        rules = partial(rules, is_offer=self._is_offer)
        forbidden = rules(user, from_unknown_state=not is_known)
        if not forbidden or voucher is None:
            return forbidden
        also = rules(replace(user, role=voucher), from_unknown_state=not is_known)
        return {path: reason for path, reason in also.items() if path in forbidden}

    def _reject(self, faults: Mapping[int, str]) -> None:
        self.results |= {place: Rejected(reason) for place, reason in faults.items()}

    def _store(self, key: RecordKey, leaves: Mapping[str, Central], new: Mapping[str, Value]) -> None:
        if not new:
            return
        changed = {path: Central(value, self._rev) for path, value in new.items()}
        before = record_hash(key, {path: leaf.value for path, leaf in leaves.items()})
        after = record_hash(key, {path: leaf.value for path, leaf in {**leaves, **changed}.items()})
        self._digest = moved(self._digest, before, after)
        self._tx.save_leaves(self._state.name, key, changed, rank=snapshot_rank(key.type), record_hash=after)
        self._changed = True

    def _conflict_id(self, key: RecordKey, conflict: Conflict) -> UUID:
        offer = self._offers.get(conflict.place)
        if offer is not None:  # however many laptops offer it, it is one conflict
            return offered_conflict_id(self._state.name, key, conflict.path, offer.old_tip)
        return conflict_id(self._state.name, key, self._source.batch_hash or self._state.tip, conflict)

    def _store_conflict(self, about: RecordKey, leaves: Mapping[str, Central], conflict: Conflict) -> None:
        mine = Signature(
            author=self._source.user.name,
            replica_id=self._source.replica_id,
            at=_instant(self._source.made_at),
        )
        rev = leaves[conflict.path].rev if conflict.path in leaves else 0
        theirs = self._signature_of(rev)
        kept, offered = (mine, theirs) if conflict.offered_is_central else (theirs, mine)
        key = RecordKey("conflict", self._conflict_id(about, conflict))
        known = self._tx.leaves(self._state.name, key)
        if not known:  # known, and perhaps decided: it is not opened again
            self._store(key, known, conflict_leaves(about, conflict, kept, offered))

    def _signature_of(self, rev: int) -> Signature:
        revision = self._tx.revision(self._state.name, rev)
        if revision is None:
            return Signature(author="", replica_id=None, at=_instant(0))
        author = self._tx.user(revision.author_id)
        return Signature(
            author=author.name if author else "",
            replica_id=revision.replica_id,
            at=_instant(revision.made_at),
        )

    def _note_results(self, key: RecordKey, changes: Iterable[Change], merge: RecordMerge) -> None:
        for change in changes:
            outcome = merge.outcomes[change.place]
            self.results[change.place] = outcome
            if isinstance(outcome, Applied | Merged) and change.path in self._beyond_us:
                self._mark(key, change)
            settled = _settled(change, outcome, self._rev)
            if settled is not None:
                self.settled[key, change.path] = settled

    def _mark(self, key: RecordKey, change: Change) -> None:
        """Only a newer schema can judge this leaf."""
        source = self._source
        self._tx.save_unchecked(
            Unchecked(
                channel=self._state.name,
                key=key,
                path=change.path,
                rev=self._rev,
                stands_at=self._rev,
                author_id=source.user.id,
                schema=0 if self._is_offer else source.schema,
                batch_hash=source.batch_hash,
                place=change.place,
                seen_by=schema(),
            )
        )


def snapshot_rank(record_type: str) -> int:
    """Where a type stands in a snapshot."""
    return _SNAPSHOT_ORDER.index(record_type) if record_type in _SNAPSHOT_ORDER else len(_SNAPSHOT_ORDER)


def _merge_class(record_type: str, path: str) -> MergeClass:
    spec = leaf_at(record_type, path)
    return spec.merge if spec else MergeClass.DECIDE


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
