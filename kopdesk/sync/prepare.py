"""Makes the next request: puts a batch in flight if there is none, and names what is held."""

from dataclasses import dataclass

from kopdesk.domain.schema import schema
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.digest import grants_hash
from kopdesk.protocol.messages import PROTOCOL, Cursor, Heartbeat, Request, Signed
from kopdesk.sync.batches import Laptop, freeze_next
from kopdesk.sync.decided import last_heard
from kopdesk.sync.offering import offer_next
from kopdesk.sync.ports import Work
from kopdesk.sync.put_aside import hand_in_next


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """An encoded, signed request, and what its answer must fit."""

    body: bytes
    nonce: bytes
    batch_seq: int
    """0 without a batch."""


def prepare(work: Work, laptop: Laptop, now_ms: int) -> PreparedRequest:
    """The next request. Call in a writing unit of work that ends before anything is sent."""
    flight = (
        work.outbox.in_flight()
        or offer_next(work, laptop, now_ms)
        or hand_in_next(work, laptop, now_ms)
        or freeze_next(work, laptop, now_ms)
    )
    replica = work.outbox.replica()
    nonce = laptop.random_bytes(16)
    grants = work.channels.grants()
    decisions_seen, decisions_hash = last_heard(work)
    request = Request(
        protocol=PROTOCOL,
        schema=schema(),
        device=laptop.device_id.bytes,
        replica=replica.id.bytes,
        nonce=nonce,
        cursors=[decode(Cursor, cursor) for _, cursor in sorted(work.channels.cursors().items())],
        grants_seen=max((grant.number for grant in grants), default=0),
        receipt_seq=replica.receipt_seq,
        receipt_hash=replica.receipt_hash,
        batch=decode(Signed, flight.signed) if flight else None,
        want_bytes=laptop.want_bytes,
        heartbeat=Heartbeat(
            laptop.app_version,
            now_ms,
            work.records.unsent_count(),
            work.records.oldest_unsent_at(),
            laptop.free_disk_mb,
            laptop.clock_doubt,
        ),
        batch_seq=flight.seq if flight else 0,
        pull=not work.records.offered_keys(),
        grants_hash=grants_hash(grants) if grants else b"",
        decisions_seen=decisions_seen,
        decisions_hash=decisions_hash,
    )
    body = encode(laptop.device_key.sign(encode(request)))
    return PreparedRequest(body, nonce, flight.seq if flight else 0)
