"""The short form of `python3 dev.py powerloss`: every scenario and kind of moment, a part of the images."""

import sys

import pytest

from tests.crashes.powerloss import FORGOTTEN, Figures, Plan, lose_power
from tests.crashes.rig import BOUNDARIES, Rig, missing
from tests.crashes.scenarios import SCENARIOS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="strace is a tool of Linux")

SHORT = Plan(chances=1, every=30, opening=12, going_on=8)


@pytest.mark.timeout(400)  # a machine that does much else at the same time
def test_a_power_cut_loses_nothing_of_which_anybody_was_told(rig: Rig) -> None:
    total = Figures()
    for name in SCENARIOS:
        total.add(lose_power(rig, rig.recording(name), SHORT))
    assert total.losses == []
    assert missing(total.boundaries, BOUNDARIES) == []
    assert total.images > 400
    assert total.went_on > 10


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
@pytest.mark.parametrize("name", ["save", "accepting"])
def test_a_database_that_syncs_less_is_seen_to_lose_what_was_said(
    rig: Rig, name: str, synchronous: str
) -> None:
    plan = Plan(chances=1, every=25, opening=0)
    losses = lose_power(rig, rig.recording(name, synchronous), plan).losses
    assert any(loss.endswith(FORGOTTEN) for loss in losses)
