import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.values import INT_MAX, INT_MIN, MAX_TEXT_BYTES, checked, same


@pytest.mark.parametrize("value", [None, True, False, 0, INT_MIN, INT_MAX, "", "é\n\t"])
def test_what_a_leaf_may_hold_comes_back_as_it_is(value: object) -> None:
    assert checked("x", value) is value or checked("x", value) == value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (INT_MAX + 1, "number_too_large"),
        (INT_MIN - 1, "number_too_large"),
        (1.5, "wrong_kind"),
        (b"x", "wrong_kind"),
        ([], "wrong_kind"),
        ("\x00", "control_character"),
        ("\x1b[2J", "control_character"),
        ("\ud800", "control_character"),
        ("é" * (MAX_TEXT_BYTES // 2) + "x", "text_too_long"),
    ],
)
def test_everything_else_is_kept_out(value: object, reason: str) -> None:
    with pytest.raises(InvalidField) as error:
        checked("kas", value)
    assert (error.value.path, error.value.reason) == ("kas", reason)


def test_lines_end_as_on_unix_whatever_was_pasted() -> None:
    assert checked("x", "a\r\nb\rc\nd") == "a\nb\nc\nd"


@given(st.text(max_size=200))
def test_text_that_passed_once_passes_unchanged(text: str) -> None:
    try:
        once = checked("x", text)
    except InvalidField:
        return
    assert isinstance(once, str)
    assert checked("x", once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_true_is_not_one() -> None:
    assert not same(True, 1)
    assert not same(0, False)
    assert not same(None, "")
    assert same("a", "a")
    assert same(None, None)
