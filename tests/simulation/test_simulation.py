"""The short form of the simulation; `python -m tests.simulation` is the long one."""

import pytest

from tests.simulation.faults import Fault, Fired
from tests.simulation.plan import plan_of
from tests.simulation.running import Report, lived, run
from tests.simulation.stores import ModelStores, SqliteStores

MODEL_PIECES, MODEL_SEEDS = 5, 200
SQLITE_PIECES = 20
SQLITE_SEEDS = MODEL_SEEDS // SQLITE_PIECES
"""In pieces, so that two workers share them; all on real files together are the first piece on the model."""


@pytest.mark.parametrize("piece", range(MODEL_PIECES))
def test_nothing_is_lost_whatever_happens(piece: int) -> None:
    report = run(range(piece * MODEL_SEEDS, (piece + 1) * MODEL_SEEDS), ModelStores)
    assert not report.stories, "\n".join(report.stories)
    assert report.never_fired() == []


@pytest.mark.parametrize("piece", range(SQLITE_PIECES))
def test_nor_on_real_files(piece: int) -> None:
    """The same faults fire as on the model, where every kind of them has to: none is missing here either."""
    seeds = range(piece * SQLITE_SEEDS, (piece + 1) * SQLITE_SEEDS)
    report = run(seeds, SqliteStores)
    assert not report.stories, "\n".join(report.stories)
    assert report.fired == sum((lived(plan_of(seed)).fired for seed in seeds), Fired())


def test_a_life_on_real_files_is_the_same_as_on_the_model() -> None:
    for seed in (1, 2, 3):
        plan = plan_of(seed)
        assert lived(plan, SqliteStores).trace == lived(plan, ModelStores).trace


def test_a_suite_in_which_a_fault_never_fired_says_so() -> None:
    assert Report().never_fired() == sorted(Fault)
