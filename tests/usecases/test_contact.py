"""Whether a laptop believes its own clock."""

from datetime import datetime, timedelta

import pytest

from kopdesk.usecases.contact import doubts_clock, note_contact
from kopdesk.usecases.status import MendedHistory, status
from tests.support.world import TestLaptop, World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ani(world: World) -> TestLaptop:
    world.person("ani", world.cooperative())
    return world.laptop("ani")


def contact(laptop: TestLaptop, server_time: datetime) -> None:
    note_contact(laptop.desk, server_at=int(server_time.timestamp() * 1000))


def test_before_any_contact_there_is_nothing_to_doubt(ani: TestLaptop) -> None:
    assert not doubts_clock(ani.desk)


@pytest.mark.parametrize(
    ("was_off", "passes", "fault"),
    [
        (timedelta(), MINUTE, ""),
        (30 * MINUTE, MINUTE, ""),
        (-30 * MINUTE, MINUTE, ""),
        (23 * HOUR, MINUTE, ""),
        (-23 * HOUR, 24 * HOUR, ""),
        (25 * HOUR, MINUTE, "ahead"),
        (25 * HOUR, -24 * HOUR, ""),
        (800 * DAY, -790 * DAY, ""),
        (25 * HOUR, -27 * HOUR, "behind"),
        (-25 * HOUR, 30 * DAY, "behind"),
        (timedelta(), -2 * HOUR, "behind"),
        (timedelta(), -4000 * DAY, "behind"),
        (timedelta(), 90 * DAY, ""),
    ],
)
def test_a_clock_is_doubted_that_was_a_day_off_or_stands_before_the_last_contact(
    ani: TestLaptop, was_off: timedelta, passes: timedelta, fault: str
) -> None:
    contact(ani, ani.clock.time - was_off)
    ani.clock.time += passes
    assert doubts_clock(ani.desk) is bool(fault)
    assert status(ani.desk).warnings == ((f"clock_{fault}",) if fault else ())


def test_a_loss_that_a_sync_has_mended_is_in_the_status_for_a_week(world: World, ani: TestLaptop) -> None:
    ani.sync()
    before = world.backup()
    (coop,) = (one["id"] for one in ani.dump() if one["type"] == "cooperative")
    ani.put("visit", cooperative_id=coop, visited_on="2026-11-20", notes="Kas dihitung.")
    ani.sync()
    world.restore(before)
    assert status(ani.desk).noticed == ()
    ani.link.meanwhile = lambda: setattr(ani.link, "offline", True)
    assert ani.sync().error is not None
    (told,) = status(ani.desk).noticed
    assert (told.word, told.given_back) == ("rewound", 2)
    assert (status(ani.desk).unsent, status(ani.desk).owed) == (2, 2)
    ani.link.meanwhile, ani.link.offline = (lambda: None), False
    assert ani.sync().error is None
    assert (status(ani.desk).noticed, status(ani.desk).unsent) == ((told,), 0)
    ani.put("visit", cooperative_id=coop, visited_on="2026-11-21", notes="Rapat anggota.")
    assert (status(ani.desk).unsent, status(ani.desk).owed) == (2, 0)  # new work is nothing the centre lost
    assert isinstance(told, MendedHistory)
    ani.clock.time += 8 * DAY
    assert status(ani.desk).noticed == ()
