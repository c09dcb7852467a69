"""Batches of what the centre has lost with a part of its past: offered before anything is pulled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.fields import DELETED
from kopdesk.domain.layers import LeafLayers, OfferedLeaf
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.protocol.codec import MAX_BATCH_BYTES, encode, packed
from kopdesk.protocol.columns import LeafRow, in_columns
from kopdesk.protocol.messages import PROTOCOL, Batch, ChannelChanges, Offer
from kopdesk.storage.outbox import BatchRow
from kopdesk.storage.records import Kept
from kopdesk.sync.batches import RAW_BATCH_BYTES, Laptop, granted_channels, is_one_piece, launch
from kopdesk.sync.ports import FoundRecord, Work

_MOST_POINTS = 1000
"""Of a lost past in one batch: 16 bytes each, and they do not pack."""

_NEAR_THE_COMMON = 32


class _Piece(NamedTuple):
    """Leaves of one record that are offered together."""

    record: FoundRecord
    offers: Mapping[str, OfferedLeaf]


def offer_next(work: Work, laptop: Laptop, now_ms: int) -> BatchRow | None:
    """Put what the centre has lost into a batch; None if there is nothing to offer.

    A record stays whole where it fits, and a question always. Of each channel the offers of one past only,
    the oldest: one chain of points tells of their order.
    """
    records = work.records.find_many(work.records.offered_keys())
    oldest = _oldest_pasts(records)
    pieces = list(_within(RAW_BATCH_BYTES, (_piece(record, oldest[record.channel]) for record in records)))
    if not pieces:
        return None
    replica = work.outbox.replica()
    pieces = _first(pieces, replica.batch_limit) if replica.batch_limit else pieces
    seq = replica.last_seq + 1
    while True:
        batch, places = _batch(work, pieces, replica.id, seq, laptop, now_ms)
        body = encode(batch)
        if is_one_piece(_keys(pieces)) or len(packed(body)[0]) <= MAX_BATCH_BYTES:
            break
        pieces = _first(pieces, max(1, len(_keys(pieces)) // 2))
    work.records.keep_many(
        [
            Kept(p.record.channel, p.record.key, p.record.layers, _on_offer(p.record, seq, places))
            for p in pieces
        ]
    )
    return launch(work, laptop, seq, body, now_ms)


def _oldest_pasts(records: Iterable[FoundRecord]) -> dict[str, int]:
    oldest: dict[str, int] = {}
    for record in records:
        for leaf in record.layers.values():
            if leaf.to_offer:
                oldest[record.channel] = min(
                    oldest.get(record.channel, leaf.to_offer.past), leaf.to_offer.past
                )
    return oldest


def _piece(record: FoundRecord, past: int) -> _Piece:
    """Deletions come last: what they delete has to be there for them to have seen it."""
    offers = {}
    for path in sorted(record.layers, key=lambda path: path.endswith(DELETED)):
        leaf = record.layers[path].to_offer
        if leaf is not None and leaf.past == past:
            offers[path] = leaf
    return _Piece(record, offers)


def _keys(pieces: Iterable[_Piece]) -> list[RecordKey]:
    """One for every leaf."""
    return [piece.record.key for piece in pieces for _ in piece.offers]


def _within(most_bytes: int, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    size = 0
    for piece in pieces:
        if piece.offers and size < most_bytes:
            yield piece
        for path, leaf in piece.offers.items():
            size += 24 + len(path) + (len(leaf.value.encode()) if isinstance(leaf.value, str) else 4)


def _first(pieces: Sequence[_Piece], leaves: int) -> list[_Piece]:
    """Whole records with together so many leaves at most; or a part of the first, if it alone has more."""
    first, *others = pieces
    if len(first.offers) > leaves:
        if first.record.key.type == "conflict":
            return [first]
        return [_Piece(first.record, dict(islice(first.offers.items(), leaves)))]
    taken, count = [first], len(first.offers)
    for piece in others:
        count += len(piece.offers)
        if count > leaves:
            break
        taken.append(piece)
    return taken


def _batch(
    work: Work, pieces: Sequence[_Piece], replica_id: UUID, seq: int, laptop: Laptop, now_ms: int
) -> tuple[Batch, dict[tuple[RecordKey, str], int]]:
    by_channel: dict[str, list[_Piece]] = {}
    for piece in pieces:
        by_channel.setdefault(piece.record.channel, []).append(piece)
    granted = granted_channels(work)
    places: dict[tuple[RecordKey, str], int] = {}
    channels = []
    for name, some in sorted(by_channel.items()):
        leaves = [(p.record.key, path, leaf) for p in some for path, leaf in p.offers.items()]
        rows = [LeafRow(key, path, leaf.value, leaf.base) for key, path, leaf in leaves]
        blocks, new_places = in_columns(rows, first_place=len(places))
        places |= new_places
        offers = [Offer(places[key, path], leaf.rev) for key, path, leaf in leaves]
        chain = _chain(work, name, [leaf for _, _, leaf in leaves], _MOST_POINTS // len(by_channel))
        aside = name not in granted
        channels.append(ChannelChanges(packed_channel(name), blocks, [], [], offers, chain, aside))
    return Batch(
        PROTOCOL, schema(), replica_id.bytes, seq, now_ms, laptop.zone, laptop.clock_doubt, channels
    ), places


def _chain(work: Work, channel: str, offers: Sequence[OfferedLeaf], most: int) -> dict[int, bytes]:
    """Points of the lost past from where both still agree: they order what several laptops offer.

    Those of what is offered here; of the others those next to the common point, and the last ones, `most`.
    """
    common = min(offered.base for offered in offers)
    held = work.channels.tips(channel, offers[0].past)
    points = {rev: tip for rev, tip in held.items() if rev > common}
    revs = sorted(points)
    named = {offered.rev for offered in offers} | {*revs[:_NEAR_THE_COMMON], *revs[-most:]}
    return {rev: points[rev] for rev in revs if rev in named}


def _on_offer(
    record: FoundRecord, seq: int, places: Mapping[tuple[RecordKey, str], int]
) -> dict[str, LeafLayers]:
    return {
        path: replace(leaf, offered=replace(leaf.offered, seq=seq, place=places[record.key, path]))
        if leaf.offered and (record.key, path) in places
        else leaf
        for path, leaf in record.layers.items()
    }
