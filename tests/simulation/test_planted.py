import pytest

from tests.simulation.plan import plan_of
from tests.simulation.planted import PLANTED, Plant
from tests.simulation.planted_pasts import OF_PASTS
from tests.simulation.running import lived

MOST_SEEDS = 400


@pytest.mark.parametrize("plant", [*PLANTED, *OF_PASTS], ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rarer ones are seen by named histories, and a weaker `synchronous` by the images of power losses."""
    plant(monkeypatch)
    for seed in range(MOST_SEEDS):
        found = lived(plan_of(seed))
        if found.broken:
            print(f"seed {seed}: {found.broken}\n{found.where}")
            return
    pytest.fail("the simulation did not notice")
