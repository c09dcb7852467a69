"""What was put aside is released by the merge rule or dropped with a reason, and both are kept for ever."""

from uuid import UUID

import pytest

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import Shown
from kopdesk.server.errors import ChannelGone, MayNotDecide, QuarantineUnknown, ReviewerUnclear, UserNotFound
from kopdesk.server.listing import dump
from kopdesk.server.listing_quarantine import list_decided, list_quarantine
from kopdesk.server.office import change
from kopdesk.server.opening import Server
from kopdesk.server.operations import assign, disable_user, unassign
from kopdesk.server.ports import QuarantineOutcome, Revision
from kopdesk.server.releasing import Handled, drop, release
from kopdesk.server.reviewing import Decision, review
from tests.support.raw_client import RawClient, Rows
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    PERIDAN_PROFILE,
    TestClock,
    a_person,
)
from tests.support.world import World

VISIT = RecordKey("visit", UUID("0190a5a2-0000-7000-8000-0000000000aa"))
PLAN = RecordKey("plan", UUID("0190a5a2-0000-7000-8000-0000000000bb"))
NOTES = "Kas cocok. Buku lengkap. Stok kurang."


@pytest.fixture
def siti(server: Server) -> RawClient:
    """An assistant whose assignment has ended; Hadi decides about what she still sends."""
    a_person(server, "siti", PERIDAN)
    a_person(server, "hadi", role=Role.PMO)
    return RawClient(server.centre, "siti", PASSWORD)


def put_aside(
    server: Server, siti: RawClient, rows: Rows, *, seq: int = 1, shown: list[Shown] | None = None
) -> list[str]:
    """Send rows for a cooperative that is siti's no more; the names under which they wait."""
    unassign(server, "siti", str(PERIDAN))
    before = waiting(server)
    response = siti.send(siti.request(batch=siti.batch(seq, {PERIDAN_CHANNEL: rows}, shown=shown or [])))
    assert siti.receipt(response).refused == ""
    return [entry for entry in waiting(server) if entry not in before]


def waiting(server: Server) -> list[str]:
    return [row["entry"] for row in list_quarantine(server)]


def test_a_decision_waits_until_its_question_is_there(server: Server, siti: RawClient) -> None:
    question = RecordKey("conflict", UUID("0190a5a2-0000-4000-8000-0000000000cc"))
    decision: Rows = [(question, "decisions/aa/choice", "kept", 0), (question, "decisions/aa/by", "Siti", 0)]
    entries = put_aside(server, siti, decision)
    handled = release(server, entries)
    assert {one.rejected for one in handled} == {"question_missing"}
    assert waiting(server) == entries
    about: dict[str, Value] = {
        "about_type": "cooperative",
        "about_id": str(PERIDAN),
        "about_path": "principal_saving",
        "kept_value": 100_000,
        "offered_value": 150_000,
    }
    with server.store.writing() as tx:
        change(tx, server.office(), coop_channel(PERIDAN), {question: about})
    assert {one.rejected for one in release(server, entries)} == {""}
    assert waiting(server) == []


def write(server: Server, key: RecordKey, **leaves: Value) -> int:
    with server.store.writing() as tx:
        return change(tx, server.office(), PERIDAN_CHANNEL, {key: leaves}).rev


def leaves(server: Server, key: RecordKey) -> dict[str, Value]:
    found = [row for row in dump(server) if (row["type"], row["id"]) == (key.type, str(key.id))]
    return dict(found[0]["leaves"]) if found else {}


def head(server: Server) -> Revision:
    with server.store.reading() as tx:
        state = tx.channel(PERIDAN_CHANNEL)
        assert state is not None
        revision = tx.revision(PERIDAN_CHANNEL, state.rev)
    assert revision is not None
    return revision


def conflicts(server: Server) -> list[dict[str, Value]]:
    return [row["leaves"] for row in dump(server) if row["type"] == "conflict"]


def outcomes(handled: list[Handled]) -> list[str]:
    return [one.decision.outcome.value if one.decision else one.rejected for one in handled]


# Releasing.


def test_released_leaves_become_one_change_of_their_author(server: Server, siti: RawClient) -> None:
    entries = put_aside(server, siti, [(VISIT, "notes", NOTES, 0), (VISIT, "visited_on", "2025-11-20", 0)])
    before = head(server).rev
    handled = release(server, entries)
    assert outcomes(handled) == ["applied", "applied"]
    assert leaves(server, VISIT) == {"notes": NOTES, "visited_on": "2025-11-20"}
    revision = head(server)
    assert revision.rev == before + 1
    assert (revision.author_id, revision.replica_id) == (siti.user_id, UUID(bytes=siti.replica))
    assert revision.made_at == 1_700_000_000_001
    assert waiting(server) == []


def test_who_released_what_and_when_is_kept_for_ever(
    server: Server, siti: RawClient, clock: TestClock
) -> None:
    (entry,) = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    clock.pass_minutes(60)
    release(server, [entry], by="HADI")
    (row,) = list_decided(server)
    assert (row["entry"], row["author"], row["value"]) == (entry, "siti", NOTES)
    assert (row["decided_by"], row["decided_at"]) == ("hadi", "2025-11-22T09:26:40Z")
    assert (row["outcome"], row["rev"]) == ("applied", head(server).rev)


def test_a_released_leaf_keeps_the_base_it_was_written_on(server: Server, siti: RawClient) -> None:
    base = write(server, PERIDAN_PROFILE, principal_saving=100_000)
    entries = put_aside(
        server,
        siti,
        [(PERIDAN_PROFILE, "principal_saving", 150_000, base), (PERIDAN_PROFILE, "rt", "02", 1)],
    )
    write(server, PERIDAN_PROFILE, principal_saving=120_000)
    handled = release(server, entries)
    assert sorted(outcomes(handled)) == ["applied", "conflict"]
    assert leaves(server, PERIDAN_PROFILE)["principal_saving"] == 120_000
    (conflict,) = conflicts(server)
    assert (conflict["kept_value"], conflict["offered_value"]) == (120_000, 150_000)
    assert (conflict["offered_author"], conflict["base_value"]) == ("Siti", 100_000)
    (met,) = [one.decision for one in handled if one.decision and one.decision.detail]
    assert met.outcome is QuarantineOutcome.CONFLICT
    assert [row["id"] for row in dump(server) if row["type"] == "conflict"] == [met.detail]


def test_a_released_text_is_merged_with_what_was_written_meanwhile(server: Server, siti: RawClient) -> None:
    base = write(server, VISIT, notes=NOTES)
    (entry,) = put_aside(server, siti, [(VISIT, "notes", NOTES.replace("kurang", "habis"), base)])
    write(server, VISIT, notes=NOTES.replace("cocok", "lebih"))
    assert outcomes(release(server, [entry])) == ["merged"]
    assert leaves(server, VISIT)["notes"] == "Kas lebih. Buku lengkap. Stok habis."


def test_releasing_twice_does_nothing_twice(server: Server, siti: RawClient) -> None:
    (entry,) = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    first = release(server, [entry, f" {entry.upper()} "])
    assert len(first) == 1
    write(server, VISIT, notes="Sudah diperbaiki.")
    before = head(server)
    for again in (release(server, [entry]), drop(server, [entry], reason="Keliru.")):
        assert [(one.already, one.decision) for one in again] == [(True, first[0].decision)]
    assert head(server) == before
    assert len(list_decided(server)) == 1


def test_a_released_deletion_hides_only_what_its_author_had_seen(server: Server, siti: RawClient) -> None:
    base = write(server, VISIT, notes=NOTES)
    seen = [Shown(0, {"notes": base})]
    (entry,) = put_aside(server, siti, [(VISIT, DELETED, True, base)], shown=seen)
    other = RecordKey("visit", UUID(int=5))
    base = write(server, other, notes=NOTES)
    (late,) = put_aside(
        server, siti, [(other, DELETED, True, base)], seq=2, shown=[Shown(0, {"notes": base})]
    )
    write(server, other, place="Balai desa")
    assert outcomes(release(server, [entry, late])) == ["applied", "conflict"]
    assert [r["deleted"] for r in dump(server) if r["type"] == "visit"] == [False, True]


def test_batches_are_released_in_the_order_in_which_they_were_made(server: Server, siti: RawClient) -> None:
    for seq in range(1, 6):  # all within one tick of the clock
        put_aside(server, siti, [(RecordKey("visit", UUID(int=seq)), "notes", NOTES, 0)], seq=seq)
    handled = release(server, reversed(waiting(server)))
    assert [one.leaf.row.key.id.int for one in handled] == [1, 2, 3, 4, 5]
    assert [one.decision and one.decision.rev - head(server).rev for one in handled] == [-4, -3, -2, -1, 0]


def test_what_was_written_in_a_lost_past_never_overwrites_this_one(server: Server, siti: RawClient) -> None:
    write(server, PERIDAN_PROFILE, principal_saving=100_000)
    write(server, PERIDAN_PROFILE, mandatory_saving=10_000)
    unassign(server, "siti", str(PERIDAN))
    disable_user(server, "siti")
    ours = head(server).rev  # neither leaf was ever seen at this rev, in our past
    rows: Rows = [(PERIDAN_PROFILE, "principal_saving", 150_000, ours), (VISIT, "notes", NOTES, ours)]
    entries = put_aside(server, siti, rows)
    assert sorted(outcomes(release(server, entries))) == ["applied", "conflict"]
    assert leaves(server, PERIDAN_PROFILE)["principal_saving"] == 100_000


def test_who_left_after_the_server_lost_a_day_does_not_overwrite_what_was_written_since(world: World) -> None:
    coop = world.cooperative()
    for login in ("ani", "budi"):
        world.person(login, coop)
    world.person("hadi", role=Role.PMO)
    ani, budi = world.laptop("ani"), world.laptop("budi")
    for laptop in (ani, budi):
        laptop.sync()
    before = world.backup()
    for amount in (10, 20, 30):
        ani.put("cooperative", id=str(coop), principal_saving=amount)
        ani.sync()
    ani.put("cooperative", id=str(coop), principal_saving=50)
    world.restore(before)
    budi.put("cooperative", id=str(coop), principal_saving=77)
    budi.sync()
    for day in range(1, 6):  # the new past grows beyond the base of her last edit
        budi.put("visit", cooperative_id=str(coop), visited_on=f"2026-10-0{day}")
        budi.sync()
    disable_user(world.server, "ani")
    assert ani.sync().quarantined == 2  # what was accepted on the lost day, and what was typed over it
    assert outcomes(release(world.server, waiting(world.server))) == ["conflict", "conflict"]
    budi.sync()
    assert budi.get("cooperative", coop)["principal_saving"] == 77


def test_who_was_assigned_on_a_lost_day_overwrites_nothing_even_where_the_revs_agree(world: World) -> None:
    coop = world.cooperative()
    world.person("ani")
    world.person("hadi", role=Role.PMO)
    ani = world.laptop("ani")
    before = world.backup()
    assign(world.server, "ani", str(coop))
    lost = world.office_change(coop, "cooperative", coop, {"principal_saving": 10})
    ani.sync()
    ani.put("cooperative", id=str(coop), principal_saving=50)
    world.restore(before)
    ours = world.office_change(coop, "cooperative", coop, {"principal_saving": 77})
    assert ours.rev == lost.rev
    ani.sync()
    (row,) = [row for row in list_quarantine(world.server) if row["value"] == 50]
    assert row["reason"] == "lost_grant"
    assert outcomes(release(world.server, [row["entry"]])) == ["conflict"]


# Whose rights count.


def test_an_approval_from_a_lost_day_is_released_by_who_may_approve(world: World) -> None:
    coop = world.cooperative()
    world.person("ani", coop)
    world.person("budi", coop)
    world.person("hadi", role=Role.PMO)
    world.person("dewi", role=Role.DINAS)
    ani, budi = world.laptop("ani"), world.laptop("budi")
    ani.sync()
    plan = ani.put("plan", cooperative_id=str(coop), title="Gerai sembako")
    ani.put("plan", id=str(plan), state="submitted")
    ani.sync()
    before = world.backup()
    world.restore(before)
    review(world.server, "plan", plan, Decision.APPROVE, reviewer="hadi")
    world.office_change(coop, "cooperative", coop, {"registration_status": "approved"})
    for laptop in (ani, budi):
        laptop.sync()
    world.restore(before)
    for laptop in (ani, budi, ani, budi):
        assert laptop.sync().error is None
    assert ani.get("plan", plan)["state"] == "submitted"
    rows = list_quarantine(world.server)
    assert {(row["path"], row["value"]) for row in rows} == {
        ("state", "approved"),
        ("registration_status", "approved"),
    }
    entries = [row["entry"] for row in rows]
    by_pmo = release(world.server, entries, by="hadi")
    assert {"applied", "role_may_not"} <= set(outcomes(by_pmo))
    assert {row["path"] for row in list_quarantine(world.server)} == {"registration_status"}
    by_dinas = release(world.server, waiting(world.server), by="dewi")
    assert sorted(outcomes(by_dinas)) == ["applied", "covered"]  # both laptops had offered it
    assert [row for row in dump(world.server) if row["type"] == "conflict"] == []
    for laptop in (ani, budi):
        laptop.sync()
        assert laptop.get("plan", plan)["state"] == "approved"
        assert laptop.get("cooperative", coop)["registration_status"] == "approved"
    assert ani.dump() == budi.dump()


def test_what_nobody_may_write_goes_on_waiting_and_blocks_nothing(server: Server, siti: RawClient) -> None:
    rows: Rows = [(VISIT, "notes", NOTES, 0), (PERIDAN_PROFILE, "registration_status", "approved", 0)]
    entries = put_aside(server, siti, rows)
    assert sorted(outcomes(release(server, entries))) == ["applied", "role_may_not"]
    (row,) = list_quarantine(server)
    assert row["path"] == "registration_status"
    assert len(list_decided(server)) == 1
    assert "registration_status" not in leaves(server, PERIDAN_PROFILE)


def test_an_assistant_releases_and_drops_nothing(server: Server, siti: RawClient) -> None:
    entries = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    for login, refusal in (("siti", MayNotDecide), ("operator", MayNotDecide), ("nobody", UserNotFound)):
        with pytest.raises(refusal):
            release(server, entries, by=login)
        with pytest.raises(refusal):
            drop(server, entries, reason="Keliru.", by=login)
    a_person(server, "dewi", role=Role.DINAS)
    with pytest.raises(ReviewerUnclear) as unclear:
        release(server, entries)
    assert len(unclear.value.logins) == 2
    assert waiting(server) == entries


# Dropping.


def test_a_dropped_leaf_is_kept_with_the_reason_and_never_applied(server: Server, siti: RawClient) -> None:
    (entry,) = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    (handled,) = drop(server, [entry], reason="  Sudah ditulis\nulang. ")
    assert handled.decision is not None
    assert handled.decision.outcome is QuarantineOutcome.DROPPED
    assert waiting(server) == []
    assert leaves(server, VISIT) == {}
    (row,) = list_decided(server)
    assert (row["value"], row["outcome"]) == (NOTES, "dropped")
    assert (row["decided_by"], row["detail"]) == ("hadi", "Sudah ditulis ulang.")
    assert [one.already for one in release(server, [entry])] == [True]
    assert leaves(server, VISIT) == {}


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_nothing_is_dropped_without_a_reason(server: Server, siti: RawClient, reason: str) -> None:
    entries = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    with pytest.raises(InvalidField):
        drop(server, entries, reason=reason)
    assert waiting(server) == entries


# What cannot be.


def test_a_name_that_waits_nowhere_is_said_and_nothing_is_done(server: Server, siti: RawClient) -> None:
    entries = put_aside(server, siti, [(VISIT, "notes", NOTES, 0)])
    with pytest.raises(QuarantineUnknown):
        release(server, [*entries, "0123456789ab"])
    with pytest.raises(QuarantineUnknown):
        drop(server, [*entries, ""], reason="Keliru.")
    assert waiting(server) == entries


@pytest.mark.parametrize("channel", [coop_channel(UUID(int=404)), "ref"])
def test_a_channel_that_is_not_there_is_named_and_not_made(
    server: Server, siti: RawClient, channel: str
) -> None:
    disable_user(server, "siti")
    batch = siti.batch(
        1, {channel: [(VISIT, "notes", NOTES, 0)], PERIDAN_CHANNEL: [(VISIT, "place", "x", 0)]}
    )
    siti.send(siti.request(batch=batch))
    entries = waiting(server)
    assert len(entries) == 2
    with pytest.raises(ChannelGone) as gone:
        release(server, entries)
    assert gone.value.channel == channel
    assert waiting(server) == entries
    assert leaves(server, VISIT) == {}


def test_what_was_put_aside_in_ones_own_channel_can_be_released(server: Server, siti: RawClient) -> None:
    disable_user(server, "siti")
    own = f"user/{siti.user_id}"
    siti.send(siti.request(batch=siti.batch(1, {own: [(VISIT, "notes", NOTES, 0)]})))
    assert outcomes(release(server, waiting(server))) == ["applied"]
    assert [row["channel"] for row in dump(server) if row["type"] == "visit"] == [own]


def test_given_again_after_a_release_the_laptop_sees_its_work_once(world: World) -> None:
    coop = world.cooperative()
    world.person("ani", coop)
    world.person("budi", coop)
    world.person("hadi", role=Role.PMO)
    ani, budi = world.laptop("ani"), world.laptop("budi")
    ani.sync()
    unassign(world.server, "ani", str(coop))
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    assert ani.sync().quarantined == 2
    release(world.server, waiting(world.server))
    assign(world.server, "ani", str(coop))
    for laptop in (ani, budi, ani):
        assert laptop.sync().error is None
    assert ani.get("visit", visit)["notes"] == budi.get("visit", visit)["notes"] == NOTES
    assert ani.unsent() == 0
