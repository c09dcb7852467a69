"""What the server's logic needs from a store. One transaction serves one exchange, all or nothing."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow
from kopdesk.protocol.messages import GrantKind, Heartbeat, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with an account."""

    id: UUID
    login: str
    name: str
    role: Role
    password: str
    """As `server.passwords` writes it, never in clear."""
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A laptop of a person, known by its public key."""

    id: UUID
    user_id: UUID
    name: str
    public_key: bytes
    revoked: bool = False


class Token(NamedTuple):
    """An access token, kept as its hash."""

    device_id: UUID
    expires_at: int


class GrantRecord(NamedTuple):
    """One word about who may read a channel; numbered per user from 1."""

    number: int
    channel: str
    kind: GrantKind
    at: int


@dataclass(frozen=True, slots=True)
class ChannelState:
    """The head of a channel's history."""

    name: str
    rev: int
    tip: bytes
    digest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One accepted change set. `tip` and `digest` are those after it; times are Unix milliseconds."""

    channel: str
    rev: int
    tag: bytes
    tip: bytes
    digest: int
    author_id: UUID
    replica_id: UUID | None
    made_at: int
    accepted_at: int


class StoredIdentity(NamedTuple):
    """Who this server is. Its private key lies in a file, never in the store."""

    server_id: UUID
    name: str
    public_key: bytes


class Noticed(NamedTuple):
    """That a device's history was found to be another than the centre's: how often, and when last."""

    verdict: Verdict
    times: int
    at: int


class DeviceEntry(NamedTuple):
    """A device as the office lists it: since when it is known, when and how it was last in contact."""

    device: Device
    added_at: int
    heard_at: int | None
    heartbeat: Heartbeat | None
    noticed: tuple[Noticed, ...] = ()
    """By verdict."""


class ReplicaState(NamedTuple):
    """How far the batches of a replica have come."""

    device_id: UUID
    last_seq: int


class StoredReceipt(NamedTuple):
    """A batch that was answered: kept for ever."""

    batch_hash: bytes
    receipt: bytes
    """The encoded, signed Receipt exactly as it was given."""


class OfferMark(NamedTuple):
    """That a leaf was offered after a loss: its rev and tip in the lost past, and its rev now."""

    old_rev: int
    old_tip: bytes
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """What a rev made of a leaf, and only a newer schema can judge; with the batch and place it came in.

    `stands_at`: the rev the leaf has with it, another one where it was put back. `schema` is that of its
    author's program, 0 if it was offered after a loss by somebody who kept it for others. `seen_by`: the
    newest schema whose centre has looked at it.
    """

    channel: str
    key: RecordKey
    path: str
    rev: int
    stands_at: int
    author_id: UUID
    schema: int
    batch_hash: bytes
    place: int
    seen_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A leaf that was neither applied nor refused: a supervisor decides."""

    channel: str
    row: LeafRow
    batch_hash: bytes
    place: int
    author_id: UUID
    reason: str


class QuarantineEntry(NamedTuple):
    """A quarantined leaf and when it came; batch and place name it."""

    leaf: Quarantined
    at: int


class QuarantineOutcome(StrEnum):
    """What became of a quarantined leaf: dropped, or released and then as the merge rule had it."""

    DROPPED = "dropped"
    APPLIED = "applied"
    EQUAL = "equal"
    MERGED = "merged"
    CONFLICT = "conflict"
    COVERED = "covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineDecision:
    """What a person decided about a quarantined leaf, when, and what came of it: kept for ever.

    `detail`: why it was dropped, or the conflict's id. `rev`: the channel's after a release.
    """

    channel: str
    batch_hash: bytes
    place: int
    decided_by: UUID
    decided_at: int
    outcome: QuarantineOutcome
    detail: str = ""
    rev: int = 0


class NumberedDecision(NamedTuple):
    """A decision with its number among those about its author's leaves, from 1."""

    number: int
    decision: QuarantineDecision


class DecidedEntry(NamedTuple):
    """A leaf that was quarantined, when it came, and what was decided."""

    leaf: Quarantined
    at: int
    decision: QuarantineDecision


class Transaction(Protocol):
    """One unit of work. Reads see what was written in it."""

    # What an exchange needs.

    def user(self, user_id: UUID) -> User | None: ...
    def user_named(self, login: str) -> User | None:
        """The person with that login, whatever its case."""
        ...

    def device(self, device_id: UUID) -> Device | None: ...
    def device_with_key(self, public_key: bytes) -> Device | None: ...
    def add_device(self, device: Device, at: int) -> None: ...
    def token(self, token_hash: bytes) -> Token | None: ...
    def add_token(self, token_hash: bytes, token: Token) -> None:
        """Keep a token. Those of the same device that expired long before it may be forgotten."""
        ...

    def heard(self, device_id: UUID, heartbeat: Heartbeat, at: int) -> None:
        """Remember when and how a device was last in contact."""

    def notice(self, device_id: UUID, verdict: Verdict, at: int) -> None:
        """Remember that a device was told once more that its history is another."""

    def permissions(self, user_id: UUID) -> Mapping[str, GrantKind]:
        """The last word about every channel that was ever granted to the user; `ref` is not among them."""
        ...

    def last_grant(self, user_id: UUID) -> int:
        """The number of the user's last grant record, 0 if there is none."""
        ...

    def grants_after(self, user_id: UUID, number: int) -> list[GrantRecord]:
        """Grant records with a higher number, in order."""
        ...

    def channel(self, name: str) -> ChannelState | None:
        """The head; in a writing transaction on a shared database the row is locked until the end."""
        ...

    def heads(self, names: Collection[str]) -> Mapping[str, ChannelState]:
        """The heads of those of these channels that exist, in one go. Nothing is locked."""
        ...

    def save_channel(self, state: ChannelState) -> None: ...
    def add_revision(self, revision: Revision) -> None: ...
    def revision(self, channel: str, rev: int) -> Revision | None: ...
    def revisions(self, channel: str, revs: Collection[int]) -> Mapping[int, Revision]: ...

    def tags_between(self, channel: str, after: int, upto: int) -> list[bytes]:
        """The tags of the revs behind `after` up to `upto`, in order."""
        ...

    def offer_mark(self, channel: str, key: RecordKey, path: str) -> OfferMark | None: ...
    def save_offer_mark(self, channel: str, key: RecordKey, path: str, mark: OfferMark) -> None: ...

    def add_lost_chain(self, channel: str, batch_hash: bytes, tips: Collection[bytes]) -> None:
        """Remember that these tips are points of one lost past."""
        ...

    def are_of_one_past(self, channel: str, one: bytes, other: bytes) -> bool:
        """Whether some laptop knew both as points of one past."""
        ...

    def channel_of(self, key: RecordKey) -> str | None:
        """The channel a record lives in, if it exists."""
        ...

    def leaves(self, channel: str, key: RecordKey) -> dict[str, Central]: ...

    def save_leaves(
        self, channel: str, key: RecordKey, changed: Mapping[str, Central], *, rank: int, record_hash: int
    ) -> None:
        """Store changed leaves, add them to the log, and keep the record's rank and share of the digest."""
        ...

    def value_at(self, channel: str, key: RecordKey, path: str, rev: int) -> Value:
        """A leaf's value as of a rev, from the log."""
        ...

    def values_after(self, channel: str, key: RecordKey, path: str, rev: int) -> list[Value]:
        """What a leaf was since a rev, from the log, in order."""
        ...

    def leaves_at(self, channel: str, key: RecordKey, rev: int) -> dict[str, Central]:
        """All leaves of a record as of a rev, from the log."""
        ...

    def leaves_after(self, channel: str, rev: int) -> Iterator[LeafRow]:
        """Live leaves with a higher rev, in the order of their revs."""
        ...

    def records_after(
        self, channel: str, after: tuple[int, UUID] | None
    ) -> Iterator[tuple[int, RecordKey, Mapping[str, Central]]]:
        """(rank, record, leaves) by rank, within it newest id first; from behind `after` (rank, id)."""
        ...

    def leaf_count(self, channel: str, *, rev: int = 0, after: tuple[int, UUID] | None = None) -> int:
        """How many leaves have a higher rev and are in records behind `after`: what a progress bar needs."""
        ...

    def replica(self, replica_id: UUID) -> ReplicaState | None: ...
    def save_replica(self, replica_id: UUID, state: ReplicaState) -> None: ...
    def receipt(self, replica_id: UUID, seq: int) -> StoredReceipt | None: ...
    def receipt_of_batch(self, batch_hash: bytes) -> StoredReceipt | None: ...
    def add_receipt(self, replica_id: UUID, seq: int, batch: bytes, stored: StoredReceipt) -> None:
        """Keep a batch, its signature and its receipt for ever; `batch` is the encoded Signed message."""
        ...

    def quarantine(self, leaf: Quarantined, at: int) -> None: ...

    def decisions_about(self, author_id: UUID, after: int, most: int) -> list[NumberedDecision]:
        """What was decided about a person's quarantined leaves, above a number, in order; at most so many."""
        ...

    def save_unchecked(self, leaf: Unchecked) -> None:
        """Mark what a rev made of a leaf, or say who has looked at it by now."""
        ...

    def unmark(self, leaf: Unchecked) -> None:
        """It was judged, or is no longer there to be judged."""
        ...

    def unchecked(self, channel: str) -> list[Unchecked]:
        """Everything that is marked in a channel, record by record in the order of the revs."""
        ...

    def unchecked_channels(self, schema: int) -> list[str]:
        """The channels in which something is marked that no centre of this schema has looked at."""
        ...

    # What the office needs besides.

    def identity(self) -> StoredIdentity | None: ...
    def save_identity(self, identity: StoredIdentity) -> None: ...
    def users(self) -> list[User]:
        """Everybody, by login."""
        ...

    def save_user(self, user: User) -> None:
        """Add a person or change one; logins differ in more than case."""
        ...

    def devices(self) -> list[DeviceEntry]:
        """Every device, by person and age."""
        ...

    def revoke_device(self, device_id: UUID) -> None: ...
    def add_grant(self, user_id: UUID, channel: str, kind: GrantKind, at: int) -> GrantRecord:
        """Say a new word about a channel; it gets the person's next number."""
        ...

    def channels(self) -> list[ChannelState]:
        """The heads of all channels, by name."""
        ...

    def leaf_values(
        self, record_type: str, paths: Collection[str]
    ) -> Iterator[tuple[str, RecordKey, str, Value]]:
        """(channel, record, path, value) of these leaves in every record of a type, record by record."""
        ...

    def last_by(self, channel: str, key: RecordKey, path: str, author_id: UUID) -> Central | None:
        """What a person last made of a leaf, from the log; None if he never touched it."""
        ...

    def quarantined(self) -> list[QuarantineEntry]:
        """Everything that waits for a supervisor, oldest first."""
        ...

    def decide_quarantined(self, decision: QuarantineDecision) -> None:
        """A leaf waits no longer; the decision gets the next number of the leaf's author.

        It can be decided once; neither it nor the decision is ever deleted.
        """
        ...

    def decided_quarantined(self) -> list[DecidedEntry]:
        """Everything that waited once, in the order of the decisions."""
        ...

    def batch(self, batch_hash: bytes) -> bytes | None:
        """A batch that was answered, as `add_receipt` kept it."""
        ...


class ServerStore(Protocol):
    """Where the server keeps everything."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Commit when the block ends, roll back if it raises. One writer at a time."""
        ...

    def reading(self) -> AbstractContextManager[Transaction]:
        """A consistent view; nothing is written."""
        ...
