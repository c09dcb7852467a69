"""Marks are written and read in one way; everything else is refused by name."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.marks import NOTHING_SHOWN, Layer, Mark

marks = st.builds(Mark, st.sampled_from(Layer), st.integers(0, 10**18 - 1), st.integers(0, 10**9 - 1))


@given(marks)
def test_a_mark_that_is_written_is_read_as_itself(mark: Mark) -> None:
    assert Mark.parse(str(mark)) == mark


@given(st.text(max_size=8) | st.from_regex(r"[ce]?[0-9.\-+ ]{0,24}", fullmatch=True))
def test_what_is_read_is_written_as_it_came(text: str) -> None:
    with contextlib.suppress(InvalidField):
        assert str(Mark.parse(text)) == text


SHORT = [
    "",
    "c",
    "12",
    "x12",
    "c-1",
    "c+1",
    "c012",
    "c1.",
    "c1.0",
    "c1.01",
    "C1",
    " c1",
    "c1 ",
    "c1\n",
    "c１",
]
LONG = ["c1.1.1", "c" + "9" * 19, "c1." + "9" * 10, "c1" * 1000]


@pytest.mark.parametrize("text", [*SHORT, *LONG])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(InvalidField) as refused:
        Mark.parse(text)
    assert (refused.value.path, refused.value.reason) == ("rev", "bad_mark")
    assert len(refused.value.detail) <= 40


def test_nothing_shown_has_a_mark_too() -> None:
    assert str(NOTHING_SHOWN) == "c0"
