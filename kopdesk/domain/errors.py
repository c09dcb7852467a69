"""Expected failures. They carry facts; `wording` turns them into a sentence with a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID  # slow to import, and the window begins here


class KopdeskError(Exception):
    """Something the world did, not a bug. Never shown as it is."""


class InvalidField(KopdeskError):
    """Input that cannot be kept. `reason` is a word that `wording` knows."""

    def __init__(self, path: str, reason: str, detail: str = "") -> None:
        super().__init__(path, reason, detail)
        self.path, self.reason, self.detail = path, reason, detail


class UnknownRecordType(KopdeskError):
    """A record type this program does not have."""

    def __init__(self, record_type: str) -> None:
        super().__init__(record_type)
        self.record_type = record_type


class RecordNotFound(KopdeskError):
    """No such record in this profile (or not visible to this caller, which is the same)."""

    def __init__(self, record_type: str, record_id: UUID) -> None:
        super().__init__(record_type, record_id)
        self.record_type, self.record_id = record_type, record_id


class ForbiddenChange(KopdeskError):
    """A change that the state table or the record's own rules do not allow."""

    def __init__(self, record_type: str, path: str, reason: str, detail: str = "") -> None:
        super().__init__(record_type, path, reason, detail)
        self.record_type, self.path, self.reason, self.detail = record_type, path, reason, detail
