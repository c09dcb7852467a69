"""An outlet (gerai): shop, pharmacy, clinic, savings and loan unit, store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.place import Access, Ownership, PowerSource, Signal, WaterSource
from kopdesk.domain.records import Record


class OutletType(StrEnum):
    """SIMKOPDES's master of eight; its numbers are in `simkopdes_words`."""

    GROCERY = "grocery"
    PHARMACY = "pharmacy"
    OFFICE = "office"
    SAVINGS_LOAN = "savings_loan"
    CLINIC = "clinic"
    COLD_STORAGE = "cold_storage"
    LOGISTICS = "logistics"
    OTHER = "other"


class OutletStatus(StrEnum):
    """As SIMKOPDES shows it."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Operation(StrEnum):
    """As the monthly form on outlet governance asks."""

    ABSENT = "absent"
    NOT_OPEN = "not_open"
    OPERATING = "operating"


class Utilisation(StrEnum):
    """By what right the cooperative uses the building."""

    LOAN = "loan"
    RENT = "rent"
    BUILD_OPERATE_TRANSFER = "build_operate_transfer"
    OWN = "own"


class Building(StrEnum):
    """What kind of building it is."""

    KDKMP = "kdkmp"
    OTHER = "other"


class Construction(StrEnum):
    """As the monthly form on outlet preparation asks."""

    FINISHED = "finished"
    UNFINISHED = "unfinished"
    NOT_BUILT = "not_built"


class Equipment(StrEnum):
    """The keys of `equipment`, as the monthly form on outlet preparation lists them."""

    VEHICLE = "vehicle"
    FURNITURE = "furniture"
    DISPLAY = "display"
    COMPUTER = "computer"


class FilledBy(StrEnum):
    """Who told SIMKOPDES about the outlet."""

    MINISTRY = "ministry"
    ASSISTANT = "assistant"
    DINAS = "dinas"
    FISHERIES_ADVISER = "fisheries_adviser"
    VILLAGE_FACILITATOR = "village_facilitator"
    TASK_FORCE = "task_force"
    FARM_ADVISER = "farm_adviser"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletMonth:
    """What the outlet did in one month; the key is YYYY-MM."""

    revenue: int | None = leaf(Kind.MONEY)
    total_assets: int | None = leaf(Kind.MONEY)
    profit: int | None = leaf(Kind.MONEY)
    note: str | None = leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet(Record):
    """One gerai, its building and its months."""

    name: str | None = leaf(Kind.LINE)
    type: str | None = leaf(Kind.CODE, choices=OutletType)
    code: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    status: str | None = leaf(Kind.CODE, choices=OutletStatus)
    operation: str | None = leaf(Kind.CODE, choices=Operation)
    opened_on: date | None = leaf(Kind.DATE)
    latitude: int | None = leaf(Kind.COORDINATE)
    longitude: int | None = leaf(Kind.COORDINATE)
    # The building: one built under Inpres 17/2025 belongs to the village or region, not the cooperative.
    building: str | None = leaf(Kind.CODE, choices=Building)
    ownership: str | None = leaf(Kind.CODE, choices=Ownership)
    utilisation: str | None = leaf(Kind.CODE, choices=Utilisation)
    built_under_inpres_17: bool | None = leaf(Kind.FLAG)
    land_ready: bool | None = leaf(Kind.FLAG)
    construction: str | None = leaf(Kind.CODE, choices=Construction)
    internet: str | None = leaf(Kind.CODE, choices=Access)
    signal: str | None = leaf(Kind.CODE, choices=Signal)
    electricity: str | None = leaf(Kind.CODE, choices=Access)
    power_source: str | None = leaf(Kind.CODE, choices=PowerSource)
    water_source: str | None = leaf(Kind.CODE, choices=WaterSource)
    # Running it
    has_guide: bool | None = leaf(Kind.FLAG)
    contact_name: str | None = leaf(Kind.LINE)
    contact_phone: str | None = leaf(Kind.LINE, personal=True, format="phone")
    contact_email: str | None = leaf(Kind.LINE, personal=True, format="email")
    filled_by: str | None = leaf(Kind.CODE, choices=FilledBy)
    note: str | None = leaf(Kind.TEXT)
    equipment: Mapping[str, bool] = values(Kind.FLAG)
    employees: Mapping[str, int] = values(Kind.COUNT)  # by year
    months: Mapping[str, OutletMonth] = rows(OutletMonth)
