"""A member of the board (pengurus) or the supervisory board (pengawas)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


class Body(StrEnum):
    """The organ the officer belongs to."""

    BOARD = "board"
    SUPERVISORS = "supervisors"


class Position(StrEnum):
    """The office held. SIMKOPDES has one word for both kinds of vice chair."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    VICE_CHAIR_BUSINESS = "vice_chair_business"
    VICE_CHAIR_MEMBERS = "vice_chair_members"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    MEMBER = "member"


class Gender(StrEnum):
    """As on the identity card."""

    FEMALE = "female"
    MALE = "male"


class Education(StrEnum):
    """The highest certificate."""

    PRIMARY = "primary"
    JUNIOR_SECONDARY = "junior_secondary"
    SENIOR_SECONDARY = "senior_secondary"
    DIPLOMA_1 = "diploma_1"
    DIPLOMA_2 = "diploma_2"
    DIPLOMA_3 = "diploma_3"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"
    SDTT = "sdtt"
    OTHER = "other"


class OfficerSource(StrEnum):
    """Where the centre has the officer from."""

    AHU_APPROVAL = "ahu_approval"
    AHU_CHANGE = "ahu_change"
    ODS = "ods"
    ODS_SELF = "ods_self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer(Record):
    """Who may sign for the cooperative, and until when."""

    name: str | None = leaf(Kind.LINE)
    nik: str | None = leaf(Kind.DIGITS, lengths=(16,), personal=True, format="personal_nik")
    body: str | None = leaf(Kind.CODE, choices=Body)
    position: str | None = leaf(Kind.CODE, choices=Position)
    npwp: str | None = leaf(Kind.DIGITS, lengths=(16, 15), personal=True)
    phone: str | None = leaf(Kind.LINE, personal=True, format="phone")
    email: str | None = leaf(Kind.LINE, personal=True, format="email")
    gender: str | None = leaf(Kind.CODE, choices=Gender)
    born_on: date | None = leaf(Kind.DATE, personal=True)
    education: str | None = leaf(Kind.CODE, choices=Education)
    address: str | None = leaf(Kind.LINE, personal=True)
    postal_code: str | None = leaf(Kind.DIGITS, lengths=(5,), personal=True)
    starts_on: date | None = leaf(Kind.DATE)
    ends_on: date | None = leaf(Kind.DATE)
    decree_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    is_village_official: bool | None = leaf(Kind.FLAG)
    source: str | None = leaf(Kind.CODE, choices=OfficerSource)
    note: str | None = leaf(Kind.TEXT)

    def serves_on(self, day: date) -> bool:
        """Whether the term covers `day`; an unknown end is open."""
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)
