"""Closed accounts, withdrawn cooperatives, lost assignments: work is put aside, never lost."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.server.listing_quarantine import list_quarantine
from kopdesk.server.operations import add_user, assign, disable_user, unassign
from kopdesk.server.releasing import release
from kopdesk.sync.errors import ServerRefused
from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.errors import NotYourCooperative
from kopdesk.usecases.mending import waiting_to_be_mended
from tests.support.histories import THREE, noticed
from tests.support.world import PASSWORD, TestLaptop, World


def test_what_was_not_sent_when_an_account_is_closed_is_put_aside_for_a_supervisor(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    disable_user(world.server, "ani")
    summary = a.sync()
    assert isinstance(summary.error, ServerRefused)
    assert summary.error.reason == "account_disabled"
    assert (summary.quarantined, a.unsent()) == (2, 0)
    with world.server.store.reading() as tx:
        assert {entry.leaf.row.value for entry in tx.quarantined()} == {"2026-11-20", THREE}
    with a.desk.database.reading() as work:
        assert len(work.outbox.to_mend()) == 2


def test_a_cooperative_that_is_withdrawn_keeps_the_work_and_takes_no_more(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    unassign(world.server, "ani", str(coop))
    assert a.sync().quarantined == 2
    assert a.get("cooperative", coop)["name"]
    with pytest.raises(NotYourCooperative):
        a.put("visit", cooperative_id=str(coop), visited_on="2026-11-21")
    with a.desk.database.reading() as work:
        assert {row.key.id for row in work.outbox.to_mend()} == {visit}


def test_an_assignment_that_the_server_lost_puts_work_aside_instead_of_refusing_it(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    new = world.cooperative("Koperasi Desa Merah Putih Tadoan")
    assign(world.server, "ani", str(new))
    a.sync()
    a.put("visit", cooperative_id=str(new), visited_on="2026-11-20", notes=THREE)
    world.restore(before)
    a.sync()
    a.sync()
    with world.server.store.reading() as tx:
        kept = {entry.leaf.row.value for entry in tx.quarantined()}
    assert THREE in kept


@pytest.mark.parametrize("left", ["closed", "withdrawn"])
def test_what_the_centre_has_lost_is_put_aside_although_its_author_has_left(
    world: World, a: TestLaptop, coop: UUID, left: str
) -> None:
    before = world.backup()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    world.restore(before)
    if left == "closed":
        disable_user(world.server, "ani")
    else:
        unassign(world.server, "ani", str(coop))
    a.sync()
    a.sync()
    with world.server.store.reading() as tx:
        assert {entry.leaf.row.value for entry in tx.quarantined()} == {"2026-11-20", THREE}
    assert a.unsent() == 0


@pytest.mark.parametrize("left", ["closed", "withdrawn"])
def test_a_copy_that_is_only_read_stays_whole_when_the_centre_loses_a_day(
    world: World, a: TestLaptop, coop: UUID, left: str
) -> None:
    before = world.backup()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    held = a.dump()
    world.restore(before)
    if left == "closed":
        disable_user(world.server, "ani")
    else:
        unassign(world.server, "ani", str(coop))
    for _ in range(2):
        a.sync()
        assert [(one["type"], one["id"], one["leaves"]) for one in a.dump()] == [
            (one["type"], one["id"], one["leaves"]) for one in held
        ]
    assert a.unsent() == 0


def test_what_was_put_aside_gives_way_to_what_the_centre_holds_once_that_can_be_read_again(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    world.restore(before)
    unassign(world.server, "ani", str(coop))
    a.sync()
    assert a.get("visit", visit)["notes"] == THREE
    assign(world.server, "ani", str(coop))
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    b.sync()
    a.sync()
    assert a.dump() == b.dump()
    assert a.get("cooperative", coop)["principal_saving"] == 150_000
    assert {item.path for item in waiting_to_be_mended(a.desk)} == {
        "visited_on",
        "notes",
        "principal_saving",
    }


def test_a_row_that_is_deleted_while_a_supervisor_has_it_does_not_come_back_without_a_word(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    a.sync()
    a.put("visit", id=str(visit), findings={"f": {"text": "Kas kurang."}})
    window = a.get("visit", visit)["rev"]
    disable_user(world.server, "ani")
    a.sync()
    a.put("visit", id=str(visit), rev=window, findings={"f": None})
    assert a.unsent() == 1
    add_user(world.server, "hadi", name="Hadi", role=Role.PMO, password=PASSWORD)
    release(world.server, [row["entry"] for row in list_quarantine(world.server)])
    disable_user(world.server, "ani", disabled=False)
    assert a.sync().error is None
    (case,) = list_conflicts(a.desk)
    assert case.conflict.about_path == "findings/f/~deleted"
    assert case.deletes == {"findings/f/text": "Kas kurang."}


@pytest.mark.parametrize("left", ["closed", "withdrawn"])
def test_a_receipt_that_came_after_its_author_had_left_is_a_point_the_laptop_remembers(
    world: World, a: TestLaptop, coop: UUID, left: str
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.link.lose_answers = 1
    a.sync()  # taken, and the laptop does not know
    if left == "closed":
        disable_user(world.server, "ani")
    else:
        unassign(world.server, "ani", str(coop))
    a.sync()  # the receipt, and nothing else
    world.restore(before)
    a.sync()
    a.sync()
    assert a.get("cooperative", coop)["principal_saving"] == 100_000
    with world.server.store.reading() as tx:
        held = tx.leaves(f"coop/{coop}", RecordKey("cooperative", coop))
    assert held["principal_saving"].value == 100_000


@pytest.mark.parametrize("left", ["closed", "withdrawn"])
def test_a_value_in_a_question_its_author_may_not_read_is_not_lost_with_the_question(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID, left: str
) -> None:
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    b.sync()
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.link.lose_answers = 1
    a.sync()  # a question at the centre, and the laptop does not know
    if left == "closed":
        disable_user(world.server, "ani")
    else:
        unassign(world.server, "ani", str(coop))
    assert a.sync().conflicts == 1
    (waiting,) = waiting_to_be_mended(a.desk)
    assert (waiting.value, waiting.reason, waiting.held_at_centre) == (100_000, "in_question", True)
    world.restore(before)
    a.sync()
    a.sync()
    with world.server.store.reading() as tx:
        assert {entry.leaf.row.value for entry in tx.quarantined()} == {100_000}
    assert a.unsent() == 0


def test_a_question_that_can_be_read_again_is_no_longer_on_the_mend_list(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    b.sync()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.link.lose_answers = 1
    a.sync()
    unassign(world.server, "ani", str(coop))
    a.sync()
    assign(world.server, "ani", str(coop))
    a.sync()
    assert waiting_to_be_mended(a.desk) == []
    assert len(list_conflicts(a.desk)) == 1


def test_who_is_stopped_before_he_gives_back_what_a_lost_grant_was_for_is_told_of_the_loss_again(
    world: World, a: TestLaptop
) -> None:
    new = world.cooperative("Koperasi Desa Merah Putih Tadoan")
    before = world.backup()
    assign(world.server, "ani", str(new))
    world.office_change(new, "cooperative", new, {"principal_saving": 100_000})
    a.sync()
    world.restore(before)
    run = a.run()
    run.on_progress = StopAfter(3)  # asked, answered, and the answer stored
    with pytest.raises(Stopped):
        run.until_done()
    assert noticed(a.sync()) == ["rewound"]
    with world.server.store.reading() as tx:
        aside = {(entry.leaf.row.path, entry.leaf.reason) for entry in tx.quarantined()}
    assert ("principal_saving", "lost_grant") in aside
    assert a.unsent() == 0


class Stopped(Exception):
    """The program is ended by force."""


@dataclass
class StopAfter:
    """So many steps of a sync."""

    steps: int

    def __call__(self, summary: SyncSummary) -> None:
        self.steps -= 1
        if not self.steps:
            raise Stopped
