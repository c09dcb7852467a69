"""A server that was put back to an older state gets back what it lost, without false conflicts."""

from uuid import UUID

from kopdesk.domain.conflict import Choice
from kopdesk.protocol.codec import decode, encode
from kopdesk.protocol.messages import Cursor
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.records import delete_record, list_records
from tests.support.histories import THREE, all_equal, amount
from tests.support.world import TestLaptop, World


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
