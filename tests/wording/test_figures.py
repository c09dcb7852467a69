import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.values import INT_MAX, INT_MIN
from kopdesk.wording.catalogue import LANGUAGES, use_language
from kopdesk.wording.figures import NOUNS, bytes_text, counted, number, percent, rupiah, scaled, span

NUMBERS = st.integers(INT_MIN, INT_MAX)


@given(NUMBERS, st.sampled_from(LANGUAGES))
def test_an_amount_can_be_read_back(amount: int, language: str) -> None:
    use_language("en" if language == "en" else "id")
    mark = "," if language == "en" else "."
    shown = rupiah(amount)
    assert re.fullmatch(rf"-?Rp\d{{1,3}}(?:{re.escape(mark)}\d{{3}})*", shown)
    assert int(shown.replace("Rp", "").replace(mark, "")) == amount


@given(NUMBERS, st.integers(0, 6))
def test_a_scaled_number_can_be_read_back(value: int, places: int) -> None:
    use_language("id")
    whole, _, decimals = scaled(value, places).lstrip("-").replace(".", "").partition(",")
    read = int(whole) * 10**places + int((decimals + "0" * places)[:places] or 0)
    assert read == abs(value)
    assert scaled(value, places).startswith("-") == (value < 0)
    assert not decimals.endswith("0")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(1_250_000, "Rp1.250.000"), (-40_000, "-Rp40.000"), (0, "Rp0"), (999, "Rp999"), (1000, "Rp1.000")],
)
def test_money_is_written_with_dots(amount: int, shown: str) -> None:
    assert rupiah(amount) == shown


@pytest.mark.parametrize(
    ("basis_points", "shown"),
    [(1250, "12,5 %"), (600, "6 %"), (1, "0,01 %"), (-25, "-0,25 %"), (123_456, "1.234,56 %"), (0, "0 %")],
)
def test_percent_comes_from_basis_points(basis_points: int, shown: str) -> None:
    assert percent(basis_points) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (2_800, "2,8 kB"),
        (3_000, "3 kB"),
        (999_949, "999,9 kB"),
        (999_950, "1 MB"),
        (1_540_000, "1,5 MB"),
        (999_950_000, "1 GB"),
        (12_345_000_000_000, "12.345 GB"),
    ],
)
def test_sizes_are_written_in_steps_of_a_thousand(size: int, shown: str) -> None:
    assert bytes_text(size) == shown


@given(st.integers(0, 10**15))
def test_a_size_never_shows_more_than_it_says(size: int) -> None:
    use_language("id")
    shown, unit = bytes_text(size).split()
    value = float(shown.replace(".", "").replace(",", "."))
    factor = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}[unit]
    assert abs(value * factor - size) <= 0.05 * factor + 1


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 detik"),
        (59, "59 detik"),
        (60, "1 menit"),
        (3_599, "59 menit"),
        (7_200, "2 jam"),
        (259_200, "3 hari"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(seconds: int, shown: str) -> None:
    assert span(seconds) == shown


def test_every_noun_can_be_counted() -> None:
    assert counted(7, "change") == "7 perubahan"
    assert counted(12_000, "unsent") == "12.000 belum terkirim"
    for noun in NOUNS:
        assert counted(3, noun).startswith("3 ")


def test_english_writes_numbers_its_own_way() -> None:
    use_language("en")
    assert number(1_250_000) == "1,250,000"
    assert rupiah(-40_000) == "-Rp40,000"
    assert percent(1250) == "12.5%"
    assert bytes_text(2_800) == "2.8 kB"
