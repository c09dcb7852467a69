"""A shop that was there before the outlet: what it sells, whose it is, and what was agreed with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, leaf, rows
from kopdesk.domain.records import Record


class ShopOwner(StrEnum):
    """Whom the outlet would take customers from."""

    RESIDENT = "resident"
    SMALL_BUSINESS = "small_business"
    VILLAGE_COMPANY = "village_company"
    COOPERATIVE = "cooperative"
    RETAIL_CHAIN = "retail_chain"
    OTHER = "other"


class ShopStatus(StrEnum):
    """Whether it is still there."""

    OPEN = "open"
    CLOSED = "closed"


class Commodity(StrEnum):
    """What is sold or served; a plan's unit names the same in its `type`."""

    GROCERY = "grocery"
    LPG = "lpg"
    FERTILISER = "fertiliser"
    PHARMACY = "pharmacy"
    CLINIC = "clinic"
    SAVINGS_LOAN = "savings_loan"
    COLD_STORAGE = "cold_storage"
    LOGISTICS = "logistics"
    AGENT = "agent"
    OTHER = "other"


class Overlap(StrEnum):
    """How much of it the outlet would sell too."""

    NONE = "none"
    PARTLY = "partly"
    MOSTLY = "mostly"


class Mitigation(StrEnum):
    """What keeps the outlet from driving the shop out."""

    NOTHING = "nothing"
    SUPPLIES_US = "supplies_us"
    BUYS_FROM_US = "buys_from_us"
    GOODS_SHARED_OUT = "goods_shared_out"
    OTHER_HOURS = "other_hours"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One commodity the shop has. `monthly_quota`: of what is rationed, in its own measure."""

    commodity: str | None = leaf(Kind.CODE, choices=Commodity)
    goods: str | None = leaf(Kind.LINE)
    overlap: str | None = leaf(Kind.CODE, choices=Overlap)
    monthly_quota: int | None = leaf(Kind.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competitor(Record):
    """Seen by the assistant on `seen_on`; the agreement is what a village meeting wrote down."""

    name: str | None = leaf(Kind.LINE)
    owner: str | None = leaf(Kind.CODE, choices=ShopOwner)
    status: str | None = leaf(Kind.CODE, choices=ShopStatus)
    seen_on: date | None = leaf(Kind.DATE)
    place: str | None = leaf(Kind.LINE)
    distance_metres: int | None = leaf(Kind.COUNT)
    mitigation: str | None = leaf(Kind.CODE, choices=Mitigation)
    agreed_on: date | None = leaf(Kind.DATE)
    agreement: str | None = leaf(Kind.TEXT)
    note: str | None = leaf(Kind.TEXT)
    offers: Mapping[str, Offer] = rows(Offer)

    @property
    def is_mitigated(self) -> bool:
        """Something was agreed. That nothing is, is an answer too, and leaves the shop where it was."""
        return self.mitigation not in (None, "", Mitigation.NOTHING)
