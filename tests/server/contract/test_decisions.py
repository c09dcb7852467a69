"""Whoever sent what was put aside is told what was decided about it: all of it, once, and nobody else is."""

from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.protocol.digest import decision_hash
from kopdesk.protocol.messages import Decision, DecisionKind, Origin, OutcomeKind, Response, Verdict
from kopdesk.protocol.signing import message_hash
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.opening import Server
from kopdesk.server.operations import assign, disable_user, unassign
from kopdesk.server.releasing import drop, release
from tests.support.doors import refused
from tests.support.raw_client import RawClient, Rows, leaves_of
from tests.support.server_parts import PERIDAN, PERIDAN_CHANNEL, PERIDAN_PROFILE, TestClock, a_person

REASON = "Sudah ditulis ulang oleh penggantinya."


@pytest.fixture(autouse=True)
def hadi(server: Server) -> None:
    """Who decides."""
    a_person(server, "hadi", role=Role.PMO)


def visits(*numbers: int) -> Rows:
    return [(RecordKey("visit", UUID(int=number)), "notes", f"Kunjungan {number}.", 0) for number in numbers]


def put_aside(server: Server, client: RawClient, seq: int, rows: Rows) -> bytes:
    """Send rows for a cooperative that is the client's no more; the hash of the batch they came in."""
    unassign(server, client.me.name.lower(), str(PERIDAN))
    batch = client.batch(seq, {PERIDAN_CHANNEL: rows})
    receipt = client.receipt(client.send(client.request(batch=batch)))
    assert {outcome.kind for outcome in receipt.outcomes} == {OutcomeKind.QUARANTINED}
    return message_hash(batch.body)


def entries(server: Server, *values: object) -> list[str]:
    """The names of what waits, of all or of these values."""
    return [row["entry"] for row in list_quarantine(server) if not values or row["value"] in values]


def asked(client: RawClient, last: Decision | None = None, **changes: object) -> Response:
    """The answer to somebody who heard this decision last."""
    seen = {"decisions_seen": last.number, "decisions_hash": decision_hash(last)} if last else {}
    return client.send(client.request(**({"decisions_seen": 0} | seen | changes)))


def told(response: Response) -> list[tuple[int, int, DecisionKind, str]]:
    return [(one.number, one.place, one.kind, one.detail) for one in response.decisions]


def test_the_author_is_told_what_became_of_each_leaf(
    server: Server, siti: RawClient, clock: TestClock
) -> None:
    batch_hash = put_aside(server, siti, 1, visits(1, 2, 3))
    clock.pass_minutes(60)
    drop(server, entries(server, "Kunjungan 2."), reason=REASON)
    release(server, entries(server, "Kunjungan 3."))
    response = asked(siti)
    assert told(response) == [(1, 1, DecisionKind.DROPPED, REASON), (2, 2, DecisionKind.APPLIED, "")]
    assert {(one.batch_hash, one.decided_at) for one in response.decisions} == {(batch_hash, clock.ms)}
    assert not response.more
    assert asked(siti, response.decisions[-1]).decisions == []
    release(server, entries(server))
    assert told(asked(siti, response.decisions[-1])) == [(3, 0, DecisionKind.APPLIED, "")]


def test_a_release_that_met_somebody_elses_work_is_told_with_the_question(
    server: Server, siti: RawClient, budi: RawClient
) -> None:
    put_aside(server, siti, 1, [(PERIDAN_PROFILE, "rt", "02", 1)])
    budi.send(budi.request(batch=budi.batch(1, {PERIDAN_CHANNEL: [(PERIDAN_PROFILE, "rt", "03", 1)]})))
    release(server, entries(server))
    (decision,) = asked(siti).decisions
    assert decision.kind is DecisionKind.CONFLICT
    assign(server, "siti", str(PERIDAN))
    conflicts = {key.id for key, _ in leaves_of(siti.send(siti.request())) if key.type == "conflict"}
    assert conflicts == {UUID(decision.detail)}


def test_nobody_is_told_about_the_work_of_others(server: Server, siti: RawClient, budi: RawClient) -> None:
    put_aside(server, siti, 1, visits(1))
    put_aside(server, budi, 1, visits(2))
    drop(server, entries(server), reason=REASON)
    for client in (siti, budi):
        assert told(asked(client)) == [(1, 0, DecisionKind.DROPPED, REASON)]


def test_who_does_not_ask_or_has_left_is_told_nothing_and_later_everything(
    server: Server, siti: RawClient
) -> None:
    put_aside(server, siti, 1, visits(1))
    drop(server, entries(server), reason=REASON)
    assert siti.send(siti.request()).decisions == []
    disable_user(server, "siti")
    response = asked(siti)
    assert (response.decisions, response.more) == ([], False)
    disable_user(server, "siti", disabled=False)
    assert len(asked(siti).decisions) == 1


def test_many_that_were_decided_in_one_moment_come_in_pages_and_none_is_lost(
    server: Server, siti: RawClient
) -> None:
    put_aside(server, siti, 1, visits(*range(1, 454)))
    drop(server, entries(server), reason=REASON)
    heard: list[Decision] = []
    sizes = []
    more = True
    while more:
        response = asked(siti, heard[-1] if heard else None)
        heard += response.decisions
        sizes.append(len(response.decisions))
        more = response.more
    assert sizes == [200, 200, 53]
    assert [one.number for one in heard] == list(range(1, 454))
    assert {one.place for one in heard} == set(range(453))


def test_a_small_answer_brings_at_least_one_decision(server: Server, siti: RawClient) -> None:
    put_aside(server, siti, 1, visits(*range(1, 41)))
    drop(server, entries(server), reason=REASON)
    response = asked(siti, want_bytes=1024)
    assert 1 <= len(response.decisions) < 40
    assert response.more
    cursors = siti.send(siti.request(decisions_seen=None)).cursors
    last = asked(siti, response.decisions[0], want_bytes=1024, cursors=cursors)
    assert last.decisions[0].number == 2


def test_a_batch_is_answered_first_and_then_all_is_told(server: Server, siti: RawClient) -> None:
    put_aside(server, siti, 1, visits(1))
    drop(server, entries(server), reason=REASON)
    batch = siti.batch(2, {PERIDAN_CHANNEL: visits(2)})
    response = asked(siti, batch=batch)
    assert response.receipt is not None
    assert (response.decisions, response.more) == ([], True)
    assert len(asked(siti).decisions) == 1


def test_pages_come_first_and_so_does_what_is_offered(
    server: Server, siti: RawClient, budi: RawClient
) -> None:
    put_aside(server, siti, 1, visits(1))
    drop(server, entries(server), reason=REASON)
    rows = [(RecordKey("visit", UUID(int=n)), "notes", "x" * 900, 0) for n in range(50, 54)]
    budi.send(budi.request(batch=budi.batch(1, {PERIDAN_CHANNEL: rows})))
    assign(server, "siti", str(PERIDAN))
    response = asked(siti, want_bytes=1024)
    assert (response.decisions, response.more) == ([], True)
    response = asked(siti, pull=False)
    assert (response.decisions, response.more) == ([], True)
    assert len(asked(siti).decisions) == 1


@pytest.mark.parametrize("seen", [1, 2, 3])
def test_who_heard_a_decision_of_another_past_is_told_all_of_this_one(
    server: Server, siti: RawClient, seen: int
) -> None:
    batch_hash = put_aside(server, siti, 1, visits(1, 2))
    drop(server, entries(server), reason=REASON)
    lost = Decision(seen, batch_hash, 0, DecisionKind.APPLIED, "", 1_763_700_000_000)
    assert [one.number for one in asked(siti, lost).decisions] == [1, 2]


def test_a_centre_that_has_decided_nothing_any_more_tells_nothing(server: Server, siti: RawClient) -> None:
    batch_hash = put_aside(server, siti, 1, visits(1))
    response = asked(siti, Decision(7, batch_hash, 0, DecisionKind.DROPPED, REASON, 1_763_700_000_000))
    assert (response.decisions, response.more, response.verdict) == ([], False, Verdict.OK)


def test_a_leaf_that_is_handed_in_again_is_told_under_the_name_it_has_at_the_centre(
    server: Server, siti: RawClient
) -> None:
    rows = visits(1)
    first = put_aside(server, siti, 1, rows)
    named = first
    assign(server, "siti", str(PERIDAN))
    for seq in (2, 3):  # each time as one that came in the batch before
        batch = siti.batch(seq, {PERIDAN_CHANNEL: rows}, origins=[Origin(0, named, 0)])
        receipt = siti.receipt(siti.send(siti.request(batch=batch)))
        assert [(o.kind, o.first) for o in receipt.outcomes] == [(OutcomeKind.QUARANTINED, (first, 0))]
        named = message_hash(batch.body)
    assert len(entries(server)) == 1
    drop(server, entries(server), reason=REASON)
    assert [(one.batch_hash, one.place) for one in asked(siti).decisions] == [(first, 0)]


def test_what_comes_for_the_first_time_lies_where_it_came(server: Server, siti: RawClient) -> None:
    unassign(server, "siti", str(PERIDAN))
    batch = siti.batch(1, {PERIDAN_CHANNEL: visits(1)}, origins=[Origin(0, bytes(32), 0)])
    receipt = siti.receipt(siti.send(siti.request(batch=batch)))
    assert [outcome.first for outcome in receipt.outcomes] == [None]


def test_a_number_that_no_centre_gives_is_refused(siti: RawClient) -> None:
    with refused(400, "number_too_large"):
        asked(siti, decisions_seen=2**63)
