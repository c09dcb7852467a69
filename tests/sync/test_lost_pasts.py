"""A server that was put back to an older state gets back what it lost, without false conflicts."""

from uuid import UUID

from kopdesk.domain.conflict import Choice
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.messages import Cursor, GrantKind
from kopdesk.server.operations import add_user, assign, disable_user, unassign
from kopdesk.server.ports import QuarantineEntry
from kopdesk.server.releasing import entry_of, release
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.mending import waiting_to_be_mended
from kopdesk.usecases.records import delete_record, list_records
from tests.support.histories import THREE, all_equal, amount, meanwhile, noticed
from tests.support.world import PASSWORD, TestLaptop, World


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
    summary = c.sync()
    assert noticed(summary) == ["rewound"]
    (loss,) = summary.noticed
    assert (loss.given_back, summary.sent, summary.owed) == (28, 28, 0)
    all_equal(c)
    assert c.dump() == expected
    all_equal(a, b, c)
    assert c.dump() == expected
    assert list_conflicts(a.desk) == []


def test_what_is_deleted_while_it_is_on_offer_is_deleted_everywhere(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    b.sync()
    world.restore(before)
    meanwhile(b, lambda: setattr(b.link, "offline", True))
    assert (noticed(b.sync()), b.unsent()) == (["rewound"], 2)
    delete_record(b.desk, "visit", visit)
    assert b.unsent() == 3
    b.link.offline = False
    all_equal(b, a)
    assert (list_records(a.desk, "visit"), list_conflicts(a.desk)) == ([], [])


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


def test_nobody_is_asked_about_a_visit_that_was_made_and_deleted_on_the_lost_day(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="salah koperasi")
    a.sync()
    delete_record(a.desk, "visit", visit)
    a.sync()
    world.restore(before)
    all_equal(a, b)
    assert list_records(b.desk, "visit") == []
    assert list_conflicts(b.desk) == []


def test_nobody_is_asked_about_a_value_that_was_sent_again_and_changed_by_its_author(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.link.lose_answers = 1
    a.sync()  # taken, and the laptop does not know
    b.sync()
    world.restore(before)
    a.sync()  # sent again: to this past it is no offer
    a.put("cooperative", id=str(coop), principal_saving=20)
    all_equal(a, b)
    assert (amount(b, coop), list_conflicts(b.desk)) == (20, [])


def test_a_deletion_that_was_undone_on_the_lost_day_stays_undone(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    b.sync()
    before = world.backup()
    delete_record(a.desk, "visit", visit)
    b.put("visit", id=str(visit), agreement="Rapat hari Senin.")
    a.sync()  # deleted here, and nothing newer was heard of
    b.sync()  # there again, because of what was written meanwhile
    world.restore(before)
    for laptop in (b, a):
        laptop.sync()
    all_equal(a, b)
    assert [v["agreement"] for v in list_records(a.desk, "visit")] == ["Rapat hari Senin."]


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


def test_what_a_lost_past_granted_or_withdrew_is_forgotten_although_the_numbers_agree(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    unassign(world.server, "ani", str(coop))
    a.sync()
    world.restore(before)
    new = world.cooperative("Koperasi Desa Merah Putih Tadoan")
    for kind in (GrantKind.READ_WRITE, GrantKind.READ_ONLY, GrantKind.READ_WRITE):
        assign(world.server, "ani", str(new), kind)  # up to and beyond the number that withdrew
    a.sync()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.put("cooperative", id=str(new), principal_saving=150_000)
    assert (a.sync().quarantined, a.unsent()) == (0, 0)
    with world.server.store.reading() as tx:
        assert tx.quarantined() == []


def test_a_question_of_a_lost_day_is_asked_again(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    all_equal(a, b)
    world.restore(before)
    all_equal(b, a)
    (case,) = list_conflicts(a.desk)
    assert (case.conflict.kept_value, case.conflict.offered_value) == (100_000, 150_000)
    resolve_conflict(a.desk, case.conflict.id, Choice.OFFERED)
    all_equal(a, b)
    assert (amount(b, coop), list_conflicts(b.desk)) == (150_000, [])


def test_a_decision_about_a_question_that_the_centre_has_lost_arrives_with_it(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    b.put("cooperative", id=str(coop), principal_saving=150_000)
    all_equal(a, b)
    (case,) = list_conflicts(b.desk)
    resolve_conflict(b.desk, case.conflict.id, Choice.OFFERED)
    world.restore(before)
    all_equal(b, a)
    assert (amount(a, coop), list_conflicts(a.desk)) == (150_000, [])
    (case,) = list_conflicts(a.desk, open_only=False)
    assert [decision.choice for decision in case.conflict.decisions.values()] == ["offered"]


def test_one_question_is_asked_about_all_that_a_leaf_was_on_a_lost_day(
    world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    b.sync()
    a.put("cooperative", id=str(coop), principal_saving=20)
    a.sync()
    world.restore(before)
    c.put("cooperative", id=str(coop), principal_saving=30)
    c.sync()
    all_equal(a, b, c)
    (case,) = list_conflicts(c.desk)
    assert (case.conflict.kept_value, case.conflict.offered_value) == (30, 20)


def test_a_server_that_is_put_back_between_an_offer_and_the_pull_gets_the_offer_again(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    world.restore(before)
    answers = a.link.round_trips

    def cut_after_the_receipt() -> None:
        a.link.offline = a.link.round_trips == answers + 2

    a.link.meanwhile = cut_after_the_receipt
    a.sync()  # told of the loss, and given the receipt of what it offered
    world.restore(before)
    a.link.offline = False
    all_equal(a, b)
    assert amount(b, coop) == 100_000
    assert list_conflicts(b.desk) == []


def test_an_edit_is_not_applied_unseen_when_a_second_loss_follows_the_first(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    """The point both sides still shared after the first loss is of no past any more after the second."""
    first = world.backup()
    a.put("cooperative", id=str(coop), principal_saving=10)
    a.sync()
    second = world.backup()
    a.put("cooperative", id=str(coop), mandatory_saving=5)
    a.sync()
    world.restore(second)
    a.put("cooperative", id=str(coop), principal_saving=20)

    def lose_more() -> None:
        world.restore(first)
        b.put("cooperative", id=str(coop), principal_saving=77)
        b.sync()

    meanwhile(a, lose_more)
    a.sync()
    all_equal(a, b)
    assert amount(b, coop) == 77
    assert {case.conflict.offered_value for case in list_conflicts(b.desk)} == {10, 20}


def test_what_a_reader_still_holds_of_a_lost_day_waits_for_a_supervisor(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    assign(world.server, "ani", str(coop), GrantKind.READ_ONLY)
    before = world.backup()
    world.office_change(coop, "cooperative", coop, {"principal_saving": 100_000})
    a.sync()
    world.restore(before)
    all_equal(a)
    assert put_aside(world) == {100_000}
    assert "principal_saving" not in a.get("cooperative", coop)


def test_what_was_put_aside_and_lost_is_handed_in_again_once(world: World, a: TestLaptop, coop: UUID) -> None:
    empty = world.backup()
    world.office_change(coop, "cooperative", coop, {"registration_status": "approved"})
    a.sync()
    world.restore(empty)
    a.sync()
    assert put_aside(world) == {"approved"}
    for _ in range(2):  # lost again and again
        world.restore(empty)
        assert a.sync().error is None
        assert put_aside(world) == {"approved"}
    assert (a.sync().sent, a.unsent()) == (0, 0)
    with world.server.store.reading() as tx:
        assert len(tx.quarantined()) == 1


def test_the_work_of_a_closed_account_that_the_centre_lost_is_handed_in_again(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    disable_user(world.server, "ani")
    closed = world.backup()
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes=THREE)
    a.sync()
    world.restore(closed)
    assert put_aside(world) == set()
    a.sync()
    assert put_aside(world) == {"2026-11-20", THREE}
    entries = [entry_of(entry.leaf) for entry in quarantined(world)]
    add_user(world.server, "dinas", name="Dinas", role=Role.DINAS, password=PASSWORD)
    handled = release(world.server, entries, by="dinas")
    assert [one.decision.outcome for one in handled if one.decision] == ["applied", "applied"]
    with world.server.store.reading() as tx:
        assert tx.leaves(f"coop/{coop}", RecordKey("visit", visit))["notes"].value == THREE


def test_what_was_put_aside_and_is_the_centres_now_waits_for_nobody(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    disable_user(world.server, "ani")
    a.put("cooperative", id=str(coop), principal_saving=100_000)
    a.sync()
    disable_user(world.server, "ani", disabled=False)
    add_user(world.server, "dinas", name="Dinas", role=Role.DINAS, password=PASSWORD)
    release(world.server, [entry_of(entry.leaf) for entry in quarantined(world)], by="dinas")
    a.sync()
    assert amount(a, coop) == 100_000
    assert waiting_to_be_mended(a.desk) == []


def quarantined(world: World) -> list[QuarantineEntry]:
    with world.server.store.reading() as tx:
        return tx.quarantined()


def put_aside(world: World) -> set[object]:
    return {entry.leaf.row.value for entry in quarantined(world)}
