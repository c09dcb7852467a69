"""What was changed last in a cooperative, by day and person: from the sources of what stands there now."""

from collections import Counter
from datetime import date

from kopdesk.domain.fields import DELETED
from kopdesk.domain.zones import business_date
from kopdesk.ui.cooperatives.record_card import card_title
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.frames import Card
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.dossier import Dossier
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import date_text
from kopdesk.wording.figures import counted

_MOST_LINES = 60


def history_card(dossier: Dossier, zone: str) -> Card:
    """Newest first. A change that was written over later is not told here."""
    card = Card(_("Perubahan terakhir, yang terbaru di atas"))
    before: tuple[date, str] | None = None
    body = card.body
    for (day, author, title), leaves in _changes(dossier, zone)[:_MOST_LINES]:
        if (day, author) != before:
            body = column(gap=SMALL, margin=(0, MEDIUM if before else 0, 0, 0))
            card.body.addLayout(body)
            told = ", ".join(filter(None, (date_text(day), author)))
            body.addWidget(PlainLabel(told, "quiet"))
        before = (day, author)
        count = PlainLabel(counted(leaves, "field"), "small")
        count.setWordWrap(False)
        body.addLayout(row(LineLabel(title), count, gap=LARGE, wide=0))
    return card


def _changes(dossier: Dossier, zone: str) -> list[tuple[tuple[date, str, str], int]]:
    counts: Counter[tuple[date, str, str]] = Counter()
    for records in dossier.records.values():
        for record in records:
            title = card_title(record, zone)
            for source in record.sources.values():
                if source.at is not None:
                    counts[business_date(source.at, zone), source.author, title] += 1
    for record in dossier.deleted:
        if (source := record.sources[DELETED]).at is not None:
            title = _("{what}: dihapus").format(what=card_title(record, zone))
            counts[business_date(source.at, zone), source.author, title] += 1
    return sorted(counts.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1:]))
