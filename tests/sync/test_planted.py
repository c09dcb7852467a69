"""Planted bugs too rare for a random life: the named histories see them, each by the assertion named here."""

from uuid import UUID

import pytest

from tests.simulation.catching import Planting, statement_of
from tests.simulation.planted_pasts import (
    applying_before_comparing_cursors,
    conflicts_on_the_conflict,
    offered_again_without_old_revs,
)
from tests.support.world import TestLaptop, World
from tests.sync import test_histories as histories


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch) -> Planting:
    return Planting(monkeypatch)


def test_offers_without_their_order_are_seen_by_history_18(
    planting: Planting, world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    offered_again_without_old_revs(planting)
    with pytest.raises(AssertionError) as seen:
        histories.test_18_two_laptops_offer_the_same_lost_day_and_the_later_one_wins(world, a, b, c, coop)
    assert statement_of(seen) == "assert amount(a, coop) == 20"
    planting.check_reached()


def test_questions_about_questions_are_seen_by_history_12(
    planting: Planting, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    conflicts_on_the_conflict(planting)
    with pytest.raises(AssertionError) as seen:
        histories.test_12_two_people_decide_one_conflict_differently_and_both_decisions_are_kept(
            a, b, c, coop
        )
    both = (
        'assert sorted(d.choice or "" for d in cases[0].conflict.decisions.values()) == ["kept", "offered"]'
    )
    assert statement_of(seen) == both
    planting.check_reached()


def test_a_batch_applied_before_its_past_is_looked_at_is_seen_by_history_15(
    planting: Planting, world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    applying_before_comparing_cursors(planting)
    with pytest.raises(AssertionError) as seen:
        histories.test_15_a_frozen_batch_is_not_applied_to_a_past_it_was_not_made_for(world, a, b, coop)
    assert statement_of(seen) == "assert amount(c, coop) == 50"
    planting.check_reached()
