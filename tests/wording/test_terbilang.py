"""Amounts in words: the published examples, and every number said and read back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from kopdesk.wording.terbilang import MOST, rupiah_in_words, terbilang


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_019, "dua ribu sembilan belas"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (-45_000, "minus empat puluh lima ribu"),
    ],
)
def test_numbers_are_said_as_published(number: int, words: str) -> None:
    assert terbilang(number) == words


@given(some.integers(min_value=-(10**15), max_value=10**15))
@example(10**15)
@example(999_999_999_999_999)
def test_what_is_said_is_read_back(number: int) -> None:
    assert read_back(terbilang(number)) == number


@given(some.integers(min_value=-MOST, max_value=MOST))
def test_words_stand_one_space_apart_and_no_nought_is_said_within(number: int) -> None:
    words = terbilang(number).split(" ")
    assert all(words)
    assert words == ["nol"] or "nol" not in words
    assert "satu ratus" not in terbilang(number)
    assert "satu puluh" not in terbilang(number)


def test_what_there_are_no_words_for_is_refused() -> None:
    with pytest.raises(ValueError, match="1000000000000000000"):
        terbilang(MOST + 1)


def test_amounts_end_in_rupiah() -> None:
    assert rupiah_in_words(1_250_000) == "satu juta dua ratus lima puluh ribu rupiah"


_ONES = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
_WHOLE = {"nol": 0, "sepuluh": 10, "sebelas": 11, "seratus": 100}
_GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read_back(words: str) -> int:
    """By hearing alone: nothing of how it was said is used."""
    total = group = one = 0
    heard = words.removeprefix("minus ").split()
    for word in heard:
        if word in _ONES:
            group, one = group + one, _ONES[word]
        elif word == "belas":
            one += 10
        elif word == "puluh":
            one *= 10
        elif word == "ratus":
            one *= 100
        elif word in _WHOLE:
            group, one = group + one, _WHOLE[word]
        elif word == "seribu":
            total, group, one = total + 1000, 0, 0
        else:
            total, group, one = total + (group + one) * _GROUPS[word], 0, 0
    return (total + group + one) * (-1 if words.startswith("minus ") else 1)


def test_an_amount_beyond_all_words_is_said_in_figures() -> None:
    assert rupiah_in_words(10**18) == "Rp1.000.000.000.000.000.000"
    assert rupiah_in_words(10**18 - 1).endswith("sembilan ratus sembilan puluh sembilan rupiah")
