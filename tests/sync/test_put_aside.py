"""What was offered and put aside is shown on, and is neither offered again nor taken for anything else."""

from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.server.operations import assign, unassign
from kopdesk.sync import offering
from kopdesk.sync.settle import Taken
from kopdesk.usecases.mending import waiting_to_be_mended
from tests.support.histories import THREE, amount, meanwhile
from tests.support.world import TestLaptop, World


@pytest.fixture
def before(world: World, a: TestLaptop) -> Path:
    return world.backup()


@pytest.fixture
def visit(world: World, a: TestLaptop, coop: UUID, before: Path) -> UUID:
    """Of a day that the centre loses, when a's author has no right to the cooperative any more."""
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.put("cooperative", id=str(coop), principal_saving=100_000, mandatory_saving=10_000)
    a.sync()
    world.restore(before)
    unassign(world.server, "ani", str(coop))
    return visit


def quarantined(world: World) -> list[object]:
    with world.server.store.reading() as tx:
        return [entry.leaf.row.value for entry in tx.quarantined()]


def is_there(laptop: TestLaptop, visit: UUID) -> bool:
    return any(one["id"] == str(visit) for one in laptop.dump())


def cut_after(laptop: TestLaptop, answers: int) -> None:
    """The line goes as soon as so many answers have come."""

    def next_one() -> None:
        if answers == 1:
            laptop.link.offline = True
        else:
            cut_after(laptop, answers - 1)

    meanwhile(laptop, next_one)


def not_for_ever(laptop: TestLaptop) -> None:
    """A synchronisation that does not end is a failure, not a test that waits."""

    def check() -> None:
        assert laptop.link.round_trips < 40

    laptop.link.meanwhile = check


def write_much(laptop: TestLaptop, coop: UUID) -> None:
    """More than a page of 1024 bytes holds."""
    for day in range(1, 9):
        notes = f"{THREE} {day}" * 20
        laptop.put("visit", cooperative_id=str(coop), visited_on=f"2026-10-{day:02d}", notes=notes)


def test_a_record_that_is_offered_in_pieces_is_put_aside_once(
    world: World, a: TestLaptop, visit: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "MAX_BATCH_BYTES", 1)  # there is room for one leaf
    not_for_ever(a)
    assert a.sync().sent == 4
    assert sorted(map(str, quarantined(world))) == ["10000", "100000", "2026-11-20", THREE]
    assert len(waiting_to_be_mended(a.desk)) == 4
    assert (a.sync().sent, a.unsent()) == (0, 0)


def test_what_came_beside_it_and_was_lost_as_well_is_offered(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID, before: Path, visit: UUID
) -> None:
    a.sync()
    b.put("cooperative", id=str(coop), address="di Peridan")
    write_much(b, coop)
    b.sync()
    assign(world.server, "ani", str(coop))
    a.want_bytes = 1024
    cut_after(a, 2)
    a.sync()
    assert (a.get("cooperative", coop)["address"], amount(a, coop)) == ("di Peridan", 100_000)
    world.restore(before)
    a.link.offline = False
    not_for_ever(a)
    assert (a.sync().error, a.unsent()) == (None, 0)
    with world.server.store.reading() as tx:
        leaves = tx.leaves(f"coop/{coop}", RecordKey("cooperative", coop))
    assert leaves["address"].value == "di Peridan"


def test_a_refused_batch_takes_nothing_with_it_that_was_put_aside(
    world: World, a: TestLaptop, coop: UUID, visit: UUID
) -> None:
    a.put("cooperative", id=str(coop), address="di Peridan")
    with a.desk.database.writing() as work:
        too_long = '"' + "x" * 40_000 + '"'
        work.connection.exec_driver_sql(
            "UPDATE edited_leaf SET value = ? WHERE value = '\"di Peridan\"'", (too_long,)
        )
    assert a.sync().error is None
    assert amount(a, coop) == 100_000
    by_path = {one.path: one.held_at_centre for one in waiting_to_be_mended(a.desk)}
    assert by_path.pop("address") is False
    assert by_path == dict.fromkeys(("visited_on", "notes", "principal_saving", "mandatory_saving"), True)


def test_it_is_shown_until_a_pull_is_complete(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID, visit: UUID
) -> None:
    a.sync()
    write_much(b, coop)
    b.sync()
    assign(world.server, "ani", str(coop))
    a.want_bytes = 1024
    cut_after(a, 2)
    a.sync()
    assert is_there(a, visit)
    a.link.offline = False
    a.sync()
    assert a.dump() == b.dump()


def test_windows_hear_that_it_went(world: World, a: TestLaptop, coop: UUID, visit: UUID) -> None:
    a.sync()
    assign(world.server, "ani", str(coop))
    heard: list[Taken] = []
    run = a.run()
    run.on_changed = heard.append
    run.until_done()
    assert not is_there(a, visit)
    assert RecordKey("visit", visit) in {key for taken in heard for key in taken.records}


def test_what_the_centre_says_that_it_holds_is_shown_at_once(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    """Only a supervisor approves a plan: an approval that was lost is put aside for one."""
    world.person("dinas", role=Role.DINAS)
    write_much(b, coop)
    plan = b.put("plan", cooperative_id=str(coop), title="Rencana 2027")
    b.put("plan", id=str(plan), state="submitted")
    b.sync()
    world.office_change(coop, "plan", plan, {"state": "in_review"}, "dinas")
    before = world.backup()
    world.office_change(coop, "plan", plan, {"state": "approved"}, "dinas")
    a.sync()
    assert a.get("plan", plan)["state"] == "approved"
    world.restore(before)
    a.want_bytes = 1024
    cut_after(a, 2)
    a.sync()
    assert quarantined(world) == ["approved"]
    assert a.get("plan", plan)["state"] == "in_review"  # and its page has not come yet
