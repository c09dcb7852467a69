"""The cooperative: its profile, legal numbers, bank accounts and stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows
from kopdesk.domain.records import Record


class Pattern(StrEnum):
    """How the cooperative manages its business; syariah changes the words and accounts."""

    CONVENTIONAL = "conventional"
    SYARIAH = "syariah"


class Form(StrEnum):
    """Whether members are people or cooperatives."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class RegistrationType(StrEnum):
    """How the cooperative became a Merah Putih cooperative."""

    NEW = "new"
    DEVELOPMENT = "development"
    REVITALISATION = "revitalisation"


class RegistrationStatus(StrEnum):
    """What the centre says about the registration."""

    APPROVED = "approved"


class LegalStage(StrEnum):
    """Where the founding stands at the notary."""

    REGISTERED = "registered"
    WITH_NOTARY = "with_notary"
    COMPLETED = "completed"


class FillingMethod(StrEnum):
    """Who filled in the SIMKOPDES profile."""

    SELF = "self"
    ASSISTED = "assisted"


class Stage(StrEnum):
    """Kopdesk's ladder from a legal person to a verified annual meeting. No official ladder exists."""

    LEGAL_ENTITY = "legal_entity"
    PROFILE_COMPLETE = "profile_complete"
    TAX_LICENCE_BANK = "tax_licence_bank"
    BUSINESS_PLAN = "business_plan"
    OUTLET_READY = "outlet_ready"
    OUTLET_OPERATING = "outlet_operating"
    BOOKS_IN_ORDER = "books_in_order"
    ANNUAL_MEETING_VERIFIED = "annual_meeting_verified"


class Bank(StrEnum):
    """The banks SIMKOPDES opens accounts with."""

    BRI = "bri"
    MANDIRI = "mandiri"
    BNI = "bni"
    BSI = "bsi"
    BTN = "btn"
    LPDB = "lpdb"
    OTHER = "other"


class AccountPurpose(StrEnum):
    """What a bank account is for; instalments need one of their own."""

    OPERATING = "operating"
    LOAN_REPAYMENT = "loan_repayment"
    SAVINGS = "savings"


class AccountRequestStatus(StrEnum):
    """Where the request for an account stands at the bank."""

    REQUESTED = "requested"
    PROCESSED = "processed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account in the cooperative's name, or the request for one."""

    bank: str | None = leaf(Kind.CODE, choices=Bank)
    bank_name: str | None = leaf(Kind.LINE)
    branch: str | None = leaf(Kind.LINE)
    account_number: str | None = leaf(Kind.DIGITS)
    account_name: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    purpose: str | None = leaf(Kind.CODE, choices=AccountPurpose)
    opened_on: date | None = leaf(Kind.DATE)
    closed_on: date | None = leaf(Kind.DATE)
    request_status: str | None = leaf(Kind.CODE, choices=AccountRequestStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One KBLI line in the NIB."""

    kbli: str | None = leaf(Kind.DIGITS, lengths=(5,))
    kbli_year: int | None = leaf(Kind.COUNT)
    licence_type: str | None = leaf(Kind.LINE)
    issued_on: date | None = leaf(Kind.DATE)
    expires_on: date | None = leaf(Kind.DATE)
    monthly_sales: int | None = leaf(Kind.MONEY)
    employees: int | None = leaf(Kind.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Potential:
    """What the village grows, makes or offers."""

    name: str | None = leaf(Kind.LINE)
    area: int | None = leaf(Kind.COUNT)
    area_unit: str | None = leaf(Kind.LINE)
    volume: int | None = leaf(Kind.COUNT)
    volume_unit: str | None = leaf(Kind.LINE)
    people: int | None = leaf(Kind.COUNT)
    value: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperative(Record):
    """The profile as SIMKOPDES keeps it. Scans of the papers are `legal_document` records."""

    # Identity
    name: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    decree_name: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    former_name: str | None = leaf(Kind.LINE)
    form: str | None = leaf(Kind.CODE, choices=Form)
    pattern: str | None = leaf(Kind.CODE, choices=Pattern)
    business_category: str | None = leaf(Kind.LINE)
    business_entity_type: str | None = leaf(Kind.LINE)
    working_area: str | None = leaf(Kind.LINE)
    duration: str | None = leaf(Kind.LINE)
    about: str | None = leaf(Kind.TEXT)
    subdomain: str | None = leaf(Kind.LINE)
    nik: str | None = leaf(Kind.DIGITS, lengths=(16,))
    # Law and tax
    deed_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    deed_on: date | None = leaf(Kind.DATE)
    decree_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    decree_on: date | None = leaf(Kind.DATE)
    change_decree_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    change_decree_on: date | None = leaf(Kind.DATE)
    gazette_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    notary: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    npwp: str | None = leaf(Kind.DIGITS, lengths=(16, 15))
    npwp_name: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    npwp_address: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    nib: str | None = leaf(Kind.DIGITS, lengths=(13,))
    tax_status: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    village_meeting_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    village_meeting_on: date | None = leaf(Kind.DATE)
    member_meeting_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    member_meeting_on: date | None = leaf(Kind.DATE)
    # Place and contact
    village_code: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE, format="village_code")
    village_name: str | None = leaf(Kind.LINE)
    subdistrict_name: str | None = leaf(Kind.LINE)
    district_name: str | None = leaf(Kind.LINE)
    province_name: str | None = leaf(Kind.LINE)
    address: str | None = leaf(Kind.LINE)
    rt: str | None = leaf(Kind.LINE)
    rw: str | None = leaf(Kind.LINE)
    postal_code: str | None = leaf(Kind.DIGITS, lengths=(5,))
    latitude: int | None = leaf(Kind.COORDINATE)
    longitude: int | None = leaf(Kind.COORDINATE)
    phone: str | None = leaf(Kind.LINE, personal=True, format="phone")
    email: str | None = leaf(Kind.LINE, personal=True, format="email")
    # Founding
    established_on: date | None = leaf(Kind.DATE)
    founding_meeting_on: date | None = leaf(Kind.DATE)
    founding_meeting_address: str | None = leaf(Kind.LINE)
    founding_participants: int | None = leaf(Kind.COUNT)
    founding_capital: int | None = leaf(Kind.MONEY)
    principal_saving: int | None = leaf(Kind.MONEY, least=0)
    mandatory_saving: int | None = leaf(Kind.MONEY, least=0)
    grant_fund: int | None = leaf(Kind.MONEY)
    # Registration
    registration_type: str | None = leaf(Kind.CODE, choices=RegistrationType)
    registration_channel: str | None = leaf(Kind.LINE)
    registration_status: str | None = leaf(Kind.CODE, choices=RegistrationStatus)
    registration_note: str | None = leaf(Kind.TEXT)
    legal_stage: str | None = leaf(Kind.CODE, choices=LegalStage)
    filling_method: str | None = leaf(Kind.CODE, choices=FillingMethod)
    has_account: bool | None = leaf(Kind.FLAG)
    revitalisation_method: str | None = leaf(Kind.TEXT)
    revitalisation_potential: str | None = leaf(Kind.TEXT)
    government_support: str | None = leaf(Kind.TEXT)
    merger_plan: str | None = leaf(Kind.TEXT)
    # Where it stands
    stage: str | None = leaf(Kind.CODE, choices=Stage)
    stage_since: date | None = leaf(Kind.DATE)
    stage_note: str | None = leaf(Kind.TEXT)
    bank_accounts: Mapping[str, BankAccount] = rows(BankAccount)
    licences: Mapping[str, Licence] = rows(Licence)
    potentials: Mapping[str, Potential] = rows(Potential)
