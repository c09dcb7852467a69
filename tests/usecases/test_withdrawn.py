"""A withdrawn cooperative's copy: only to be read, kept for thirty days, gone only by its person's word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice
from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.states import Role
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.operations import assign, disable_user, unassign
from kopdesk.server.releasing import release
from kopdesk.sync.run import SyncSummary
from kopdesk.sync.settle import Taken
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.contact import note_contact
from kopdesk.usecases.errors import CopyKept, NotWithdrawn, NotYourCooperative, StillUnsent
from kopdesk.usecases.mending import waiting_to_be_mended
from kopdesk.usecases.records import delete_record, list_records
from kopdesk.usecases.status import status
from kopdesk.usecases.withdrawn import copy_to_forget, forget_cooperative
from tests.support.histories import meanwhile
from tests.support.world import TestLaptop, World

NOTES = "Kas cocok."


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi"):
        world.person(login, coop)
    world.person("hadi", role=Role.PMO)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    ani = world.laptop("ani")
    synced(ani)
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=NOTES)
    synced(ani)
    return ani


def synced(laptop: TestLaptop) -> SyncSummary:
    """A sync as the program does it: what the centre's clock said is noted at its end."""
    answers: list[Taken] = []
    run = laptop.run()
    run.on_changed = answers.append
    summary = run.until_done()
    note_contact(laptop.desk, server_at=answers[-1].server_at if answers else None)
    return summary


def days_pass(world: World, days: int) -> None:
    world.clock.time += timedelta(days=days)


def withdraw(world: World, laptop: TestLaptop, coop: UUID) -> None:
    unassign(world.server, laptop.desk.owner.login, str(coop))
    synced(laptop)


def forget(world: World, laptop: TestLaptop, coop: UUID) -> None:
    days_pass(world, 31)
    synced(laptop)
    forget_cooperative(laptop.desk, coop)


def two_amounts(world: World, ani: TestLaptop, coop: UUID) -> None:
    """Budi and Ani write different amounts: a conflict waits."""
    budi = world.laptop("budi")
    synced(budi)
    for laptop, amount in ((budi, 10), (ani, 20)):
        laptop.put("cooperative", id=str(coop), principal_saving=amount)
        synced(laptop)


def test_it_is_shown_as_such_and_takes_nothing_more(world: World, ani: TestLaptop, coop: UUID) -> None:
    (visit,) = list_records(ani.desk, "visit")
    assert "withdrawn" not in visit
    two_amounts(world, ani, coop)
    withdraw(world, ani, coop)
    (copy,) = status(ani.desk).withdrawn
    assert (copy.cooperative_id, copy.unsent, copy.may_go_on) == (coop, 0, date(2026, 12, 23))
    assert list_records(ani.desk, "visit")[0]["withdrawn"] is True
    assert (list_conflicts(ani.desk), status(ani.desk).conflicts) == ([], 0)  # others decide it now
    (case,) = list_conflicts(ani.desk, open_only=False)
    shown = ani.dump()
    attempts: list[Callable[[], object]] = [
        lambda: ani.put("visit", id=visit["id"], notes="Lain."),
        lambda: ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-21"),
        lambda: ani.put("attachment", cooperative_id=str(coop), sha256="0" * 64),
        lambda: delete_record(ani.desk, "visit", UUID(visit["id"])),
        lambda: resolve_conflict(ani.desk, case.conflict.id, Choice.OFFERED),
    ]
    for attempt in attempts:
        with pytest.raises(NotYourCooperative):
            attempt()
    assert ani.dump() == shown


def test_it_goes_after_thirty_days_and_not_before_its_person_says_so(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    withdraw(world, ani, coop)
    shown = ani.dump()
    days_pass(world, 30)
    synced(ani)
    with pytest.raises(CopyKept) as kept:
        forget_cooperative(ani.desk, coop)
    assert kept.value.may_go_on == date(2026, 12, 23)
    days_pass(world, 1)
    synced(ani)
    copy = copy_to_forget(ani.desk, coop)
    assert copy.records == {"cooperative": 1, "visit": 1}
    assert ani.dump() == shown
    assert forget_cooperative(ani.desk, coop) == copy
    assert ani.dump() == []
    assert (status(ani.desk).withdrawn, status(ani.desk).cooperatives) == ((), 0)
    with ani.desk.database.reading() as work:
        assert len(work.outbox.receipts()) == 1
        assert work.connection.exec_driver_sql("SELECT count(*) FROM shown_visit").scalar_one() == 0
    with pytest.raises(RecordNotFound):
        forget_cooperative(ani.desk, coop)
    assert synced(ani).received == 0


@pytest.mark.parametrize("days_off", [400, -4000])
def test_the_laptops_clock_neither_shortens_nor_lengthens_the_thirty_days(
    world: World, ani: TestLaptop, coop: UUID, days_off: int
) -> None:
    right = ani.desk.now
    ani.desk = replace(ani.desk, now=lambda: right() + timedelta(days=days_off))
    withdraw(world, ani, coop)
    ani.desk = replace(ani.desk, now=lambda: right() + timedelta(days=9000))
    synced(ani)
    with pytest.raises(CopyKept):
        forget_cooperative(ani.desk, coop)
    days_pass(world, 31)
    with pytest.raises(CopyKept):  # the centre has not been heard since
        forget_cooperative(ani.desk, coop)
    synced(ani)
    forget_cooperative(ani.desk, coop)


def test_the_thirty_days_begin_when_the_laptop_hears_of_it(world: World, ani: TestLaptop, coop: UUID) -> None:
    unassign(world.server, "ani", str(coop))
    days_pass(world, 100)
    synced(ani)
    with pytest.raises(CopyKept):
        forget_cooperative(ani.desk, coop)


def test_it_stays_as_long_as_anything_of_it_has_no_receipt(world: World, ani: TestLaptop, coop: UUID) -> None:
    def type_and_lose_the_line() -> None:
        ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="Stok kurang.")
        ani.link.offline = True

    unassign(world.server, "ani", str(coop))
    meanwhile(ani, type_and_lose_the_line)
    assert synced(ani).error is not None
    days_pass(world, 31)
    note_contact(ani.desk, server_at=world.clock.ms())
    with pytest.raises(StillUnsent) as refusal:
        forget_cooperative(ani.desk, coop)
    assert refusal.value.count == 2
    assert status(ani.desk).withdrawn[0].unsent == 2
    ani.link.offline = False
    assert synced(ani).quarantined == 2
    forget_cooperative(ani.desk, coop)
    assert {row["value"] for row in list_quarantine(world.server)} == {"2026-11-21", "Stok kurang."}


def test_what_the_centre_did_not_take_stays_readable_when_its_cooperative_is_forgotten(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="Stok kurang.")
    withdraw(world, ani, coop)
    waiting = waiting_to_be_mended(ani.desk)
    assert {(one.key.id, one.path) for one in waiting} == {(visit, "visited_on"), (visit, "notes")}
    forget(world, ani, coop)
    assert waiting_to_be_mended(ani.desk) == waiting
    assert ani.dump() == []
    assert list_records(ani.desk, "visit") == []
    synced(ani)
    assert waiting_to_be_mended(ani.desk) == waiting


def test_what_was_lost_and_put_aside_is_shown_until_its_cooperative_is_forgotten(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    visit = ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="Stok kurang.")
    synced(ani)
    world.restore(before)
    withdraw(world, ani, coop)
    waiting = {(one.key.id, one.path) for one in waiting_to_be_mended(ani.desk)}
    assert waiting == {(visit, "visited_on"), (visit, "notes")}
    assert ani.get("visit", visit)["notes"] == "Stok kurang."
    forget(world, ani, coop)
    assert ani.dump() == []
    assert {(one.key.id, one.path) for one in waiting_to_be_mended(ani.desk)} == waiting


def test_conflicts_go_with_their_cooperative(world: World, ani: TestLaptop, coop: UUID) -> None:
    two_amounts(world, ani, coop)
    withdraw(world, ani, coop)
    assert len(list_conflicts(ani.desk, open_only=False)) == 1
    forget(world, ani, coop)
    assert list_conflicts(ani.desk, open_only=False) == []
    assert status(ani.desk).conflicts == 0


def test_given_again_it_comes_whole_from_the_centre(world: World, ani: TestLaptop, coop: UUID) -> None:
    budi = world.laptop("budi")
    ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="Stok kurang.")
    withdraw(world, ani, coop)
    forget(world, ani, coop)
    release(world.server, [row["entry"] for row in list_quarantine(world.server)])
    synced(budi)
    budi.put("cooperative", id=str(coop), principal_saving=77)
    synced(budi)
    assign(world.server, "ani", str(coop))
    assert synced(ani).error is None
    assert ani.dump() == budi.dump()
    assert {visit["notes"] for visit in list_records(ani.desk, "visit")} == {NOTES, "Stok kurang."}
    ani.put("cooperative", id=str(coop), principal_saving=80)
    assert synced(ani).conflicts == 0
    synced(budi)
    assert budi.dump() == ani.dump()
    with pytest.raises(NotWithdrawn):
        forget_cooperative(ani.desk, coop)


def test_withdrawn_a_second_time_the_days_are_counted_anew(world: World, ani: TestLaptop, coop: UUID) -> None:
    withdraw(world, ani, coop)
    days_pass(world, 20)
    assign(world.server, "ani", str(coop))
    synced(ani)
    withdraw(world, ani, coop)
    days_pass(world, 20)
    synced(ani)
    with pytest.raises(CopyKept):
        forget_cooperative(ani.desk, coop)


# Where no word was said.


@pytest.mark.parametrize("silence", ["never assigned in this past", "account closed", "no network"])
def test_silence_about_a_cooperative_is_no_withdrawal(world: World, silence: str) -> None:
    coop = world.cooperative()
    world.person("ani")
    ani = world.laptop("ani")
    before = world.backup()
    world.restore(before)
    assign(world.server, "ani", str(coop))
    synced(ani)
    shown = ani.dump()
    if silence == "never assigned in this past":
        world.restore(before)
    elif silence == "account closed":
        disable_user(world.server, "ani")
    else:
        ani.link.offline = True
    for _ in range(3):
        days_pass(world, 31)
        synced(ani)
    assert ani.dump() == shown
    assert status(ani.desk).withdrawn == ()
    with pytest.raises(NotWithdrawn):
        forget_cooperative(ani.desk, coop)
