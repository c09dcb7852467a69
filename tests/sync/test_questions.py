"""A value in conflict is in the conflict record only: a laptop has that as soon as it gives the value up."""

from uuid import UUID

import pytest

from kopdesk.usecases.conflicts import list_conflicts
from tests.support.histories import all_equal, amount
from tests.support.world import TestLaptop, World


def saving(laptop: TestLaptop, coop: UUID, value: int) -> None:
    rev = laptop.get("cooperative", coop)["rev"]
    laptop.put("cooperative", id=str(coop), rev=rev, principal_saving=value)


@pytest.mark.parametrize("want_bytes", [1024, 256 * 1024])
def test_a_question_survives_a_centre_that_goes_back_before_it_was_asked(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID, want_bytes: int
) -> None:
    saving(a, coop, 111)
    saving(b, coop, 222)
    assert b.sync().error is None
    for number in range(20):
        world.office_change(coop, "visit", UUID(int=number + 1), {"notes": "x" * 900})
    backup = world.backup()
    world.restore(backup)
    a.want_bytes = want_bytes

    def cut_the_line() -> None:
        a.link.offline = True

    a.link.meanwhile = cut_the_line  # after the first answer, which leaves the pull open if pages are small
    a.sync()
    world.restore(backup)
    a.link.offline, a.link.meanwhile = False, lambda: None
    all_equal(a, b)
    (question,) = list_conflicts(b.desk)
    assert {question.conflict.kept_value, question.conflict.offered_value} == {111, 222}
    assert amount(b, coop) in (111, 222)
