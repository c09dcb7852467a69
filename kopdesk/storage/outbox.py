"""What is on its way: the replica's counters, the batch in flight, receipts, and what has to be mended."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.storage.leaf_rows import value_of, value_text
from kopdesk.storage.tables import batch, receipt, record, replica, taken_off, to_mend

RELEASED = 6
"""The kind of a leaf that was put aside and that the centre holds by now: `held` on the wire."""

_IN_QUESTION, _PUT_ASIDE = 3, 5  # on the wire


class ReplicaRow(NamedTuple):
    """This database file as the centre knows it."""

    id: UUID
    last_seq: int
    receipt_seq: int
    receipt_hash: bytes
    last_edit: int
    batch_limit: int
    """How many leaves a batch may have after one was refused; 0 for as many as fit."""


class BatchRow(NamedTuple):
    """The batch in flight: its encoded, signed message never changes."""

    seq: int
    signed: bytes
    frozen_at: int


class MendRow(NamedTuple):
    """A leaf that the centre did not take. `kind`: the outcome's number on the wire.

    `origin`: hash and place of the batch in which it was answered so, and under which it lies at the centre.
    `lost`: the centre had put it aside and has lost it; `seq` and `place` once it is in a batch again.
    `words`: why somebody decided that it is not to count, and when, by the centre's clock.
    """

    key: RecordKey
    path: str
    value: Value
    kind: int
    reason: str
    number: int
    since: int
    origin: tuple[bytes, int] | None = None
    lost: bool = False
    seq: int = 0
    place: int = 0
    words: str = ""
    decided_at: int = 0

    @property
    def is_at_centre(self) -> bool:
        """Not taken, and not sent in vain either: it lies with a supervisor, or came through him."""
        return self.kind in (_IN_QUESTION, _PUT_ASIDE, RELEASED)


class TakenOff(NamedTuple):
    """A leaf that was on the list of those to mend until its person took it off, and when he did."""

    key: RecordKey
    path: str
    value: Value
    reason: str
    words: str
    since: int
    at: int
    by: str


class ReceiptRow(NamedTuple):
    """A receipt that was given for a batch of so many leaves."""

    replica_id: UUID
    seq: int
    signed: bytes
    received_at: int
    leaves: int


class Outbox:
    """One batch in flight at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._replica: ReplicaRow | None = None

    def replica(self) -> ReplicaRow:
        """The current replica; a profile always has one. Read once in a unit of work."""
        if self._replica is None:
            row = self._connection.execute(_REPLICA).one()
            self._replica = ReplicaRow(UUID(bytes=row.id), *row[1:])
        return self._replica

    def start_replica(self, replica_id: UUID, at: int) -> None:
        """A file that is new, restored or found to be a copy gets a new name and counts from 1."""
        last_edit = self._connection.scalar(_LAST_EDIT) or 0
        self._connection.execute(update(replica), {"current": 0})
        row = {
            "id": replica_id.bytes,
            "created_at": at,
            "last_seq": 0,
            "receipt_seq": 0,
            "receipt_hash": b"",
            "last_edit": last_edit,
            "batch_limit": 0,
            "current": 1,
        }
        self._connection.execute(insert(replica), row)
        self._replica = None

    def number_edits(self, count: int) -> range:
        """Numbers for so many edits; none is ever given twice in this file."""
        last = self.replica().last_edit
        self._change({"last_edit": last + count})
        return range(last + 1, last + count + 1)

    def in_flight(self) -> BatchRow | None:
        """The frozen batch whose receipt has not come."""
        row = self._connection.execute(_IN_FLIGHT).first()
        return BatchRow(row.seq, row.signed, row.frozen_at) if row else None

    def launch(self, new: BatchRow) -> None:
        """Put a batch in flight."""
        self._connection.execute(_LAUNCH, new._asdict())
        self._change({"last_seq": new.seq})

    def ground(self) -> None:
        """The batch in flight will never be answered: its leaves have become edits again."""
        self._connection.execute(_GROUND)

    def limit_batches(self, leaves: int) -> None:
        """Send no more than so many leaves in one go; 0 for as many as fit."""
        self._change({"batch_limit": leaves})

    def land(self, settled: ReceiptRow, receipt_hash: bytes) -> None:
        """The receipt of the batch in flight is here: keep it for ever."""
        self._connection.execute(_GROUND)
        row = settled._asdict()
        row["replica"] = row.pop("replica_id").bytes
        self._connection.execute(_ADD_RECEIPT, row)
        self._change({"receipt_seq": settled.seq, "receipt_hash": receipt_hash})

    def _change(self, columns: Mapping[str, Any]) -> None:
        self._replica = self.replica()._replace(**columns)
        self._connection.execute(_CHANGE, columns)

    def receipts(self) -> list[ReceiptRow]:
        """All, newest first."""
        return [
            ReceiptRow(UUID(bytes=r.replica), r.seq, r.signed, r.received_at, r.leaves)
            for r in self._connection.execute(_RECEIPTS)
        ]

    def add_to_mend(self, rows: Iterable[MendRow]) -> None:
        """Leaves that were rejected or quarantined; a newer word about one replaces the older."""
        for row in rows:
            values = {
                "record": self._connection.scalar(_NUMBER, _named(row.key)),
                "path": row.path,
                "value": value_text(row.value),
                "kind": row.kind,
                "reason": row.reason,
                "number": row.number,
                "since": row.since,
                "origin_batch": row.origin[0] if row.origin else None,
                "origin_place": row.origin[1] if row.origin else None,
                "lost": int(row.lost),
                "seq": row.seq,
                "place": row.place,
                "words": row.words,
                "decided_at": row.decided_at,
            }
            self._connection.execute(_ADD_TO_MEND, values)

    def mended(self, key: RecordKey, paths: Iterable[str]) -> None:
        """These leaves were edited or given up by a person."""
        self._connection.execute(_MENDED, {**_named(key), "of_paths": list(paths)})

    def to_mend(self) -> list[MendRow]:
        """Everything that waits for a mending or for somebody's decision, oldest first."""
        return [_mend_row(r) for r in self._connection.execute(_TO_MEND) if r.kind != RELEASED]

    def released(self) -> list[MendRow]:
        """What was put aside, and is the centre's now in a channel this laptop cannot read."""
        return [_mend_row(r) for r in self._connection.execute(_TO_MEND) if r.kind == RELEASED]

    def take_off(self, rows: Iterable[MendRow], at: int, by: str) -> None:
        """A person needs these no more on the list of those to mend. That is written down for ever."""
        for row in rows:
            values = {
                "type": row.key.type,
                "id": row.key.id.bytes,
                "path": row.path,
                "value": value_text(row.value),
                "reason": row.reason,
                "words": row.words,
                "since": row.since,
                "at": at,
                "by": by,
            }
            self._connection.execute(_TAKE_OFF, values)
            self.mended(row.key, [row.path])

    def taken_off(self) -> list[TakenOff]:
        """Everything that was, in that order."""
        return [
            TakenOff(
                RecordKey(r.type, UUID(bytes=r.id)),
                r.path,
                value_of(r.value),
                r.reason,
                r.words,
                r.since,
                r.at,
                r.by,
            )
            for r in self._connection.execute(_TAKEN_OFF)
        ]


def _mend_row(row: Any) -> MendRow:
    return MendRow(
        RecordKey(row.type, UUID(bytes=row.id)),
        row.path,
        value_of(row.value),
        row.kind,
        row.reason,
        row.number,
        row.since,
        (row.origin_batch, row.origin_place) if row.origin_batch else None,
        bool(row.lost),
        row.seq,
        row.place,
        row.words,
        row.decided_at,
    )


def _named(key: RecordKey) -> dict[str, str | bytes]:
    return {"of_type": key.type, "of_id": key.id.bytes}


# Made once: making a statement costs more than running it.
_CURRENT = replica.c.current == 1
_REPLICA = select(*(replica.c[name] for name in ReplicaRow._fields)).where(_CURRENT)
_CHANGE = update(replica).where(_CURRENT)
_LAST_EDIT = select(func.max(replica.c.last_edit))
_IN_FLIGHT = select(batch)
_LAUNCH = insert(batch)
_GROUND = delete(batch)
_ADD_RECEIPT = insert(receipt)
_RECEIPTS = select(receipt).order_by(receipt.c.received_at.desc(), receipt.c.seq.desc())
_NUMBER = select(record.c.num).where(record.c.type == bindparam("of_type"), record.c.id == bindparam("of_id"))
_ADD_TO_MEND = insert(to_mend).prefix_with("OR REPLACE")
_MENDED = delete(to_mend).where(
    to_mend.c.record.in_(_NUMBER), to_mend.c.path.in_(bindparam("of_paths", expanding=True))
)
_TAKE_OFF = insert(taken_off)
_TAKEN_OFF = select(taken_off).order_by(taken_off.c.num)
_TO_MEND = (
    select(record.c.type, record.c.id, to_mend)
    .join(record, record.c.num == to_mend.c.record)
    .order_by(to_mend.c.since, to_mend.c.number)
)
