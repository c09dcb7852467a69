"""Nobody reads or writes outside his channels, and nobody comes in who is not known."""

from collections.abc import Callable
from uuid import UUID

import msgspec
import pytest

from kopdesk.domain.channels import packed_channel, user_channel
from kopdesk.domain.ids import derived_id
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Cursor, GrantKind, OutcomeKind, Request, Verdict
from kopdesk.protocol.signing import SigningKey
from kopdesk.server.accounts import TOKEN_LIFE_MS
from kopdesk.server.errors import Refused
from kopdesk.server.listing import dump, list_quarantine
from kopdesk.server.opening import Server
from kopdesk.server.operations import assign, disable_user, revoke_device, unassign
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
def siti(server: Server) -> RawClient:
    """An assistant of Peridan, enrolled."""
    a_person(server, "siti", PERIDAN)
    return RawClient(server.centre, "siti", PASSWORD)


def outcomes(client: RawClient, request: Request) -> dict[int, tuple[OutcomeKind, str]]:
    receipt = client.receipt(client.send(request))
    return {outcome.place: (outcome.kind, outcome.detail) for outcome in receipt.outcomes}


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
    stranger = Cursor(packed_channel(MANUBAR_CHANNEL), 77, b"t" * 16, 5)
    response = siti.send(siti.request(batch=batch, cursors=[stranger]))
    assert response.verdict is Verdict.OK
    assert [o.detail for o in siti.receipt(response).outcomes] == ["foreign_channel"]
    assert packed_channel(MANUBAR_CHANNEL) not in {c.channel for c in response.cursors}
    assert dump(server) == before


def test_a_record_of_another_channel_cannot_be_pulled_over(server: Server, siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(RecordKey("cooperative", MANUBAR), "name", "Mine", 1)]})
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "other_channel")}


def test_a_channel_to_read_is_not_written(server: Server) -> None:
    a_person(server, "budi", PERIDAN, kind=GrantKind.READ_ONLY)
    budi = RawClient(server.centre, "budi", PASSWORD)
    batch = budi.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    assert outcomes(budi, budi.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "read_only_channel")}
    assert leaves_of(budi.send(budi.request()))


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
    assert [(row["author"], row["value"]) for row in list_quarantine(server)] == [("siti", "still mine")]


def test_what_is_withdrawn_can_be_given_again(server: Server, siti: RawClient) -> None:
    unassign(server, "siti", str(PERIDAN))
    assert not unassign(server, "siti", "64.08.11.2002")
    assert assign(server, "siti", "6408050200300001")
    assert not assign(server, "siti", "6408050200300001")
    kinds = [grant.kind for grant in siti.send(siti.request(grants_seen=1)).grants]
    assert kinds == [GrantKind.READ_WRITE, GrantKind.WITHDRAWN, GrantKind.READ_WRITE]


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


# Who comes in.


def test_an_expired_token_is_renewed_in_the_same_answer(siti: RawClient, clock: TestClock) -> None:
    assert siti.send(siti.request()).token == ""
    clock.ms += TOKEN_LIFE_MS
    renewed = siti.send(siti.request())
    assert renewed.pages
    assert renewed.token not in ("", siti.token)
    siti.token = renewed.token
    assert siti.send(siti.request()).token == ""


def test_a_forgotten_token_is_renewed_for_the_devices_signature(siti: RawClient) -> None:
    siti.token = "nobody-ever-gave-this"
    assert siti.send(siti.request()).token


def test_somebody_elses_token_is_refused(server: Server, siti: RawClient) -> None:
    a_person(server, "budi", MANUBAR)
    budi = RawClient(server.centre, "budi", PASSWORD, seed=2)
    budi.token = siti.token
    with pytest.raises(Refused, match="foreign_token"):
        budi.send(budi.request())


def test_a_device_cannot_speak_for_another(server: Server, siti: RawClient) -> None:
    a_person(server, "budi", MANUBAR)
    budi = RawClient(server.centre, "budi", PASSWORD, seed=2)
    with pytest.raises(Refused, match="unknown_device"):
        budi.send(budi.request(device=siti.me.device_id))


def test_a_batch_signed_by_another_device_is_refused(server: Server, siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    other = SigningKey(bytes([9]) * 32, b"")
    with pytest.raises(BadMessage, match="bad_signature"):
        siti.send(siti.request(batch=other.sign(batch.body)))


def test_a_revoked_device_gets_nothing(server: Server, siti: RawClient) -> None:
    revoke_device(server, str(UUID(bytes=siti.me.device_id)))
    with pytest.raises(Refused, match="device_revoked"):
        siti.send(siti.request())
    with pytest.raises(Refused, match="device_revoked"):
        server.centre.enrol(enrolment("siti", PASSWORD, bytes([1]) * 32))


def test_a_closed_account_is_served_nothing_and_may_not_enrol(server: Server, siti: RawClient) -> None:
    disable_user(server, "siti")
    response = siti.send(siti.request())
    assert response.closed == "account_disabled"
    assert (response.pages, response.cursors, response.grants, response.more) == ([], [], [], False)
    with pytest.raises(Refused, match="account_disabled"):
        server.centre.enrol(enrolment("siti", PASSWORD, bytes([1]) * 32))


def test_strangers_cannot_make_the_server_work(server: Server, siti: RawClient) -> None:
    stranger = RawClient.__new__(RawClient)
    stranger.__dict__.update(siti.__dict__, key=SigningKey(bytes([9]) * 32, b""))
    with pytest.raises(Refused, match="unknown_device"):
        stranger.send(stranger.request(batch=stranger.key.sign(bytes(500_000))))


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


def test_a_receipt_is_for_its_own_person_only(server: Server, siti: RawClient) -> None:
    batch = siti.batch(1, {PERIDAN_CHANNEL: [(VISIT, "notes", "x", 0)]})
    siti.send(siti.request(batch=batch))
    a_person(server, "budi", PERIDAN)
    budi = RawClient(server.centre, "budi", PASSWORD, seed=2)
    budi.replica = siti.replica
    stolen = budi.key.sign(batch.body)
    assert budi.send(budi.request(batch=stolen)).verdict is Verdict.FORKED


# Enrolment.


def test_wrong_passwords_are_answered_ever_more_slowly(
    server: Server, siti: RawClient, clock: TestClock
) -> None:
    def attempt(login: str, password: str) -> str:
        try:
            server.centre.enrol(enrolment(login, password, bytes([1]) * 32))
        except Refused as refused:
            return refused.reason
        return "in"

    for login in ("siti", "nobody"):
        answers = [attempt(login, "wrong") for _ in range(5)]
        assert answers == ["wrong_password"] * 4 + ["too_many_attempts"]
    assert attempt("siti", PASSWORD) == "too_many_attempts"
    clock.pass_minutes(1)
    assert attempt("siti", PASSWORD) == "in"


def test_the_operators_account_has_no_password(server: Server) -> None:
    with pytest.raises(Refused, match="wrong_password"):
        server.centre.enrol(enrolment("operator", "", bytes([1]) * 32))


def test_who_does_not_hold_the_key_does_not_enrol_it(server: Server, siti: RawClient) -> None:
    forged = msgspec.structs.replace(
        enrolment("siti", PASSWORD, bytes([3]) * 32), device_key=siti.key.public_key
    )
    with pytest.raises(Refused, match="bad_signature"):
        server.centre.enrol(forged)


def test_the_same_key_is_the_same_device(server: Server, siti: RawClient) -> None:
    again = RawClient(server.centre, "siti", PASSWORD)
    assert again.me.device_id == siti.me.device_id
    assert again.me.token != siti.me.token
    a_person(server, "budi")
    with pytest.raises(Refused, match="foreign_device"):
        RawClient(server.centre, "budi", PASSWORD)


# Messages that are none.


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: msgspec.structs.replace(r, protocol=2), "unknown_protocol"),
        (lambda r: msgspec.structs.replace(r, receipt_seq=2**63), "number_too_large"),
        (lambda r: msgspec.structs.replace(r, grants_seen=2**64 - 1), "number_too_large"),
        (
            lambda r: msgspec.structs.replace(
                r, heartbeat=msgspec.structs.replace(r.heartbeat, unsent=2**63)
            ),
            "number_too_large",
        ),
        (
            lambda r: msgspec.structs.replace(r, cursors=[Cursor(b"x" * 17, 1, bytes(16))]),
            "unknown_channel",
        ),
    ],
    ids=["protocol", "receipt", "grants", "heartbeat", "channel"],
)
def test_requests_that_cannot_be_meant_are_refused(
    siti: RawClient, change: Callable[[Request], Request], reason: str
) -> None:
    with pytest.raises(BadMessage, match=reason):
        siti.send(change(siti.request()))


def test_a_device_of_another_user_keeps_its_own_channels(server: Server, siti: RawClient) -> None:
    a_person(server, "budi", MANUBAR)
    budi = RawClient(server.centre, "budi", PASSWORD, seed=2)
    batch = siti.batch(1, {user_channel(budi.user_id): [(VISIT, "notes", "x", 0)]})
    assert outcomes(siti, siti.request(batch=batch)) == {0: (OutcomeKind.REJECTED, "foreign_channel")}
