"""Bugs planted on purpose are caught; and what is no catch is not taken for one."""

import pytest

from kopdesk.sync import run as sync_run
from kopdesk.usecases import records
from tests.simulation.catching import NotCaught, Plant, Planting, first_caught
from tests.simulation.planted import PLANTED, digest_over_edited_leaves
from tests.simulation.planted_pasts import OF_PASTS

EVERY = {**PLANTED, **OF_PASTS}


@pytest.mark.parametrize(("plant", "rule"), EVERY.items(), ids=[plant.__name__ for plant in EVERY])
def test_a_planted_bug_is_caught(plant: Plant, rule: str) -> None:
    """Rarer ones are seen by named histories, and a weaker `synchronous` by the images of power losses."""
    seed, found = first_caught(plant, rule)
    print(f"seed {seed}: {found.broken}")


def test_a_run_that_only_crashes_has_caught_nothing() -> None:
    def misfit(planting: Planting) -> None:
        planting.put(sync_run, "prepare", lambda only_one: None)

    with pytest.raises(NotCaught, match=r"seed 0 only crashed: TypeError: .*takes 1 positional argument"):
        first_caught(misfit, "any rule")


def test_a_bug_that_nobody_comes_to_has_caught_nothing() -> None:
    def aside(planting: Planting) -> None:
        digest_over_edited_leaves(planting)
        planting.put(records, "_officer", lambda *given: None)

    with pytest.raises(NotCaught, match="never reached: _officer"):
        first_caught(aside, "the digest of")


def test_a_bug_that_breaks_another_rule_than_its_own_is_not_caught() -> None:
    with pytest.raises(NotCaught, match=r"no life breaks the rule 'deleted unseen', only .'the digest of"):
        first_caught(digest_over_edited_leaves, "deleted unseen", most_seeds=2)


def test_a_rule_that_breaks_without_the_bug_as_well_has_caught_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest_over_edited_leaves(Planting(monkeypatch))

    with pytest.raises(NotCaught, match="seed 0 breaks a rule without the bug as well"):
        first_caught(lambda planting: None, "the digest of")
