from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.zones import Zone, business_date, instant_of, local, zone_of

# Kemendagri's codes, counted in the public data set of 2025.
ALL_PROVINCES = [
    *(11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53),
    *(61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96),
]


def test_each_of_the_38_provinces_has_one_zone() -> None:
    assert len(ALL_PROVINCES) == 38
    assert [number for number in range(100) if zone_of(f"{number:02}")] == ALL_PROVINCES


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("64.08.05.2002", Zone.WITA),  # Kalimantan Timur
        ("61.01.01.2001", Zone.WIB),  # Kalimantan Barat
        ("62.01.01.2001", Zone.WIB),  # Kalimantan Tengah
        ("63.01", Zone.WITA),  # Kalimantan Selatan
        ("65.01", Zone.WITA),  # Kalimantan Utara
        ("35.73.03.1003", Zone.WIB),  # Kota Malang
        ("51.01", Zone.WITA),  # Bali
        ("76.04", Zone.WITA),  # Sulawesi Barat
        ("81.01", Zone.WIT),  # Maluku
        ("92.02", Zone.WIT),  # Papua Barat
    ],
)
def test_kalimantan_is_split(code: str, zone: Zone) -> None:
    assert zone_of(code) is zone


def test_a_place_that_does_not_exist_has_no_zone() -> None:
    assert zone_of("") is None
    assert zone_of("99.01") is None


def test_the_same_instant_is_tomorrow_further_east() -> None:
    night = datetime(2026, 3, 9, 16, 30, tzinfo=UTC)
    assert business_date(night, Zone.WIB) == date(2026, 3, 9)
    assert business_date(night, Zone.WITA) == date(2026, 3, 10)
    assert business_date(night, Zone.WIT) == date(2026, 3, 10)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.times(), st.sampled_from(Zone))
def test_a_local_time_comes_back_from_its_instant(day: date, clock: time, zone: Zone) -> None:
    instant = instant_of(day, clock, zone)
    assert instant.tzinfo is UTC
    assert business_date(instant, zone) == day
    assert local(instant, zone).time() == clock
