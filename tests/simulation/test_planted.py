import pytest

from tests.simulation.faults import SWITCHED_ON, Fault
from tests.simulation.plan import plan_of
from tests.simulation.planted import NEED_CLONES, PLANTED, Plant
from tests.simulation.running import lived

MOST_SEEDS = 150


@pytest.mark.parametrize("plant", [*PLANTED, *NEED_CLONES], ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    switched_on = SWITCHED_ON | ({Fault.LAPTOP_CLONED} if plant in NEED_CLONES else set())
    for seed in range(MOST_SEEDS):
        found = lived(plan_of(seed, switched_on=switched_on))
        if found.broken:
            print(f"seed {seed}: {found.broken}\n{found.where}")
            return
    pytest.fail("the simulation did not notice")
