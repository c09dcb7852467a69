"""The histories that broke earlier drafts of the protocol, each with its outcome spelled out.

Numbers in brackets are those of the list they come from; letters are laptops, x and y leaves.
"""

from collections.abc import Callable
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.messages import Cursor
from kopdesk.server.operations import assign, disable_user, unassign
from kopdesk.sync.errors import ServerRefused
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.errors import NotYourCooperative
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
    assert (summary.error, summary.conflicts, summary.noticed) == (None, 1, ["forked"])
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


def test_a_lost_value_that_several_laptops_offer_is_one_conflict_and_is_not_opened_again(
    world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    c.sync()
    world.restore(before)
    b.put("cooperative", id=str(coop), principal_saving=11)
    b.sync()
    all_equal(a, b)
    (case,) = list_conflicts(b.desk)
    resolve_conflict(b.desk, case.conflict.id, Choice.VALUE, 12)
    b.sync()
    all_equal(c, b, a)
    assert amount(c, coop) == 12
    assert list_conflicts(c.desk) == []
    (case,) = list_conflicts(c.desk, open_only=False)
    assert (case.conflict.kept_value, case.conflict.offered_value) == (11, 10)


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


def test_8_an_edit_made_over_ones_own_offer_is_no_conflict(world: World, a: TestLaptop, coop: UUID) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    a.put("cooperative", id=str(coop), principal_saving=20)
    world.restore(before)
    all_equal(a)
    assert amount(a, coop) == 20
    assert list_conflicts(a.desk) == []


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


def test_a_server_that_lost_a_week_gets_it_back_from_the_laptops(
    world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    for day in range(1, 8):
        for laptop, name in ((a, "Ani"), (b, "Budi")):
            laptop.put("visit", cooperative_id=str(coop), visited_on=f"2026-11-{day:02d}", notes=name)
            laptop.sync()
    c.sync()
    expected = c.dump()
    world.restore(before)
    assert c.sync().noticed == ["rewound"]
    all_equal(c)
    assert c.dump() == expected
    all_equal(a, b, c)
    assert c.dump() == expected
    assert list_conflicts(a.desk) == []


def test_a_visit_deleted_on_the_lost_day_stays_deleted(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    before = world.backup()
    delete_record(a.desk, "visit", visit)
    a.sync()
    world.restore(before)
    all_equal(a, b)
    assert list_records(b.desk, "visit") == []
    assert list_conflicts(b.desk) == []


def test_a_server_restored_twice_still_gets_everything_back(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="satu")
    a.sync()
    world.restore(before)
    a.sync()
    b.put("visit", cooperative_id=str(coop), visited_on="2026-11-21", notes="dua")
    b.sync()
    a.sync()
    world.restore(before)
    all_equal(b, a)
    assert {v["notes"] for v in list_records(a.desk, "visit")} == {"satu", "dua"}


def test_a_laptop_whose_content_was_damaged_asks_and_does_not_overwrite(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    b.sync()
    with b.desk.database.writing() as work:
        work.connection.exec_driver_sql(
            "UPDATE central_leaf SET value = '999' WHERE path = 'principal_saving'"
        )
        work.channels.save_digest(f"coop/{coop}", 12345)
        cursors = work.channels.cursors()
        name = f"coop/{coop}"
        cursor = decode(Cursor, cursors[name])
        work.channels.save_cursor(name, encode(Cursor(cursor.channel, cursor.rev, cursor.tip, 12345)))
    all_equal(b, a)
    assert amount(b, coop) == 100_000
    assert [case.conflict.offered_value for case in list_conflicts(a.desk)] == [999]


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
