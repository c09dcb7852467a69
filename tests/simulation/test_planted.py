import pytest

from tests.simulation.plan import plan_of
from tests.simulation.planted import PLANTED, Plant
from tests.simulation.running import lived

MOST_SEEDS = 150


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    for seed in range(MOST_SEEDS):
        found = lived(plan_of(seed))
        if found.broken:
            print(f"seed {seed}: {found.broken}\n{found.where}")
            return
    pytest.fail("the simulation did not notice")
