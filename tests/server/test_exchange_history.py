"""The order of checks, receipts given for ever, pages that add up to what the centre holds."""

from uuid import UUID

import msgspec
import pytest

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import record_hash
from kopdesk.protocol.messages import Cursor, Origin, OutcomeKind, Response, Verdict
from kopdesk.protocol.signing import message_hash
from kopdesk.server.coding import Coding, encode
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from tests.support.raw_client import RawClient, cursor_for, leaves_of
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    PERIDAN_PROFILE,
    a_person,
)


def visit(number: int) -> RecordKey:
    return RecordKey("visit", UUID(int=number))


@pytest.fixture
def siti(server: Server) -> RawClient:
    a_person(server, "siti", PERIDAN)
    return RawClient(server.centre, "siti", PASSWORD)


@pytest.fixture
def budi(server: Server) -> RawClient:
    a_person(server, "budi", PERIDAN)
    return RawClient(server.centre, "budi", PASSWORD, seed=2)


def office_says(server: Server, key: RecordKey, **leaves: Value) -> None:
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, {key: leaves})


def pushed(client: RawClient, seq: int, *rows: tuple[RecordKey, str, Value, int]) -> Response:
    return client.send(client.request(batch=client.batch(seq, {PERIDAN_CHANNEL: rows})))


# The order of checks.


def test_a_batch_sent_twice_gets_the_same_receipt_to_the_byte(siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "first", 0)]})
    first = siti.send(siti.request(batch=batch))
    again = siti.send(siti.request(batch=batch))
    assert first.receipt is not None
    assert again.receipt is not None
    assert encode(again.receipt, Coding.MSGPACK) == encode(first.receipt, Coding.MSGPACK)
    assert cursor_for(again, PERIDAN_CHANNEL) == cursor_for(first, PERIDAN_CHANNEL)


def test_a_known_batch_is_answered_before_any_history_is_looked_at(siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "first", 0)]})
    first = siti.send(siti.request(batch=batch))
    lost = Cursor(packed_channel(PERIDAN_CHANNEL), 1, b"t" * 16, 5)
    again = siti.send(siti.request(batch=batch, cursors=[lost]))
    assert again.receipt == first.receipt
    assert (again.verdict, [r.channel for r in again.rewound]) == (
        Verdict.REWOUND,
        [packed_channel(PERIDAN_CHANNEL)],
    )


def test_another_batch_with_a_number_that_was_used_is_a_fork(siti: RawClient) -> None:
    pushed(siti, 1, (visit(1), "notes", "first", 0))
    forked = pushed(siti, 1, (visit(1), "notes", "other", 0))
    assert (forked.verdict, forked.receipt, forked.pages) == (Verdict.FORKED, None, [])
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "first"


def test_the_replica_of_another_device_is_a_fork(siti: RawClient, budi: RawClient) -> None:
    pushed(siti, 1, (visit(1), "notes", "first", 0))
    budi.replica = siti.replica
    assert pushed(budi, 2, (visit(2), "notes", "x", 0)).verdict is Verdict.FORKED


def test_a_batch_too_early_changes_nothing(siti: RawClient) -> None:
    early = pushed(siti, 2, (visit(1), "notes", "x", 0))
    assert (early.verdict, early.receipt) == (Verdict.EARLY, None)
    batch = siti.batch(2, {PERIDAN_CHANNEL: [(visit(1), "notes", "x", 0)]})
    lost = siti.send(siti.request(batch=batch, receipt_seq=1, receipt_hash=b"r" * 32))
    assert lost.verdict is Verdict.REWOUND


def test_a_receipt_this_server_never_gave_means_another_past(siti: RawClient) -> None:
    given = pushed(siti, 1, (visit(1), "notes", "x", 0)).receipt
    assert given is not None
    batch = siti.batch(2, {PERIDAN_CHANNEL: [(visit(1), "notes", "y", 2)]})
    wrong = siti.request(batch=batch, receipt_seq=1, receipt_hash=b"r" * 32)
    assert siti.send(wrong).verdict is Verdict.REWOUND
    right_hash = message_hash(encode(given, Coding.MSGPACK))
    right = siti.request(batch=batch, receipt_seq=1, receipt_hash=right_hash)
    assert siti.send(right).verdict is Verdict.OK


def test_a_foreign_tip_stops_the_whole_batch(server: Server, siti: RawClient) -> None:
    held = cursor_for(siti.send(siti.request()), PERIDAN_CHANNEL)
    for other in (
        msgspec.structs.replace(held, tip=b"t" * 16),
        msgspec.structs.replace(held, digest=(held.digest or 0) ^ 1),
        msgspec.structs.replace(held, rev=99),
    ):
        batch = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "x", 0)]})
        response = siti.send(siti.request(batch=batch, cursors=[other]))
        assert (response.verdict, response.receipt) == (Verdict.REWOUND, None)
        assert [r.channel for r in response.rewound] == [packed_channel(PERIDAN_CHANNEL)]
    with server.store.reading() as tx:
        assert tx.channel_of(visit(1)) is None


def test_a_base_above_the_head_is_another_past(siti: RawClient) -> None:
    response = pushed(siti, 1, (visit(1), "notes", "x", 50))
    assert (response.verdict, response.receipt) == (Verdict.REWOUND, None)


# What becomes of leaves.


def test_a_batch_makes_one_rev_per_channel_and_its_leaves_do_not_come_back(siti: RawClient) -> None:
    held = cursor_for(siti.send(siti.request()), PERIDAN_CHANNEL)
    rows = [(visit(1), "notes", "x", 0), (visit(2), "notes", "y", 0)]
    batch = siti.batch(1, {PERIDAN_CHANNEL: rows})
    response = siti.send(siti.request(batch=batch, cursors=[held]))
    receipt = siti.receipt(response)
    assert receipt.revs == {packed_channel(PERIDAN_CHANNEL): held.rev + 1}
    assert (receipt.outcomes, response.pages) == ([], [])
    assert cursor_for(response, PERIDAN_CHANNEL).rev == held.rev + 1


def test_what_two_people_wrote_is_decided_by_the_merge_rule(
    server: Server, siti: RawClient, budi: RawClient
) -> None:
    # The profile came at rev 1; Budi changes it at rev 2, Siti has not seen that.
    pushed(budi, 1, (PERIDAN_PROFILE, "rt", "02", 1), (PERIDAN_PROFILE, "nib", "1234567890123", 0))
    response = pushed(siti, 1, (PERIDAN_PROFILE, "rt", "03", 1), (PERIDAN_PROFILE, "nib", "1234567890123", 0))
    kinds = {outcome.kind: outcome for outcome in siti.receipt(response).outcomes}
    assert set(kinds) == {OutcomeKind.CONFLICT, OutcomeKind.EQUAL}
    conflict = RecordKey("conflict", UUID(kinds[OutcomeKind.CONFLICT].detail))
    found = leaves_of(response)
    assert found[PERIDAN_PROFILE, "rt"] == "02"
    kept, offered = (
        (found[conflict, f"{side}_value"], found[conflict, f"{side}_author"]) for side in ("kept", "offered")
    )
    assert (kept, offered) == (("02", "Budi"), ("03", "Siti"))


def test_an_edit_that_came_before_is_not_made_twice(siti: RawClient) -> None:
    first = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "first", 0)]})
    siti.send(siti.request(batch=first))
    pushed(siti, 2, (visit(1), "notes", "second", 2))
    siti.replica = b"n" * 16  # the laptop was told that it forked, and dissolved its batch
    again = siti.batch(
        1,
        {PERIDAN_CHANNEL: [(visit(1), "notes", "first", 0)]},
        origins=[Origin(0, message_hash(first.body), 0)],
    )
    receipt = siti.receipt(siti.send(siti.request(batch=again)))
    assert [(o.kind, o.rev) for o in receipt.outcomes] == [(OutcomeKind.EQUAL, 2)]
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "second"


# Pages.


def test_small_pages_add_up_to_everything(server: Server, siti: RawClient) -> None:
    for number in range(1, 30):
        office_says(server, visit(number), notes=f"Catatan {number} " * 30, place="Balai desa")
    # Two records of different types may share an id: a page must not end between them.
    for name in ("financing_request", "partnership"):
        for number in range(1, 9):
            office_says(server, RecordKey(name, UUID(int=number)), status_note="x" * 400)
    everything = leaves_of(siti.send(siti.request()))
    collected: dict[tuple[RecordKey, str], Value] = {}
    cursors: list[Cursor] = []
    rounds = 0
    while True:
        rounds += 1
        response = siti.send(siti.request(cursors=cursors, want_bytes=1024))
        collected |= leaves_of(response)
        cursors = response.cursors or cursors
        if rounds == 3:  # the centre does not stand still meanwhile
            office_says(server, visit(29), notes="Diubah")
            everything[visit(29), "notes"] = "Diubah"
        if not response.more:
            break
    assert collected == everything
    assert rounds > 10
    records: dict[RecordKey, dict[str, Value]] = {}
    for (key, path), value in collected.items():
        records.setdefault(key, {})[path] = value
    digest = sum(record_hash(key, leaves) for key, leaves in records.items()) % 2**64
    assert cursor_for_last(cursors).digest == digest


def cursor_for_last(cursors: list[Cursor]) -> Cursor:
    return next(cursor for cursor in cursors if cursor.channel == packed_channel(PERIDAN_CHANNEL))


def test_an_idle_exchange_carries_nothing(siti: RawClient) -> None:
    first = siti.send(siti.request())
    idle = siti.send(siti.request(cursors=first.cursors, grants_seen=len(first.grants)))
    assert (idle.pages, idle.cursors, idle.grants, idle.more) == ([], [], [], False)


def test_every_page_names_who_made_its_revs(siti: RawClient, budi: RawClient) -> None:
    held = siti.send(siti.request()).cursors
    pushed(budi, 1, (visit(1), "notes", "x", 0))
    (page,) = siti.send(siti.request(cursors=held)).pages
    (revision,) = page.revisions
    assert [person.name for person in page.authors] == ["Budi"]
    assert (revision.replica, revision.made_at) == (budi.replica, 1_700_000_000_001)


# The other coding.


def test_json_says_the_same_as_msgpack(server: Server, siti: RawClient) -> None:
    a_person(server, "json", PERIDAN)
    client = RawClient(server.centre, "json", PASSWORD, seed=3, coding=Coding.JSON)
    batch = client.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "Catatan “baru”", 0)]})
    first = client.service.exchange(client.token, client.body(client.request(batch=batch)))
    assert first.startswith(b"[")
    response = client.believed(first)
    again = client.send(client.request(batch=batch))
    assert again.receipt == response.receipt
    assert again.receipt is not None
    assert again.receipt.body.startswith(b"[")
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "Catatan “baru”"
    assert leaves_of(client.send(client.request())) == leaves_of(siti.send(siti.request()))


def test_a_receipt_in_json_answers_an_edit_sent_again_in_msgpack(server: Server, siti: RawClient) -> None:
    client = RawClient(server.centre, "siti", PASSWORD, seed=4, coding=Coding.JSON)
    first = client.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "x", 0)]})
    client.send(client.request(batch=first))
    origin = Origin(0, message_hash(first.body), 0)
    again = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "x", 0)]}, origins=[origin])
    receipt = siti.receipt(siti.send(siti.request(batch=again)))
    assert [o.kind for o in receipt.outcomes] == [OutcomeKind.EQUAL]
