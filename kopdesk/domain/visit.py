"""A visit of the assistant to a cooperative: who, when, where, what was found and agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.errors import ForbiddenChange
from kopdesk.domain.fields import Kind, leaf, pattern_of, patterns, rows, values
from kopdesk.domain.finding import Finding
from kopdesk.domain.place import Signal
from kopdesk.domain.records import Record
from kopdesk.domain.signature import Addition, Correction, Signature
from kopdesk.domain.values import Value
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


_NOT_CONTENT = {"state", "sealed_at", "signed_photo_id", "corrections", "additions"}


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

    @property
    def is_sealed(self) -> bool:
        """Whether it counts in reports."""
        return self.state == VisitState.SEALED

    @property
    def is_signed(self) -> bool:
        """Whether there is a photo of the page both signed."""
        return self.is_sealed and self.signed_photo_id is not None

    def missing_to_seal(self) -> tuple[str, ...]:
        """Names of what must still be filled: date, attendee, purpose_or_finding."""
        met = any((person.name or "").strip() or person.officer_id for person in self.attendees.values())
        why = any(value is True for value in self.purposes.values()) or any(
            (finding.text or "").strip() for finding in self.findings.values()
        )
        needed = {"date": self.visited_on is not None, "attendee": met, "purpose_or_finding": why}
        return tuple(name for name, is_filled in needed.items() if not is_filled)

    def seal(self, at: datetime) -> "Visit":
        """Close the draft. Reports count sealed visits, so a seal never moves."""
        if self.is_sealed:
            raise ForbiddenChange("visit", "state", "already_sealed")
        if lacking := self.missing_to_seal():
            raise ForbiddenChange("visit", "state", f"needs_{lacking[0]}", " ".join(lacking))
        return replace(self, state=VisitState.SEALED, sealed_at=at)

    def correct(self, key: str, path: str, value: Value, *, reason: str, by: str, at: datetime) -> "Visit":
        """Say what should have stood at `path`; the sealed value stays beside it."""
        self._require_seal("corrections", key in self.corrections)
        if path.split("/")[0] in _NOT_CONTENT or pattern_of(path) not in patterns(Visit):
            raise ForbiddenChange("visit", path, "not_correctable")
        if not reason.strip():
            raise ForbiddenChange("visit", f"corrections/{key}/reason", "needs_reason")
        correction = Correction(path=path, value=value, reason=reason, by=by, at=at)
        return replace(self, corrections={**self.corrections, key: correction})

    def add(self, key: str, text: str, *, by: str, at: datetime) -> "Visit":
        """Add what was left out when the visit was sealed."""
        self._require_seal("additions", key in self.additions)
        if not text.strip():
            raise ForbiddenChange("visit", f"additions/{key}/text", "needs_text")
        return replace(self, additions={**self.additions, key: Addition(text=text, by=by, at=at)})

    def sign(self, photo_id: UUID) -> "Visit":
        """Attach the photo of the signed page."""
        self._require_seal("signed_photo_id", is_taken=False)
        return replace(self, signed_photo_id=photo_id)

    def _require_seal(self, path: str, is_taken: bool) -> None:
        if not self.is_sealed:
            raise ForbiddenChange("visit", path, "not_sealed")
        if is_taken:
            raise ForbiddenChange("visit", path, "only_added")
