"""What no laptop can have meant is refused before anything is done, and nothing too large is taken in."""

from random import Random
from uuid import UUID

import msgspec
import pytest

from kopdesk.domain.channels import coop_channel, packed_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import schema
from kopdesk.protocol.codec import MAX_BATCH_BYTES, MAX_BATCH_LEAVES, MAX_REQUEST_BYTES, encode, packed
from kopdesk.protocol.messages import (
    MOST_CHANNELS,
    PROTOCOL,
    Batch,
    Block,
    ChannelChanges,
    Column,
    Cursor,
    Signed,
)
from kopdesk.server.listing import dump
from kopdesk.server.opening import Server
from tests.support.doors import refused
from tests.support.raw_client import RawClient
from tests.support.server_parts import PERIDAN_CHANNEL


def cursors(count: int) -> list[Cursor]:
    return [Cursor(packed_channel(coop_channel(UUID(int=n))), 0, bytes(16)) for n in range(count)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("protocol", 2, "unknown_protocol"),
        ("receipt_seq", 2**63, "number_too_large"),
        ("grants_seen", 2**64 - 1, "number_too_large"),
        ("batch_seq", 2**63, "number_too_large"),
        ("heartbeat.unsent", 2**63, "number_too_large"),
        ("heartbeat.free_disk_mb", 2**63, "number_too_large"),
        ("heartbeat.clock", 2**63, "undecodable"),
        ("heartbeat.app_version", "0.1\x9b2J", "bad_value"),
        ("heartbeat.app_version", "0" * 41, "undecodable"),
        ("cursors", [Cursor(b"x" * 17, 1, bytes(16))], "unknown_channel"),
        ("cursors", [Cursor(b"c" * 9, 1, bytes(16))], "unknown_channel"),
        ("cursors", cursors(MOST_CHANNELS + 1), "undecodable"),
        ("want_bytes", 1023, "undecodable"),
        ("want_bytes", 4 * 1024 * 1024 + 1, "undecodable"),
        ("nonce", b"short", "undecodable"),
    ],
)
def test_requests_that_cannot_be_meant_are_refused(
    server: Server, siti: RawClient, field: str, value: object, reason: str
) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(RecordKey("visit", UUID(int=1)), "notes", "x", 0)]})
    request = siti.request(**{"batch": batch, "batch_seq": 1} | ({} if "." in field else {field: value}))
    if "." in field:
        health = msgspec.structs.replace(request.heartbeat, **{field.partition(".")[2]: value})
        request = msgspec.structs.replace(request, heartbeat=health)
    before = dump(server)
    with refused(400, reason):
        siti.send(request)
    assert dump(server) == before


def test_as_many_channels_as_anybody_can_have_are_named_at_once(siti: RawClient) -> None:
    assert len(siti.send(siti.request(cursors=cursors(MOST_CHANNELS))).cursors) == 1


@pytest.mark.parametrize("body", [b"", b"\x93", b"[", b"<html>", b"\xc1", bytes(1000)])
def test_what_is_no_request_is_refused(siti: RawClient, body: bytes) -> None:
    with refused(400, "undecodable"):
        siti.service.exchange(siti.token, body)


def test_a_request_that_is_too_large_is_not_looked_at(siti: RawClient) -> None:
    padded = Signed(bytes(MAX_REQUEST_BYTES), b"", bytes(64))
    with refused(413, "too_large"):
        siti.service.exchange(siti.token, encode(padded))


def test_a_batch_that_is_too_large_is_refused_with_a_receipt(server: Server, siti: RawClient) -> None:
    before = dump(server)
    batch = siti.key.sign(Random(1).randbytes(MAX_BATCH_BYTES + 1))
    assert len(packed(batch.body)[0]) > MAX_BATCH_BYTES
    receipt = siti.receipt(siti.send(siti.request(batch=batch, batch_seq=1)))
    assert (receipt.seq, receipt.refused) == (1, "too_large")
    assert dump(server) == before


@pytest.mark.parametrize(("more", "reason"), [(0, "leaf_twice"), (1, "too_large")])
def test_a_batch_has_so_many_leaves_and_no_more(siti: RawClient, more: int, reason: str) -> None:
    """They pack well: a limit of bytes alone would let one laptop keep all others waiting."""
    count = MAX_BATCH_LEAVES + more
    column = Column("notes", [0] * count, [], ["x"] * count, 0)
    changes = ChannelChanges(
        packed_channel(PERIDAN_CHANNEL), [Block("visit", UUID(int=1).bytes, [column])], [], []
    )
    batch = siti.sign(Batch(PROTOCOL, schema(), siti.replica, 1, 1_700_000_000_000, "WITA", False, [changes]))
    assert len(packed(batch.body)[0]) < 1000
    assert siti.receipt(siti.send(siti.request(batch=batch, batch_seq=1))).refused == reason


def test_a_batch_is_measured_as_it_travels(siti: RawClient) -> None:
    """Text packs: what is larger only before that is taken."""
    notes = "Kas dihitung bersama bendahara. " * 900
    rows = [(RecordKey("visit", UUID(int=n)), "notes", notes, 0) for n in range(1, 5)]
    batch = siti.batch(1, {PERIDAN_CHANNEL: rows})
    assert len(batch.body) > MAX_BATCH_BYTES
    assert siti.receipt(siti.send(siti.request(batch=batch, batch_seq=1))).refused == ""
