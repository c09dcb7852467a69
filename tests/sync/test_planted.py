"""Planted bugs too rare for a random life: the named histories see them, each by the assertion named here."""

from uuid import UUID

import pytest

from tests.simulation.catching import Planting, statement_of
from tests.simulation.planted_pasts import (
    applying_before_comparing_cursors,
    conflicts_on_the_conflict,
    offered_again_without_old_revs,
    put_aside_and_not_shown,
    put_aside_and_shown_for_ever,
)
from tests.support.world import TestLaptop, World
from tests.sync import test_histories as histories
from tests.sync import test_leaving as leaving


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


def test_an_offer_that_vanishes_when_it_is_put_aside_is_seen_where_a_copy_has_to_stay_whole(
    planting: Planting, world: World, a: TestLaptop, coop: UUID
) -> None:
    put_aside_and_not_shown(planting)
    with pytest.raises(AssertionError) as seen:
        leaving.test_a_copy_that_is_only_read_stays_whole_when_the_centre_loses_a_day(
            world, a, coop, "withdrawn"
        )
    assert statement_of(seen).startswith(
        'assert [(one["type"], one["id"], one["leaves"]) for one in a.dump()]'
    )
    planting.check_reached()


def test_an_offer_that_never_gives_way_is_seen_where_a_cooperative_can_be_read_again(
    planting: Planting, world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    put_aside_and_shown_for_ever(planting)
    with pytest.raises(AssertionError) as seen:
        leaving.test_what_was_put_aside_gives_way_to_what_the_centre_holds_once_that_can_be_read_again(
            world, a, b, coop
        )
    assert statement_of(seen) == "assert a.dump() == b.dump()"
    planting.check_reached()
