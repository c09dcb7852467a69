"""JSON for other programs: the same messages, the same answers, receipts in the coding of their batch."""

from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.protocol.messages import Origin, OutcomeKind
from kopdesk.protocol.signing import message_hash
from kopdesk.server.coding import Coding
from kopdesk.server.opening import Server
from tests.support.raw_client import RawClient, leaves_of
from tests.support.server_parts import PASSWORD, PERIDAN, PERIDAN_CHANNEL, a_person

VISIT = RecordKey("visit", UUID(int=1))


@pytest.fixture
def siti(server: Server) -> RawClient:
    a_person(server, "siti", PERIDAN)
    return RawClient(server.centre, "siti", PASSWORD)


@pytest.fixture
def program(server: Server, siti: RawClient) -> RawClient:
    """Another device of hers, which speaks JSON."""
    return RawClient(server.centre, "siti", PASSWORD, seed=3, coding=Coding.JSON)


def test_json_says_the_same_as_msgpack(siti: RawClient, program: RawClient) -> None:
    batch = program.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "Catatan “baru”", 0)]})
    first = program.service.exchange(program.token, program.body(program.request(batch=batch)))
    assert first.startswith(b"[")
    response = program.believed(first)
    again = program.send(program.request(batch=batch))
    assert again.receipt == response.receipt
    assert again.receipt is not None
    assert again.receipt.body.startswith(b"[")
    assert leaves_of(siti.send(siti.request()))[VISIT, "notes"] == "Catatan “baru”"
    assert leaves_of(program.send(program.request())) == leaves_of(siti.send(siti.request()))


def test_a_receipt_in_json_answers_an_edit_sent_again_in_msgpack(siti: RawClient, program: RawClient) -> None:
    first = program.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    program.send(program.request(batch=first))
    origin = Origin(0, message_hash(first.body), 0)
    again = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]}, origins=[origin])
    receipt = siti.receipt(siti.send(siti.request(batch=again)))
    assert [o.kind for o in receipt.outcomes] == [OutcomeKind.EQUAL]
