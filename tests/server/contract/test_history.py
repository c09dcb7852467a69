"""The order of checks, receipts given for ever, and what the centre says of every broken history."""

import itertools
from collections.abc import Callable
from uuid import UUID

import msgspec
import pytest

from kopdesk.domain.channels import coop_channel, packed_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.schema import SCHEMA
from kopdesk.domain.values import Value
from kopdesk.protocol.codec import encode
from kopdesk.protocol.digest import GENESIS_TIP
from kopdesk.protocol.messages import (
    PROTOCOL,
    Batch,
    Block,
    ChannelChanges,
    Column,
    Cursor,
    Origin,
    OutcomeKind,
    Response,
    Signed,
    Verdict,
)
from kopdesk.protocol.signing import message_hash
from kopdesk.server.listing import dump, list_devices
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from tests.support.doors import refused
from tests.support.raw_client import RawClient, cursor_for, leaves_of
from tests.support.server_parts import PERIDAN_CHANNEL, PERIDAN_PROFILE, TestClock

PERIDAN_PACKED = packed_channel(PERIDAN_CHANNEL)


def visit(number: int) -> RecordKey:
    return RecordKey("visit", UUID(int=number))


def a_batch(client: RawClient, seq: int, *rows: tuple[RecordKey, str, Value, int]) -> Signed:
    return client.batch(seq, {PERIDAN_CHANNEL: rows})


def pushed(client: RawClient, seq: int, *rows: tuple[RecordKey, str, Value, int]) -> Response:
    return client.send(client.request(batch=a_batch(client, seq, *rows)))


def a_note(seq: int, text: str = "x") -> tuple[RecordKey, str, Value, int]:
    return visit(seq), "notes", text, 0


def receipt_bytes(response: Response) -> bytes:
    assert response.receipt is not None
    return encode(response.receipt)


# Batches and receipts.


def test_a_batch_makes_one_rev_per_channel_and_its_leaves_do_not_come_back(siti: RawClient) -> None:
    held = cursor_for(siti.send(siti.request()), PERIDAN_CHANNEL)
    batch = a_batch(siti, 1, a_note(1), a_note(2))
    response = siti.send(siti.request(batch=batch, cursors=[held]))
    receipt = siti.receipt(response)
    assert (receipt.replica, receipt.seq) == (siti.replica, 1)
    assert receipt.batch_hash == message_hash(batch.body)
    assert receipt.revs == {PERIDAN_PACKED: held.rev + 1}
    assert (receipt.outcomes, receipt.refused, response.pages) == ([], "", [])
    assert cursor_for(response, PERIDAN_CHANNEL).rev == held.rev + 1


def test_a_batch_sent_twice_gets_the_same_receipt_to_the_byte(siti: RawClient) -> None:
    batch = a_batch(siti, 1, a_note(1))
    first = siti.send(siti.request(batch=batch))
    again = siti.send(siti.request(batch=batch))
    assert receipt_bytes(again) == receipt_bytes(first)
    assert cursor_for(again, PERIDAN_CHANNEL) == cursor_for(first, PERIDAN_CHANNEL)


def test_receipts_are_given_again_however_many_came_after(siti: RawClient, budi: RawClient) -> None:
    batches = [a_batch(siti, seq, a_note(seq, f"note {seq}")) for seq in range(1, 13)]
    given = [receipt_bytes(siti.send(siti.request(batch=batch))) for batch in batches]
    for seq in range(1, 6):
        pushed(budi, seq, (visit(seq), "notes", f"changed {seq}", seq + 1))
    assert [receipt_bytes(siti.send(siti.request(batch=batch))) for batch in batches] == given
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "changed 1"


def test_a_receipt_is_for_its_own_person_only(siti: RawClient, budi: RawClient) -> None:
    batch = a_batch(siti, 1, a_note(1))
    siti.send(siti.request(batch=batch))
    budi.replica = siti.replica
    stolen = budi.key.sign(batch.body)
    answer = budi.send(budi.request(batch=stolen))
    assert (answer.verdict, answer.receipt) == (Verdict.FORKED, None)


def test_an_edit_that_came_before_is_not_made_twice(siti: RawClient) -> None:
    first = a_batch(siti, 1, a_note(1, "first"))
    siti.send(siti.request(batch=first))
    pushed(siti, 2, (visit(1), "notes", "second", 2))
    siti.replica = b"n" * 16  # the laptop was told that it forked, and dissolved its batch
    again = siti.batch(
        1, {PERIDAN_CHANNEL: [a_note(1, "first")]}, origins=[Origin(0, message_hash(first.body), 0)]
    )
    receipt = siti.receipt(siti.send(siti.request(batch=again)))
    assert [(o.kind, o.rev) for o in receipt.outcomes] == [(OutcomeKind.EQUAL, 2)]
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "second"


def test_what_was_typed_over_an_edit_that_came_before_has_seen_it(siti: RawClient, budi: RawClient) -> None:
    first = a_batch(siti, 1, (visit(1), "place", "Balai desa", 0))
    siti.send(siti.request(batch=first))
    siti.replica = b"n" * 16  # its answer was lost; the laptop dissolved it, and somebody typed again
    origins = [Origin(0, message_hash(first.body), 0)]
    again = siti.batch(1, {PERIDAN_CHANNEL: [(visit(1), "place", "Pasar", 0)]}, origins=origins)
    assert siti.receipt(siti.send(siti.request(batch=again))).outcomes == []
    assert leaves_of(siti.send(siti.request()))[visit(1), "place"] == "Pasar"
    pushed(budi, 1, (visit(1), "place", "Kantor", 3))
    later = siti.batch(2, {PERIDAN_CHANNEL: [(visit(1), "place", "Sekolah", 0)]}, origins=origins)
    receipt = siti.receipt(siti.send(siti.request(batch=later)))
    assert [outcome.kind for outcome in receipt.outcomes] == [OutcomeKind.CONFLICT]


@pytest.mark.parametrize("place", [7, -1, 2**40])
def test_an_origin_that_names_something_else_is_no_origin(siti: RawClient, place: int) -> None:
    first = a_batch(siti, 1, a_note(1, "first"))
    siti.send(siti.request(batch=first))
    origins = [Origin(0, message_hash(first.body), place), Origin(9, message_hash(first.body), 0)]
    second = siti.batch(2, {PERIDAN_CHANNEL: [a_note(2, "first")]}, origins=origins)
    receipt = siti.receipt(siti.send(siti.request(batch=second)))
    assert (receipt.outcomes, receipt.revs) == ([], {PERIDAN_PACKED: 3})


def test_a_text_that_was_merged_before_is_told_with_the_rev_it_got_then(
    siti: RawClient, budi: RawClient
) -> None:
    pushed(budi, 1, (visit(1), "notes", "Kas cocok. Buku ada. Stok kurang.", 0))
    pushed(budi, 2, (visit(1), "notes", "Kas cocok. Buku ada. Stok cukup.", 2))
    rows = [(visit(1), "notes", "Kas lebih. Buku ada. Stok kurang.", 2)]
    first = siti.batch(1, {PERIDAN_CHANNEL: rows})
    siti.send(siti.request(batch=first))
    pushed(budi, 3, a_note(2))
    siti.replica = b"n" * 16
    again = siti.batch(1, {PERIDAN_CHANNEL: rows}, origins=[Origin(0, message_hash(first.body), 0)])
    (outcome,) = siti.receipt(siti.send(siti.request(batch=again))).outcomes
    expected = (OutcomeKind.MERGED, "Kas lebih. Buku ada. Stok cukup.", 4)
    assert (outcome.kind, outcome.value, outcome.rev) == expected


def test_what_two_people_wrote_is_decided_by_the_merge_rule(siti: RawClient, budi: RawClient) -> None:
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


# What cannot be taken as a whole.


def undecodable(client: RawClient) -> Signed:
    return client.key.sign(b"\x93no batch")


def of_another_replica(client: RawClient) -> Signed:
    return client.batch(1, {PERIDAN_CHANNEL: [a_note(1)]}, replica=b"o" * 16)


def of_another_protocol(client: RawClient) -> Signed:
    return client.batch(1, {PERIDAN_CHANNEL: [a_note(1)]}, protocol=PROTOCOL + 1)


def with_a_leaf_twice(client: RawClient) -> Signed:
    one, other = (
        Block("visit", visit(1).id.bytes, [Column("notes", [], [], [text], 0)]) for text in ("x", "y")
    )
    changes = ChannelChanges(PERIDAN_PACKED, [one, other], [], [])
    return client.sign(Batch(PROTOCOL, SCHEMA, client.replica, 1, 0, "WITA", False, [changes]))


def with_a_channel_twice(client: RawClient) -> Signed:
    changes = ChannelChanges(PERIDAN_PACKED, [], [], [])
    return client.sign(Batch(PROTOCOL, SCHEMA, client.replica, 1, 0, "WITA", False, [changes] * 2))


def with_a_number_too_large(client: RawClient) -> Signed:
    block = Block("visit", visit(1).id.bytes, [Column("notes", [], [], [2**63], 0)])
    changes = ChannelChanges(PERIDAN_PACKED, [block], [], [])
    return client.sign(Batch(PROTOCOL, SCHEMA, client.replica, 1, 0, "WITA", False, [changes]))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (undecodable, "undecodable"),
        (of_another_replica, "foreign_batch"),
        (of_another_protocol, "unknown_protocol"),
        (with_a_leaf_twice, "leaf_twice"),
        (with_a_channel_twice, "channel_twice"),
        (with_a_number_too_large, "bad_value"),
    ],
)
def test_a_batch_nobody_can_take_is_refused_under_its_seq(
    server: Server, siti: RawClient, make: Callable[[RawClient], Signed], reason: str
) -> None:
    before = dump(server)
    batch = make(siti)
    first = siti.send(siti.request(batch=batch, batch_seq=1))
    receipt = siti.receipt(first)
    assert (receipt.replica, receipt.seq, receipt.batch_hash) == (siti.replica, 1, message_hash(batch.body))
    assert (receipt.refused, receipt.revs, receipt.outcomes) == (reason, {}, [])
    assert first.pages  # one bad batch stops nothing else
    assert dump(server) == before
    again = siti.send(siti.request(batch=batch, batch_seq=1))
    assert receipt_bytes(again) == receipt_bytes(first)
    assert siti.receipt(pushed(siti, 2, a_note(1))).refused == ""


def test_a_batch_nobody_can_take_and_nobody_has_numbered_is_no_request(siti: RawClient) -> None:
    with refused(400, "undecodable"):
        siti.send(siti.request(batch=undecodable(siti), batch_seq=0))
    assert siti.receipt(pushed(siti, 1, a_note(1))).seq == 1


@pytest.mark.parametrize(("seq", "verdict"), [(1, Verdict.FORKED), (3, Verdict.EARLY), (8, Verdict.EARLY)])
def test_a_batch_nobody_can_take_is_refused_only_as_the_next_one(
    siti: RawClient, seq: int, verdict: Verdict
) -> None:
    pushed(siti, 1, a_note(1))
    answer = siti.send(siti.request(batch=undecodable(siti), batch_seq=seq))
    assert (answer.verdict, answer.receipt) == (verdict, None)
    assert siti.receipt(pushed(siti, 2, a_note(2))).seq == 2


def test_nobody_refuses_batches_in_the_name_of_another_laptop(siti: RawClient, budi: RawClient) -> None:
    pushed(siti, 1, a_note(1))
    budi.replica = siti.replica
    answer = budi.send(budi.request(batch=undecodable(budi), batch_seq=2))
    assert (answer.verdict, answer.receipt) == (Verdict.FORKED, None)
    assert siti.receipt(pushed(siti, 2, a_note(2))).refused == ""


def test_an_edit_of_a_refused_batch_counts_when_it_is_sent_again(siti: RawClient) -> None:
    spoilt = with_a_number_too_large(siti)
    siti.send(siti.request(batch=spoilt, batch_seq=1))
    again = siti.batch(2, {PERIDAN_CHANNEL: [a_note(1)]}, origins=[Origin(0, message_hash(spoilt.body), 0)])
    assert siti.receipt(siti.send(siti.request(batch=again))).outcomes == []
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "x"


# Copies.


def test_another_batch_with_a_number_that_was_used_is_a_fork(siti: RawClient) -> None:
    pushed(siti, 1, a_note(1, "first"))
    forked = pushed(siti, 1, a_note(1, "other"))
    assert (forked.verdict, forked.receipt, forked.pages) == (Verdict.FORKED, None, [])
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] == "first"


def test_the_replica_of_another_device_is_a_fork(siti: RawClient, budi: RawClient) -> None:
    pushed(siti, 1, a_note(1, "first"))
    budi.replica = siti.replica
    assert pushed(budi, 2, a_note(2)).verdict is Verdict.FORKED


def test_whoever_runs_the_centre_sees_which_device_was_copied_or_lost_a_past_and_when(
    server: Server, siti: RawClient, budi: RawClient, clock: TestClock
) -> None:
    pushed(siti, 1, a_note(1, "first"))
    for text in ("other", "and another"):
        clock.pass_minutes(60)
        assert pushed(siti, 1, a_note(1, text)).verdict is Verdict.FORKED
    clock.pass_minutes(60)
    lost = siti.request(batch=a_batch(siti, 3, a_note(1)), receipt_seq=2, receipt_hash=b"r" * 32)
    assert siti.send(lost).verdict is Verdict.REWOUND
    assert pushed(siti, 3, a_note(1)).verdict is Verdict.EARLY
    names = ("user", "copies_noticed", "copy_noticed_at", "rewinds_noticed", "rewind_noticed_at")
    assert [tuple(row[name] for name in names) for row in list_devices(server)] == [
        ("siti", 2, "2025-11-22T10:26:40Z", 1, "2025-11-22T11:26:40Z"),
        ("budi", 0, None, 0, None),
    ]


# Lost pasts.


def test_a_batch_too_early_changes_nothing(siti: RawClient) -> None:
    early = pushed(siti, 2, a_note(1))
    assert (early.verdict, early.receipt, early.pages) == (Verdict.EARLY, None, [])
    lost = siti.send(siti.request(batch=a_batch(siti, 2, a_note(1)), receipt_seq=1, receipt_hash=b"r" * 32))
    assert lost.verdict is Verdict.REWOUND
    assert pushed(siti, 1, a_note(1)).verdict is Verdict.OK


def test_a_receipt_this_server_never_gave_means_another_past(siti: RawClient) -> None:
    given = receipt_bytes(pushed(siti, 1, a_note(1)))
    batch = a_batch(siti, 2, (visit(1), "notes", "y", 2))
    wrong = siti.request(batch=batch, receipt_seq=1, receipt_hash=b"r" * 32)
    assert siti.send(wrong).verdict is Verdict.REWOUND
    right = siti.request(batch=batch, receipt_seq=1, receipt_hash=message_hash(given))
    assert siti.send(right).verdict is Verdict.OK


def test_a_foreign_tip_stops_the_whole_batch(server: Server, siti: RawClient) -> None:
    held = cursor_for(siti.send(siti.request()), PERIDAN_CHANNEL)
    for other in (
        msgspec.structs.replace(held, tip=b"t" * 16),
        msgspec.structs.replace(held, digest=(held.digest or 0) ^ 1),
        msgspec.structs.replace(held, rev=99),
        msgspec.structs.replace(held, digest=None, newest_rev=held.rev, newest_tip=b"t" * 16),
    ):
        response = siti.send(siti.request(batch=a_batch(siti, 1, a_note(1)), cursors=[other]))
        assert (response.verdict, response.receipt, response.pages) == (Verdict.REWOUND, None, [])
        assert [r.channel for r in response.rewound] == [PERIDAN_PACKED]
    with server.store.reading() as tx:
        assert tx.channel_of(visit(1)) is None


def test_a_base_above_the_head_is_another_past(siti: RawClient) -> None:
    response = pushed(siti, 1, (visit(1), "notes", "x", 50))
    assert (response.verdict, response.receipt) == (Verdict.REWOUND, None)
    assert [r.channel for r in response.rewound] == [PERIDAN_PACKED]


def test_a_channel_the_server_does_not_know_is_another_past(siti: RawClient) -> None:
    unknown = packed_channel(coop_channel(UUID(int=77)))
    held = siti.send(siti.request()).cursors
    batch = siti.batch(1, {PERIDAN_CHANNEL: [a_note(1)], coop_channel(UUID(int=77)): [a_note(2)]})
    response = siti.send(siti.request(batch=batch, cursors=[*held, Cursor(unknown, 4, b"t" * 16, 5)]))
    assert (response.verdict, response.receipt) == (Verdict.REWOUND, None)
    assert [(r.channel, r.points) for r in response.rewound] == [(unknown, [(0, GENESIS_TIP)])]


def test_a_lost_past_is_answered_with_points_of_the_chain_that_is_left(
    server: Server, siti: RawClient
) -> None:
    for number in range(1, 20):
        with server.store.writing() as tx:
            change(tx, server.office(), PERIDAN_CHANNEL, {visit(number): {"notes": str(number)}})
    lost = Cursor(PERIDAN_PACKED, 30, b"t" * 16, 5)
    (rewound,) = siti.send(siti.request(cursors=[lost])).rewound
    with server.store.reading() as tx:
        tips = {rev: found.tip for rev, found in tx.revisions(PERIDAN_CHANNEL, range(1, 40)).items()}
    revs = [rev for rev, _ in rewound.points]
    assert rewound.points == [(rev, tips.get(rev, GENESIS_TIP)) for rev in revs]
    assert (revs[:2], revs[-1]) == ([20, 19], 0)
    gaps = [later - earlier for later, earlier in itertools.pairwise(revs[:-1])]
    assert gaps == sorted(gaps)
    assert min(gaps) > 0


def test_the_same_past_with_other_content_is_answered_without_points(siti: RawClient) -> None:
    held = cursor_for(siti.send(siti.request()), PERIDAN_CHANNEL)
    damaged = msgspec.structs.replace(held, digest=(held.digest or 0) ^ 1)
    response = siti.send(siti.request(cursors=[damaged]))
    assert response.verdict is Verdict.REWOUND
    assert [(r.channel, r.points) for r in response.rewound] == [(PERIDAN_PACKED, [])]


def test_a_known_batch_is_answered_before_any_history_is_looked_at(siti: RawClient) -> None:
    batch = a_batch(siti, 1, a_note(1))
    first = siti.send(siti.request(batch=batch))
    lost = Cursor(PERIDAN_PACKED, 1, b"t" * 16, 5)
    again = siti.send(siti.request(batch=batch, cursors=[lost]))
    assert receipt_bytes(again) == receipt_bytes(first)
    assert (again.verdict, [r.channel for r in again.rewound]) == (Verdict.REWOUND, [PERIDAN_PACKED])
