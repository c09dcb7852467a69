"""Lives that once broke a rule, of the product or of the simulation itself; kept as they were shortened.

Whole plans, not seeds alone: another kind of fault would make another life of the same seed.
"""

import pytest

from tests.simulation.faults import Fault
from tests.simulation.plan import Does, Plan, Step
from tests.simulation.running import lived


def a_plan(
    owners: tuple[int, ...], cooperatives: tuple[tuple[int, ...], ...], faults: set[Fault], *steps: Step
) -> Plan:
    return Plan(
        seed=0,
        owners=owners,
        cooperatives=cooperatives,
        faults=frozenset(faults),
        want_bytes=(1024,) * len(owners),
        patience=1,
        few_values=False,
        steps=steps,
    )


PLANS = {
    "two windows conflict, then the cooperative is withdrawn: both values are quarantined": a_plan(
        (0, 0),
        ((0, 1),),
        {Fault.WITHDRAWN},
        Step(Does.SYNC, 1, 2152348069),
        Step(Does.OPEN, 1, 2575666712),
        Step(Does.EDIT, 1, 3477662730),
        Step(Fault.WITHDRAWN, 1, 2910557648),
        Step(Does.SAVE_OPENED, 1, 4208801941),
    ),
    "made and deleted offline here, made on another laptop as well": a_plan(
        (2, 1, 2),
        ((0,), (0, 1), (0, 1)),
        set(),
        Step(Does.SYNC, 0, 3002523300),
        Step(Does.SYNC, 2, 895849602),
        Step(Does.EDIT, 2, 3143916143),
        Step(Does.DELETE, 2, 4110913510),
        Step(Does.EDIT, 0, 3661275644),
    ),
    "deleted here before it was sent, and sent by a copy of this laptop: the work comes back": a_plan(
        (1,),
        ((0, 1), (0,)),
        {Fault.LAPTOP_CLONED},
        Step(Does.SYNC, 0, 1213219228),
        Step(Does.EDIT, 0, 110273794),
        Step(Fault.LAPTOP_CLONED, 0, 109806703),
        Step(Does.DELETE, 0, 4199733768),
    ),
    "an old window deletes what another window changed since, before anything was sent": a_plan(
        (1,),
        ((0, 1), (0,), (0,)),
        {Fault.OLD_EDITOR},
        Step(Does.SYNC, 0, 2157316500),
        Step(Does.EDIT, 0, 519344522),
        Step(Does.OPEN, 0, 4151650089),
        Step(Does.EDIT, 0, 183026413),
        Step(Does.DELETE, 0, 3095804512),
    ),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_a_life_that_once_broke_a_rule_keeps_them_all(plan: Plan) -> None:
    assert not lived(plan).broken
