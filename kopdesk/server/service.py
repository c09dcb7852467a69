"""The reference centre: what `SyncService` promises, over any `ServerStore`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from kopdesk.domain.channels import REF, packed_channel, unpacked_channel
from kopdesk.domain.schema import schema
from kopdesk.protocol.checks import check_channels, check_request
from kopdesk.protocol.codec import MAX_BATCH_BYTES, MAX_BATCH_LEAVES, MAX_REQUEST_BYTES, packed
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import GENESIS_TIP
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import (
    PROTOCOL,
    Batch,
    Cursor,
    Decision,
    EnrolRequest,
    EnrolResponse,
    Grant,
    GrantKind,
    Heartbeat,
    Receipt,
    Request,
    Response,
    Rewound,
    Signed,
    Verdict,
)
from kopdesk.protocol.signing import SigningKey, is_signed_by, message_hash
from kopdesk.server.accounts import Accounts, Caller
from kopdesk.server.applying import Application, Sender
from kopdesk.server.coding import coding_of, decode, encode
from kopdesk.server.history import (
    bases_above_head,
    grants_are_of_this_past,
    has_other_content,
    holds_receipt_of_another_past,
    is_of_this_past,
    known_receipt,
    verdict_on_batch,
)
from kopdesk.server.paging import Paging
from kopdesk.server.ports import ReplicaState, ServerStore, StoredReceipt, Transaction
from kopdesk.server.telling import decisions_to_tell


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of the batch: a receipt, or the reason why nothing was done."""

    verdict: Verdict = Verdict.OK
    rewound: tuple[bytes, ...] = ()
    receipt: Signed | None = None
    revs: Mapping[bytes, int] = field(default_factory=dict)
    application: Application | None = None


class Centre:
    """One per process. `now` gives Unix milliseconds, `random_bytes` so many random bytes."""

    def __init__(
        self,
        store: ServerStore,
        accounts: Accounts,
        signing_key: SigningKey,
        *,
        now: Callable[[], int],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._signing_key = signing_key
        self._now = now
        self._random_bytes = random_bytes

    def enrol(self, request: EnrolRequest, caller: str = "") -> EnrolResponse:
        """Make a device of a person known; raises Refused. Each `caller` is slowed down by himself."""
        return self._accounts.enrol(request, caller)

    def exchange(self, token: str, request: bytes) -> bytes:
        """One round trip; raises Refused or BadMessage, and then nothing has changed."""
        if len(request) > MAX_REQUEST_BYTES:
            raise BadMessage("too_large")
        coding = coding_of(request)
        signed = decode(Signed, request)
        message = decode(Request, signed.body)
        check_request(message)
        with self._store.reading() as tx:  # strangers cost us as little as possible
            signer = self._accounts.signer(tx, message.device, signed)
        batch, refused = _batch_or_refusal(message)
        with self._store.writing() as tx:
            caller = self._accounts.caller(tx, token, signer)
            now = self._now()
            response = self._answer(tx, caller, message, batch, refused, now)
            tx.heard(caller.device.id, _after_this(message.heartbeat, batch, response), now)
            if response.verdict in (Verdict.FORKED, Verdict.REWOUND):
                tx.notice(caller.device.id, response.verdict, now)  # whoever runs the centre is told
        return encode(self._signing_key.sign(encode(response, coding)), coding)

    def _answer(
        self,
        tx: Transaction,
        caller: Caller,
        request: Request,
        batch: Batch | None,
        refused: str,
        now: int,
    ) -> Response:
        closed = caller.user.disabled
        permissions = tx.permissions(caller.user.id)
        lost_grants = not grants_are_of_this_past(tx, caller.user.id, request)
        sender = Sender(user=caller.user, permissions=permissions, lost_grants=lost_grants)
        answer = _Answer()
        if request.batch is not None and batch is not None:
            answer = self._take_batch(tx, caller, sender, request, request.batch, batch, now)
        elif request.batch is not None:
            answer = self._refuse_batch(tx, caller, request, request.batch, refused, now)
        elif holds_receipt_of_another_past(tx, request):
            answer = _Answer(Verdict.REWOUND)
        paging = Paging(tx, min(request.schema, schema()), request.want_bytes)
        rewound = {*answer.rewound, *self._lost_cursors(tx, permissions, request, lost_grants)}
        decisions: list[Decision] = []
        if answer.verdict is Verdict.OK and not rewound:
            # Whoever has left still hands in his work, and is served nothing.
            self._serve_channels(tx, {} if closed else permissions, request, answer, paging)
            decisions = [] if closed else decisions_to_tell(tx, caller.user.id, request, paging)
        cursors = {cursor.channel: cursor for cursor in request.cursors}
        return Response(
            nonce=request.nonce,
            schema=schema(),
            server_at=now,
            verdict=answer.verdict if answer.verdict or not rewound else Verdict.REWOUND,
            rewound=[_rewound(tx, channel, cursors.get(channel), permissions) for channel in sorted(rewound)],
            receipt=answer.receipt,
            pages=paging.pages,
            cursors=paging.cursors,
            more=paging.more or not request.pull,
            grants=[] if closed else _grants(tx, caller, 0 if lost_grants else request.grants_seen),
            token=caller.renewed_token,
            remaining=paging.remaining,
            chains=paging.chains,
            closed="account_disabled" if closed else "",
            decisions=decisions,
        )

    def _take_batch(
        self,
        tx: Transaction,
        caller: Caller,
        sender: Sender,
        request: Request,
        signed: Signed,
        batch: Batch,
        now: int,
    ) -> _Answer:
        batch_hash = message_hash(signed.body)
        stored = known_receipt(tx, batch, batch_hash)
        if stored is not None and self._is_of_caller(tx, caller, batch):
            return _repeated(stored)
        verdict = verdict_on_batch(tx, request, batch.seq, caller.device.id)
        if not is_signed_by(caller.device.public_key, signed.signature, signed.body):
            verdict = Verdict.FORKED  # by the key of a device this laptop was before: it signs its edits anew
        if verdict is Verdict.OK and holds_receipt_of_another_past(tx, request):
            verdict = Verdict.REWOUND
        if verdict is not Verdict.OK:
            return _Answer(verdict)
        rewound = self._rewound_channels(tx, sender, request, batch)
        if rewound:
            return _Answer(Verdict.REWOUND, rewound)
        application = Application(tx, sender, batch, batch_hash, now, self._random_bytes)
        receipt = application.receipt()
        return self._keep(tx, caller, signed, UUID(bytes=batch.replica), batch.seq, receipt, application)

    def _is_of_caller(self, tx: Transaction, caller: Caller, batch: Batch) -> bool:
        """Whether a replica is the caller's own, be it on a device whose key was lost."""
        replica = tx.replica(UUID(bytes=batch.replica))
        device = tx.device(replica.device_id) if replica else None
        return device is not None and device.user_id == caller.user.id

    def _refuse_batch(
        self, tx: Transaction, caller: Caller, request: Request, signed: Signed, reason: str, now: int
    ) -> _Answer:
        """A batch that cannot be taken as a whole gets a receipt that says so, under its replica and seq."""
        replica_id, seq = UUID(bytes=request.replica), request.batch_seq
        batch_hash = message_hash(signed.body)
        known = tx.receipt(replica_id, seq)
        if known is not None and known.batch_hash == batch_hash:
            return _repeated(known)
        if seq < 1:
            raise BadMessage(reason)
        verdict = verdict_on_batch(tx, request, seq, caller.device.id)
        if verdict is not Verdict.OK:  # a copy's, or of a lost past: that first, what is in it afterwards
            return _Answer(verdict)
        receipt = Receipt(request.replica, seq, batch_hash, {}, [], now, reason)
        return self._keep(tx, caller, signed, replica_id, seq, receipt, None)

    def _lost_cursors(
        self, tx: Transaction, permissions: Mapping[str, GrantKind], request: Request, lost_grants: bool
    ) -> list[bytes]:
        """The cursors of another past. What the laptop has of it is offered, or put aside.

        Looked at are all channels that ever were the caller's, and all this server does not have (any more).
        Where it has lost grants all others too: they are lost to him, whether they are here or not.
        """
        names = {cursor.channel: unpacked_channel(cursor.channel) for cursor in request.cursors}
        heads = tx.heads(list(names.values()))
        return [
            cursor.channel
            for cursor in request.cursors
            for name in [names[cursor.channel]]
            if (lost_grants or name in permissions or name == REF or name not in heads)
            and not is_of_this_past(tx, cursor, heads.get(name))
        ]

    def _rewound_channels(
        self, tx: Transaction, sender: Sender, request: Request, batch: Batch
    ) -> tuple[bytes, ...]:
        """Of what the batch touches. Nothing is said about a channel that is not the sender's."""
        names = {changes.channel: unpacked_channel(changes.channel) for changes in batch.channels}
        # In one order for everybody, so that two batches never wait for each other.
        heads = {packed: tx.channel(names[packed]) for packed in sorted(names)}
        touched = {p for p, name in names.items() if name in sender.permissions or heads[p] is None}
        cursors = [cursor for cursor in request.cursors if cursor.channel in touched]
        lost = {c.channel for c in cursors if not is_of_this_past(tx, c, heads[c.channel])}
        return tuple(sorted(lost.union(touched.intersection(bases_above_head(tx, batch)))))

    def _keep(
        self,
        tx: Transaction,
        caller: Caller,
        signed: Signed,
        replica_id: UUID,
        seq: int,
        receipt: Receipt,
        application: Application | None,
    ) -> _Answer:
        coding = coding_of(signed.body)
        signed_receipt = self._signing_key.sign(encode(receipt, coding))
        tx.save_replica(replica_id, ReplicaState(caller.device.id, seq))
        stored = StoredReceipt(receipt.batch_hash, encode(signed_receipt, coding))
        tx.add_receipt(replica_id, seq, encode(signed, coding), stored)
        return _Answer(receipt=signed_receipt, revs=receipt.revs, application=application)

    def _serve_channels(
        self,
        tx: Transaction,
        permissions: Mapping[str, GrantKind],
        request: Request,
        answer: _Answer,
        paging: Paging,
    ) -> None:
        """Add pages of every channel the caller may read now."""
        cursors = {unpacked_channel(cursor.channel): cursor for cursor in request.cursors}
        revs = {unpacked_channel(channel): rev for channel, rev in answer.revs.items()}
        readable = [REF, *sorted(n for n, kind in permissions.items() if kind is not GrantKind.WITHDRAWN)]
        # A channel that has been begun is finished before the next one: the first is usable early.
        readable.sort(key=lambda name: name not in cursors)
        heads = tx.heads(readable)
        for name in readable:
            head = heads.get(name)
            if head is None:
                continue
            if request.pull:
                own = answer.application.own.get(name, {}) if answer.application else {}
                paging.serve(head, cursors.get(name), own, revs.get(name, 0))
            else:
                paging.serve_questions(head, revs.get(name, 0))
                paging.put_off(name, cursors.get(name), revs.get(name, 0))
        for name in sorted(revs.keys() - set(readable)):
            paging.put_off(name, cursors.get(name), revs[name])


def _grants(tx: Transaction, caller: Caller, seen: int) -> list[Grant]:
    return [
        Grant(record.number, packed_channel(record.channel), record.kind, record.at)
        for record in tx.grants_after(caller.user.id, seen)
    ]


_ALL_OF_THE_LAST = 32


def _rewound(
    tx: Transaction, channel: bytes, cursor: Cursor | None, permissions: Mapping[str, GrantKind]
) -> Rewound:
    """Points of our chain, the last ones all and then ever fewer: one is near the last common one.

    Who has no word of ours about the channel hears nothing of it: what he holds is put aside, all of it.
    """
    name = unpacked_channel(channel)
    head = tx.channel(name)
    if head is None or (name != REF and name not in permissions):
        return Rewound(channel, [(0, GENESIS_TIP)])
    if cursor is not None and has_other_content(tx, cursor, head):
        return Rewound(channel, [])
    revs, step = list(range(head.rev, max(head.rev - _ALL_OF_THE_LAST, 0), -1)), 1
    while revs[-1] - step > 0:
        revs.append(revs[-1] - step)
        step *= 2
    known = tx.revisions(name, {rev for rev in revs if rev})
    points = [(rev, known[rev].tip) for rev in revs if rev in known]
    return Rewound(channel, [*points, (0, GENESIS_TIP)])


def _repeated(stored: StoredReceipt) -> _Answer:
    """The same receipt again. Its leaves travel in the page as well: harmless, and rare."""
    signed = decode(Signed, stored.receipt)
    return _Answer(receipt=signed, revs=decode(Receipt, signed.body).revs)


def _after_this(heartbeat: Heartbeat, batch: Batch | None, response: Response) -> Heartbeat:
    """What waits on the laptop once it has this answer."""
    if batch is None or response.receipt is None:
        return heartbeat
    leaves = sum(1 for changes in batch.channels for _ in rows_of(changes.blocks))
    unsent = max(0, heartbeat.unsent - leaves)
    oldest = heartbeat.oldest_unsent_at if unsent else None
    return msgspec.structs.replace(heartbeat, unsent=unsent, oldest_unsent_at=oldest)


def _batch_or_refusal(request: Request) -> tuple[Batch | None, str]:
    try:
        return _batch_of(request), ""
    except BadMessage as error:
        return None, error.reason


def _batch_of(request: Request) -> Batch | None:
    """The batch, decoded and checked for what makes it undecidable as a whole."""
    if request.batch is None:
        return None
    body = request.batch.body
    if len(body) > MAX_BATCH_BYTES and len(packed(body)[0]) > MAX_BATCH_BYTES:
        raise BadMessage("too_large")
    batch = decode(Batch, body)
    if batch.protocol != PROTOCOL:
        raise BadMessage("unknown_protocol")
    if batch.replica != request.replica:
        raise BadMessage("foreign_batch")
    channels = [changes.channel for changes in batch.channels]
    check_channels(channels)
    if len(set(channels)) != len(channels):
        raise BadMessage("channel_twice")
    columns = [c for changes in batch.channels for block in changes.blocks for c in block.columns]
    if sum(len(column.values) for column in columns) > MAX_BATCH_LEAVES:
        raise BadMessage("too_large")
    for changes in batch.channels:
        leaves = [(row.key, row.path) for row in rows_of(changes.blocks)]
        if len(set(leaves)) != len(leaves):
            raise BadMessage("leaf_twice")
    return batch
