"""What a laptop does when its past and the centre's differ. Everything it holds stays."""

from uuid import UUID

from kopdesk.domain.layers import LeafLayers, LocalConflict, dissolve
from kopdesk.protocol.codec import decode
from kopdesk.protocol.messages import Signed
from kopdesk.protocol.signing import message_hash
from kopdesk.storage.local_conflicts import keep_local_conflict
from kopdesk.sync.ports import FoundRecord, Work
from kopdesk.sync.prepare import Laptop


def fork(work: Work, laptop: Laptop, now_ms: int) -> None:
    """This file is a copy, or its device is a new one: a new replica that begins at batch 1.

    The batch in flight becomes edits again, each with its base and with the name it was sent under, so that
    an edit the centre has after all is recognised. Call in a writing unit of work.
    """
    flight = work.outbox.in_flight()
    work.outbox.start_replica(UUID(bytes=laptop.random_bytes(16), version=4), now_ms)
    if flight is None:
        return
    batch_hash = message_hash(decode(Signed, flight.signed).body)
    for record in work.records.find_many(work.records.frozen_keys()):
        _dissolve_record(work, laptop, record, batch_hash, now_ms)
    work.outbox.ground()


def _dissolve_record(work: Work, laptop: Laptop, record: FoundRecord, batch_hash: bytes, now_ms: int) -> None:
    after: dict[str, LeafLayers] = {}
    conflicts: dict[str, LocalConflict] = {}
    for path, leaf in record.layers.items():
        result = dissolve(leaf, batch_hash)
        if isinstance(result, LocalConflict):
            conflicts[path] = result
            result = LeafLayers(central=leaf.central, edited=result.kept)
        after[path] = result
    work.records.keep(record.channel, record.key, record.layers, after)
    for path, conflict in conflicts.items():
        keep_local_conflict(
            work, record.channel, record.key, path, conflict, author=laptop.user_name, now_ms=now_ms
        )
