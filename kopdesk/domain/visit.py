"""A visit of the assistant to a cooperative: who, when, where, what was found and agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, leaf, rows, values
from kopdesk.domain.finding import Finding
from kopdesk.domain.place import Signal
from kopdesk.domain.records import Record
from kopdesk.domain.signature import Addition, Correction, Signature
from kopdesk.domain.zones import Zone


class VisitState(StrEnum):
    """Only sealed visits count in reports."""

    DRAFT = "draft"
    SEALED = "sealed"


class Mode(StrEnum):
    """How they met."""

    FIELD = "field"
    OFFICE = "office"
    ONLINE = "online"
    PHONE = "phone"


class PositionSource(StrEnum):
    """How the coordinates are known; an honest "manual" is worth more than an invented GPS."""

    GPS = "gps"
    PHOTO = "photo"
    MANUAL = "manual"


class Duty(StrEnum):
    """The five duties of a business assistant, (a) to (e): the keys of `purposes`."""

    OUTLET_PREPARATION = "outlet_preparation"
    PLANS = "plans"
    OUTLET_GOVERNANCE = "outlet_governance"
    SIMKOPDES_UPDATE = "simkopdes_update"
    PARTNERSHIPS = "partnerships"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who was met."""

    name: str | None = leaf(Kind.LINE)
    position: str | None = leaf(Kind.LINE)
    officer_id: UUID | None = leaf(Kind.REFERENCE)
    initialled: bool | None = leaf(Kind.FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """Draft until sealed. After the seal only corrections, additions and the signed page are written."""

    state: str | None = leaf(Kind.CODE, choices=VisitState)
    visited_on: date | None = leaf(Kind.DATE)
    start_time: str | None = leaf(Kind.TIME)
    end_time: str | None = leaf(Kind.TIME)
    zone: str | None = leaf(Kind.CODE, choices=Zone)
    mode: str | None = leaf(Kind.CODE, choices=Mode)
    place: str | None = leaf(Kind.LINE)
    latitude: int | None = leaf(Kind.COORDINATE)
    longitude: int | None = leaf(Kind.COORDINATE)
    accuracy_metres: int | None = leaf(Kind.COUNT)
    position_source: str | None = leaf(Kind.CODE, choices=PositionSource)
    signal: str | None = leaf(Kind.CODE, choices=Signal)
    topics: str | None = leaf(Kind.TEXT)
    agreement: str | None = leaf(Kind.TEXT)
    notes: str | None = leaf(Kind.TEXT)
    made_offline_at: datetime | None = leaf(Kind.INSTANT)
    sealed_at: datetime | None = leaf(Kind.INSTANT)
    signed_photo_id: UUID | None = leaf(Kind.REFERENCE)
    purposes: Mapping[str, bool] = values(Kind.FLAG)
    attendees: Mapping[str, Attendee] = rows(Attendee)
    findings: Mapping[str, Finding] = rows(Finding)
    signatures: Mapping[str, Signature] = rows(Signature)
    corrections: Mapping[str, Correction] = rows(Correction)
    additions: Mapping[str, Addition] = rows(Addition)
