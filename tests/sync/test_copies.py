"""A laptop whose file was copied, or put back from a backup: nobody's work is lost or sent twice."""

from uuid import UUID

from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.records import list_records
from tests.support.histories import THREE, all_equal, amount, noticed
from tests.support.world import TestLaptop, World


def test_a_clone_is_noticed_and_the_work_of_both_survives(world: World, a: TestLaptop, coop: UUID) -> None:
    clone = world.copy_of(a, "clone")
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="di laptop lama")
    clone.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="di salinannya")
    clone.put("cooperative", id=str(coop), principal_saving=150_000)
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    summary = clone.sync()
    assert (summary.error, summary.conflicts, noticed(summary)) == (None, 1, ["forked"])
    all_equal(a, clone)
    assert {v["notes"] for v in list_records(a.desk, "visit")} == {"di laptop lama", "di salinannya"}
    with a.desk.database.reading() as one, clone.desk.database.reading() as other:
        assert one.outbox.replica().id != other.outbox.replica().id


def test_a_clone_taken_while_a_batch_was_on_its_way_sends_nothing_twice(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.link.lose_answers = 1
    a.sync()
    clone = world.copy_of(a, "clone")
    clone.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="di salinannya")
    a.sync()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-22", notes="di laptop lama")
    a.sync()
    all_equal(clone, a)
    assert len(list_records(a.desk, "visit")) == 3
    assert list_conflicts(a.desk) == []


def test_an_old_backup_put_back_on_the_laptop_goes_on_without_loss(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    backup = world.copy_of(a, "cadangan")
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    backup.put("cooperative", id=str(coop), mandatory_saving=12_000)
    all_equal(backup, b)
    assert amount(backup, coop) == 100_000
    assert backup.get("cooperative", coop)["mandatory_saving"] == 12_000


def test_texts_edited_on_a_clone_meet_as_those_of_two_people(world: World, a: TestLaptop, coop: UUID) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    clone = world.copy_of(a, "clone")
    a.put("visit", id=str(visit), notes=THREE.replace("cocok", "lebih"))
    clone.put("visit", id=str(visit), notes=THREE.replace("kurang", "cukup"))
    all_equal(a, clone)
    assert a.get("visit", visit)["notes"] == "Kas lebih. Buku lengkap. Stok cukup."


def test_both_sides_of_a_clone_going_on_for_days_stay_equal(world: World, a: TestLaptop, coop: UUID) -> None:
    clone = world.copy_of(a, "clone")
    for day in range(1, 6):
        for laptop, name in ((a, "lama"), (clone, "salinan")):
            laptop.put("visit", cooperative_id=str(coop), visited_on=f"2026-11-{day:02d}", notes=name)
            assert laptop.sync().error is None
    all_equal(a, clone)
    assert len(list_records(a.desk, "visit")) == 10


def test_a_copy_whose_batch_nobody_can_decode_is_noticed_first_and_then_rid_of_the_bad_leaf(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    clone = world.copy_of(a, "clone")
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="di laptop lama")
    a.sync()
    clone.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="di salinannya")
    with clone.desk.database.writing() as work:
        too_long = '"' + "x" * 40_000 + '"'
        work.connection.exec_driver_sql(
            "UPDATE edited_leaf SET value = ? WHERE value = '\"di salinannya\"'", (too_long,)
        )
    summary = clone.sync()
    assert (summary.error, noticed(summary), clone.unsent()) == (None, ["forked"], 0)
    with clone.desk.database.reading() as work:
        assert [(row.path, row.reason) for row in work.outbox.to_mend()] == [("notes", "bad_value")]
    all_equal(a, clone)
    assert {v["visited_on"] for v in list_records(a.desk, "visit")} == {"2026-11-20", "2026-11-21"}


def test_a_question_met_after_both_sides_were_put_back_is_not_taken_for_the_one_before(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    """The laptop gives its numbers twice, and the server no longer knows that it did."""
    before, old = world.backup(), world.copy_of(a, "cadangan")
    b.put("cooperative", id=str(coop), principal_saving=10)
    b.sync()
    a.put("cooperative", id=str(coop), principal_saving=20)
    assert a.sync().conflicts == 1
    b.sync()
    a.close()
    world.restore(before)
    old.put("cooperative", id=str(coop), principal_saving=30)
    all_equal(b, old)
    assert amount(b, coop) == 10
    assert {case.conflict.offered_value for case in list_conflicts(b.desk)} == {20, 30}
