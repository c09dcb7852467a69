"""Batches: the edits that wait, frozen, signed and put in flight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.layers import EditedLeaf, LeafLayers, freeze, shown_revs
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.protocol.codec import MAX_BATCH_BYTES, encode, packed
from kopdesk.protocol.columns import LeafRow, in_columns
from kopdesk.protocol.messages import PROTOCOL, Batch, ChannelChanges, Origin, Shown
from kopdesk.protocol.signing import SigningKey
from kopdesk.storage.outbox import BatchRow
from kopdesk.storage.records import Kept
from kopdesk.sync.ports import Work

RAW_BATCH_BYTES = 180 * 1024
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
    clock_doubt: bool = False
    """Whether it has reason not to believe its own clock."""
    free_disk_mb: int | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An edit that waits to be sent."""

    channel: str
    key: RecordKey
    path: str
    leaf: EditedLeaf


def freeze_next(work: Work, laptop: Laptop, now_ms: int) -> BatchRow | None:
    """Freeze the oldest edits into a batch; None if nothing waits."""
    limit = work.outbox.replica().batch_limit
    waiting = _oldest_edits(work)[: limit or None]
    if not waiting:
        return None
    found = {record.key: record for record in work.records.find_many({w.key for w in waiting})}
    layers = {key: dict(record.layers) for key, record in found.items()}
    waiting = _with_whole_questions(waiting, layers)
    replica = work.outbox.replica()
    seq = replica.last_seq + 1
    while True:
        batch, places = _batch(work, waiting, layers, replica.id, seq, laptop, now_ms)
        body = encode(batch)
        if is_one_piece([w.key for w in waiting]) or len(packed(body)[0]) <= MAX_BATCH_BYTES:
            break
        waiting = _with_whole_questions(waiting[: len(waiting) // 2], layers)
    keys = dict.fromkeys(w.key for w in waiting)
    work.records.keep_many(
        [Kept(found[k].channel, k, layers[k], _frozen(k, layers[k], seq, places)) for k in keys]
    )
    return launch(work, laptop, seq, body, now_ms)


def launch(work: Work, laptop: Laptop, seq: int, body: bytes, now_ms: int) -> BatchRow:
    """Sign an encoded batch and put it in flight."""
    row = BatchRow(seq, encode(laptop.device_key.sign(body)), now_ms)
    work.outbox.launch(row)
    return row


def _oldest_edits(work: Work) -> list[_Waiting]:
    waiting, size = [], 0
    for channel, key, path, leaf in work.records.edits():
        waiting.append(_Waiting(channel, key, path, leaf))
        size += 24 + len(path) + (len(leaf.value.encode()) if isinstance(leaf.value, str) else 4)
        if size > RAW_BATCH_BYTES:
            break
    return waiting


def granted_channels(work: Work) -> set[str]:
    """The channels the centre knows this person by. Work for others (it has lost the grant) is put aside."""
    return {grant.channel for grant in work.channels.grants()}


def is_one_piece(leaves: Sequence[RecordKey]) -> bool:
    """Whether leaves of these records cannot be sent in two batches: a single one, or one question."""
    return len(leaves) == 1 or (leaves[0].type == "conflict" and len(set(leaves)) == 1)


def _with_whole_questions(
    waiting: list[_Waiting], layers: dict[RecordKey, dict[str, LeafLayers]]
) -> list[_Waiting]:
    """A question between two windows of this laptop is one change: its parts alone say nothing.

    One that was cut waits for the next batch, or has this one for itself.
    """
    last = waiting[-1]
    whole = [path for path, leaf in layers[last.key].items() if leaf.edited]
    if last.key.type != "conflict" or sum(w.key == last.key for w in waiting) == len(whole):
        return waiting
    before = [w for w in waiting if w.key != last.key]
    return before or [
        _Waiting(last.channel, last.key, path, leaf.edited)
        for path, leaf in layers[last.key].items()
        if leaf.edited
    ]


def _batch(
    work: Work,
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
    granted = granted_channels(work)
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
        aside = name not in granted
        channels.append(ChannelChanges(packed_channel(name), blocks, shown, origins, aside=aside))
    batch = Batch(
        PROTOCOL, schema(), replica_id.bytes, seq, now_ms, laptop.zone, laptop.clock_doubt, channels
    )
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
