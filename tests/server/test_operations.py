"""What an operator does: people, devices, lists; what a reviewer decides."""

import json
from uuid import UUID

import pytest

from kopdesk.domain.errors import ForbiddenChange, InvalidField, RecordNotFound
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import GrantKind, Heartbeat
from kopdesk.server.errors import (
    CooperativeUnclear,
    DeviceNotFound,
    MayNotDecide,
    ReviewerUnclear,
    TooManyCooperatives,
    UserExists,
    UserNotFound,
)
from kopdesk.server.listing import dump, list_channels, list_devices, list_users
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import add_user, assign, disable_user, revoke_device, set_password
from kopdesk.server.reviewing import Decision, review
from kopdesk.wording.sentences import sentence_for
from tests.support.raw_client import RawClient, leaves_of
from tests.support.server_parts import (
    MANUBAR,
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    PERIDAN_PROFILE,
    TestClock,
    a_person,
)

PLAN = RecordKey("plan", UUID(int=77))


def write(server: Server, login: str, key: RecordKey, **leaves: Value) -> None:
    with server.store.writing() as tx:
        change(tx, server.office(tx.user_named(login)), PERIDAN_CHANNEL, {key: leaves})


def leaves(server: Server, key: RecordKey) -> dict[str, Value]:
    (row,) = [row for row in dump(server) if (row["type"], row["id"]) == (key.type, str(key.id))]
    found: dict[str, Value] = row["leaves"]
    return found


# People.


def test_logins_differ_in_more_than_case(server: Server) -> None:
    a_person(server, "Siti")
    with pytest.raises(UserExists):
        a_person(server, "sITI")
    assert [row["login"] for row in list_users(server)] == ["operator", "Siti"]


@pytest.mark.parametrize(
    ("login", "name", "password", "reason"),
    [
        ("", "Siti", PASSWORD, "bad_login"),
        ("si ti", "Siti", PASSWORD, "bad_login"),
        ("siti\n", "Siti\x00", PASSWORD, "bad_name"),
        ("siti", " ", PASSWORD, "bad_name"),
        ("siti", "Siti", "pendek", "password_too_short"),
        ("siti", "Siti", "x" * 201, "bad_password"),
    ],
)
def test_accounts_need_a_login_a_name_and_a_password(
    server: Server, login: str, name: str, password: str, reason: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        add_user(server, login, name=name, role=Role.ASSISTANT, password=password)
    assert refused.value.reason == reason


def test_a_new_password_counts_and_a_closed_account_can_be_opened_again(
    server: Server, clock: TestClock
) -> None:
    a_person(server, "siti", PERIDAN)
    siti = RawClient(server.centre, "siti", PASSWORD)
    set_password(server, "siti", "kata-sandi-baru")
    assert RawClient(server.centre, "siti", "kata-sandi-baru").me.device_id == siti.me.device_id
    disable_user(server, "siti")
    disable_user(server, "SITI", disabled=False)
    assert siti.send(siti.request()).pages
    for login in ("nobody", "operator"):
        with pytest.raises(UserNotFound):
            set_password(server, login, PASSWORD)


def test_cooperatives_are_named_by_whatever_is_clear(server: Server) -> None:
    a_person(server, "siti")
    named = (str(MANUBAR), "6408112002", "64.08.11.2002", " koperasi desa merah putih MANUBAR ")
    assert [assign(server, "siti", name) for name in named] == [True, False, False, False]
    with pytest.raises(CooperativeUnclear):
        assign(server, "siti", "Koperasi Desa Merah Putih Tadoan")
    with pytest.raises(UserNotFound):
        assign(server, "nobody", str(MANUBAR))


def test_nobody_gets_more_cooperatives_than_a_laptop_can_name(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(server, "siti")  # has a channel of her own
    monkeypatch.setattr("kopdesk.server.operations.MOST_CHANNELS", 3)
    assert assign(server, "siti", str(MANUBAR))
    with pytest.raises(TooManyCooperatives) as raised:
        assign(server, "siti", str(PERIDAN))
    assert "sudah punya 2 koperasi" in sentence_for(raised.value)
    assert assign(server, "siti", str(MANUBAR), GrantKind.READ_ONLY)


# Devices and lists.


def test_devices_are_listed_with_their_last_contact(server: Server, clock: TestClock) -> None:
    a_person(server, "siti", PERIDAN)
    siti = RawClient(server.centre, "siti", PASSWORD)
    siti.send(siti.request(heartbeat=Heartbeat("0.1.0", 5, unsent=3, oldest_unsent_at=clock.ms - 1000)))
    revoke_device(server, str(UUID(bytes=siti.me.device_id)))
    (row,) = list_devices(server)
    assert (row["user"], row["name"], row["revoked"], row["unsent"]) == ("siti", "laptop", True, 3)
    assert row["heard_at"] == row["added_at"] == "2025-11-22T08:26:40Z"
    assert row["oldest_unsent_at"] == "2025-11-22T08:26:39Z"
    assert (row["clock_ahead_s"], row["clock_doubt"]) == (-clock.ms // 1000, False)
    for unknown in ("x", str(UUID(int=1))):
        with pytest.raises(DeviceNotFound):
            revoke_device(server, unknown)


def test_a_dump_is_sorted_and_says_what_is_deleted(server: Server) -> None:
    write(server, "operator", RecordKey("visit", UUID(int=2)), notes="b", place=None)
    write(server, "operator", RecordKey("visit", UUID(int=1)), notes="a")
    with server.store.writing() as tx:
        change(tx, server.office(), PERIDAN_CHANNEL, {RecordKey("visit", UUID(int=1)): {DELETED: True}})
    rows = dump(server, (PERIDAN_CHANNEL,))
    assert [(row["type"], row["id"][-1], row["deleted"], row["leaves"].get("notes")) for row in rows] == [
        ("cooperative", "1", False, None),
        ("visit", "1", True, "a"),
        ("visit", "2", False, "b"),
    ]
    assert json.loads(json.dumps(rows)) == rows
    assert [row["channel"] for row in list_channels(server)] == sorted({r["channel"] for r in dump(server)})


# Review.


@pytest.fixture
def reviewed(server: Server) -> Server:
    """Siti has submitted a plan; Hadi may review it."""
    a_person(server, "siti", PERIDAN)
    a_person(server, "hadi", role=Role.PMO)
    write(server, "siti", PLAN, title="Gerai sembako")
    write(server, "siti", PLAN, state="submitted")
    return server


def test_a_plan_is_returned_with_a_remark_by_the_states_it_has_to_pass(reviewed: Server) -> None:
    before = len(list(_revs(reviewed)))
    review(reviewed, "plan", PLAN.id, Decision.RETURN, at_path="title", remark="Judul kurang jelas.")
    assert leaves(reviewed, PLAN)["state"] == "returned"
    (remark,) = [row["leaves"] for row in dump(reviewed) if row["type"] == "remark"]
    assert remark == {
        "about_type": "plan",
        "about_id": str(PLAN.id),
        "about_path": "title",
        "text": "Judul kurang jelas.",
        "by": "Hadi",
        "at": "2025-11-22T08:26:40Z",
    }
    assert list(_revs(reviewed))[before:] == ["in_review", "returned"]
    siti = RawClient(reviewed.centre, "siti", PASSWORD)
    assert leaves_of(siti.send(siti.request()))[PLAN, "state"] == "returned"


def _revs(server: Server) -> list[Value]:
    """The states the plan has been in, rev by rev."""
    with server.store.reading() as tx:
        head = tx.channel(PERIDAN_CHANNEL)
        assert head is not None
        states = [tx.value_at(PERIDAN_CHANNEL, PLAN, "state", rev) for rev in range(1, head.rev + 1)]
    return [state for state, earlier in zip(states, [None, *states], strict=False) if state != earlier]


def test_a_plan_is_approved_once(reviewed: Server) -> None:
    review(reviewed, "plan", PLAN.id, Decision.APPROVE, reviewer="HADI")
    assert leaves(reviewed, PLAN)["state"] == "approved"
    with pytest.raises(ForbiddenChange) as refused:
        review(reviewed, "plan", PLAN.id, Decision.RETURN)
    assert (refused.value.reason, refused.value.detail) == ("no_such_step", "approved")


def test_an_assistant_does_not_review(reviewed: Server) -> None:
    with pytest.raises(ForbiddenChange) as refused:
        review(reviewed, "plan", PLAN.id, Decision.APPROVE, reviewer="siti")
    assert refused.value.reason == "role_may_not"
    assert leaves(reviewed, PLAN)["state"] == "submitted"


def test_a_remark_alone_changes_no_state(reviewed: Server) -> None:
    review(reviewed, "plan", PLAN.id, None, remark="Sudah dibaca.")
    assert leaves(reviewed, PLAN)["state"] == "submitted"
    with pytest.raises(InvalidField):
        review(reviewed, "plan", PLAN.id, None, at_path="nowhere", remark="x")


def test_what_cannot_be_reviewed_is_refused(reviewed: Server) -> None:
    with pytest.raises(RecordNotFound):
        review(reviewed, "plan", UUID(int=1), Decision.APPROVE)
    with pytest.raises(ForbiddenChange):
        review(reviewed, "cooperative", PERIDAN_PROFILE.id, Decision.APPROVE)
    with pytest.raises(MayNotDecide) as refused:
        review(reviewed, "plan", PLAN.id, Decision.APPROVE, reviewer="operator")
    assert len(refused.value.logins) == 1
    a_person(reviewed, "dewi", role=Role.DINAS)
    with pytest.raises(ReviewerUnclear) as unclear:
        review(reviewed, "plan", PLAN.id, Decision.APPROVE)
    assert len(unclear.value.logins) == 2
