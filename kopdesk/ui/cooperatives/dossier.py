"""The dossier of a cooperative: a tab for each part that has something in it."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QTabWidget, QWidget

from kopdesk.domain.fields import DELETED
from kopdesk.domain.zones import business_date
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL, WIDE
from kopdesk.ui.widgets.buttons import plain, quiet
from kopdesk.ui.widgets.frames import GUTTER, Card, Scroll
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.dossier import Dossier, DossierRecord, Source, dossier
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import short_date
from kopdesk.wording.labels import path_label
from kopdesk.wording.titles import record_title
from kopdesk.wording.values import field_text

TABS = (
    (N_("Profil & legalitas"), ("cooperative", "legal_document", "member_count")),
    (N_("Pengurus"), ("officer",)),
    (N_("Gerai & aset"), ("outlet", "asset")),
    (N_("Kunjungan"), ("visit",)),
    (N_("Pembukuan"), ("book_check", "statement")),
    (N_("Rencana"), ("plan",)),
    (N_("Tindak lanjut"), ("follow_up", "problem")),
    (N_("Kemitraan"), ("partnership", "financing_request")),
    (N_("Catatan peninjau"), ("remark",)),
)
_MOST_OF_A_TYPE = 60


class DossierView(QWidget):
    """Every figure says since when it is so and from whom."""

    back_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Dossier | None = None
        self._wanted = ""
        self._title = LineLabel("", "title")
        self._place = LineLabel("", "quiet")
        back = quiet(_("Semua koperasi"), self.back_requested.emit, "left")
        new = plain(_("Kunjungan baru"), lambda: session.act_requested.emit("new"), "plus")
        head = row(column(self._title, self._place, gap=2), new, wide=0)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Bagian berkas koperasi"))
        self.tabs.tabBar().setExpanding(False)
        above = column(row(back, None), head, gap=MEDIUM, margin=(0, 0, GUTTER, 0))
        self.setLayout(column(above, self.tabs, gap=MEDIUM, margin=(WIDE, WIDE, WIDE - GUTTER, WIDE), wide=1))
        session.records_changed.connect(self._load_again)

    def open(self, cooperative_id: UUID, kind: str) -> None:
        """Look it up; `kind`: the type of record whose tab is wanted."""
        self._wanted = kind
        look_up = partial(dossier, cooperative_id=cooperative_id)
        self._session.ask(look_up, self._show, owner=self)

    def leave(self) -> None:
        """Nothing is typed here."""

    def act(self, key: str) -> bool:
        """No key has a meaning of its own here."""
        return False

    def _load_again(self) -> None:
        if self._shown is not None and self.isVisible():
            self.open(self._shown.cooperative_id, "")

    def _show(self, found: Dossier) -> None:
        if found == self._shown:
            return
        is_other = self._shown is None or self._shown.cooperative_id != found.cooperative_id
        at = 0 if is_other else self.tabs.currentIndex()
        self._shown = found
        profile = found.records.get("cooperative", ())
        self._title.setText(found.name)
        self._place.setText(_place_of(profile[0]) if profile else "")
        while self.tabs.count():
            gone = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if gone is not None:
                gone.deleteLater()
        for title, types in TABS:
            records = [one for name in types for one in found.records.get(name, ())]
            if records:
                self.tabs.addTab(self._tab(records), _(title).replace("&", "&&"))
                if self._wanted in types:
                    at = self.tabs.count() - 1
        self.tabs.setCurrentIndex(at)

    def _tab(self, records: list[DossierRecord]) -> QWidget:
        records = sorted(records, key=_newest_first)[:_MOST_OF_A_TYPE]
        content = column(*(self._card(one) for one in records), None, gap=LARGE, margin=(0, MEDIUM, 0, 0))
        return Scroll(widget_of(content))

    def _card(self, record: DossierRecord) -> Card:
        zone = self._session.zone
        card = Card(_title_of(record, zone))
        grid = QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        for at, path in enumerate(_paths(record)):
            label = PlainLabel(path_label(record.key.type, path), "quiet")
            label.setFixedWidth(220)
            value = PlainLabel(field_text(record.key.type, path, record.leaves[path], zone))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            source = PlainLabel(source_told(record.sources[path], zone), "small")
            source.setFixedWidth(200)
            for column_at, widget in enumerate((label, value, source)):
                grid.addWidget(widget, at, column_at, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        return card


def source_told(source: Source, zone: str) -> str:
    """12 Nov 2026, Rina Wulandari; and that it has not been sent."""
    when = short_date(business_date(source.at, zone)) if source.at else ""
    told = ", ".join(filter(None, (when, source.author)))
    return f"{told} · {_('belum terkirim')}" if source.is_unsent else told


def _paths(record: DossierRecord) -> Iterator[str]:
    gone = tuple(p.removesuffix(DELETED) for p, v in record.leaves.items() if p.endswith(f"/{DELETED}") and v)
    for path in record.leaves:
        if not path.endswith(DELETED) and not (gone and path.startswith(gone)):
            yield path


def _title_of(record: DossierRecord, zone: str) -> str:
    if record.key.type == "cooperative":
        return _("Profil koperasi")
    return record_title(record.key.type, record.leaves, zone)


def _place_of(profile: DossierRecord) -> str:
    names = ("village_name", "subdistrict_name", "district_name", "province_name")
    return ", ".join(str(profile.leaves[name]) for name in names if profile.leaves.get(name))


def _newest_first(record: DossierRecord) -> tuple[int, str]:
    """Profiles before papers; what has a date, newest first."""
    days = ("visited_on", "checked_on", "due_on", "period", "issued_on")
    day = next((str(record.leaves[name]) for name in days if record.leaves.get(name)), "")
    return (0 if record.key.type == "cooperative" else 1, "".join(chr(0x10FFFF - ord(c)) for c in day))
