"""Nobody reads or writes outside his channels, and nobody comes in who is not known."""

from uuid import UUID

import msgspec
import pytest

from kopdesk.domain.channels import REF, packed_channel, user_channel
from kopdesk.domain.ids import derived_id
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.digest import GENESIS_TIP
from kopdesk.protocol.messages import Cursor, GrantKind, OutcomeKind, Request, Verdict
from kopdesk.protocol.service import SyncService
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.accounts import TOKEN_LIFE_MS
from kopdesk.server.listing import dump
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import assign, disable_user, revoke_device, unassign
from tests.support.doors import refused
from tests.support.raw_client import RawClient, enrolment, leaves_of
from tests.support.server_parts import (
    MANUBAR,
    MANUBAR_CHANNEL,
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    PERIDAN_PROFILE,
    TestClock,
    a_person,
)

VISIT = RecordKey("visit", UUID("0190a5a2-0000-7000-8000-0000000000aa"))


@pytest.fixture
def stranger(server: Server, service: SyncService) -> RawClient:
    """An assistant of the other cooperative."""
    a_person(server, "tono", MANUBAR)
    return RawClient(service, "tono", PASSWORD, seed=3)


def outcomes(client: RawClient, request: Request) -> dict[int, tuple[OutcomeKind, str]]:
    receipt = client.receipt(client.send(request))
    return {outcome.place: (outcome.kind, outcome.detail) for outcome in receipt.outcomes}


def set_aside(server: Server) -> list[tuple[object, ...]]:
    return [(row["author"], row["value"], row["reason"]) for row in list_quarantine(server)]


# Channels.


def test_only_granted_channels_are_served(siti: RawClient) -> None:
    response = siti.send(siti.request())
    assert {page.channel for page in response.pages} == {packed_channel(PERIDAN_CHANNEL)}
    assert leaves_of(response)[PERIDAN_PROFILE, "nik"] == "6408050200300001"
    granted = {grant.channel: grant.kind for grant in response.grants}
    assert granted == {
        packed_channel(user_channel(siti.user_id)): GrantKind.READ_WRITE,
        packed_channel(PERIDAN_CHANNEL): GrantKind.READ_WRITE,
    }


def test_a_foreign_channel_is_neither_written_nor_told_about(server: Server, siti: RawClient) -> None:
    before = dump(server)
    batch = siti.batch(1, {MANUBAR_CHANNEL: [(VISIT, "notes", "x", 999)]})
    foreign = Cursor(packed_channel(MANUBAR_CHANNEL), 77, b"t" * 16, 5)
    response = siti.send(siti.request(batch=batch, cursors=[foreign]))
    assert response.verdict is Verdict.OK
    assert [o.detail for o in siti.receipt(response).outcomes] == ["foreign_channel"]
    assert packed_channel(MANUBAR_CHANNEL) not in {c.channel for c in response.cursors}
    assert dump(server) == before


def test_who_claims_a_lost_grant_hears_nothing_of_a_foreign_channel(server: Server, siti: RawClient) -> None:
    """Neither how long its past is nor any point of it: what he holds of it, he puts aside."""
    for number in range(1, 6):
        with server.store.writing() as tx:
            change(
                tx, server.office(), MANUBAR_CHANNEL, {RecordKey("visit", UUID(int=number)): {"notes": "x"}}
            )
    foreign = Cursor(packed_channel(MANUBAR_CHANNEL), 2, b"t" * 16, 5)
    response = siti.send(siti.request(cursors=[foreign], grants_seen=1000))
    assert response.verdict is Verdict.REWOUND
    assert [(r.channel, r.points) for r in response.rewound] == [(foreign.channel, [(0, GENESIS_TIP)])]
    assert packed_channel(MANUBAR_CHANNEL) not in {page.channel for page in response.pages}


def test_one_foreign_channel_does_not_stop_the_others(siti: RawClient) -> None:
    other = RecordKey("visit", UUID(int=5))
    batch = siti.batch(
        1, {MANUBAR_CHANNEL: [(VISIT, "notes", "x", 0)], PERIDAN_CHANNEL: [(other, "notes", "y", 0)]}
    )
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "foreign_channel")}
    assert leaves_of(siti.send(siti.request()))[other, "notes"] == "y"


def test_what_is_for_everybody_is_written_by_the_centre_only(siti: RawClient) -> None:
    batch = siti.batch(1, {REF: [(VISIT, "notes", "x", 0)]})
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "foreign_channel")}


def test_another_users_own_channel_is_foreign(siti: RawClient, stranger: RawClient) -> None:
    batch = siti.batch(1, {user_channel(stranger.user_id): [(VISIT, "notes", "x", 0)]})
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "foreign_channel")}


def test_a_record_of_another_channel_cannot_be_pulled_over(siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(RecordKey("cooperative", MANUBAR), "name", "Mine", 1)]})
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "other_channel")}


def test_a_channel_to_read_is_not_written(server: Server, service: SyncService) -> None:
    a_person(server, "ani", PERIDAN, kind=GrantKind.READ_ONLY)
    ani = RawClient(service, "ani", PASSWORD)
    batch = ani.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    assert outcomes(ani, ani.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "read_only_channel")}
    assert leaves_of(ani.send(ani.request()))


def test_edits_for_a_withdrawn_channel_are_put_aside_and_nothing_of_it_is_served(
    server: Server, siti: RawClient
) -> None:
    assert unassign(server, "siti", "Koperasi Desa Merah Putih Peridan")
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "still mine", 0)]})
    response = siti.send(siti.request(batch=batch))
    assert [(o.kind, o.detail) for o in siti.receipt(response).outcomes] == [
        (OutcomeKind.QUARANTINED, "withdrawn_channel")
    ]
    assert response.pages == []
    assert set_aside(server) == [("siti", "still mine", "withdrawn_channel")]


def test_grants_are_numbered_and_told_from_the_number_on_that_is_known(
    server: Server, siti: RawClient
) -> None:
    unassign(server, "siti", str(PERIDAN))
    assert not unassign(server, "siti", "64.08.11.2002")
    assert assign(server, "siti", "6408050200300001")
    assert not assign(server, "siti", "6408050200300001")
    words = [
        (1, user_channel(siti.user_id), GrantKind.READ_WRITE),
        (2, PERIDAN_CHANNEL, GrantKind.READ_WRITE),
        (3, PERIDAN_CHANNEL, GrantKind.WITHDRAWN),
        (4, PERIDAN_CHANNEL, GrantKind.READ_WRITE),
    ]
    for seen in range(5):
        grants = siti.send(siti.request(grants_seen=seen)).grants
        expected = [(n, packed_channel(channel), kind) for n, channel, kind in words[seen:]]
        assert [(g.number, g.channel, g.kind) for g in grants] == expected


def test_grants_the_server_has_lost_are_told_anew_and_their_work_is_put_aside(
    server: Server, siti: RawClient
) -> None:
    batch = siti.batch(1, {MANUBAR_CHANNEL: [(VISIT, "notes", "mine then", 0)]})
    response = siti.send(siti.request(batch=batch, grants_seen=9))
    assert [grant.number for grant in response.grants] == [1, 2]
    assert [(o.kind, o.detail) for o in siti.receipt(response).outcomes] == [
        (OutcomeKind.QUARANTINED, "lost_grant")
    ]
    assert set_aside(server) == [("siti", "mine then", "lost_grant")]


# Leaves.


def test_an_assistant_does_not_write_what_is_the_centres(siti: RawClient) -> None:
    rows = [(PERIDAN_PROFILE, "registration_status", "approved", 0), (PERIDAN_PROFILE, "rt", "02", 1)]
    found = outcomes(siti, siti.request(batch=siti.batch(1, {PERIDAN_CHANNEL: rows})))
    assert list(found.values()) == [(OutcomeKind.REJECTED, "role_may_not")]


@pytest.mark.parametrize("key", ["~deleted", "", "a/b", "a b", "ключ"])
def test_keys_that_would_not_be_keys_are_rejected(siti: RawClient, key: str) -> None:
    rows = [(VISIT, f"findings/{key}/text", "x", 0)]
    found = outcomes(siti, siti.request(batch=siti.batch(1, {PERIDAN_CHANNEL: rows})))
    assert set(found.values()) <= {
        (OutcomeKind.REJECTED, "bad_key"),
        (OutcomeKind.REJECTED, "unknown_leaf"),
    }
    assert len(found) == 1


def test_an_assistant_neither_makes_nor_deletes_a_cooperative(server: Server, siti: RawClient) -> None:
    deletion = siti.batch(1, {PERIDAN_CHANNEL: [(PERIDAN_PROFILE, "~deleted", True, 0)]})
    assert outcomes(siti, siti.request(batch=deletion)) == {0: (OutcomeKind.REJECTED, "role_may_not")}
    assert str(PERIDAN_PROFILE.id) in {row["id"] for row in dump(server) if not row["deleted"]}


def test_a_natural_key_never_changes_and_its_id_follows_from_it(siti: RawClient) -> None:
    right = RecordKey("member_count", derived_id("member_count", PERIDAN, "2026-10"))
    wrong = RecordKey("member_count", UUID(int=77))
    first = siti.batch(
        1, {PERIDAN_CHANNEL: [(right, "period", "2026-10", 0), (wrong, "period", "2026-10", 0)]}
    )
    found = outcomes(siti, siti.request(batch=first))
    assert list(found.values()) == [(OutcomeKind.REJECTED, "key_leaf")]
    second = siti.batch(2, {PERIDAN_CHANNEL: [(right, "period", "1999-01", 1)]})
    assert outcomes(siti, siti.request(batch=second)) == {0: (OutcomeKind.REJECTED, "key_leaf")}


def test_an_assistant_puts_no_words_into_somebody_elses_mouth(siti: RawClient) -> None:
    conflict = RecordKey("conflict", UUID(int=78))
    leaves: list[tuple[RecordKey, str, Value, int]] = [
        (conflict, "kept_author", "Bupati", 0),
        (conflict, "kept_value", 5, 0),
    ]
    found = outcomes(siti, siti.request(batch=siti.batch(1, {PERIDAN_CHANNEL: leaves})))
    assert set(found.values()) == {(OutcomeKind.REJECTED, "made_by_centre")}


# Who comes in.


def test_an_expired_token_is_renewed_in_the_same_answer(siti: RawClient, clock: TestClock) -> None:
    assert siti.send(siti.request()).token == ""
    clock.ms += TOKEN_LIFE_MS
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    renewed = siti.send(siti.request(batch=batch))
    assert renewed.pages
    assert siti.receipt(renewed).outcomes == []
    assert renewed.token not in ("", siti.token)
    siti.token = renewed.token
    assert siti.send(siti.request()).token == ""


@pytest.mark.parametrize("token", ["nobody-ever-gave-this", ""])
def test_a_forgotten_token_is_renewed_for_the_devices_signature(siti: RawClient, token: str) -> None:
    siti.token = token
    assert siti.send(siti.request()).token


def test_somebody_elses_token_is_refused(siti: RawClient, budi: RawClient) -> None:
    budi.token = siti.token
    with refused(401, "foreign_token"):
        budi.send(budi.request())


def test_a_device_cannot_speak_for_another(siti: RawClient, budi: RawClient) -> None:
    with refused(401, "unknown_device"):
        budi.send(budi.request(device=siti.me.device_id))


def test_a_device_nobody_enrolled_is_unknown(siti: RawClient) -> None:
    with refused(401, "unknown_device"):
        siti.send(siti.request(device=b"n" * 16))


def test_a_request_that_was_changed_after_it_was_signed_is_refused(server: Server, siti: RawClient) -> None:
    before = dump(server)
    good = siti.sign(siti.request(batch=siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})))
    changed = good.body.replace(b"x", b"y")
    assert changed != good.body
    with refused(401, "unknown_device"):
        siti.service.exchange(siti.token, msgspec.msgpack.encode(msgspec.structs.replace(good, body=changed)))
    assert dump(server) == before


def test_a_batch_signed_by_another_device_changes_nothing_and_has_to_be_signed_anew(siti: RawClient) -> None:
    """As after a backup was put back from before this laptop got a new key."""
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    other = SigningKey(bytes([9]) * 32, b"")
    answer = siti.send(siti.request(batch=other.sign(batch.body)))
    assert (answer.verdict, answer.receipt) == (Verdict.FORKED, None)
    assert (VISIT, "notes") not in leaves_of(siti.send(siti.request()))


def test_a_revoked_device_gets_nothing(server: Server, service: SyncService, siti: RawClient) -> None:
    revoke_device(server, str(UUID(bytes=siti.me.device_id)))
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    with refused(403, "device_revoked"):
        siti.send(siti.request(batch=batch))
    with refused(403, "device_revoked"):
        service.enrol(enrolment("siti", PASSWORD, bytes([1]) * 32))
    assert set_aside(server) == []


def test_a_closed_account_is_served_nothing_and_may_only_hand_in_its_work(
    server: Server, siti: RawClient
) -> None:
    disable_user(server, "siti")
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "the last one", 0)]})
    response = siti.send(siti.request(batch=batch))
    assert [(o.kind, o.detail) for o in siti.receipt(response).outcomes] == [
        (OutcomeKind.QUARANTINED, "disabled_account")
    ]
    assert response.closed == "account_disabled"
    assert (response.pages, response.cursors, response.grants, response.more) == ([], [], [], False)
    assert set_aside(server) == [("siti", "the last one", "disabled_account")]


def test_strangers_cannot_make_the_server_work(siti: RawClient) -> None:
    forger = RawClient.__new__(RawClient)
    forger.__dict__.update(siti.__dict__, key=SigningKey(bytes([9]) * 32, b""))
    with refused(401, "unknown_device"):
        forger.send(forger.request(batch=forger.key.sign(bytes(500_000))))
