"""A partnership with a state company, a bank or somebody else: LPG, fertiliser, bank agent …"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class PartnershipStatus(StrEnum):
    """SIMKOPDES's own states; set from the centre."""

    PROCESSED = "processed"
    VERIFIED = "verified"
    APPROVED = "approved"
    REJECTED = "rejected"


class PartnershipType(StrEnum):
    """With or without money."""

    PARTNERSHIP = "partnership"
    WITH_FINANCING = "with_financing"


class PartnerKind(StrEnum):
    """As the monthly form on partnerships asks."""

    STATE_COMPANY = "state_company"
    OTHER = "other"


class Progress(StrEnum):
    """How far the assistant sees it, as the monthly form asks; the centre's word is `status`."""

    APPLICATION = "application"
    PROCESS = "process"
    AGREEMENT = "agreement"


class Business(StrEnum):
    """The partner products as SIMKOPDES names them."""

    LPG_3KG = "lpg_3kg"
    KEROSENE = "kerosene"
    GROCERY_SUPPLY = "grocery_supply"
    RPK_AGENT = "rpk_agent"
    PADDY_PURCHASE = "paddy_purchase"
    FERTILISER_KIOSK = "fertiliser_kiosk"
    FERTILISER_DISTRIBUTION = "fertiliser_distribution"
    POST_AGENT = "post_agent"
    VILLAGE_PHARMACY = "village_pharmacy"
    PLN_AGENT = "pln_agent"
    BRILINK_AGENT = "brilink_agent"
    BRIMOLA = "brimola"
    BRI_MERCHANT = "bri_merchant"
    BNI46_AGENT = "bni46_agent"
    MANDIRI_AGENT = "mandiri_agent"
    BSI_AGENT = "bsi_agent"
    BALE_AGENT = "bale_agent"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Record):
    """What was asked of whom, and what became of it."""

    business: str | None = leaf(Kind.CODE, choices=Business)
    package: str | None = leaf(Kind.LINE)
    package_id: UUID | None = leaf(Kind.REFERENCE)
    partner: str | None = leaf(Kind.LINE)
    partner_kind: str | None = leaf(Kind.CODE, choices=PartnerKind)
    type: str | None = leaf(Kind.CODE, choices=PartnershipType)
    scheme: str | None = leaf(Kind.LINE)
    commodity: str | None = leaf(Kind.LINE)
    capacity: str | None = leaf(Kind.LINE)
    application_code: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    applied_on: date | None = leaf(Kind.DATE)
    length_months: int | None = leaf(Kind.COUNT)
    proposal: str | None = leaf(Kind.TEXT)
    contact_name: str | None = leaf(Kind.LINE)
    contact_nik: str | None = leaf(Kind.DIGITS, lengths=(16,), personal=True, format="personal_nik")
    contact_phone: str | None = leaf(Kind.LINE, personal=True, format="phone")
    progress: str | None = leaf(Kind.CODE, choices=Progress)
    agreement_signed: bool | None = leaf(Kind.FLAG)
    agreement_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    agreement_on: date | None = leaf(Kind.DATE)
    status: str | None = leaf(Kind.CODE, choices=PartnershipStatus)
    status_note: str | None = leaf(Kind.TEXT)
    status_on: date | None = leaf(Kind.DATE)
    note: str | None = leaf(Kind.TEXT)
