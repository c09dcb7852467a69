"""A record to read: its lines, with since when they are so and from whom; and the way to change it."""

from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from kopdesk.domain.zones import business_date
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT, LARGE, SMALL
from kopdesk.ui.widgets.buttons import quiet
from kopdesk.ui.widgets.frames import Card
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import row
from kopdesk.usecases.dossier import DossierRecord, Source
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_date
from kopdesk.wording.record_lines import RecordLine, record_lines
from kopdesk.wording.titles import record_title

_LABEL_WIDTH, _SOURCE_WIDTH = 200, 190


class RecordCard(Card):
    """The source most lines have in common stands once, beside the title; others beside their line."""

    def __init__(
        self,
        record: DossierRecord,
        zone: str,
        open_it: Callable[[], object] | None = None,
        word: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.record = record
        self.setProperty("together", True)
        self._lines = record_lines(record.key.type, record.leaves, zone)
        told = {line: source_told(_source_of(line, record), zone) for line in self._lines}
        self._told = told
        common = Counter(told.values()).most_common(1)[0][0] if told else ""
        self._common = common
        title = PlainLabel(card_title(record, zone), "strong")
        title.setMinimumHeight(CONTROL_HEIGHT)  # cards with a button and those without begin alike
        source = PlainLabel(common, "small")
        source.setWordWrap(False)
        head = row(title, source, gap=LARGE, wide=0)
        self.button: QPushButton | None = None
        if open_it is not None:
            self.button = quiet(word or _("Ubah"), open_it, "right" if word else "edit")
            head.addWidget(self.button)
        self.body.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)

    def filling(self) -> Iterator[None]:
        """Line by line."""
        grid, before = self._grid, ""
        for at, line in enumerate(self._lines):
            label = PlainLabel("" if line.label == before else line.label, "quiet")
            label.setFixedWidth(_LABEL_WIDTH)
            value = PlainLabel(line.text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
            if self._told[line] != self._common:
                grid.addWidget(_aside(self._told[line]), at, 2, Qt.AlignmentFlag.AlignTop)
            before = line.label
            yield


def card_title(record: DossierRecord, zone: str) -> str:
    """What the record is called on a page that says already whose it is."""
    if record.key.type == "cooperative":
        return _("Profil koperasi")
    return record_title(record.key.type, record.leaves, zone)


def source_told(source: Source | None, zone: str) -> str:
    """12 Nov 2026, Rina Wulandari; and that it has not been sent."""
    if source is None:
        return ""
    when = short_date(business_date(source.at, zone)) if source.at else ""
    told = ", ".join(filter(None, (when, source.author)))
    return f"{told} · {_('belum terkirim')}" if source.is_unsent else told


def _aside(text: str) -> PlainLabel:
    made = PlainLabel(text, "small")
    made.setFixedWidth(_SOURCE_WIDTH)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def _source_of(line: RecordLine, record: DossierRecord) -> Source | None:
    """Of what was written last in it; what is unsent first."""
    found = [record.sources[path] for path in line.paths if path in record.sources]
    return max(found, key=lambda one: (one.is_unsent, str(one.at or "")), default=None)
