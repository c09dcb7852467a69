"""What every `ServerStore` promises; runs on SQL and on the model, so that the model cannot drift."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.columns import LeafRow
from kopdesk.protocol.messages import GrantKind, Heartbeat, Verdict
from kopdesk.server.ports import (
    ChannelState,
    Device,
    GrantRecord,
    Quarantined,
    QuarantineDecision,
    QuarantineOutcome,
    ReplicaState,
    Revision,
    ServerStore,
    StoredIdentity,
    StoredReceipt,
    Token,
    Transaction,
    User,
)

CHANNEL, OTHER = "coop/00000000-0000-7000-8000-0000000000aa", "coop/00000000-0000-7000-8000-0000000000bb"


class Crash(Exception):
    """Something unexpected in the middle of a transaction."""


def an_id(number: int) -> UUID:
    return UUID(int=number)


def a_visit(number: int) -> RecordKey:
    return RecordKey("visit", an_id(number))


def a_user(number: int = 1, login: str = "siti") -> User:
    return User(id=an_id(number), login=login, name="Siti Aminah", role=Role.ASSISTANT, password="x")


def a_device(number: int = 10, user: int = 1) -> Device:
    return Device(id=an_id(number), user_id=an_id(user), name="Laptop", public_key=bytes([number]) * 32)


def a_revision(rev: int, channel: str = CHANNEL, author: int = 1) -> Revision:
    return Revision(
        channel=channel,
        rev=rev,
        tag=bytes([rev]) * 16,
        tip=bytes([rev + 100]) * 16,
        digest=2**64 - rev,
        author_id=an_id(author),
        replica_id=None if rev == 2 else an_id(77),
        made_at=-5,
        accepted_at=1_700_000_000_000,
    )


def save(
    tx: Transaction, key: RecordKey, leaves: dict[str, Value], rev: int, channel: str = CHANNEL, rank: int = 0
) -> None:
    changed = {path: Central(value, rev) for path, value in leaves.items()}
    tx.save_leaves(channel, key, changed, rank=rank, record_hash=2**64 - 1)


def keys(found: Iterable[tuple[int, RecordKey, object]]) -> list[tuple[int, RecordKey]]:
    return [(rank, key) for rank, key, _ in found]


def test_what_an_exception_leaves_behind_is_nothing(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.save_user(a_user())
        save(tx, a_visit(1), {"notes": "first"}, 1)
    with pytest.raises(Crash), store.writing() as tx:  # noqa: PT012 - all of this is to be undone
        tx.save_user(replace(a_user(), name="Somebody else"))
        tx.save_user(a_user(2, "budi"))
        tx.add_grant(an_id(1), CHANNEL, GrantKind.READ_WRITE, 5)
        tx.save_channel(ChannelState(CHANNEL, 2, bytes(16), 9))
        save(tx, a_visit(1), {"notes": "second", "purpose": "more"}, 2)
        save(tx, a_visit(2), {"notes": "new"}, 2)
        assert tx.leaves(CHANNEL, a_visit(1))["notes"] == Central("second", 2)
        raise Crash
    with store.reading() as tx:
        assert tx.users() == [a_user()]
        assert tx.permissions(an_id(1)) == {}
        assert tx.channel(CHANNEL) is None
        assert list(tx.leaves_after(CHANNEL, 0)) == [LeafRow(a_visit(1), "notes", "first", 1)]
        assert tx.value_at(CHANNEL, a_visit(1), "notes", 9) == "first"
        assert tx.channel_of(a_visit(2)) is None


def test_a_reading_transaction_writes_nothing(store: ServerStore) -> None:
    with store.reading() as tx:
        tx.save_user(a_user())
    with store.reading() as tx:
        assert tx.users() == []


def test_the_identity_is_kept(store: ServerStore) -> None:
    identity = StoredIdentity(an_id(5), "Dinas Koperasi Kutai Timur", bytes(32))
    with store.writing() as tx:
        assert tx.identity() is None
        tx.save_identity(identity)
    with store.reading() as tx:
        assert tx.identity() == identity


def test_people_are_found_by_id_and_by_login_in_any_case(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.save_user(a_user(2, "budi"))
        tx.save_user(a_user(1, "Siti"))
        tx.save_user(replace(a_user(1, "Siti"), disabled=True))
    with store.reading() as tx:
        siti = replace(a_user(1, "Siti"), disabled=True)
        assert tx.user(an_id(1)) == tx.user_named("sITI") == siti
        assert tx.user(an_id(9)) is None
        assert tx.user_named("nobody") is None
        assert tx.users() == [a_user(2, "budi"), siti]


def test_devices_are_listed_with_when_and_how_they_were_last_heard(store: ServerStore) -> None:
    heartbeat = Heartbeat("0.1", -3, unsent=4, oldest_unsent_at=7, free_disk_mb=None, clock_doubt=True)
    with store.writing() as tx:
        for device in (a_device(11, user=2), a_device(12), a_device(10)):
            tx.add_device(device, device.id.int)
        tx.heard(an_id(10), Heartbeat("0.0", 1), 40)
        tx.heard(an_id(10), heartbeat, 50)
        tx.revoke_device(an_id(12))
    with store.reading() as tx:
        assert tx.device(an_id(11)) == tx.device_with_key(bytes([11]) * 32) == a_device(11, user=2)
        assert tx.device(an_id(1)) is None
        assert tx.device_with_key(bytes(32)) is None
        assert tx.devices() == [
            (a_device(10), 10, 50, heartbeat, ()),
            (replace(a_device(12), revoked=True), 12, None, None, ()),
            (a_device(11, user=2), 11, None, None, ()),
        ]


def test_what_was_noticed_of_a_device_is_counted_and_dated(store: ServerStore) -> None:
    with store.writing() as tx:
        for number in (10, 11):
            tx.add_device(a_device(number), number)
        tx.notice(an_id(10), Verdict.REWOUND, 20)
        tx.notice(an_id(10), Verdict.FORKED, 30)
        tx.notice(an_id(10), Verdict.FORKED, 40)
    with pytest.raises(Crash), store.writing() as tx:  # noqa: PT012 - all of this is to be undone
        tx.notice(an_id(10), Verdict.FORKED, 50)
        tx.notice(an_id(11), Verdict.FORKED, 50)
        raise Crash
    with store.reading() as tx:
        assert [entry.noticed for entry in tx.devices()] == [
            ((Verdict.FORKED, 2, 40), (Verdict.REWOUND, 1, 20)),
            (),
        ]


def test_a_token_is_found_by_its_hash(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.add_token(bytes(32), Token(an_id(10), 1000))
        tx.add_token(bytes([1]) * 32, Token(an_id(10), 2000))
    with store.reading() as tx:
        assert tx.token(bytes(32)) == Token(an_id(10), 1000)
        assert tx.token(b"unknown") is None


def test_the_last_word_about_a_channel_counts_and_words_are_numbered_per_person(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.add_grant(an_id(1), CHANNEL, GrantKind.READ_WRITE, 5)
        tx.add_grant(an_id(2), CHANNEL, GrantKind.READ_ONLY, 6)
        tx.add_grant(an_id(1), OTHER, GrantKind.READ_WRITE, 7)
        added = tx.add_grant(an_id(1), CHANNEL, GrantKind.WITHDRAWN, 8)
    assert added == GrantRecord(3, CHANNEL, GrantKind.WITHDRAWN, 8)
    with store.reading() as tx:
        assert tx.permissions(an_id(1)) == {CHANNEL: GrantKind.WITHDRAWN, OTHER: GrantKind.READ_WRITE}
        assert tx.permissions(an_id(2)) == {CHANNEL: GrantKind.READ_ONLY}
        assert tx.grants_after(an_id(1), 1) == [GrantRecord(2, OTHER, GrantKind.READ_WRITE, 7), added]
        assert tx.grants_after(an_id(1), 3) == []


def test_heads_keep_digests_of_all_64_bits(store: ServerStore) -> None:
    states = [ChannelState(CHANNEL, 1, bytes(16), 2**64 - 1), ChannelState(OTHER, 2, b"t" * 16, 2**63)]
    with store.writing() as tx:
        tx.save_channel(ChannelState(OTHER, 1, bytes(16), 5))
        for state in states:
            tx.save_channel(state)
    with store.reading() as tx:
        assert tx.channels() == states
        assert tx.channel(OTHER) == states[1]
        assert tx.channel("ref") is None
        assert tx.heads(["ref", OTHER]) == {OTHER: states[1]}
        assert tx.heads([]) == {}


def test_revisions_are_kept_whole(store: ServerStore) -> None:
    with store.writing() as tx:
        for rev in (1, 2, 3):
            tx.add_revision(a_revision(rev))
        tx.add_revision(a_revision(1, OTHER))
    with store.reading() as tx:
        assert tx.revision(CHANNEL, 2) == a_revision(2)
        assert tx.revision(CHANNEL, 4) is None
        many = tx.revisions(CHANNEL, range(2, 3000))
        assert many == {2: a_revision(2), 3: a_revision(3)}


@pytest.mark.parametrize(
    "value",
    [True, False, 0, 1, -(2**63), 2**63 - 1, "", "1", "true", "null", "Ünïcode\n\t“”", None],
    ids=repr,
)
def test_values_come_back_as_what_they_were(store: ServerStore, value: Value) -> None:
    with store.writing() as tx:
        save(tx, a_visit(1), {"leaf": value}, 3)
    with store.reading() as tx:
        found = tx.leaves(CHANNEL, a_visit(1))["leaf"]
        assert (type(found.value), found) == (type(value), Central(value, 3))
        logged = tx.value_at(CHANNEL, a_visit(1), "leaf", 3)
        assert (type(logged), logged) == (type(value), value)


def test_the_log_knows_every_earlier_value(store: ServerStore) -> None:
    with store.writing() as tx:
        for rev, author in ((2, 1), (4, 8), (7, 1)):
            save(tx, a_visit(1), {"notes": f"at {rev}", f"only/{rev}/x": rev}, rev)
            tx.add_revision(a_revision(rev, author=author))
    with store.reading() as tx:
        at = [tx.value_at(CHANNEL, a_visit(1), "notes", rev) for rev in (0, 1, 2, 3, 4, 6, 7, 99)]
        assert at == [None, None, "at 2", "at 2", "at 4", "at 4", "at 7", "at 7"]
        assert tx.value_at(OTHER, a_visit(1), "notes", 9) is None
        assert tx.values_after(CHANNEL, a_visit(1), "notes", 2) == ["at 4", "at 7"]
        assert tx.values_after(OTHER, a_visit(1), "notes", 0) == []
        assert tx.last_by(CHANNEL, a_visit(1), "notes", an_id(8)) == Central("at 4", 4)
        assert tx.last_by(CHANNEL, a_visit(1), "notes", an_id(1)) == Central("at 7", 7)
        assert tx.last_by(CHANNEL, a_visit(1), "notes", an_id(3)) is None
        assert tx.leaves(CHANNEL, a_visit(1))["only/2/x"] == Central(2, 2)


def test_a_record_lives_in_one_channel(store: ServerStore) -> None:
    with store.writing() as tx:
        save(tx, a_visit(1), {"notes": "x"}, 1)
    with store.reading() as tx:
        assert tx.channel_of(a_visit(1)) == CHANNEL
        assert tx.channel_of(RecordKey("problem", an_id(1))) is None
        assert tx.leaves(OTHER, a_visit(1)) == {}


def test_leaves_come_in_the_order_of_their_revs(store: ServerStore) -> None:
    with store.writing() as tx:
        save(tx, a_visit(2), {"b": "x", "a": "x"}, 1)
        save(tx, a_visit(1), {"c": None}, 2)
        save(tx, a_visit(2), {"b": True}, 3)
        save(tx, a_visit(3), {"a": "elsewhere"}, 3, channel=OTHER)
    with store.reading() as tx:
        assert list(tx.leaves_after(CHANNEL, 0)) == [
            LeafRow(a_visit(2), "a", "x", 1),
            LeafRow(a_visit(1), "c", None, 2),
            LeafRow(a_visit(2), "b", True, 3),
        ]
        assert [row.rev for row in tx.leaves_after(CHANNEL, 2)] == [3]
        first = next(iter(tx.leaves_after(CHANNEL, 0)))  # and the rest is never asked for
        assert first.rev == 1


def test_records_come_by_rank_newest_first_from_behind_any_of_them(store: ServerStore) -> None:
    with store.writing() as tx:
        for number in range(130):
            save(tx, a_visit(number), {"notes": str(number), "purpose": "x"}, 1, rank=number % 3)
        save(tx, RecordKey("problem", an_id(6)), {"title": "same id, other type"}, 1, rank=0)
        save(tx, a_visit(500), {"notes": "elsewhere"}, 1, channel=OTHER)
    expected = sorted([(n % 3, -n, "visit") for n in range(130)] + [(0, -6, "problem")])
    ordered = [(rank, RecordKey(name, an_id(-number))) for rank, number, name in expected]
    with store.reading() as tx:
        found = list(tx.records_after(CHANNEL, None))
        assert keys(found) == ordered
        assert found[0][2] == {"notes": Central("129", 1), "purpose": Central("x", 1)}
        for at in (0, 1, 49, 50, 51, 100, 129, 130):
            rank, key = ordered[at]
            behind = [item for item in ordered[at + 1 :] if (item[0], item[1].id) != (rank, key.id)]
            assert keys(tx.records_after(CHANNEL, (rank, key.id))) == behind


def test_records_without_leaves_hide_none_behind_them(store: ServerStore) -> None:
    with store.writing() as tx:
        for number in range(60):
            save(tx, a_visit(number), {}, 1, rank=0)
        save(tx, a_visit(99), {"notes": "x"}, 1, rank=1)
    with store.reading() as tx:
        found = list(tx.records_after(CHANNEL, None))
    assert len(found) == 61
    assert found[-1] == (1, a_visit(99), {"notes": Central("x", 1)})


def test_what_is_still_to_come_is_counted_in_leaves(store: ServerStore) -> None:
    with store.writing() as tx:
        for number in range(7):
            save(tx, a_visit(number), {"notes": str(number), "purpose": "x"}, number + 1, rank=number % 3)
        save(tx, a_visit(500), {"notes": "elsewhere"}, 1, channel=OTHER)
    with store.reading() as tx:
        assert tx.leaf_count(CHANNEL) == 14
        assert tx.leaf_count(CHANNEL, rev=5) == 4
        for rank, key, _ in tx.records_after(CHANNEL, None):
            behind = sum(len(found) for _, _, found in tx.records_after(CHANNEL, (rank, key.id)))
            assert tx.leaf_count(CHANNEL, after=(rank, key.id)) == behind


def test_a_record_may_change_its_rank(store: ServerStore) -> None:
    with store.writing() as tx:
        save(tx, a_visit(1), {"a": 1}, 1, rank=3)
        save(tx, a_visit(1), {"a": 2}, 2, rank=1)
    with store.reading() as tx:
        assert keys(tx.records_after(CHANNEL, None)) == [(1, a_visit(1))]


def test_some_leaves_of_all_records_of_a_type(store: ServerStore) -> None:
    with store.writing() as tx:
        save(tx, a_visit(2), {"b": 2, "a": 1, "c": 3}, 1)
        save(tx, a_visit(1), {"a": "x"}, 1, channel=OTHER)
        save(tx, RecordKey("problem", an_id(3)), {"a": 5}, 1)
    with store.reading() as tx:
        assert list(tx.leaf_values("visit", ("a", "b"))) == [
            (OTHER, a_visit(1), "a", "x"),
            (CHANNEL, a_visit(2), "a", 1),
            (CHANNEL, a_visit(2), "b", 2),
        ]


def test_receipts_are_found_by_batch_and_by_seq(store: ServerStore) -> None:
    stored = StoredReceipt(b"h" * 32, b"receipt")
    with store.writing() as tx:
        assert tx.replica(an_id(7)) is None
        tx.save_replica(an_id(7), ReplicaState(an_id(10), 1))
        tx.add_receipt(an_id(7), 1, b"batch", stored)
        tx.save_replica(an_id(7), ReplicaState(an_id(10), 2))
    with store.reading() as tx:
        assert tx.replica(an_id(7)) == ReplicaState(an_id(10), 2)
        assert tx.receipt(an_id(7), 1) == tx.receipt_of_batch(b"h" * 32) == stored
        assert tx.receipt(an_id(7), 2) is None
        assert tx.receipt_of_batch(bytes(32)) is None


def test_what_is_quarantined_keeps_its_base_and_its_author(store: ServerStore) -> None:
    def leaf(place: int) -> Quarantined:
        return Quarantined(
            channel=CHANNEL,
            row=LeafRow(a_visit(1), "notes", None, 12),
            batch_hash=b"h" * 32,
            place=place,
            author_id=an_id(1),
            reason="withdrawn_channel",
        )

    with store.writing() as tx:
        tx.quarantine(leaf(1), 30)
        tx.quarantine(leaf(0), 40)
        tx.quarantine(leaf(1), 30)
    with store.reading() as tx:
        assert tx.quarantined() == [(leaf(1), 30), (leaf(0), 40)]


def a_quarantined_leaf(place: int, author: int = 1) -> Quarantined:
    row = LeafRow(a_visit(1), "notes", "x", 12)
    return Quarantined(
        channel=CHANNEL, row=row, batch_hash=b"h" * 32, place=place, author_id=an_id(author), reason="y"
    )


def a_decision(place: int, outcome: QuarantineOutcome, at: int) -> QuarantineDecision:
    return QuarantineDecision(
        channel=CHANNEL,
        batch_hash=b"h" * 32,
        place=place,
        decided_by=an_id(2),
        decided_at=at,
        outcome=outcome,
        detail="because",
        rev=place,
    )


def test_what_is_decided_waits_no_longer_and_is_kept(store: ServerStore) -> None:
    dropped = a_decision(0, QuarantineOutcome.DROPPED, 90)
    applied = a_decision(2, QuarantineOutcome.APPLIED, 80)
    leaf = a_quarantined_leaf
    with store.writing() as tx:
        tx.add_receipt(an_id(7), 1, b"batch", StoredReceipt(b"h" * 32, b"receipt"))
        for place in range(3):
            tx.quarantine(leaf(place), 30)
        tx.decide_quarantined(dropped)
        tx.decide_quarantined(applied)
    with store.reading() as tx:
        assert tx.quarantined() == [(leaf(1), 30)]
        assert tx.decided_quarantined() == [(leaf(2), 30, applied), (leaf(0), 30, dropped)]
        assert tx.batch(b"h" * 32) == b"batch"
        assert tx.batch(bytes(32)) is None
    with pytest.raises((AssertionError, IntegrityError)), store.writing() as tx:
        tx.decide_quarantined(a_decision(0, QuarantineOutcome.APPLIED, 99))


def test_decisions_are_numbered_for_the_author_of_what_they_are_about(store: ServerStore) -> None:
    made = [a_decision(place, QuarantineOutcome.DROPPED, 90 - place) for place in range(4)]
    with store.writing() as tx:
        for place, author in enumerate((1, 3, 1, 1)):
            tx.quarantine(a_quarantined_leaf(place, author), 30)
        for decision in made[:3]:
            tx.decide_quarantined(decision)
    with pytest.raises(Crash), store.writing() as tx:  # noqa: PT012 - its number is to be given again
        tx.decide_quarantined(made[3])
        raise Crash
    with store.writing() as tx:
        assert tx.decisions_about(an_id(1), 0, 9) == [(1, made[0]), (2, made[2])]
        tx.decide_quarantined(made[3])
    with store.reading() as tx:
        assert tx.decisions_about(an_id(1), 1, 9) == [(2, made[2]), (3, made[3])]
        assert tx.decisions_about(an_id(1), 0, 1) == [(1, made[0])]
        assert tx.decisions_about(an_id(1), 3, 9) == []
        assert tx.decisions_about(an_id(3), 0, 9) == [(1, made[1])]
        assert tx.decisions_about(an_id(2), 0, 9) == []
