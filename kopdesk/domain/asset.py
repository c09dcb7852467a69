"""Land or a building the cooperative uses or hopes to use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.place import Ownership, PowerSource, RoadAccess, Signal, WaterSource
from kopdesk.domain.records import Record


class AssetKind(StrEnum):
    """What it is."""

    LAND = "land"
    BUILDING = "building"


class AssetStatus(StrEnum):
    """What the verification team says; set from the centre."""

    NEEDS_VERIFICATION = "needs_verification"
    IN_VERIFICATION = "in_verification"
    CONSIDERED = "considered"
    VERIFIED = "verified"
    REJECTED = "rejected"
    NO_LAND = "no_land"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Record):
    """What the land inventory asks. Lengths in centimetres: people measure with a tape."""

    name: str | None = leaf(Kind.LINE)
    kind: str | None = leaf(Kind.CODE, choices=AssetKind)
    ownership: str | None = leaf(Kind.CODE, choices=Ownership)
    owner_name: str | None = leaf(Kind.LINE)
    title_deed: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    status: str | None = leaf(Kind.CODE, choices=AssetStatus)
    status_note: str | None = leaf(Kind.TEXT)
    area_square_metres: int | None = leaf(Kind.COUNT)
    width_centimetres: int | None = leaf(Kind.COUNT)
    length_centimetres: int | None = leaf(Kind.COUNT)
    latitude: int | None = leaf(Kind.COORDINATE)
    longitude: int | None = leaf(Kind.COORDINATE)
    address: str | None = leaf(Kind.LINE)
    road_access: str | None = leaf(Kind.CODE, choices=RoadAccess)
    settlement_distance_metres: int | None = leaf(Kind.COUNT)
    signal: str | None = leaf(Kind.CODE, choices=Signal)
    water_source: str | None = leaf(Kind.CODE, choices=WaterSource)
    power_source: str | None = leaf(Kind.CODE, choices=PowerSource)
    is_built: bool | None = leaf(Kind.FLAG)
    built_under_inpres_17: bool | None = leaf(Kind.FLAG)
    progress: int | None = leaf(Kind.BASIS_POINTS)
    progress_on: date | None = leaf(Kind.DATE)
    note: str | None = leaf(Kind.TEXT)
