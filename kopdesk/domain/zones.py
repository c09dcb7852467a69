"""Indonesia's three time zones: which one a province keeps, and the business date of an instant.

Fixed offsets, because Indonesia has no summer time and Windows has no zone database of its own.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum


class Zone(StrEnum):
    """The words people write behind a time of day."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"


_OFFSET: Mapping[str, timezone] = {
    Zone.WIB: timezone(timedelta(hours=7), "WIB"),
    Zone.WITA: timezone(timedelta(hours=8), "WITA"),
    Zone.WIT: timezone(timedelta(hours=9), "WIT"),
}

# Kemendagri province codes. Kalimantan is split: 61 and 62 in the west, 63 to 65 in the centre.
_PROVINCES: Mapping[Zone, str] = {
    Zone.WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    Zone.WITA: "51 52 53 63 64 65 71 72 73 74 75 76",
    Zone.WIT: "81 82 91 92 93 94 95 96",
}
_ZONE_OF_PROVINCE: Mapping[str, Zone] = {
    province: zone for zone, provinces in _PROVINCES.items() for province in provinces.split()
}


def zone_of(area_code: str) -> Zone | None:
    """The zone of a province, district or village code, or None for a province that does not exist."""
    return _ZONE_OF_PROVINCE.get(area_code[:2])


def local(instant: datetime, zone: str) -> datetime:
    """An aware instant as the clocks of the zone show it."""
    return instant.astimezone(_OFFSET[zone])


def business_date(instant: datetime, zone: str) -> date:
    """The calendar day on which an aware instant falls in the zone."""
    return local(instant, zone).date()


def instant_of(day: date, clock: time, zone: str) -> datetime:
    """The UTC instant of a local day and time of day."""
    return datetime.combine(day, clock, tzinfo=_OFFSET[zone]).astimezone(UTC)
