"""The histories that broke earlier drafts of the protocol, each with its outcome spelled out.

Numbers are those of the list they come from; letters are laptops, x and y leaves.
"""

from uuid import UUID

from kopdesk.domain.conflict import Choice
from kopdesk.sync.recover import fork
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.records import delete_record, list_records
from tests.support.histories import THREE, all_equal, amount, meanwhile
from tests.support.world import TestLaptop, World


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


def test_2_a_server_put_back_while_a_pull_is_open_overwrites_nothing_unseen(
    world: World, a: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    for day in range(1, 9):
        a.put("visit", cooperative_id=str(coop), visited_on=f"2026-10-{day:02d}", notes=f"{THREE} {day}" * 20)
        a.sync()
    before = world.backup()
    c.want_bytes = 1024
    c.put("cooperative", id=str(coop), principal_saving=100_000, mandatory_saving=10_000)
    meanwhile(c, lambda: setattr(c.link, "offline", True))
    c.sync()  # receipted, the pull is open
    world.restore(before)
    a.put("cooperative", id=str(coop), mandatory_saving=20_000)
    a.sync()
    c.link.offline = False
    all_equal(c, a)
    assert amount(a, coop) == 100_000
    (case,) = list_conflicts(a.desk)
    assert {case.conflict.kept_value, case.conflict.offered_value} == {10_000, 20_000}


def test_3_a_lost_day_is_offered_before_anything_is_pulled(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    world.restore(before)
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    b.sync()
    all_equal(a, b)
    assert [v["notes"] for v in list_records(b.desk, "visit")] == [THREE]
    (case,) = list_conflicts(b.desk)
    assert (case.conflict.kept_value, case.conflict.offered_value) == (150_000, 100_000)


def test_4_what_an_assistant_may_not_write_waits_for_a_supervisor_and_the_laptop_goes_on(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    world.office_change(coop, "cooperative", coop, {"registration_status": "approved"})
    a.sync()
    assert a.get("cooperative", coop)["registration_status"] == "approved"
    world.restore(before)
    all_equal(a)
    assert "registration_status" not in a.get("cooperative", coop)
    with world.server.store.reading() as tx:
        (entry,) = tx.quarantined()
    assert (entry.leaf.row.path, entry.leaf.row.value) == ("registration_status", "approved")


def test_5_an_offer_does_not_wipe_out_what_was_written_after_the_loss(
    world: World, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    c.put("cooperative", id=str(coop), principal_saving=10)
    c.sync()
    world.restore(before)
    b.put("cooperative", id=str(coop), principal_saving=11)
    b.sync()
    all_equal(c, b)
    assert amount(b, coop) == 11
    assert len(list_conflicts(b.desk)) == 1


def test_6_two_pasts_with_the_same_content_and_other_revs_are_told_apart(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    world.restore(before)
    b.put("cooperative", id=str(coop), principal_saving=11)
    b.sync()
    b.put("cooperative", id=str(coop), principal_saving=10)
    b.sync()
    a.put("cooperative", id=str(coop), principal_saving=12)
    a.sync()
    all_equal(a, b)
    assert amount(a, coop) == 12
    assert list_conflicts(a.desk) == []  # equal values need nobody


def test_7_an_editor_of_a_lost_past_does_not_overwrite_a_value_whose_rev_is_lower(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    for value in range(1, 9):
        a.put("cooperative", id=str(coop), principal_saving=value)
        a.sync()
    opened = a.get("cooperative", coop)["rev"]  # shows 8, at a rev that will mean something else
    world.restore(before)
    b.put("cooperative", id=str(coop), principal_saving=9)
    for other in range(12):  # the head goes beyond what the editor names
        b.sync()
        b.put("cooperative", id=str(coop), mandatory_saving=other)
    b.sync()
    meanwhile(a, lambda: setattr(a.link, "offline", True))
    a.sync()  # told of the loss; what b wrote is not pulled yet
    a.put("cooperative", id=str(coop), rev=opened, principal_saving=100)
    a.link.offline = False
    all_equal(a, b)
    assert amount(b, coop) == 9
    assert {case.conflict.offered_value for case in list_conflicts(b.desk)} == {8, 100}


def test_8_an_edit_made_over_ones_own_offer_is_no_conflict(world: World, a: TestLaptop, coop: UUID) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    a.put("cooperative", id=str(coop), principal_saving=20)
    world.restore(before)
    all_equal(a)
    assert amount(a, coop) == 20
    assert list_conflicts(a.desk) == []


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


def test_15_a_frozen_batch_is_not_applied_to_a_past_it_was_not_made_for(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    a.put("cooperative", id=str(coop), principal_saving=1)
    a.sync()
    b.sync()
    before = world.backup()
    for value in range(2, 8):
        b.put("cooperative", id=str(coop), principal_saving=value)
        b.sync()
    a.sync()
    a.put("cooperative", id=str(coop), principal_saving=100)
    a.link.offline = True
    a.sync()  # frozen with a base that is about to be lost
    world.restore(before)
    b.desk.database.close()
    c = world.laptop("citra", "baru")
    c.sync()
    c.put("cooperative", id=str(coop), principal_saving=50)
    c.sync()
    a.link.offline = False
    all_equal(a, c)
    assert amount(c, coop) == 50
    values = {v for case in list_conflicts(c.desk) for v in (case.conflict.offered_value,)}
    assert 100 in values


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


def test_17_a_text_that_is_sent_again_under_another_name_is_not_inserted_twice(
    a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    a.put("visit", id=str(visit), notes=f"{THREE} Kunci hilang.")
    a.link.lose_answers = 1
    a.sync()  # taken by the centre, and the laptop does not know
    b.sync()
    b.put("visit", id=str(visit), notes=THREE)  # the key was found
    b.sync()
    with a.desk.database.writing() as work:
        fork(work, a.run().laptop, a.clock.ms())  # a new device key: the batch in flight becomes edits
    summary = a.sync()
    assert (summary.error, summary.conflicts) == (None, 0)
    all_equal(a, b)
    assert b.get("visit", visit)["notes"] == THREE


def test_18_two_laptops_offer_the_same_lost_day_and_the_later_one_wins(
    world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    for value in (10, 15):
        a.put("cooperative", id=str(coop), principal_saving=value, mandatory_saving=value)
        a.sync()
    b.sync()  # holds the lost day up to here
    a.put("cooperative", id=str(coop), principal_saving=20)
    a.sync()
    c.sync()  # and this one up to its end
    world.restore(before)
    all_equal(b, c, a)
    assert amount(a, coop) == 20
    assert a.get("cooperative", coop)["mandatory_saving"] == 15
    assert list_conflicts(a.desk) == []


def test_18_the_other_way_round_the_earlier_offer_is_covered(
    world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=15)
    a.sync()
    b.sync()
    a.put("cooperative", id=str(coop), principal_saving=20)
    a.sync()
    c.sync()
    world.restore(before)
    all_equal(c, b)
    assert amount(b, coop) == 20
    assert list_conflicts(b.desk) == []
    all_equal(a, b, c)
