from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kopdesk.domain.errors import InvalidField
from kopdesk.wording.dates import date_text, short_date
from kopdesk.wording.figures import number, rupiah
from kopdesk.wording.reading import read_amount, read_date, read_degrees, read_time, read_typed_date
from kopdesk.wording.reasons import REASONS

TODAY = date(2026, 11, 26)


@given(some.integers(min_value=-(10**15), max_value=10**15))
def test_an_amount_is_read_back_as_it_is_shown(amount: int) -> None:
    for text in (str(amount), number(amount), rupiah(amount)):
        assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("  ", None),
        ("Rp 1.250.000,-", 1_250_000),
        ("Rp1.250.000,00", 1_250_000),
        ("1 250 000", 1_250_000),
        ("rp. 500", 500),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_they_are_written(typed: str, amount: int | None) -> None:
    assert read_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,500", "number_two_ways"),
        ("1.5", "number_two_ways"),
        ("1.250.00", "not_a_whole_number"),
        ("12,5", "not_a_whole_number"),
        ("seribu", "not_a_whole_number"),
        ("--5", "not_a_whole_number"),
        ("9" * 40, "number_too_large"),
    ],
)
def test_what_may_mean_two_amounts_is_asked_and_never_guessed(typed: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_amount(typed)
    assert refused.value.reason == reason
    assert reason in REASONS


@given(some.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_is_read_back_as_it_is_shown(day: date) -> None:
    texts = (
        day.isoformat(),
        date_text(day),
        short_date(day),
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
    )
    assert {read_date(text, TODAY) for text in texts} == {day}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("hari ini", TODAY),
        ("Kemarin", date(2026, 11, 25)),
        ("12 nov", date(2026, 11, 12)),
        ("12/11", date(2026, 11, 12)),
        ("3 jan", date(2027, 1, 3)),
        ("12/11/25", date(2025, 11, 12)),
        ("29 feb 2028", date(2028, 2, 29)),
    ],
)
def test_dates_are_read_as_they_are_said(typed: str, day: date | None) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/4", "29 feb", "12", "jumat", "12 ju", "40/1/2026", "2026-13-01"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_date(typed, TODAY)
    assert refused.value.reason == "not_a_date"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5", date(2026, 12, 5)),
        ("25", date(2026, 11, 25)),
        ("31", date(2026, 10, 31)),
        ("2/1", date(2027, 1, 2)),
    ],
)
def test_on_a_form_the_day_alone_is_the_nearest_of_that_number(typed: str, day: date) -> None:
    assert read_typed_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["0", "32", "jumat", "31/4"])
def test_on_a_form_a_day_that_is_none_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_typed_date(typed, TODAY)
    assert refused.value.reason == "date_not_understood"


def test_times_and_places_are_read_with_point_or_comma() -> None:
    assert [read_time(text) for text in ("9", "14.30", "14:30 WITA", "1430", "930", "")] == [
        "09:00",
        "14:30",
        "14:30",
        "14:30",
        "09:30",
        None,
    ]
    assert read_degrees("-0,502183", 90) == -502_183
    assert read_degrees("117.5°", 180) == 117_500_000
    assert read_degrees("", 90) is None
    for text, reason in (("91", "outside_earth"), ("utara", "not_a_coordinate")):
        with pytest.raises(InvalidField) as refused:
            read_degrees(text, 90)
        assert refused.value.reason == reason
    with pytest.raises(InvalidField):
        read_time("25.00")
