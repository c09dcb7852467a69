"""Existing shops and approvals go from laptop to laptop like everything else."""

from uuid import UUID

import pytest

from kopdesk.domain.approval import Approval
from kopdesk.domain.competitor import Competitor
from kopdesk.domain.errors import InvalidField
from tests.support.world import TestLaptop, World

STALL = {
    "name": "Warung Bu Saidah",
    "owner": "resident",
    "distance_metres": 120,
    "offers": {
        "k1": {"commodity": "grocery", "overlap": "mostly"},
        "k2": {"commodity": "lpg", "overlap": "partly", "monthly_quota": 150},
    },
}


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("rina", coop)
    return coop


@pytest.fixture
def laptops(world: World, coop: UUID) -> tuple[TestLaptop, TestLaptop]:
    first, second = world.laptop("rina", "satu"), world.laptop("rina", "dua")
    first.sync()
    second.sync()
    return first, second


def test_a_shop_and_what_was_agreed_with_it_arrive_on_the_other_laptop(
    laptops: tuple[TestLaptop, TestLaptop], coop: UUID
) -> None:
    first, second = laptops
    stall = first.put("competitor", cooperative_id=str(coop), **STALL)
    assert first.sync().error is None
    second.sync()
    second.put("competitor", id=str(stall), mitigation="buys_from_us", agreed_on="2026-11-12")
    second.sync()
    first.sync()
    assert first.get("competitor", stall) == second.get("competitor", stall)
    assert first.get("competitor", stall)["mitigation"] == "buys_from_us"
    assert first.get("competitor", stall)["offers"]["k2"]["monthly_quota"] == 150
    assert first.dump() == second.dump()


def test_an_approval_keeps_its_plan_and_its_ceiling(
    laptops: tuple[TestLaptop, TestLaptop], coop: UUID
) -> None:
    first, second = laptops
    plan = first.put("plan", cooperative_id=str(coop), title="Gerai sembako")
    said = first.put(
        "approval",
        cooperative_id=str(coop),
        plan_id=str(plan),
        body="village_meeting",
        decision="with_conditions",
        number="140/07/BA-MUSDES/2026",
        ceiling=150_000_000,
    )
    assert first.sync().error is None
    second.sync()
    found = second.get("approval", said)
    assert (found["plan_id"], found["ceiling"]) == (str(plan), 150_000_000)


def test_a_ceiling_below_nought_is_not_taken(laptops: tuple[TestLaptop, TestLaptop], coop: UUID) -> None:
    with pytest.raises(InvalidField):
        laptops[0].put("approval", cooperative_id=str(coop), ceiling=-1)


def test_nothing_agreed_is_no_mitigation_and_no_decision_no_yes() -> None:
    nobody = UUID(int=0)
    assert not Competitor(id=nobody, cooperative_id=None, mitigation="nothing").is_mitigated
    assert Competitor(id=nobody, cooperative_id=None, mitigation="supplies_us").is_mitigated
    assert not Approval(id=nobody, cooperative_id=None, number="12").is_given
    assert Approval(id=nobody, cooperative_id=None, decision="with_conditions").is_given
