"""The centre's store as dictionaries: small, fast and obviously right. The contract suite keeps it so."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow
from kopdesk.protocol.messages import GrantKind, Heartbeat, Verdict
from kopdesk.server.ports import (
    ChannelState,
    DecidedEntry,
    Device,
    DeviceEntry,
    GrantRecord,
    Noticed,
    NumberedDecision,
    OfferMark,
    Quarantined,
    QuarantineDecision,
    QuarantineEntry,
    ReplicaState,
    Revision,
    StoredIdentity,
    StoredReceipt,
    Token,
    Unchecked,
    User,
)


class _Logged(NamedTuple):
    rev: int
    value: Value


class _Table(dict[Any, Any]):
    """A dictionary that can go back to where its transaction began. Rows are never changed in place."""

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[Any, Any] = {}

    def __setitem__(self, key: Any, row: Any) -> None:
        self._before.setdefault(key, self.get(key))
        super().__setitem__(key, row)

    def remove(self, key: Any) -> None:
        self._before.setdefault(key, self.get(key))
        self.pop(key, None)

    def keep(self) -> None:
        self._before.clear()

    def roll_back(self) -> None:
        for key, row in self._before.items():
            if row is None:
                self.pop(key, None)
            else:
                super().__setitem__(key, row)
        self._before.clear()

    def copied(self) -> "_Table":
        copy = _Table()
        copy.update(self)
        return copy


class ModelTransaction:
    """`ports.Transaction` over dictionaries."""

    def __init__(self) -> None:
        self._identity = _Table()
        self._users = _Table()
        self._devices = _Table()
        self._tokens = _Table()
        self._heard = _Table()
        self._noticed = _Table()
        self._grants = _Table()
        self._channels = _Table()
        self._revisions = _Table()
        self._records = _Table()
        self._leaves = _Table()
        self._log = _Table()
        self._replicas = _Table()
        self._receipts = _Table()
        self._quarantine = _Table()
        self._decisions = _Table()
        self._told = _Table()
        self._offer_marks = _Table()
        self._lost_points = _Table()
        self._unchecked = _Table()

    def tables(self) -> list[_Table]:
        return [table for table in vars(self).values() if isinstance(table, _Table)]

    def copied(self) -> "ModelTransaction":
        copy = ModelTransaction()
        vars(copy).update({name: table.copied() for name, table in vars(self).items()})
        return copy

    # Who is who.

    def identity(self) -> StoredIdentity | None:
        found: StoredIdentity | None = self._identity.get("server")
        return found

    def save_identity(self, identity: StoredIdentity) -> None:
        self._identity["server"] = identity

    def user(self, user_id: UUID) -> User | None:
        found: User | None = self._users.get(user_id)
        return found

    def user_named(self, login: str) -> User | None:
        return next((u for u in self._users.values() if u.login.casefold() == login.casefold()), None)

    def users(self) -> list[User]:
        return sorted(self._users.values(), key=lambda user: user.login.casefold())

    def save_user(self, user: User) -> None:
        self._users[user.id] = user

    def device(self, device_id: UUID) -> Device | None:
        found = self._devices.get(device_id)
        return found[0] if found else None

    def device_with_key(self, public_key: bytes) -> Device | None:
        return next((d for d, _ in self._devices.values() if d.public_key == public_key), None)

    def add_device(self, device: Device, at: int) -> None:
        self._devices[device.id] = device, at

    def devices(self) -> list[DeviceEntry]:
        listed = sorted(self._devices.values(), key=lambda row: (row[0].user_id, row[1], row[0].id))
        return [
            DeviceEntry(d, at, heard_at, heartbeat, self._noticed_of(d.id))
            for d, at in listed
            for heard_at, heartbeat in [self._heard.get(d.id, (None, None))]
        ]

    def _noticed_of(self, device_id: UUID) -> tuple[Noticed, ...]:
        return tuple(one for (of, _), one in sorted(self._noticed.items()) if of == device_id)

    def revoke_device(self, device_id: UUID) -> None:
        device, at = self._devices[device_id]
        self._devices[device_id] = replace(device, revoked=True), at

    def heard(self, device_id: UUID, heartbeat: Heartbeat, at: int) -> None:
        self._heard[device_id] = at, heartbeat

    def notice(self, device_id: UUID, verdict: Verdict, at: int) -> None:
        before: Noticed | None = self._noticed.get((device_id, verdict))
        self._noticed[device_id, verdict] = Noticed(verdict, before.times + 1 if before else 1, at)

    def token(self, token_hash: bytes) -> Token | None:
        found: Token | None = self._tokens.get(token_hash)
        return found

    def add_token(self, token_hash: bytes, token: Token) -> None:
        self._tokens[token_hash] = token

    def permissions(self, user_id: UUID) -> Mapping[str, GrantKind]:
        return {record.channel: record.kind for record in self.grants_after(user_id, 0)}

    def last_grant(self, user_id: UUID) -> int:
        return max((grant.number for grant in self.grants_after(user_id, 0)), default=0)

    def grants_after(self, user_id: UUID, number: int) -> list[GrantRecord]:
        return [record for record in self._grants.get(user_id, ()) if record.number > number]

    def add_grant(self, user_id: UUID, channel: str, kind: GrantKind, at: int) -> GrantRecord:
        earlier = self._grants.get(user_id, ())
        record = GrantRecord(len(earlier) + 1, channel, kind, at)
        self._grants[user_id] = (*earlier, record)
        return record

    # Channels and records.

    def channel(self, name: str) -> ChannelState | None:
        found: ChannelState | None = self._channels.get(name)
        return found

    def heads(self, names: Collection[str]) -> Mapping[str, ChannelState]:
        return {name: self._channels[name] for name in names if name in self._channels}

    def save_channel(self, state: ChannelState) -> None:
        self._channels[state.name] = state

    def channels(self) -> list[ChannelState]:
        return sorted(self._channels.values(), key=lambda state: state.name)

    def add_revision(self, revision: Revision) -> None:
        assert (revision.channel, revision.rev) not in self._revisions
        self._revisions[revision.channel, revision.rev] = revision

    def revision(self, channel: str, rev: int) -> Revision | None:
        found: Revision | None = self._revisions.get((channel, rev))
        return found

    def revisions(self, channel: str, revs: Collection[int]) -> Mapping[int, Revision]:
        return {rev: self._revisions[channel, rev] for rev in revs if (channel, rev) in self._revisions}

    def channel_of(self, key: RecordKey) -> str | None:
        return next((channel for channel, other in self._records if other == key), None)

    def leaves(self, channel: str, key: RecordKey) -> dict[str, Central]:
        return dict(self._leaves.get((channel, key), {}))

    def save_leaves(
        self, channel: str, key: RecordKey, changed: Mapping[str, Central], *, rank: int, record_hash: int
    ) -> None:
        self._records[channel, key] = rank
        self._leaves[channel, key] = {**self.leaves(channel, key), **changed}
        for path, leaf in changed.items():
            earlier = [w for w in self._log.get((channel, key, path), ()) if w.rev != leaf.rev]
            self._log[channel, key, path] = (*earlier, _Logged(leaf.rev, leaf.value))

    def tags_between(self, channel: str, after: int, upto: int) -> list[bytes]:
        found = [r for (name, rev), r in self._revisions.items() if name == channel and after < rev <= upto]
        return [revision.tag for revision in sorted(found, key=lambda revision: revision.rev)]

    def offer_mark(self, channel: str, key: RecordKey, path: str) -> OfferMark | None:
        found: OfferMark | None = self._offer_marks.get((channel, key, path))
        return found

    def save_offer_mark(self, channel: str, key: RecordKey, path: str, mark: OfferMark) -> None:
        self._offer_marks[channel, key, path] = mark

    def add_lost_chain(self, channel: str, batch_hash: bytes, tips: Collection[bytes]) -> None:
        for tip in tips:
            self._lost_points[channel, tip, batch_hash] = True

    def are_of_one_past(self, channel: str, one: bytes, other: bytes) -> bool:
        batches = [b for name, tip, b in self._lost_points if name == channel and tip == one]
        return any((channel, other, batch) in self._lost_points for batch in batches)

    def value_at(self, channel: str, key: RecordKey, path: str, rev: int) -> Value:
        words = [word for word in self._log.get((channel, key, path), ()) if word.rev <= rev]
        return max(words, key=lambda word: word.rev).value if words else None

    def values_after(self, channel: str, key: RecordKey, path: str, rev: int) -> list[Value]:
        words = [word for word in self._log.get((channel, key, path), ()) if word.rev > rev]
        return [word.value for word in sorted(words, key=lambda word: word.rev)]

    def leaves_at(self, channel: str, key: RecordKey, rev: int) -> dict[str, Central]:
        earlier = {
            path: max((word for word in words if word.rev <= rev), key=lambda word: word.rev, default=None)
            for (name, of, path), words in self._log.items()
            if (name, of) == (channel, key)
        }
        return {path: Central(word.value, word.rev) for path, word in earlier.items() if word}

    def last_by(self, channel: str, key: RecordKey, path: str, author_id: UUID) -> Central | None:
        own = [
            word
            for word in self._log.get((channel, key, path), ())
            if self._revisions[channel, word.rev].author_id == author_id
        ]
        last = max(own, key=lambda word: word.rev, default=None)
        return Central(last.value, last.rev) if last else None

    def leaves_after(self, channel: str, rev: int) -> Iterator[LeafRow]:
        rows = [
            LeafRow(key, path, leaf.value, leaf.rev)
            for (name, key), leaves in self._leaves.items()
            for path, leaf in leaves.items()
            if name == channel and leaf.rev > rev
        ]
        yield from sorted(rows, key=lambda row: (row.rev, row.key, row.path))

    def records_after(
        self, channel: str, after: tuple[int, UUID] | None
    ) -> Iterator[tuple[int, RecordKey, Mapping[str, Central]]]:
        def place(rank: int, record_id: UUID) -> tuple[int, int]:
            return rank, -record_id.int

        found = [(rank, key) for (name, key), rank in self._records.items() if name == channel]
        for rank, key in sorted(found, key=lambda item: (*place(item[0], item[1].id), item[1].type)):
            if after is None or place(rank, key.id) > place(*after):
                yield rank, key, self.leaves(channel, key)

    def leaf_count(self, channel: str, *, rev: int = 0, after: tuple[int, UUID] | None = None) -> int:
        return sum(
            leaf.rev > rev for _, _, found in self.records_after(channel, after) for leaf in found.values()
        )

    def leaf_values(
        self, record_type: str, paths: Collection[str]
    ) -> Iterator[tuple[str, RecordKey, str, Value]]:
        for (channel, key), leaves in sorted(self._leaves.items(), key=lambda item: (item[0][1], item[0][0])):
            for path in sorted(leaves):
                if key.type == record_type and path in paths:
                    yield channel, key, path, leaves[path].value

    # Batches.

    def replica(self, replica_id: UUID) -> ReplicaState | None:
        found: ReplicaState | None = self._replicas.get(replica_id)
        return found

    def save_replica(self, replica_id: UUID, state: ReplicaState) -> None:
        self._replicas[replica_id] = state

    def receipt(self, replica_id: UUID, seq: int) -> StoredReceipt | None:
        found = self._receipts.get((replica_id, seq))
        return found[1] if found else None

    def receipt_of_batch(self, batch_hash: bytes) -> StoredReceipt | None:
        return next(
            (stored for _, stored in self._receipts.values() if stored.batch_hash == batch_hash), None
        )

    def add_receipt(self, replica_id: UUID, seq: int, batch: bytes, stored: StoredReceipt) -> None:
        assert (replica_id, seq) not in self._receipts
        self._receipts[replica_id, seq] = batch, stored

    def quarantine(self, leaf: Quarantined, at: int) -> None:
        self._quarantine[leaf.channel, leaf.batch_hash, leaf.place] = QuarantineEntry(leaf, at)

    def quarantined(self) -> list[QuarantineEntry]:
        return sorted(
            (entry for place, entry in self._quarantine.items() if place not in self._decisions),
            key=lambda entry: (entry.at, entry.leaf.channel, entry.leaf.batch_hash, entry.leaf.place),
        )

    def decide_quarantined(self, decision: QuarantineDecision) -> None:
        place = decision.channel, decision.batch_hash, decision.place
        assert place not in self._decisions
        self._decisions[place] = decision
        author_id = self._quarantine[place].leaf.author_id
        self._told[author_id] = (*self._told.get(author_id, ()), place)

    def decisions_about(self, author_id: UUID, after: int, most: int) -> list[NumberedDecision]:
        places = enumerate(self._told.get(author_id, ()), 1)
        found = [NumberedDecision(n, self._decisions[place]) for n, place in places if n > after]
        return found[:most]

    def decided_quarantined(self) -> list[DecidedEntry]:
        found = sorted(self._decisions.items(), key=lambda item: (item[1].decided_at, item[0]))
        entries = [(self._quarantine[place], decision) for place, decision in found]
        return [DecidedEntry(entry.leaf, entry.at, decision) for entry, decision in entries]

    def batch(self, batch_hash: bytes) -> bytes | None:
        return next((b for b, stored in self._receipts.values() if stored.batch_hash == batch_hash), None)

    # What only a newer schema can judge.

    def save_unchecked(self, leaf: Unchecked) -> None:
        self._unchecked[leaf.channel, leaf.key, leaf.rev, leaf.path] = leaf

    def unmark(self, leaf: Unchecked) -> None:
        self._unchecked.remove((leaf.channel, leaf.key, leaf.rev, leaf.path))

    def unchecked(self, channel: str) -> list[Unchecked]:
        return [leaf for place, leaf in sorted(self._unchecked.items()) if place[0] == channel]

    def unchecked_channels(self, schema: int) -> list[str]:
        return sorted({leaf.channel for leaf in self._unchecked.values() if leaf.seen_by < schema})


class ModelServerStore:
    """`ports.ServerStore` over dictionaries, for one thread."""

    def __init__(self) -> None:
        self._state = ModelTransaction()

    @contextmanager
    def writing(self) -> Iterator[ModelTransaction]:
        """Keep what the block did, or none of it."""
        try:
            yield self._state
        except BaseException:
            self._roll_back()
            raise
        for table in self._state.tables():
            table.keep()

    @contextmanager
    def reading(self) -> Iterator[ModelTransaction]:
        """Whatever is written in it by mistake is rolled back."""
        try:
            yield self._state
        finally:
            self._roll_back()

    def copied(self) -> "ModelServerStore":
        """A backup of everything as it is now."""
        copy = ModelServerStore()
        copy._state = self._state.copied()
        return copy

    def put_back(self, copy: "ModelServerStore") -> None:
        """Be as the copy is; it stays as it is and can be put back again."""
        self._state = copy._state.copied()

    def _roll_back(self) -> None:
        for table in self._state.tables():
            table.roll_back()
