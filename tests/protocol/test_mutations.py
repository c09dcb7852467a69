"""The short form of `python3 dev.py mutations`."""

from tests.protocol.mutation_targets import TARGETS
from tests.protocol.mutations import run


def test_no_damaged_message_does_anything_but_be_refused_or_be_one() -> None:
    report = run(0, 10_000)
    assert report.broken == []
    for name in TARGETS:
        assert report.refused[name], f"nothing was ever refused by: {name}"
        is_signed = not name.endswith("unsigned")  # otherwise only another frame around the same is taken
        assert report.taken[name] or not is_signed, f"nothing was ever taken by: {name}"


def test_one_number_is_always_the_same_mutation() -> None:
    first, again = run(500, 200), run(500, 200)
    assert (first.taken, first.refused) == (again.taken, again.refused)
