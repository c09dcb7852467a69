"""Since which year cooperatives are taxpayers, by their papers."""

from uuid import UUID

from kopdesk.domain.channels import coop_channel
from kopdesk.domain.fields import DELETED
from kopdesk.domain.legal_document import DocumentType
from kopdesk.storage.database import UnitOfWork
from kopdesk.usecases.desk import Desk

_FOUNDED = ("decree_on", "established_on")
"""Where the tax number has no date: the nearest that is known."""


def registered_in(desk: Desk, cooperative_id: UUID) -> int | None:
    """None where the papers do not say."""
    with desk.database.reading() as work:
        return registered_years(work, cooperative_id).get(cooperative_id)


def registered_years(work: UnitOfWork, cooperative_id: UUID | None = None) -> dict[UUID, int]:
    """Of one cooperative, or of all of which a paper says it."""
    channel = coop_channel(cooperative_id) if cooperative_id is not None else None
    papers: dict[UUID, str] = {}
    for stored in work.records.list_all("legal_document", channel):
        shown, whose = stored.shown, stored.cooperative_id
        day = str(shown.get("issued_on") or "")
        is_number = shown.get("type") == DocumentType.NPWP and shown.get(DELETED) is not True
        if whose is not None and is_number and day:
            papers[whose] = min(day, papers.get(whose, day))
    for stored in work.records.list_all("cooperative", channel):
        days = [str(stored.shown.get(name) or "") for name in _FOUNDED]
        if day := next(filter(None, days), ""):
            papers.setdefault(stored.key.id, day)
    return {whose: int(day[:4]) for whose, day in papers.items()}
