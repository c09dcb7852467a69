"""The minutes of a visit as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kopdesk.reports.minutes import minutes_facts, minutes_message, read_minutes
from kopdesk.reports.typesetting import Paper, typeset
from kopdesk.ui.documents.view import Prepared, file_name
from kopdesk.ui.session import Program
from kopdesk.wording.catalogue import _

if TYPE_CHECKING:
    from kopdesk.usecases.desk import Desk


def prepare_minutes(
    visit_id: UUID, zone: str, program: Program, desk: Desk, paper: Paper, width: int
) -> Prepared:
    """Looked up and typeset, with the short text for a message."""
    minutes = read_minutes(desk.database, visit_id, assistant=desk.owner.name, zone=zone)
    document = typeset(
        "minutes",
        minutes_facts(minutes),
        own_templates=program.templates,
        paper=paper,
        is_training=program.is_training,
        screen_width=width,
    )
    name = file_name(_("Berita acara"), minutes.cooperative, minutes.day.partition(", ")[2])
    return Prepared(document, name, minutes_message(minutes))
