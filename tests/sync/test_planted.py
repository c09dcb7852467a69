"""Planted bugs that are too rare for a random life: the named histories see them."""

from uuid import UUID

import pytest

from tests.simulation.planted_pasts import conflicts_on_the_conflict, offered_again_without_old_revs
from tests.support.world import TestLaptop, World
from tests.sync import test_histories as histories


def test_offers_without_their_order_are_seen_by_history_18(
    monkeypatch: pytest.MonkeyPatch, world: World, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    offered_again_without_old_revs(monkeypatch)
    with pytest.raises(AssertionError):
        histories.test_18_two_laptops_offer_the_same_lost_day_and_the_later_one_wins(world, a, b, c, coop)


def test_questions_about_questions_are_seen_by_history_12(
    monkeypatch: pytest.MonkeyPatch, a: TestLaptop, b: TestLaptop, c: TestLaptop, coop: UUID
) -> None:
    conflicts_on_the_conflict(monkeypatch)
    with pytest.raises(AssertionError):
        histories.test_12_two_people_decide_one_conflict_differently_and_both_decisions_are_kept(
            a, b, c, coop
        )
