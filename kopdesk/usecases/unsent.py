"""What is only on this laptop yet, and what the centre has confirmed."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from kopdesk.domain.records import RecordKey
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.naming import Named, named


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentRecord:
    """A record with leaves that have no receipt; `leaves` of them, of which `in_flight` are on their way."""

    key: RecordKey
    named: Named
    leaves: int
    in_flight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A batch the centre has signed for: when its receipt came, by the laptop's clock; how many leaves."""

    number: int
    at: datetime
    leaves: int


def list_unsent(desk: Desk) -> list[UnsentRecord]:
    """By cooperative and type."""
    with desk.database.reading() as work:
        keys = {key for _, key, _, _ in work.records.edits()}
        keys |= {*work.records.frozen_keys(), *work.records.offered_keys()}
        names = named(work, keys)
        waiting: Counter[RecordKey] = Counter()
        flying: Counter[RecordKey] = Counter()
        for stored in work.records.find_many(keys):
            for leaf in stored.layers.values():
                layers = (leaf.edited, leaf.frozen, leaf.to_offer)
                waiting[stored.key] += sum(layer is not None for layer in layers)
                flying[stored.key] += leaf.frozen is not None
    found = [
        UnsentRecord(key=key, named=names[key], leaves=count, in_flight=flying[key])
        for key, count in waiting.items()
        if count
    ]
    return sorted(found, key=lambda one: (one.named.cooperative_name, one.key))


def list_confirmed(desk: Desk, most: int = 100) -> list[Confirmed]:
    """Newest first."""
    with desk.database.reading() as work:
        receipts = work.outbox.receipts()[:most]
    return [
        Confirmed(number=row.seq, at=datetime.fromtimestamp(row.received_at / 1000, UTC), leaves=row.leaves)
        for row in receipts
    ]
