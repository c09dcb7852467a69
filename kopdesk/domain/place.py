"""Words about a place that outlets, assets and visits share."""

from enum import StrEnum


class Access(StrEnum):
    """Whether there is any at all, as SIMKOPDES asks."""

    AVAILABLE = "available"
    NONE = "none"


class Signal(StrEnum):
    """How a place is connected."""

    FIBER = "fiber"
    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


class WaterSource(StrEnum):
    """Where clean water comes from."""

    PIPED = "piped"
    WELL = "well"
    SPRING = "spring"
    NONE = "none"


class PowerSource(StrEnum):
    """Where electricity comes from."""

    GRID = "grid"
    SOLAR = "solar"
    DIESEL = "diesel"
    NONE = "none"


class Ownership(StrEnum):
    """Who owns land or a building."""

    COOPERATIVE = "cooperative"
    GRANT = "grant"
    VILLAGE = "village"
    REGION = "region"
    STATE = "state"
    CUSTOMARY = "customary"
    VILLAGE_LAND = "village_land"
    REGENCY_LAND = "regency_land"
    KUD = "kud"


class RoadAccess(StrEnum):
    """What the road to the place is made of."""

    ASPHALT = "asphalt"
    CONCRETE = "concrete"
    STONE = "stone"
    EARTH = "earth"
    NONE = "none"
