"""What the centre put aside for a supervisor. When the centre has lost it, it is handed in again."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.layers import EMPTY, let_go
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.domain.values import same
from kopdesk.protocol.codec import MAX_BATCH_BYTES, encode, packed
from kopdesk.protocol.columns import LeafRow, in_columns
from kopdesk.protocol.messages import (
    PROTOCOL,
    Batch,
    ChannelChanges,
    LeafOutcome,
    Origin,
    OutcomeKind,
)
from kopdesk.storage.outbox import RELEASED, BatchRow, MendRow
from kopdesk.storage.records import Kept
from kopdesk.sync.batches import RAW_BATCH_BYTES, Laptop, launch
from kopdesk.sync.errors import NotBelieved
from kopdesk.sync.ports import Work

_AT_THE_CENTRE = (OutcomeKind.QUARANTINED, OutcomeKind.CONFLICT)
"""What the centre keeps and this laptop does not: conflicts only of those who may not read them."""

_TAKEN = (OutcomeKind.EQUAL, OutcomeKind.MERGED, OutcomeKind.HELD)


def hand_in_next(work: Work, laptop: Laptop, now_ms: int) -> BatchRow | None:
    """Put what the centre has to put aside again into a batch; None if there is nothing."""
    replica = work.outbox.replica()
    waiting = [row for row in work.outbox.to_mend() if row.lost][: replica.batch_limit or None]
    if not waiting:
        return None
    channels = {record.key: record.channel for record in work.records.find_many({r.key for r in waiting})}
    seq = replica.last_seq + 1
    while True:
        batch, places = _batch(waiting, channels, replica.id, seq, laptop, now_ms)
        body = encode(batch)
        if len(waiting) == 1 or (len(body) <= RAW_BATCH_BYTES and len(packed(body)[0]) <= MAX_BATCH_BYTES):
            break
        waiting = waiting[: len(waiting) // 2]
    work.outbox.add_to_mend(row._replace(seq=seq, place=places[row.key, row.path]) for row in waiting)
    return launch(work, laptop, seq, body, now_ms)


def _batch(
    waiting: list[MendRow],
    channels: Mapping[RecordKey, str],
    replica_id: UUID,
    seq: int,
    laptop: Laptop,
    now_ms: int,
) -> tuple[Batch, dict[tuple[RecordKey, str], int]]:
    by_channel: dict[str, list[MendRow]] = {}
    for row in waiting:
        by_channel.setdefault(channels[row.key], []).append(row)
    places: dict[tuple[RecordKey, str], int] = {}
    changes = []
    for name, rows in sorted(by_channel.items()):
        # Base 0: what it grew from is of a lost past, and nobody may be taken to have seen anything.
        leaves = [LeafRow(row.key, row.path, row.value, 0) for row in rows]
        blocks, new_places = in_columns(leaves, first_place=len(places))
        places |= new_places
        origins = [Origin(places[row.key, row.path], *row.origin) for row in rows if row.origin]
        changes.append(ChannelChanges(packed_channel(name), blocks, [], origins, aside=True))
    return Batch(
        PROTOCOL, schema(), replica_id.bytes, seq, now_ms, laptop.zone, laptop.clock_doubt, changes
    ), places


def handed_in(work: Work, batch_hash: bytes, outcomes: Mapping[int, LeafOutcome]) -> int:
    """The receipt of a batch is here: what was in it lies at the centre again; returns how many leaves."""
    rows = [row for row in work.outbox.to_mend() if row.seq]
    if not all(row.place in outcomes for row in rows):
        raise NotBelieved("foreign_receipt")
    work.outbox.add_to_mend(_lying_there(row, outcomes[row.place], batch_hash) for row in rows)
    return len(rows)


def _lying_there(row: MendRow, outcome: LeafOutcome, batch_hash: bytes) -> MendRow:
    is_taken = outcome.kind in _TAKEN  # in this past by a copy of this laptop, which sent the same batch
    return row._replace(
        kind=RELEASED if is_taken else int(outcome.kind),
        reason=row.reason if is_taken else outcome.detail,
        origin=outcome.first or (batch_hash, row.place),
        lost=False,
        seq=0,
        place=0,
    )


def not_handed_in(work: Work) -> int:
    """The batch it was in will never be answered; returns how many leaves wait again."""
    rows = [row for row in work.outbox.to_mend() if row.seq]
    work.outbox.add_to_mend(row._replace(seq=0, place=0) for row in rows)
    return len(rows)


def refused(work: Work, reason: str) -> None:
    """What alone made the centre refuse a batch stays on the list, and is not handed in any more."""
    rejected = int(OutcomeKind.REJECTED)
    work.outbox.add_to_mend(
        row._replace(kind=rejected, reason=reason, lost=False, seq=0, place=0)
        for row in work.outbox.to_mend()
        if row.seq
    )


def released(work: Work, changed: Sequence[Kept]) -> None:
    """What the centre holds now as it was once put aside, or has asked about, needs nobody any more."""
    rows = [row for row in work.outbox.to_mend() if row.kind in _AT_THE_CENTRE]
    asked = {one.key.id for one in changed if one.key.type == "conflict"} if rows else set()
    for row in rows:
        if row.kind == OutcomeKind.CONFLICT and UUID(row.reason) in asked:
            work.outbox.mended(row.key, [row.path])
    waiting = {(row.key, row.path): row.value for row in rows}
    for one in changed if waiting else ():
        paths = [
            path
            for path, leaf in one.after.items()
            if leaf.central
            and leaf.central != one.before.get(path, EMPTY).central
            and (one.key, path) in waiting
            and same(leaf.central.value, waiting[one.key, path])
        ]
        if paths:
            work.outbox.mended(one.key, paths)


def readable(work: Work, channels: Collection[str]) -> frozenset[RecordKey]:
    """All that the centre holds of these channels is here: what was put aside is not shown in its place.

    Returns the records that changed.
    """
    found = [r for r in work.records.find_many(work.records.put_aside_keys()) if r.channel in channels]
    after = [
        Kept(r.channel, r.key, r.layers, {p: let_go(leaf) for p, leaf in r.layers.items()}) for r in found
    ]
    work.records.keep_many(after)
    return frozenset(record.key for record in found)


def lost_by_centre(work: Work) -> None:
    """The centre has lost a part of its past, and perhaps what it had put aside or released in it."""
    rows = [row for row in work.outbox.to_mend() if row.kind in _AT_THE_CENTRE]
    rows += [row._replace(kind=int(OutcomeKind.QUARANTINED)) for row in work.outbox.released()]
    work.outbox.add_to_mend(row._replace(lost=True, seq=0, place=0) for row in rows)
