"""Signatures, and what may still be added to something that was signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, as what, when; the drawing is an attachment."""

    name: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    position: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    signed_at: datetime | None = leaf(Kind.INSTANT)
    attachment_id: UUID | None = leaf(Kind.REFERENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """After the seal: the value that should have stood at `path`. The sealed value stays."""

    path: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    value: Value = leaf(Kind.VALUE)
    reason: str | None = leaf(Kind.TEXT)
    by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    at: datetime | None = leaf(Kind.INSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """After the seal: something that was left out."""

    text: str | None = leaf(Kind.TEXT)
    by: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    at: datetime | None = leaf(Kind.INSTANT)
