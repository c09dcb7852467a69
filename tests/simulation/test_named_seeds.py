"""Lives that once broke a rule, of the product or of the simulation itself; kept as they were shortened."""

import pytest

from tests.simulation.faults import SWITCHED_ON, Fault
from tests.simulation.plan import plan_of
from tests.simulation.running import lived


@pytest.mark.parametrize(
    "seed",
    [
        # Two windows conflict on one laptop, then the cooperative is withdrawn: both values are quarantined.
        pytest.param(7, id="local conflict quarantined"),
        # A record that exists once by nature is made, deleted and made again before anything was sent.
        pytest.param(116, id="made, deleted and made again offline"),
        # The centre dies after committing what the office said; the rights count from the commit on.
        pytest.param(3, id="centre dies after disabling"),
        pytest.param(16, id="centre dies after withdrawing"),
    ],
)
def test_a_life_that_once_broke_a_rule_keeps_them_all(seed: int) -> None:
    assert not lived(plan_of(seed)).broken


@pytest.mark.parametrize("seed", [28, 158, 1218])
def test_a_copied_laptop_may_bring_back_what_was_deleted_before_it_was_sent(seed: int) -> None:
    assert not lived(plan_of(seed, switched_on=SWITCHED_ON | {Fault.LAPTOP_CLONED})).broken
