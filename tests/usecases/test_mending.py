"""What is on the mend list: why, what was decided about it, and who takes it off."""

from uuid import UUID

import pytest

from kopdesk.domain.states import Role
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.operations import add_user, assign, disable_user, unassign
from kopdesk.server.releasing import drop, release
from kopdesk.sync.recover import fork
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.contact import ACCOUNT_CLOSED, note_contact
from kopdesk.usecases.errors import NotToMend, StillAtCentre
from kopdesk.usecases.mending import take_off, taken_off, waiting_to_be_mended
from tests.support.histories import synced
from tests.support.world import PASSWORD, TestLaptop, World

REASON = "Sudah ditulis ulang oleh penggantinya."


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    add_user(world.server, "hadi", name="Hadi", role=Role.PMO, password=PASSWORD)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    """Her cooperative was withdrawn, and a visit of hers, two leaves of it, was put aside."""
    ani = synced(world, "ani", coop)
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="Kas dihitung.")
    unassign(world.server, "ani", str(coop))
    ani.sync()
    return ani


def entries(world: World) -> list[str]:
    return [row["entry"] for row in list_quarantine(world.server)]


def told(laptop: TestLaptop) -> list[tuple[str, str, str, bool]]:
    return [
        (one.path, one.reason, one.words, one.held_at_centre) for one in waiting_to_be_mended(laptop.desk)
    ]


def test_what_was_dropped_is_told_with_its_reason_and_time_and_stays_until_it_is_taken_off(
    world: World, ani: TestLaptop
) -> None:
    assert told(ani) == [
        ("visited_on", "withdrawn_channel", "", True),
        ("notes", "withdrawn_channel", "", True),
    ]
    drop(world.server, entries(world), reason=REASON)
    assert ani.sync().error is None
    assert told(ani) == [("visited_on", "dropped", REASON, False), ("notes", "dropped", REASON, False)]
    waiting = waiting_to_be_mended(ani.desk)
    assert {one.value for one in waiting} == {"2026-11-20", "Kas dihitung."}
    assert all(one.decided_at and one.since < one.decided_at < world.clock.now() for one in waiting)
    ani.sync()
    assert waiting_to_be_mended(ani.desk) == waiting


def test_what_lies_at_the_centre_has_the_name_there_that_its_supervisor_knows(
    world: World, ani: TestLaptop
) -> None:
    waiting = waiting_to_be_mended(ani.desk)
    assert {one.aside for one in waiting} == set(entries(world))
    assert {one.named.cooperative_name for one in waiting} == {"Koperasi Desa Merah Putih Peridan"}
    assert waiting[0].named.leaves["visited_on"] == "2026-11-20"
    drop(world.server, [waiting[0].aside], reason=REASON)
    ani.sync()
    assert [one.aside for one in waiting_to_be_mended(ani.desk)] == ["", waiting[1].aside]


def test_what_was_released_is_no_longer_on_the_list(world: World, ani: TestLaptop) -> None:
    release(world.server, entries(world))
    assert ani.sync().error is None
    assert (told(ani), ani.unsent()) == ([], 0)


def test_what_met_another_value_when_it_was_released_waits_for_that_decision(
    world: World, coop: UUID, ani: TestLaptop
) -> None:
    assign(world.server, "ani", str(coop))
    ani.sync()
    ani.put("cooperative", id=str(coop), principal_saving=100_000)
    unassign(world.server, "ani", str(coop))
    ani.sync()
    world.office_change(coop, "cooperative", coop, {"principal_saving": 150_000})
    release(world.server, entries(world))
    ani.sync()
    assert told(ani) == [("principal_saving", "in_question", "", True)]
    assign(world.server, "ani", str(coop))
    ani.sync()
    assert told(ani) == []
    (case,) = list_conflicts(ani.desk)
    assert {case.conflict.kept_value, case.conflict.offered_value} == {100_000, 150_000}


def test_a_decision_that_the_centre_has_lost_is_made_and_heard_again(world: World, ani: TestLaptop) -> None:
    before = world.backup()
    drop(world.server, entries(world), reason="Keliru.")
    ani.sync()
    world.restore(before)
    ani.sync()
    assert {words for _, _, words, _ in told(ani)} == {"Keliru."}
    drop(world.server, entries(world), reason=REASON)
    ani.sync()
    assert {words for _, _, words, _ in told(ani)} == {REASON}


def test_who_begins_anew_hears_again_what_was_decided_about_what_he_hands_in_again(
    world: World, ani: TestLaptop
) -> None:
    release(world.server, entries(world))
    ani.sync()
    run = ani.run()
    with ani.desk.database.writing() as work:
        fork(work, run.laptop, world.clock.ms())
        assert len(work.outbox.to_mend()) == 2
    assert ani.sync().error is None
    assert (told(ani), ani.unsent()) == ([], 0)


def test_what_is_taken_off_is_written_down_with_what_it_was(world: World, ani: TestLaptop) -> None:
    drop(world.server, entries(world), reason=REASON)
    ani.sync()
    date, notes = waiting_to_be_mended(ani.desk)
    done = take_off(ani.desk, [f" {notes.entry.upper()} ", notes.entry])
    assert done == [notes]
    assert waiting_to_be_mended(ani.desk) == [date]
    (off,) = taken_off(ani.desk)
    assert (off.key, off.path, off.value, off.reason, off.words, off.since, off.taken_off_by) == (
        notes.key,
        "notes",
        "Kas dihitung.",
        "dropped",
        REASON,
        notes.since,
        "ani",
    )
    ani.sync()
    assert (waiting_to_be_mended(ani.desk), taken_off(ani.desk)) == ([date], [off])


def test_nothing_is_taken_off_when_one_of_those_named_may_not_be(world: World, ani: TestLaptop) -> None:
    first, second = entries(world)
    drop(world.server, [first], reason=REASON)
    ani.sync()
    decided, held = sorted(waiting_to_be_mended(ani.desk), key=lambda one: one.held_at_centre)
    assert (decided.held_at_centre, held.held_at_centre) == (False, True)
    for named, refusal in (
        ([decided.entry, held.entry], StillAtCentre),
        ([decided.entry, "0" * 12], NotToMend),
    ):
        with pytest.raises(refusal):
            take_off(ani.desk, named)
    assert len(waiting_to_be_mended(ani.desk)) == 2
    assert taken_off(ani.desk) == []
    drop(world.server, [second], reason=REASON)
    ani.sync()
    with pytest.raises(NotToMend):  # as it was shown it is not there any more
        take_off(ani.desk, [held.entry])


def test_what_was_so_when_it_was_put_aside_is_not_told_as_if_it_still_were(
    world: World, coop: UUID, ani: TestLaptop
) -> None:
    assert reasons(ani) == ["withdrawn_channel", "withdrawn_channel"]
    assign(world.server, "ani", str(coop))
    ani.sync()
    assert reasons(ani) == ["was_withdrawn", "was_withdrawn"]
    ani.put("problem", cooperative_id=str(coop), text="Buku kas hilang.", noticed_on="2026-11-20")
    disable_user(world.server, "ani")
    ani.sync()
    note_contact(ani.desk, server_at=world.clock.ms(), refused=ACCOUNT_CLOSED)
    assert reasons(ani)[2:] == ["disabled_account", "disabled_account"]
    disable_user(world.server, "ani", disabled=False)
    ani.sync()
    note_contact(ani.desk, server_at=world.clock.ms())
    assert reasons(ani) == ["was_withdrawn", "was_withdrawn", "was_disabled", "was_disabled"]


def test_a_grant_that_the_centre_had_lost_is_told_as_lost_only_until_it_is_there_again(
    world: World, ani: TestLaptop
) -> None:
    new = world.cooperative("Koperasi Desa Merah Putih Tadoan")
    before = world.backup()
    assign(world.server, "ani", str(new))
    ani.sync()
    world.restore(before)
    ani.put("problem", cooperative_id=str(new), text="Buku kas hilang.", noticed_on="2026-11-20")
    ani.sync()
    assert reasons(ani)[2:] == ["lost_grant", "lost_grant"]
    assign(world.server, "ani", str(new))
    ani.sync()
    assert reasons(ani)[2:] == ["grant_was_lost", "grant_was_lost"]


def reasons(laptop: TestLaptop) -> list[str]:
    return [one.reason for one in waiting_to_be_mended(laptop.desk)]
