"""Makes the next request: freezes a batch if none is in flight, and names what is held."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.layers import EditedLeaf, LeafLayers, freeze, shown_revs
from kopdesk.domain.records import RecordKey
from kopdesk.protocol.codec import MAX_BATCH_BYTES, decode, encode, packed
from kopdesk.protocol.columns import LeafRow, in_columns
from kopdesk.protocol.messages import (
    PROTOCOL,
    SCHEMA,
    Batch,
    ChannelChanges,
    Cursor,
    Heartbeat,
    Origin,
    Request,
    Shown,
    Signed,
)
from kopdesk.protocol.signing import SigningKey
from kopdesk.storage.outbox import BatchRow
from kopdesk.storage.records import Kept
from kopdesk.sync.ports import Work

_RAW_BATCH_BYTES = 180 * 1024
"""Where collecting stops; text packs about three to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """Who sends. The device key never leaves this process."""

    user_id: UUID
    user_name: str
    device_id: UUID
    device_key: SigningKey
    app_version: str
    zone: str
    random_bytes: Callable[[int], bytes]
    want_bytes: int = 256 * 1024


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """An encoded, signed request, and what its answer must fit."""

    body: bytes
    nonce: bytes
    batch_seq: int
    """0 without a batch."""


def prepare(work: Work, laptop: Laptop, now_ms: int) -> PreparedRequest:
    """The next request. Call in a writing unit of work that ends before anything is sent."""
    flight = work.outbox.in_flight() or _freeze_next(work, laptop, now_ms)
    replica = work.outbox.replica()
    nonce = laptop.random_bytes(16)
    request = Request(
        protocol=PROTOCOL,
        schema=SCHEMA,
        device=laptop.device_id.bytes,
        replica=replica.id.bytes,
        nonce=nonce,
        cursors=[decode(Cursor, cursor) for _, cursor in sorted(work.channels.cursors().items())],
        grants_seen=max((grant.number for grant in work.channels.grants()), default=0),
        receipt_seq=replica.receipt_seq,
        receipt_hash=replica.receipt_hash,
        batch=decode(Signed, flight.signed) if flight else None,
        want_bytes=laptop.want_bytes,
        heartbeat=Heartbeat(
            laptop.app_version, now_ms, work.records.unsent_count(), work.records.oldest_unsent_at()
        ),
    )
    body = encode(laptop.device_key.sign(encode(request)))
    return PreparedRequest(body, nonce, flight.seq if flight else 0)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An edit that waits to be sent."""

    channel: str
    key: RecordKey
    path: str
    leaf: EditedLeaf


def _freeze_next(work: Work, laptop: Laptop, now_ms: int) -> BatchRow | None:
    waiting = _oldest_edits(work)
    if not waiting:
        return None
    found = {record.key: record for record in work.records.find_many({w.key for w in waiting})}
    layers = {key: dict(record.layers) for key, record in found.items()}
    replica = work.outbox.replica()
    seq = replica.last_seq + 1
    while True:
        batch, places = _batch(waiting, layers, replica.id, seq, laptop, now_ms)
        body = encode(batch)
        if len(waiting) == 1 or len(packed(body)[0]) <= MAX_BATCH_BYTES:
            break
        waiting = waiting[: len(waiting) // 2]
    keys = dict.fromkeys(w.key for w in waiting)
    work.records.keep_many(
        [Kept(found[k].channel, k, layers[k], _frozen(k, layers[k], seq, places)) for k in keys]
    )
    row = BatchRow(seq, encode(laptop.device_key.sign(body)), now_ms)
    work.outbox.launch(row)
    return row


def _oldest_edits(work: Work) -> list[_Waiting]:
    waiting, size = [], 0
    for channel, key, path, leaf in work.records.edits():
        waiting.append(_Waiting(channel, key, path, leaf))
        size += 24 + len(path) + (len(leaf.value.encode()) if isinstance(leaf.value, str) else 4)
        if size > _RAW_BATCH_BYTES:
            break
    return waiting


def _batch(
    waiting: list[_Waiting],
    layers: dict[RecordKey, dict[str, LeafLayers]],
    replica_id: UUID,
    seq: int,
    laptop: Laptop,
    now_ms: int,
) -> tuple[Batch, dict[tuple[RecordKey, str], int]]:
    by_channel: dict[str, list[_Waiting]] = {}
    for edit in waiting:
        by_channel.setdefault(edit.channel, []).append(edit)
    places: dict[tuple[RecordKey, str], int] = {}
    channels = []
    for name, edits in sorted(by_channel.items()):
        rows = [LeafRow(edit.key, edit.path, edit.leaf.value, edit.leaf.base) for edit in edits]
        blocks, new_places = in_columns(rows, first_place=len(places))
        places |= new_places
        shown = [
            Shown(places[edit.key, edit.path], shown_revs(edit.leaf.shown, layers[edit.key]))
            for edit in edits
            if edit.leaf.shown is not None
        ]
        origins = [
            Origin(places[edit.key, edit.path], *edit.leaf.origin)
            for edit in edits
            if edit.leaf.origin is not None
        ]
        channels.append(ChannelChanges(packed_channel(name), blocks, shown, origins))
    batch = Batch(PROTOCOL, SCHEMA, replica_id.bytes, seq, now_ms, laptop.zone, False, channels)
    return batch, places


def _frozen(
    key: RecordKey, before: dict[str, LeafLayers], seq: int, places: dict[tuple[RecordKey, str], int]
) -> dict[str, LeafLayers]:
    after = dict(before)
    for path, leaf in before.items():
        place = places.get((key, path))
        if place is not None and leaf.edited is not None:
            shown = shown_revs(leaf.edited.shown, before) if leaf.edited.shown is not None else None
            after[path] = freeze(leaf, seq, place, shown)
    return after
