"""Rows of what came in: replicas, batches with their receipts, and what was put aside."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, select

from kopdesk.domain.records import RecordKey
from kopdesk.protocol.columns import LeafRow
from kopdesk.server.ports import (
    DecidedEntry,
    NumberedDecision,
    Quarantined,
    QuarantineDecision,
    QuarantineEntry,
    QuarantineOutcome,
    ReplicaState,
    StoredReceipt,
)
from kopdesk.server.store_rows import Rows
from kopdesk.server.tables import (
    decision_numbers,
    quarantine,
    quarantine_decisions,
    receipts,
    replicas,
)


class BatchRows(Rows):
    """The part of `ports.Transaction` about batches."""

    def replica(self, replica_id: UUID) -> ReplicaState | None:
        row = self._connection.execute(_REPLICA, {"of_id": replica_id}).one_or_none()
        return ReplicaState(row.device_id, row.last_seq) if row else None

    def save_replica(self, replica_id: UUID, state: ReplicaState) -> None:
        self._put(replicas, {"id": replica_id, **state._asdict()})

    def receipt(self, replica_id: UUID, seq: int) -> StoredReceipt | None:
        row = self._connection.execute(_RECEIPT, {"of_replica": replica_id, "of_seq": seq}).one_or_none()
        return StoredReceipt(row.batch_hash, row.receipt) if row else None

    def receipt_of_batch(self, batch_hash: bytes) -> StoredReceipt | None:
        row = self._connection.execute(_RECEIPT_OF_BATCH, {"of_batch": batch_hash}).one_or_none()
        return StoredReceipt(row.batch_hash, row.receipt) if row else None

    def add_receipt(self, replica_id: UUID, seq: int, batch: bytes, stored: StoredReceipt) -> None:
        row = {"replica_id": replica_id, "seq": seq, "batch": batch, **stored._asdict()}
        self._connection.execute(_ADD_RECEIPT, row)

    def batch(self, batch_hash: bytes) -> bytes | None:
        return self._connection.scalar(_BATCH, {"of_batch": batch_hash})

    def quarantine(self, leaf: Quarantined, at: int) -> None:
        row = {
            "channel": leaf.channel,
            "batch_hash": leaf.batch_hash,
            "place": leaf.place,
            "type": leaf.row.key.type,
            "id": leaf.row.key.id,
            "path": leaf.row.path,
            "value": leaf.row.value,
            "base": leaf.row.rev,
            "author_id": leaf.author_id,
            "reason": leaf.reason,
            "at": at,
        }
        self._put(quarantine, row)

    def quarantined(self) -> list[QuarantineEntry]:
        return [QuarantineEntry(_leaf(row), row.at) for row in self._connection.execute(_WAITING)]

    def decide_quarantined(self, decision: QuarantineDecision) -> None:
        row = {column.name: getattr(decision, column.name) for column in quarantine_decisions.columns}
        self._connection.execute(_DECIDE, row | {"outcome": decision.outcome.value})
        name = {"channel": decision.channel, "batch_hash": decision.batch_hash, "place": decision.place}
        author_id = self._connection.scalar(_AUTHOR, {f"of_{word}": part for word, part in name.items()})
        last = self._connection.scalar(_LAST_NUMBER, {"of_author": author_id}) or 0
        self._connection.execute(_NUMBER, {"author_id": author_id, "number": last + 1, **name})

    def decided_quarantined(self) -> list[DecidedEntry]:
        rows = self._connection.execute(_DECIDED)
        return [DecidedEntry(_leaf(row), row.at, _decision(row)) for row in rows]

    def decisions_about(self, author_id: UUID, after: int, most: int) -> list[NumberedDecision]:
        which = {"of_author": author_id, "after": after, "most": most}
        rows = self._connection.execute(_DECISIONS_ABOUT, which)
        return [NumberedDecision(row.number, _decision(row)) for row in rows]


# Made once: making a statement costs more than running it.
_REPLICA = select(replicas).where(replicas.c.id == bindparam("of_id"))
_RECEIPT = select(receipts.c.batch_hash, receipts.c.receipt).where(
    receipts.c.replica_id == bindparam("of_replica"), receipts.c.seq == bindparam("of_seq")
)
_OF_BATCH = receipts.c.batch_hash == bindparam("of_batch")
_RECEIPT_OF_BATCH = select(receipts.c.batch_hash, receipts.c.receipt).where(_OF_BATCH).limit(1)
_BATCH = select(receipts.c.batch).where(_OF_BATCH).limit(1)
_ADD_RECEIPT = insert(receipts)
_OF_SAME_LEAF = and_(
    quarantine_decisions.c.channel == quarantine.c.channel,
    quarantine_decisions.c.batch_hash == quarantine.c.batch_hash,
    quarantine_decisions.c.place == quarantine.c.place,
)
_WAITING = (
    select(quarantine)
    .outerjoin(quarantine_decisions, _OF_SAME_LEAF)
    .where(quarantine_decisions.c.place.is_(None))
    .order_by(quarantine.c.at, quarantine.c.channel, quarantine.c.batch_hash, quarantine.c.place)
)
_DECIDE = insert(quarantine_decisions)
_decisions = quarantine_decisions.c
_AUTHOR = select(quarantine.c.author_id).where(
    quarantine.c.channel == bindparam("of_channel"),
    quarantine.c.batch_hash == bindparam("of_batch_hash"),
    quarantine.c.place == bindparam("of_place"),
)
_NUMBER = insert(decision_numbers)
_LAST_NUMBER = select(func.max(decision_numbers.c.number)).where(
    decision_numbers.c.author_id == bindparam("of_author")
)
_DECISIONS_ABOUT = (
    select(decision_numbers.c.number, quarantine_decisions)
    .join(
        quarantine_decisions,
        and_(
            _decisions.channel == decision_numbers.c.channel,
            _decisions.batch_hash == decision_numbers.c.batch_hash,
            _decisions.place == decision_numbers.c.place,
        ),
    )
    .where(
        decision_numbers.c.author_id == bindparam("of_author"),
        decision_numbers.c.number > bindparam("after"),
    )
    .order_by(decision_numbers.c.number)
    .limit(bindparam("most"))
)
_DECIDED = (
    select(
        quarantine,
        _decisions.decided_by,
        _decisions.decided_at,
        _decisions.outcome,
        _decisions.detail,
        _decisions.rev,
    )
    .join(quarantine_decisions, _OF_SAME_LEAF)
    .order_by(_decisions.decided_at, _decisions.channel, _decisions.batch_hash, _decisions.place)
)


def _leaf(row: Any) -> Quarantined:
    return Quarantined(
        channel=row.channel,
        row=LeafRow(RecordKey(row.type, row.id), row.path, row.value, row.base),
        batch_hash=row.batch_hash,
        place=row.place,
        author_id=row.author_id,
        reason=row.reason,
    )


def _decision(row: Any) -> QuarantineDecision:
    return QuarantineDecision(
        channel=row.channel,
        batch_hash=row.batch_hash,
        place=row.place,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        outcome=QuarantineOutcome(row.outcome),
        detail=row.detail,
        rev=row.rev,
    )
