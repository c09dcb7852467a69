"""Lives that once broke a rule, of the product or of the simulation itself; kept as they were shortened.

Whole plans, not seeds alone: another kind of fault would make another life of the same seed. Beside each step
stands what it comes to: a life that tells another story, because people draw other dice, proves nothing.
"""

from typing import NamedTuple

import pytest

from tests.simulation.faults import Fault
from tests.simulation.plan import Does, Plan, Step
from tests.simulation.running import lived


class Story(NamedTuple):
    """A life, and how what each of its steps tells begins."""

    plan: Plan
    told: tuple[str, ...]


def a_story(
    owners: tuple[int, ...],
    cooperatives: tuple[tuple[int, ...], ...],
    faults: set[Fault],
    *steps: tuple[Step, str],
) -> Story:
    plan = Plan(
        seed=0,
        owners=owners,
        cooperatives=cooperatives,
        faults=frozenset(faults),
        want_bytes=(1024,) * len(owners),
        patience=1,
        few_values=False,
        steps=tuple(step for step, _ in steps),
    )
    return Story(plan, tuple(told for _, told in steps))


SYNCED = "Finish None"
STORIES = {
    "two windows conflict, then the cooperative is withdrawn: both values are quarantined": a_story(
        (0, 0),
        ((0, 1),),
        {Fault.WITHDRAWN},
        (Step(Does.SYNC, 1, 2152348069), SYNCED),
        (Step(Does.OPEN, 1, 2575666712), "opened cooperative 0000c1"),
        (Step(Does.EDIT, 1, 3477662730), "saved cooperative 0000c1 ['principal_saving']"),
        (Step(Fault.WITHDRAWN, 1, 2910557648), "1 WITHDRAWN"),
        (
            Step(Does.SAVE_OPENED, 1, 4208801941),
            "saved cooperative 0000c1 ['address', 'mandatory_saving', 'principal_saving']",
        ),
    ),
    "made and deleted offline here, made on another laptop as well": a_story(
        (2, 1, 2),
        ((0,), (0, 1), (0, 1)),
        set(),
        (Step(Does.SYNC, 0, 3002523300), SYNCED),
        (Step(Does.SYNC, 2, 895849602), SYNCED),
        (Step(Does.EDIT, 2, 3143916143), "created member_count 9c5107"),
        (Step(Does.DELETE, 2, 4110913510), "saved member_count 9c5107 ['~deleted']"),
        (Step(Does.EDIT, 0, 3661275644), "created member_count 9c5107"),
    ),
    "deleted here before it was sent, and sent by a copy of this laptop: the work comes back": a_story(
        (1,),
        ((0, 1), (0,)),
        {Fault.LAPTOP_CLONED},
        (Step(Does.SYNC, 0, 1213219228), SYNCED),
        (Step(Does.EDIT, 0, 110273794), "created member_count e41c7d"),
        (Step(Fault.LAPTOP_CLONED, 0, 109806703), "now also laptop 1"),
        (Step(Does.DELETE, 0, 4199733768), "saved member_count e41c7d ['~deleted']"),
    ),
    "an old window deletes what another window changed since, before anything was sent": a_story(
        (1,),
        ((0, 1), (0,), (0,)),
        {Fault.OLD_EDITOR},
        (Step(Does.SYNC, 0, 2157316500), SYNCED),
        (Step(Does.EDIT, 0, 519344522), "created member_count e41c7d"),
        (Step(Does.OPEN, 0, 4151650089), "opened member_count e41c7d"),
        (Step(Does.EDIT, 0, 183026413), "saved member_count e41c7d"),
        (Step(Does.DELETE, 0, 3095804512), "saved member_count e41c7d ['~deleted']"),
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_a_life_that_once_broke_a_rule_keeps_them_all(story: Story) -> None:
    life = lived(story.plan)
    assert not life.broken
    told = [event.partition(": ")[2] for event in life.trace[: len(story.told)]]
    assert [one[: len(words)] for one, words in zip(told, story.told, strict=True)] == [*story.told]
