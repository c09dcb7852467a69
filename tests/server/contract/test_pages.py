"""Pages add up to what the centre holds, whatever is asked for at a time, and an idle exchange is empty."""

from uuid import UUID

import pytest

from kopdesk.domain.channels import packed_channel
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import record_hash
from kopdesk.protocol.messages import Cursor, Verdict
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from tests.support.raw_client import RawClient, cursor_for, leaves_of
from tests.support.server_parts import PERIDAN_CHANNEL, PERIDAN_PROFILE

PERIDAN_PACKED = packed_channel(PERIDAN_CHANNEL)


def visit(number: int) -> RecordKey:
    return RecordKey("visit", UUID(int=number))


def office_says(server: Server, key: RecordKey, **leaves: Value) -> None:
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, {key: leaves})


def test_an_idle_exchange_carries_nothing(siti: RawClient) -> None:
    first = siti.send(siti.request())
    idle = siti.send(siti.request(cursors=first.cursors, grants_seen=len(first.grants)))
    assert (idle.pages, idle.cursors, idle.grants, idle.more) == ([], [], [], False)
    assert (idle.verdict, idle.receipt, idle.chains, idle.token) == (Verdict.OK, None, [], "")


def test_what_is_new_comes_from_the_cursor_on(server: Server, siti: RawClient) -> None:
    held = siti.send(siti.request()).cursors
    office_says(server, visit(1), notes="x")
    response = siti.send(siti.request(cursors=held))
    assert leaves_of(response) == {(visit(1), "notes"): "x"}
    (closed,) = response.cursors
    assert (closed.rev, closed.digest is None) == (2, False)
    (chain,) = response.chains
    assert (chain.channel, chain.after, len(chain.tags)) == (PERIDAN_PACKED, 1, 16)


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
    remaining = []
    while True:
        response = siti.send(siti.request(cursors=cursors, want_bytes=1024))
        collected |= leaves_of(response)
        cursors = response.cursors or cursors
        remaining.append(response.remaining)
        if len(remaining) == 3:  # the centre does not stand still meanwhile
            office_says(server, visit(29), notes="Diubah")
            everything[visit(29), "notes"] = "Diubah"
        if not response.more:
            break
        assert cursor_for_last(cursors).digest is None
    assert collected == everything
    assert len(remaining) > 10
    assert (remaining[-1], remaining[0] > remaining[-2]) == (0, True)
    records: dict[RecordKey, dict[str, Value]] = {}
    for (key, path), value in collected.items():
        records.setdefault(key, {})[path] = value
    digest = sum(record_hash(key, leaves) for key, leaves in records.items()) % 2**64
    assert cursor_for_last(cursors).digest == digest
    idle = siti.send(siti.request(cursors=cursors))
    assert (idle.verdict, idle.pages) == (Verdict.OK, [])


def cursor_for_last(cursors: list[Cursor]) -> Cursor:
    return next(cursor for cursor in cursors if cursor.channel == PERIDAN_PACKED)


def test_a_pull_that_stays_open_closes_only_at_the_head(server: Server, siti: RawClient) -> None:
    """History 1: a batch made rev 2 while the pull was open; the pull must not close below it."""
    for number in range(1, 6):
        office_says(server, visit(number), notes="x" * 2000)
    begun = siti.send(siti.request(want_bytes=1024))
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(visit(9), "notes", "mine", 0)]})
    pushed = siti.send(siti.request(cursors=begun.cursors, want_bytes=1024, batch=batch))
    cursor = cursor_for(pushed, PERIDAN_CHANNEL)
    with server.store.reading() as tx:
        head = tx.channel(PERIDAN_CHANNEL)
    assert head is not None
    assert (cursor.digest, cursor.newest_rev, cursor.newest_tip) == (None, head.rev, head.tip)


@pytest.mark.parametrize("want_bytes", [1024, 4 * 1024 * 1024])
def test_who_still_offers_gets_no_pages_and_is_asked_to_come_again(
    server: Server, siti: RawClient, want_bytes: int
) -> None:
    held = siti.send(siti.request()).cursors
    office_says(server, visit(1), notes="x")
    response = siti.send(siti.request(cursors=held, pull=False, want_bytes=want_bytes))
    assert (response.pages, response.cursors, response.more) == ([], [], True)
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(visit(2), "notes", "y", 0)]})
    offering = siti.send(siti.request(cursors=held, pull=False, batch=batch))
    assert (siti.receipt(offering).revs, offering.pages) == ({PERIDAN_PACKED: 3}, [])
    assert set(leaves_of(siti.send(siti.request(cursors=held)))) == {
        (visit(1), "notes"),
        (visit(2), "notes"),
    }


@pytest.mark.parametrize("pull", [True, False])
def test_a_question_comes_with_the_receipt_that_asks_it(
    server: Server, siti: RawClient, budi: RawClient, pull: bool
) -> None:
    """Whatever else waits: from then on the laptop keeps its value in the conflict record only."""
    held = siti.send(siti.request()).cursors
    budi.send(budi.request(batch=budi.batch(1, {PERIDAN_CHANNEL: [(PERIDAN_PROFILE, "rt", "02", 1)]})))
    for number in range(1, 6):
        office_says(server, visit(number), notes="x" * 2000)
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(PERIDAN_PROFILE, "rt", "03", 1)]})
    response = siti.send(siti.request(cursors=held, want_bytes=1024, batch=batch, pull=pull))
    (outcome,) = siti.receipt(response).outcomes
    conflict = RecordKey("conflict", UUID(outcome.detail))
    assert response.more
    assert cursor_for(response, PERIDAN_CHANNEL).digest is None
    assert leaves_of(response)[conflict, "offered_value"] == "03"


def test_every_page_names_who_made_its_revs(siti: RawClient, budi: RawClient) -> None:
    held = siti.send(siti.request()).cursors
    budi.send(budi.request(batch=budi.batch(1, {PERIDAN_CHANNEL: [(visit(1), "notes", "x", 0)]})))
    (page,) = siti.send(siti.request(cursors=held)).pages
    (revision,) = page.revisions
    assert [person.name for person in page.authors] == ["Budi"]
    assert (revision.replica, revision.made_at) == (budi.replica, 1_700_000_000_001)


def test_an_emptied_leaf_travels_and_only_the_digest_ignores_it(server: Server, siti: RawClient) -> None:
    empty = siti.send(siti.request())
    office_says(server, visit(1), notes="x")
    office_says(server, visit(1), notes=None)
    response = siti.send(siti.request(cursors=empty.cursors))
    assert leaves_of(response) == {(visit(1), "notes"): None}
    digests = [cursor_for(answer, PERIDAN_CHANNEL).digest for answer in (empty, response)]
    assert digests[0] == digests[1]
    assert leaves_of(siti.send(siti.request()))[visit(1), "notes"] is None


def test_the_first_page_makes_the_first_cooperative_usable(server: Server, siti: RawClient) -> None:
    for number in range(1, 9):
        office_says(server, visit(number), notes="x" * 2000)
    first = siti.send(siti.request(want_bytes=1024))
    assert first.more
    assert (PERIDAN_PROFILE, "name") in leaves_of(first)
