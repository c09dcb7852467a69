"""What a laptop does when its past and the centre's differ. Everything it holds stays."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from kopdesk.domain import layers
from kopdesk.domain.channels import packed_channel
from kopdesk.domain.layers import LeafLayers, LocalConflict, dissolve, withdrawn
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.digest import GENESIS_TIP, central_share, moved
from kopdesk.protocol.messages import START, Cursor, Signed
from kopdesk.protocol.signing import message_hash
from kopdesk.storage.local_conflicts import keep_local_conflict
from kopdesk.storage.records import Kept
from kopdesk.sync.batches import Laptop
from kopdesk.sync.decided import hear_all_again
from kopdesk.sync.ports import FoundRecord, Work
from kopdesk.sync.put_aside import lost_by_centre, not_handed_in


def fork(work: Work, laptop: Laptop, now_ms: int) -> None:
    """This file is a copy, or its device is a new one: a new replica that begins at batch 1.

    The batch in flight becomes edits again, each with its base and with the name it was sent under, so that
    an edit the centre has after all is recognised. Call in a writing unit of work.
    """
    work.outbox.start_replica(UUID(bytes=laptop.random_bytes(16), version=4), now_ms)
    dissolve_flight(work, laptop.user_name, now_ms)
    lost_by_centre(work)  # perhaps: whoever begins anew cannot show any receipt
    hear_all_again(work)


def dissolve_flight(work: Work, author: str, now_ms: int) -> None:
    """The batch in flight becomes edits and offers again."""
    flight = work.outbox.in_flight()
    if flight is None:
        return
    batch_hash = message_hash(decode(Signed, flight.signed).body)
    for record in work.records.find_many(work.records.frozen_keys()):
        _dissolve_record(work, author, record, batch_hash, now_ms)
    for record in work.records.find_many(work.records.offered_keys()):
        again = {path: withdrawn(leaf) for path, leaf in record.layers.items()}
        work.records.keep(record.channel, record.key, record.layers, again)
    not_handed_in(work)
    work.outbox.ground()


def rewind(work: Work, laptop: Laptop, lost: Mapping[str, Mapping[int, bytes]], now_ms: int) -> int:
    """The centre has lost its past of these channels: what it may miss is offered, before anything is pulled.

    `lost`: points of the centre's chain by channel; none at all where the past is the same and the content
    is not, then everything is offered. Call in a writing unit of work. Returns how many leaves the centre is
    going to be given again.
    """
    fork(work, laptop, now_ms)
    given_back = sum(row.lost for row in work.outbox.to_mend())
    for name, points in lost.items():
        known = work.channels.tips(name)
        common = max((rev for rev, tip in points.items() if known.get(rev) == tip), default=0)
        digest = work.channels.digest(name)
        kept = []
        for record in work.records.list_all(channel=name):
            after = _rewound_record(work, record, common)
            given_back += sum(leaf.to_offer is not None for leaf in after.values())
            if after != record.layers:
                kept.append(Kept(name, record.key, record.layers, after))
                digest = moved(
                    digest, central_share(record.key, record.layers), central_share(record.key, after)
                )
        work.records.keep_many(kept)
        work.channels.save_digest(name, digest)
        work.channels.rewind(name, common)
        # From the common point; all of it comes anew, because not every offer may have been taken.
        start = Cursor(packed_channel(name), common, known.get(common, GENESIS_TIP), position=START)
        work.channels.save_cursor(name, encode(start))
    return given_back


def _rewound_record(work: Work, record: FoundRecord, common: int) -> dict[str, LeafLayers]:
    newer = [p for p, leaf in record.layers.items() if leaf.central and leaf.central.rev > common]
    numbers = dict(zip(newer, work.outbox.number_edits(len(newer)), strict=True)) if newer else {}
    again = {path: withdrawn(leaf) for path, leaf in record.layers.items()}
    return {path: layers.rewind(leaf, common, numbers.get(path, 0)) for path, leaf in again.items()}


def _dissolve_record(work: Work, author: str, record: FoundRecord, batch_hash: bytes, now_ms: int) -> None:
    after: dict[str, LeafLayers] = {}
    conflicts: dict[str, LocalConflict] = {}
    for path, leaf in record.layers.items():
        result = dissolve(leaf, batch_hash)
        if isinstance(result, LocalConflict):
            conflicts[path] = result
            result = replace(leaf, frozen=None, edited=result.kept)
        after[path] = result
    work.records.keep(record.channel, record.key, record.layers, after)
    for path, conflict in conflicts.items():
        keep_local_conflict(work, record.channel, record.key, path, conflict, author=author, now_ms=now_ms)
