"""A laptop's store as dictionaries: small, fast and obviously right. The contract suite keeps it so.

A unit of work changes a copy of the tables; only its end puts the copy in their place.
Rows are never changed in place, so that a copy of the whole laptop costs a handful of small dictionaries.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from kopdesk.domain.layers import EditedLeaf
from kopdesk.domain.records import RecordKey
from kopdesk.storage.channels import GrantRow, RevisionRow
from kopdesk.storage.outbox import RELEASED, BatchRow, MendRow, ReceiptRow, ReplicaRow, TakenOff
from kopdesk.storage.records import Kept, Layers, StoredRecord


@dataclass
class Tables:
    """Everything a profile's file holds."""

    records: dict[RecordKey, StoredRecord] = field(default_factory=dict)
    replicas: dict[UUID, ReplicaRow] = field(default_factory=dict)
    """The newest is the current one."""
    batches: dict[int, BatchRow] = field(default_factory=dict)
    receipts: dict[tuple[UUID, int], ReceiptRow] = field(default_factory=dict)
    to_mend: dict[tuple[RecordKey, str], MendRow] = field(default_factory=dict)
    taken_off: dict[int, TakenOff] = field(default_factory=dict)
    cursors: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, int] = field(default_factory=dict)
    pasts: dict[str, int] = field(default_factory=dict)
    tips: dict[tuple[str, int, int], bytes] = field(default_factory=dict)
    """By channel, past and rev."""
    revisions: dict[tuple[str, int], RevisionRow] = field(default_factory=dict)
    people: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    grants: dict[int, GrantRow] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Tables":
        return Tables(**{name: dict(table) for name, table in vars(self).items()})


class ModelRecords:
    """`storage.records.RecordStore`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(self, key: RecordKey) -> StoredRecord | None:
        return self._tables.records.get(key)

    def find_many(self, keys: Iterable[RecordKey]) -> list[StoredRecord]:
        records = self._tables.records
        return [records[key] for key in sorted(set(keys)) if key in records]

    def list_all(self, record_type: str | None = None, channel: str | None = None) -> list[StoredRecord]:
        found = [
            stored
            for stored in self._tables.records.values()
            if record_type in (None, stored.key.type) and channel in (None, stored.channel)
        ]
        return sorted(found, key=lambda stored: stored.key)

    def keep(self, channel: str, key: RecordKey, before: Layers, after: Layers) -> None:
        self.keep_many([Kept(channel, key, before, after)])

    def keep_many(self, kept: Sequence[Kept]) -> None:
        for one in kept:
            stored = self._tables.records.get(one.key)
            assert _filled(one.before) == (stored.layers if stored else {}), "`before` is not what is stored"
            channel = stored.channel if stored else one.channel
            self._tables.records[one.key] = StoredRecord(one.key, channel, _filled(one.after))
        numbers = [edit.number for _, _, _, edit in self.edits()]
        assert len(numbers) == len(set(numbers)), "two edits have one number"

    def unsent_count(self) -> int:
        return sum(
            (leaf.edited is not None) + (leaf.frozen is not None) + (leaf.to_offer is not None)
            for stored in self._tables.records.values()
            for leaf in stored.layers.values()
        ) + sum(row.lost for row in self._tables.to_mend.values())

    def owed_count(self) -> int:
        return sum(
            leaf.to_offer is not None
            for stored in self._tables.records.values()
            for leaf in stored.layers.values()
        ) + sum(row.lost for row in self._tables.to_mend.values())

    def unsent_in(self, channel: str) -> int:
        return sum(
            (leaf.edited is not None) + (leaf.frozen is not None) + (leaf.to_offer is not None)
            for stored in self.list_all(channel=channel)
            for leaf in stored.layers.values()
        ) + sum(
            row.lost
            for row in self._tables.to_mend.values()
            if self._tables.records[row.key].channel == channel
        )

    def held_in(self, channel: str) -> dict[str, int]:
        held = Counter(stored.key.type for stored in self.list_all(channel=channel) if stored.layers)
        return dict(held)

    def forget(self, channel: str) -> None:
        if self.unsent_in(channel):
            raise ValueError("what is unsent is never deleted")
        released = [
            place
            for place, row in self._tables.to_mend.items()
            if row.kind == RELEASED and self._tables.records[row.key].channel == channel
        ]
        for place in released:
            del self._tables.to_mend[place]
        to_mend = {key for key, _ in self._tables.to_mend}
        for stored in self.list_all(channel=channel):
            del self._tables.records[stored.key]
            if stored.key in to_mend:
                self._tables.records[stored.key] = StoredRecord(stored.key, channel, {})

    def oldest_unsent_at(self) -> int | None:
        times = [
            unsent.made_at
            for stored in self._tables.records.values()
            for leaf in stored.layers.values()
            for unsent in (leaf.edited, leaf.frozen)
            if unsent is not None
        ]
        return min(times, default=None)

    def edits(self) -> Iterator[tuple[str, RecordKey, str, EditedLeaf]]:
        found = [
            (stored.channel, stored.key, path, leaf.edited)
            for stored in self._tables.records.values()
            for path, leaf in stored.layers.items()
            if leaf.edited is not None
        ]
        yield from sorted(found, key=lambda edit: edit[3].number)

    def frozen_keys(self) -> list[RecordKey]:
        return [
            stored.key
            for stored in self._tables.records.values()
            if any(leaf.frozen for leaf in stored.layers.values())
        ]

    def offered_keys(self) -> list[RecordKey]:
        return [
            stored.key
            for stored in self._tables.records.values()
            if any(leaf.to_offer for leaf in stored.layers.values())
        ]

    def put_aside_keys(self) -> list[RecordKey]:
        return [
            stored.key
            for stored in self._tables.records.values()
            if any(leaf.offered and leaf.offered.is_put_aside for leaf in stored.layers.values())
        ]


def _filled(layers: Layers) -> Layers:
    return {path: layers[path] for path in sorted(layers) if not layers[path].is_empty}


class ModelOutbox:
    """`storage.outbox.Outbox`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def replica(self) -> ReplicaRow:
        return next(reversed(self._tables.replicas.values()))

    def _save(self, row: ReplicaRow) -> None:
        self._tables.replicas[row.id] = row

    def start_replica(self, replica_id: UUID, at: int) -> None:
        assert replica_id not in self._tables.replicas
        last_edit = max((row.last_edit for row in self._tables.replicas.values()), default=0)
        self._save(ReplicaRow(replica_id, 0, 0, b"", last_edit, 0))

    def limit_batches(self, leaves: int) -> None:
        self._save(self.replica()._replace(batch_limit=leaves))

    def number_edits(self, count: int) -> range:
        row = self.replica()
        self._save(row._replace(last_edit=row.last_edit + count))
        return range(row.last_edit + 1, row.last_edit + count + 1)

    def in_flight(self) -> BatchRow | None:
        return next(iter(self._tables.batches.values()), None)

    def launch(self, new: BatchRow) -> None:
        assert not self._tables.batches, "one batch in flight at a time"
        self._tables.batches[new.seq] = new
        self._save(self.replica()._replace(last_seq=new.seq))

    def ground(self) -> None:
        self._tables.batches.clear()

    def land(self, settled: ReceiptRow, receipt_hash: bytes) -> None:
        place = settled.replica_id, settled.seq
        assert place not in self._tables.receipts, "a second receipt for one batch"
        self._tables.batches.clear()
        self._tables.receipts[place] = settled
        self._save(self.replica()._replace(receipt_seq=settled.seq, receipt_hash=receipt_hash))

    def receipts(self) -> list[ReceiptRow]:
        rows = self._tables.receipts.values()
        return sorted(rows, key=lambda row: (row.received_at, row.seq), reverse=True)

    def add_to_mend(self, rows: Iterable[MendRow]) -> None:
        for row in rows:
            assert row.key in self._tables.records
            self._tables.to_mend[row.key, row.path] = row

    def mended(self, key: RecordKey, paths: Iterable[str]) -> None:
        for path in paths:
            self._tables.to_mend.pop((key, path), None)

    def to_mend(self) -> list[MendRow]:
        return [row for row in self._all_to_mend() if row.kind != RELEASED]

    def released(self) -> list[MendRow]:
        return [row for row in self._all_to_mend() if row.kind == RELEASED]

    def _all_to_mend(self) -> list[MendRow]:
        return sorted(self._tables.to_mend.values(), key=lambda row: (row.since, row.number))

    def take_off(self, rows: Iterable[MendRow], at: int, by: str) -> None:
        for row in rows:
            off = TakenOff(row.key, row.path, row.value, row.reason, row.words, row.since, at, by)
            self._tables.taken_off[len(self._tables.taken_off)] = off
            self.mended(row.key, [row.path])

    def taken_off(self) -> list[TakenOff]:
        return list(self._tables.taken_off.values())


class ModelChannels:
    """`storage.channels.ChannelStore`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def cursors(self) -> dict[str, bytes]:
        return dict(self._tables.cursors)

    def save_cursor(self, name: str, cursor: bytes) -> None:
        self._tables.cursors[name] = cursor

    def past(self, name: str) -> int:
        return self._tables.pasts.get(name, 0)

    def rewind(self, name: str, common: int) -> None:
        shared = {rev: tip for rev, tip in self.tips(name).items() if rev <= common}
        self._tables.pasts[name] = self.past(name) + 1
        self._tables.cursors.pop(name, None)
        self.add_tips(name, shared)

    def forget(self, name: str) -> None:
        tables = self._tables
        tables.tips = {place: tip for place, tip in tables.tips.items() if place[0] != name}
        tables.revisions = {place: row for place, row in tables.revisions.items() if place[0] != name}
        tables.pasts[name] = self.past(name) + 1
        tables.cursors.pop(name, None)
        tables.digests.pop(name, None)

    def tips(self, name: str, past: int | None = None) -> dict[int, bytes]:
        past = self.past(name) if past is None else past
        held = sorted(self._tables.tips.items())
        return {rev: tip for (channel, of, rev), tip in held if (channel, of) == (name, past)}

    def add_tips(self, name: str, tips: Mapping[int, bytes]) -> None:
        for rev, tip in tips.items():
            self._tables.tips.setdefault((name, self.past(name), rev), tip)

    def digest(self, name: str) -> int:
        return self._tables.digests.get(name, 0)

    def save_digest(self, name: str, digest: int) -> None:
        assert 0 <= digest < 2**64
        self._tables.digests[name] = digest

    def add_revisions(self, name: str, rows: Iterable[RevisionRow]) -> None:
        for row in rows:
            self._tables.revisions.setdefault((name, row.rev), row)

    def revision(self, name: str, rev: int) -> RevisionRow | None:
        return self._tables.revisions.get((name, rev))

    def add_people(self, people: Mapping[UUID, tuple[str, str]]) -> None:
        self._tables.people.update(people)

    def person(self, user_id: UUID) -> tuple[str, str] | None:
        return self._tables.people.get(user_id)

    def grants(self) -> list[GrantRow]:
        return [self._tables.grants[number] for number in sorted(self._tables.grants)]

    def add_grants(self, grants: Iterable[GrantRow]) -> None:
        for grant in grants:
            if grant.number == 1:
                self._tables.grants.clear()
            self._tables.grants[grant.number] = grant


class ModelProfile:
    """`storage.profile.ProfileStore`, as far as values by name go."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def value(self, name: str) -> str | None:
        return self._tables.values.get(name)

    def save_value(self, name: str, value: str) -> None:
        self._tables.values[name] = value


class ModelWork:
    """`storage.database.UnitOfWork`."""

    def __init__(self, tables: Tables) -> None:
        self.records = ModelRecords(tables)
        self.outbox = ModelOutbox(tables)
        self.channels = ModelChannels(tables)
        self.profile = ModelProfile(tables)


class ModelLaptopStore:
    """`storage.database.Database` over dictionaries, for one thread."""

    def __init__(self, tables: Tables | None = None) -> None:
        self._tables = tables or Tables()
        self._is_writing = False

    @contextmanager
    def reading(self) -> Iterator[ModelWork]:
        """A consistent view; whatever is written in it by mistake is forgotten."""
        yield ModelWork(self._tables.copy())

    @contextmanager
    def writing(self) -> Iterator[ModelWork]:
        """Keep what the block did, or none of it."""
        assert not self._is_writing, "one writer at a time"
        self._is_writing = True
        changed = self._tables.copy()
        try:
            yield ModelWork(changed)
            self._tables = changed
        finally:
            self._is_writing = False

    def copied(self) -> "ModelLaptopStore":
        """What a disk image or a backup of this laptop holds."""
        return ModelLaptopStore(self._tables.copy())
