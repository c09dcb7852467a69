"""Whether a replica and the server share one past. Looked at before anything is applied."""

from typing import NamedTuple
from uuid import UUID

from kopdesk.domain.channels import unpacked_channel
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.digest import GENESIS_TIP, grants_hash
from kopdesk.protocol.messages import Batch, Cursor, Request, Verdict
from kopdesk.protocol.signing import message_hash
from kopdesk.server.ports import ChannelState, StoredReceipt, Transaction


def known_receipt(tx: Transaction, batch: Batch, batch_hash: bytes) -> StoredReceipt | None:
    """The receipt of a batch that was answered before, if it is the same batch."""
    stored = tx.receipt(UUID(bytes=batch.replica), batch.seq)
    return stored if stored is not None and stored.batch_hash == batch_hash else None


def verdict_on_batch(tx: Transaction, request: Request, seq: int, device_id: UUID) -> Verdict:
    """Where a batch without a receipt stands in the history of its replica; `seq`: its number there."""
    replica = tx.replica(UUID(bytes=request.replica))
    last_seq = replica.last_seq if replica else 0
    if replica is not None and replica.device_id != device_id:
        return Verdict.FORKED
    if seq <= last_seq:
        return Verdict.FORKED
    if seq == last_seq + 1:
        return Verdict.OK
    return Verdict.REWOUND if request.receipt_seq == seq - 1 else Verdict.EARLY


def holds_receipt_of_another_past(tx: Transaction, request: Request) -> bool:
    """Whether the laptop's last receipt is one this server has no memory of having given."""
    if request.receipt_seq == 0:
        return False
    stored = tx.receipt(UUID(bytes=request.replica), request.receipt_seq)
    return stored is None or message_hash(stored.receipt) != request.receipt_hash


def grants_are_of_this_past(tx: Transaction, user_id: UUID, request: Request) -> bool:
    """Whether this server knows every grant record the laptop was told of, and with the same words."""
    known = tx.grants_after(user_id, 0)[: request.grants_seen]
    if len(known) < request.grants_seen:
        return False
    return not request.grants_hash or request.grants_hash == grants_hash(known)


def is_of_this_past(tx: Transaction, cursor: Cursor, head: ChannelState | None) -> bool:
    """Whether what the cursor holds is a point of this server's past, with this server's content."""
    channel = unpacked_channel(cursor.channel)
    held = _point(tx, channel, cursor.rev, head)
    if held is None or held.tip != cursor.tip:
        return False
    if cursor.newest_rev:
        newest = _point(tx, channel, cursor.newest_rev, head)
        if newest is None or newest.tip != cursor.newest_tip:
            return False
    return cursor.digest is None or held.digest == cursor.digest


def has_other_content(tx: Transaction, cursor: Cursor, head: ChannelState) -> bool:
    """Whether the cursor is a point of this past, but not with this content: one side is damaged."""
    held = _point(tx, head.name, cursor.rev, head)
    if held is None or held.tip != cursor.tip or cursor.digest is None:
        return False
    return held.digest != cursor.digest


def bases_above_head(tx: Transaction, batch: Batch) -> list[bytes]:
    """The channels of a batch in which an edit was made over something this server never had."""
    ahead = []
    for changes in batch.channels:
        state = tx.channel(unpacked_channel(changes.channel))
        head = state.rev if state else 0
        if any(row.rev > head for row in rows_of(changes.blocks)):
            ahead.append(changes.channel)
    return ahead


class _Point(NamedTuple):
    tip: bytes
    digest: int


def _point(tx: Transaction, channel: str, rev: int, head: ChannelState | None) -> _Point | None:
    """A point of the channel's past. Nearly every cursor is at its head."""
    if rev == 0:
        return _Point(GENESIS_TIP, 0)
    if head is not None and head.rev == rev:
        return _Point(head.tip, head.digest)
    revision = tx.revision(channel, rev)
    return _Point(revision.tip, revision.digest) if revision else None
