"""The histories that broke earlier drafts of the protocol, each with its outcome spelled out.

Numbers in brackets are those of the list they come from; letters are laptops, x and y leaves.
"""

from collections.abc import Callable
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.records import delete_record, list_records
from tests.support.world import TestLaptop, World

THREE = "Kas cocok. Buku lengkap. Stok kurang."


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    for login in ("ani", "budi", "citra"):
        world.person(login, coop)
    return coop


def synced(world: World, login: str, coop: UUID) -> TestLaptop:
    laptop = world.laptop(login)
    assert laptop.sync().error is None
    return laptop


@pytest.fixture
def a(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


@pytest.fixture
def b(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "budi", coop)


@pytest.fixture
def c(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "citra", coop)


def all_equal(*laptops: TestLaptop) -> None:
    """After the world has healed: everybody shows the same, and nothing waits."""
    for _ in range(2):
        for laptop in laptops:
            assert laptop.sync().error is None
    for laptop in laptops:
        assert laptop.unsent() == 0
        assert laptop.dump() == laptops[0].dump()


def meanwhile(laptop: TestLaptop, work: Callable[[], object]) -> None:
    """Do something once, while the server answers the next request."""

    def once() -> None:
        laptop.link.meanwhile = lambda: None
        work()

    laptop.link.meanwhile = once


def amount(laptop: TestLaptop, coop: UUID) -> object:
    return laptop.get("cooperative", coop)["principal_saving"]


def test_1_a_pull_that_others_commit_into_closes_at_the_head(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    for day in range(1, 9):
        a.put("visit", cooperative_id=str(coop), visited_on=f"2026-10-{day:02d}", notes=f"{THREE} {day}" * 20)
        a.sync()
    b.want_bytes = 1024
    b.put("cooperative", id=str(coop), mandatory_saving=20_000)
    meanwhile(b, lambda: setattr(b.link, "offline", True))
    b.sync()  # the first page came, the pull is open
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    b.link.offline = False
    b.put("cooperative", id=str(coop), mandatory_saving=25_000)
    all_equal(b, a)


def test_9_a_deletion_does_not_take_what_the_deleter_has_not_pulled(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="x")
    a.sync()
    b.sync()
    b.put("visit", id=str(visit), agreement="y")
    b.sync()
    a.put("visit", id=str(visit), notes="x2")
    delete_record(a.desk, "visit", visit)
    assert a.sync().conflicts == 1
    all_equal(a, b)
    assert list_records(b.desk, "visit")[0]["agreement"] == "y"


def test_10_a_second_editor_opened_before_the_first_was_sent_does_not_win_unseen(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    rev = a.get("cooperative", coop)["rev"]
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    meanwhile(a, lambda: a.put("cooperative", id=str(coop), rev=rev, principal_saving=150_000))
    run = a.run()
    summary = run.until_done()
    assert summary.conflicts == 1
    all_equal(a, b)
    (case,) = list_conflicts(b.desk)
    assert {case.conflict.kept_value, case.conflict.offered_value} == {100_000, 150_000}


def test_11_editing_a_deleted_record_and_deleting_it_again_leaves_it_deleted(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="x")
    a.sync()
    b.sync()
    delete_record(b.desk, "visit", visit)
    b.sync()
    a.put("visit", id=str(visit), notes="x2")
    delete_record(a.desk, "visit", visit)
    assert a.sync().conflicts == 0
    all_equal(a, b)
    assert list_records(a.desk, "visit") == []
    assert list_conflicts(a.desk) == []


def test_12_two_people_decide_one_conflict_differently_and_both_decisions_are_kept(
    a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    a.sync()
    b.sync()
    a.sync()
    for laptop, choice in ((a, Choice.KEPT), (b, Choice.OFFERED)):
        (case,) = list_conflicts(laptop.desk)
        resolve_conflict(laptop.desk, case.conflict.id, choice)
    all_equal(a, b, c)
    cases = list_conflicts(a.desk, open_only=False)
    assert sorted(d.choice or "" for d in cases[0].conflict.decisions.values()) == ["kept", "offered"]
    assert len(cases) <= 2  # the second decision may itself have met another's; nothing goes on for ever
    all_equal(a, b, c)


def test_13_a_text_typed_over_ones_own_does_not_wipe_out_a_merge(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    b.sync()
    a.put("visit", id=str(visit), notes=THREE.replace("cocok", "lebih"))
    meanwhile(a, lambda: a.put("visit", id=str(visit), notes=THREE.replace("cocok", "lebih sedikit")))
    b.put("visit", id=str(visit), notes=THREE.replace("kurang", "cukup"))
    b.sync()
    a.run().until_done()
    all_equal(a, b)
    assert b.get("visit", visit)["notes"] == "Kas lebih sedikit. Buku lengkap. Stok cukup."


def test_14_every_leaf_has_a_base_of_its_own(a: TestLaptop, b: TestLaptop, coop: UUID) -> None:
    a.put("cooperative", id=str(coop), principal_saving=100_000, mandatory_saving=10_000)
    a.sync()
    b.sync()
    rev = b.get("cooperative", coop)["rev"]
    a.put("cooperative", id=str(coop), principal_saving=110_000)
    a.sync()
    b.put("cooperative", id=str(coop), rev=rev, mandatory_saving=12_000)
    assert b.sync().conflicts == 0
    all_equal(a, b)
    assert (amount(a, coop), a.get("cooperative", coop)["mandatory_saving"]) == (110_000, 12_000)


def test_16_a_value_that_came_back_has_another_rev_and_makes_no_false_conflict(
    a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    for value in (100_000, 200_000, 100_000):
        a.put("cooperative", id=str(coop), principal_saving=value)
        a.sync()
        if value == 200_000:
            continue
        b.sync()
    c.put("cooperative", id=str(coop), principal_saving=100_000)
    c.sync()
    b.put("cooperative", id=str(coop), principal_saving=300_000)
    assert b.sync().conflicts == 0
    all_equal(a, b, c)
    assert amount(a, coop) == 300_000


def test_a_clone_is_noticed_and_the_work_of_both_survives(world: World, a: TestLaptop, coop: UUID) -> None:
    clone = world.copy_of(a, "clone")
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="di laptop lama")
    clone.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="di salinannya")
    clone.put("cooperative", id=str(coop), principal_saving=150_000)
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    summary = clone.sync()
    assert (summary.error, summary.conflicts) == (None, 1)
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
