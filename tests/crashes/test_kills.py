"""The short form of `python3 dev.py kills`: every scenario and kind of call, a part of the calls."""

import random
import sys
from collections.abc import Iterator

import pytest

from tests.crashes.history import Event
from tests.crashes.kills import Kills, kill_at, kill_at_any_moment, points_of
from tests.crashes.rig import CALLS, Recording, Rig, kind_of, missing
from tests.crashes.scenarios import SCENARIOS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="strace is a tool of Linux")


def some_of(recording: Recording, seen: set[str]) -> Iterator[Event]:
    """One call by chance, and one of every kind that no scenario before had."""
    points = list(points_of(recording))
    chosen = random.Random(recording.name).choice(points)
    for point in (chosen, *points):
        if point is chosen or kind_of(point) not in seen:
            seen.add(kind_of(point))
            yield point


@pytest.mark.timeout(400)  # a machine that does much else at the same time
def test_a_kill_at_a_call_loses_nothing_that_was_said_and_life_goes_on(rig: Rig) -> None:
    total, seen = Kills(), set[str]()
    for name in reversed(SCENARIOS):  # those at the end have the quicker aftermath
        recording = rig.recording(name)
        for point in some_of(recording, seen):
            total.add(kill_at(rig, recording, point))
    assert total.losses == []
    assert missing(total.fired, CALLS) == []


def test_a_kill_at_any_moment_loses_nothing_that_was_saved(rig: Rig) -> None:
    kills, saved = kill_at_any_moment(rig, 10, seed=1)
    assert kills.losses == []
    assert saved >= 10
