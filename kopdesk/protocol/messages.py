"""Every message on the wire, as structs. Arrays, not objects: names would cost more than content.

Bytes are ids (16), hashes (32), tips (16), nonces (16), signatures (64) or inner messages.
Instants are Unix milliseconds. Places number the leaves of a batch in the order of its columns.
"""

from enum import IntEnum
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from kopdesk.domain.values import Value

PROTOCOL = 1

MOST_CHANNELS = 5000
"""That one person may have. An assistant has a dozen, a supervisor of a province has many."""

Id: TypeAlias = Annotated[bytes, Meta(min_length=16, max_length=16)]
Hash: TypeAlias = Annotated[bytes, Meta(min_length=32, max_length=32)]
Tip: TypeAlias = Annotated[bytes, Meta(min_length=16, max_length=16)]
Nonce: TypeAlias = Annotated[bytes, Meta(min_length=16, max_length=16)]
PackedChannel: TypeAlias = Annotated[bytes, Meta(max_length=17)]
Rev: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Place: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
SchemaNumber: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Milliseconds: TypeAlias = Annotated[int, Meta(ge=-(2**62), le=2**62)]
Path: TypeAlias = Annotated[str, Meta(max_length=400)]
Name: TypeAlias = Annotated[str, Meta(max_length=200)]


class Signed(Struct, array_like=True, frozen=True):
    """An inner message with the signature of a device or, with its key's id, of the server."""

    body: bytes
    key_id: Annotated[bytes, Meta(max_length=16)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


# Leaves in columns.


class Column(Struct, array_like=True, frozen=True):
    """One path pattern of one type. `records` are indices into the block's ids, empty for all in order."""

    path: int | Path
    records: list[int]
    keys: list[Annotated[str, Meta(max_length=40)]]
    values: list[Value]
    revs: Rev | list[Rev]
    """Bases in a batch, revs in a page; one number when all are equal."""


class Block(Struct, array_like=True, frozen=True):
    """The leaves of one record type. `ids` are 16 bytes each."""

    type: int | Name
    ids: bytes
    columns: list[Column]


# The batch.


class Shown(Struct, array_like=True, frozen=True):
    """What a deleter saw: the rev of every leaf of what is deleted."""

    place: int
    revs: dict[Path, Rev]


class Origin(Struct, array_like=True, frozen=True):
    """An edit that was sent before, or typed over one that was; its batch may have been applied or not."""

    place: int
    batch_hash: Hash
    batch_place: int


class Offer(Struct, array_like=True, frozen=True):
    """A leaf of a past that the centre has lost, and the rev it had there."""

    place: int
    rev: Rev


class ChannelChanges(Struct, array_like=True, frozen=True):
    """The edits of one channel, or what is offered to it. `chain`: the tips of the lost past, by rev.

    `aside`: to be put aside for a supervisor, because the centre has lost what it had put aside, or the
    grant by which this laptop wrote.
    """

    channel: PackedChannel
    blocks: list[Block]
    shown: list[Shown]
    origins: list[Origin]
    offers: list[Offer] = []
    chain: dict[Rev, Tip] = {}
    aside: bool = False


class Batch(Struct, array_like=True, frozen=True):
    """The changes a replica sends in one go. Its encoded bytes are frozen, hashed and signed."""

    protocol: int
    schema: SchemaNumber
    replica: Id
    seq: Annotated[int, Meta(ge=1, le=2**62)]
    made_at: Milliseconds
    zone: Annotated[str, Meta(max_length=10)]
    clock_doubt: bool
    channels: list[ChannelChanges]


# The exchange.


START = bytes(2) + b"\xff" * 16
"""The position before the first record of a snapshot."""


class Cursor(Struct, array_like=True, frozen=True):
    """What a replica holds of a channel.

    Closed: `digest` is set and everything up to `rev` is held. Open: more pages are to come after `rev`;
    `newest` names the newest point seen in a page or receipt. `position` resumes a snapshot.
    """

    channel: PackedChannel
    rev: Rev
    tip: Tip
    digest: Annotated[int, Meta(ge=0)] | None = None
    newest_rev: Rev = 0
    newest_tip: Annotated[bytes, Meta(max_length=16)] = b""
    position: Annotated[bytes, Meta(max_length=200)] = b""


class Heartbeat(Struct, array_like=True, frozen=True):
    """How the laptop is: shown to supervisors, decides nothing."""

    app_version: Annotated[str, Meta(max_length=40)]
    clock: Milliseconds
    unsent: Annotated[int, Meta(ge=0)] = 0
    oldest_unsent_at: Milliseconds | None = None
    free_disk_mb: Annotated[int, Meta(ge=0)] | None = None
    clock_doubt: bool = False


class Request(Struct, array_like=True, frozen=True):
    """One exchange, from the laptop. Its encoded bytes are signed by the device."""

    protocol: int
    schema: SchemaNumber
    device: Id
    replica: Id
    nonce: Nonce
    cursors: Annotated[list[Cursor], Meta(max_length=MOST_CHANNELS)]
    grants_seen: Annotated[int, Meta(ge=0)]
    receipt_seq: Annotated[int, Meta(ge=0)]
    """The batch of the last receipt held, and that receipt's hash."""
    receipt_hash: Annotated[bytes, Meta(max_length=32)]
    batch: Signed | None
    want_bytes: Annotated[int, Meta(ge=1024, le=4 * 1024 * 1024)]
    heartbeat: Heartbeat
    batch_seq: Annotated[int, Meta(ge=0)] = 0
    """Of the batch, so that one nobody can decode is refused under its name."""
    pull: bool = True
    """False while something is still to be offered: offers go before anything is pulled."""
    grants_hash: Annotated[bytes, Meta(max_length=8)] = b""
    """Of the grant records up to `grants_seen`; without it only their number is compared."""
    decisions_seen: Annotated[int, Meta(ge=0)] | None = None
    """The number of the last decision heard, 0 for none yet. Whoever does not say it is told of none."""
    decisions_hash: Annotated[bytes, Meta(max_length=8)] = b""
    """Of that decision."""


class OutcomeKind(IntEnum):
    """What became of a leaf that was not simply applied."""

    EQUAL = 1
    MERGED = 2
    CONFLICT = 3
    REJECTED = 4
    QUARANTINED = 5
    HELD = 6


class LeafOutcome(Struct, array_like=True, frozen=True):
    """`rev` for equal; `value` for merged, with its `rev` if it came before; `detail` is the conflict's id or
    the reason in one word.

    For an offered leaf always there, with the centre's value and rev: held (as it says), conflict or
    quarantined. Rev 0 means that the centre has no such leaf.
    `first`: batch and place in which a quarantined leaf came first, if that was not here. It lies there.
    """

    place: int
    kind: OutcomeKind
    rev: Rev = 0
    value: Value = None
    detail: Annotated[str, Meta(max_length=200)] = ""
    first: tuple[Hash, Place] | None = None


class Receipt(Struct, array_like=True, frozen=True):
    """The server's answer to exactly one batch. Its bytes are signed, and given again for ever."""

    replica: Id
    seq: int
    batch_hash: Hash
    revs: dict[PackedChannel, Rev]
    outcomes: list[LeafOutcome]
    accepted_at: Milliseconds
    refused: Annotated[str, Meta(max_length=80)] = ""
    """Why the whole batch could not be taken; empty if it was."""


class Revision(Struct, array_like=True, frozen=True):
    """Who made a rev: an index into the page's authors, the replica, the device's and the server's time."""

    rev: Rev
    author: int
    replica: Annotated[bytes, Meta(max_length=16)]
    made_at: Milliseconds
    accepted_at: Milliseconds


class Person(Struct, array_like=True, frozen=True):
    """A user as others see him."""

    id: Id
    name: Name
    role: Annotated[str, Meta(max_length=40)]


class Page(Struct, array_like=True, frozen=True):
    """Leaves of one channel, each at its current rev."""

    channel: PackedChannel
    blocks: list[Block]
    revisions: list[Revision]
    authors: list[Person]


class GrantKind(IntEnum):
    """What a grant record says of a channel."""

    READ_WRITE = 1
    READ_ONLY = 2
    WITHDRAWN = 3


class Grant(Struct, array_like=True, frozen=True):
    """A numbered word of the centre about who may read a channel; absence never means anything."""

    number: Annotated[int, Meta(ge=1)]
    channel: PackedChannel
    kind: GrantKind
    at: Milliseconds


class DecisionKind(IntEnum):
    """What became of a leaf that was put aside: dropped, or released and then as the merge rule had it."""

    DROPPED = 1
    APPLIED = 2
    EQUAL = 3
    MERGED = 4
    CONFLICT = 5
    COVERED = 6


class Decision(Struct, array_like=True, frozen=True):
    """What a supervisor decided about a leaf of the caller's that lies in this place of a batch of his.

    Numbered from 1 for each person. `detail`: why it was dropped, or the conflict's id.
    """

    number: Annotated[int, Meta(ge=1)]
    batch_hash: Hash
    place: Place
    kind: DecisionKind
    detail: Annotated[str, Meta(max_length=500)]
    decided_at: Milliseconds


class Verdict(IntEnum):
    """How the history of this replica looks to the server; all but OK leave both sides as they are."""

    OK = 0
    FORKED = 1
    REWOUND = 2
    EARLY = 3


class Rewound(Struct, array_like=True, frozen=True):
    """A channel whose past is not the laptop's: points of the centre's chain, newest first.

    None at all means that the past is the same and the content is not.
    """

    channel: PackedChannel
    points: list[tuple[Rev, Tip]]


class Chain(Struct, array_like=True, frozen=True):
    """The tags of the revs after `after`, 16 bytes each: with them the laptop computes their tips."""

    channel: PackedChannel
    after: Rev
    tags: bytes


class Response(Struct, array_like=True, frozen=True):
    """One exchange, from the server. Its encoded bytes are signed by the server, nonce and all."""

    nonce: Nonce
    schema: SchemaNumber
    server_at: Milliseconds
    verdict: Verdict
    rewound: list[Rewound]
    receipt: Signed | None
    pages: list[Page]
    cursors: list[Cursor]
    more: bool
    grants: list[Grant]
    token: Annotated[str, Meta(max_length=100)] = ""
    """A renewed access token; empty while the old one is good."""
    remaining: Annotated[int, Meta(ge=0)] = 0
    """About so many leaves are still to come; for a progress bar, decides nothing."""
    chains: list[Chain] = []
    closed: Annotated[str, Meta(max_length=80)] = ""
    """Why nothing is served to this account any more; what it sends is put aside for a supervisor."""
    decisions: list[Decision] = []
    """Those the caller has not heard, in their order; from 1 on if what he heard is of another past."""


# Enrolment: small JSON objects, because people read them when something is wrong.


class ServerKey(Struct, frozen=True):
    """A public key that signs the server's answers, in base64 as JSON writes bytes."""

    id: Annotated[bytes, Meta(max_length=16)]
    public_key: Hash


class EnrolRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A person makes a device known. The same device key enrols the same device again."""

    user: Name
    password: Annotated[str, Meta(max_length=200)]
    device_name: Name
    device_key: Hash
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    """By the device key over the user name: proves that the key is held."""


class EnrolResponse(Struct, frozen=True):
    """What a laptop needs to know before its first exchange."""

    server_id: Id
    server_name: Name
    server_keys: list[ServerKey]
    user_id: Id
    name: Name
    role: Annotated[str, Meta(max_length=40)]
    device_id: Id
    token: Annotated[str, Meta(max_length=100)]
    server_at: Milliseconds


class Problem(Struct, frozen=True):
    """A refused request: a word for programs, and where it helps a number of seconds to wait."""

    reason: Annotated[str, Meta(max_length=80)]
    retry_after: Annotated[int, Meta(ge=0, le=24 * 60 * 60)] | None = None
