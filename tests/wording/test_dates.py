from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.wording.catalogue import use_language
from kopdesk.wording.dates import (
    MONTHS,
    age,
    date_text,
    day_age,
    instant_text,
    long_date,
    month_text,
    short_date,
    short_day,
    short_instant,
    short_month,
    time_text,
)

DAY = date(2025, 11, 12)
AT = datetime(2025, 11, 12, 6, 30, tzinfo=UTC)


def test_a_date_is_written_long_and_short() -> None:
    assert date_text(DAY) == "12 November 2025"
    assert long_date(DAY) == "Rabu, 12 November 2025"
    assert short_date(DAY) == "12 Nov 2025"
    assert short_day(DAY) == "12 Nov"


@given(st.dates())
def test_a_date_can_be_read_back(day: date) -> None:
    use_language("id")
    number, month, year = date_text(day).split()
    assert date(int(year), MONTHS.index(month) + 1, int(number)) == day


def test_a_month_is_written_with_its_year() -> None:
    assert month_text("2025-08") == "Agustus 2025"
    assert short_month("2025-08") == "Agu 2025"


@pytest.mark.parametrize("text", ["", "2025", "2025-13", "musim hujan"])
def test_what_is_no_month_is_shown_as_it_is(text: str) -> None:
    assert month_text(text) == text
    assert short_month(text) == text


def test_times_carry_the_word_of_their_zone() -> None:
    assert time_text("14:30", "WITA") == "14.30 WITA"
    assert time_text("14:30") == "14.30"


def test_an_instant_is_shown_by_the_clocks_of_its_zone() -> None:
    assert instant_text(AT, "WITA") == "12 November 2025, 14.30 WITA"
    assert short_instant(AT, "WIT") == "12 Nov 2025, 15.30 WIT"


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "hari ini"),
        (1, "kemarin"),
        (3, "3 hari lalu"),
        (59, "59 hari lalu"),
        (60, "2 bulan lalu"),
        (729, "24 bulan lalu"),
        (730, "2 tahun lalu"),
        (-1, "besok"),
        (-3, "3 hari lagi"),
    ],
)
def test_the_age_of_a_day(days: int, shown: str) -> None:
    assert day_age(DAY - timedelta(days), DAY) == shown


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=20), "baru saja"),
        (timedelta(minutes=12), "12 menit lalu"),
        (timedelta(hours=5), "5 jam lalu"),
        (timedelta(hours=15), "kemarin"),
        (timedelta(days=3), "3 hari lalu"),
        (timedelta(hours=-1), "hari ini"),
        (timedelta(days=-2), "2 hari lagi"),
    ],
)
def test_the_age_of_an_instant_follows_the_calendar_of_the_zone(before: timedelta, shown: str) -> None:
    assert age(AT - before, AT, "WITA") == shown


def test_dates_and_ages_in_english() -> None:
    use_language("en")
    assert instant_text(AT, "WIB") == "12 November 2025, 13:30 WIB"
    assert short_date(date(2026, 8, 1)) == "1 Aug 2026"
    assert day_age(DAY, date(2025, 11, 15)) == "3 days ago"
    assert day_age(date(2025, 11, 15), DAY) == "in 3 days"
