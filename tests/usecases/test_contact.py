"""Whether a laptop believes its own clock."""

from datetime import datetime, timedelta

import pytest

from kopdesk.usecases.contact import doubts_clock, note_contact
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
    ("was_off", "passes", "doubts"),
    [
        (timedelta(), MINUTE, False),
        (30 * MINUTE, MINUTE, False),
        (-30 * MINUTE, MINUTE, False),
        (23 * HOUR, MINUTE, False),
        (-23 * HOUR, 24 * HOUR, False),
        (25 * HOUR, MINUTE, True),
        (-25 * HOUR, 30 * DAY, True),
        (timedelta(), -2 * HOUR, True),
        (timedelta(), -4000 * DAY, True),
        (timedelta(), 90 * DAY, False),
    ],
)
def test_a_clock_is_doubted_that_was_a_day_off_or_stands_before_the_last_contact(
    ani: TestLaptop, was_off: timedelta, passes: timedelta, doubts: bool
) -> None:
    contact(ani, ani.clock.time - was_off)
    ani.clock.time += passes
    assert doubts_clock(ani.desk) is doubts
