"""What is only on this laptop yet, and what the centre has confirmed."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.naming import Named, named


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentRecord:
    """A record with leaves that have no receipt; `leaves` of them, of which `in_flight` are on their way.

    `typed_at`: when the newest of them was typed, by the laptop's clock; None where nobody knows any more.
    """

    key: RecordKey
    cooperative_id: UUID | None
    named: Named
    leaves: int
    in_flight: int
    typed_at: datetime | None


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
        newest: dict[RecordKey, int] = {}
        owners: dict[RecordKey, UUID | None] = {}
        for stored in work.records.find_many(keys):
            owners[stored.key] = stored.cooperative_id
            for leaf in stored.layers.values():
                layers = (leaf.edited, leaf.frozen, leaf.to_offer)
                waiting[stored.key] += sum(layer is not None for layer in layers)
                flying[stored.key] += leaf.frozen is not None
                made = [unsent.made_at for unsent in (leaf.edited, leaf.frozen) if unsent is not None]
                newest[stored.key] = max(newest.get(stored.key, 0), *made, 0)
    found = [
        UnsentRecord(
            key=key,
            cooperative_id=owners[key],
            named=names[key],
            leaves=count,
            in_flight=flying[key],
            typed_at=datetime.fromtimestamp(newest[key] / 1000, UTC) if newest.get(key) else None,
        )
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
