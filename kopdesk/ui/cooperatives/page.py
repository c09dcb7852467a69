"""Koperasi: a table with filters, and behind every row its dossier."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from kopdesk.domain.cooperative import Stage
from kopdesk.ui.cooperatives.dossier import DossierView
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, WIDE
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.frames import EmptyState, page_head
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.tables import RowsTable, TableColumn
from kopdesk.usecases.overview import CooperativeCard, list_cooperatives
from kopdesk.wording.catalogue import _, many
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import day_age, short_month
from kopdesk.wording.figures import number
from kopdesk.wording.shortening import short_name

_STALE_DAYS = 21
_ALL_COLUMNS = 960
"""Pixels of width that the table needs for them."""


class CooperativesPage(Page):
    """Enter opens the dossier, Alt+Left comes back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._cards: list[CooperativeCard] = []
        self._is_loaded = False
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Saring nama, desa, atau NIK"))
        self._search.setAccessibleName(_("Saring nama, desa, atau NIK"))
        self._search.setMinimumWidth(240)
        self._search.setMaximumWidth(320)
        self._search.textChanged.connect(self._show_rows)
        self._which = Chips([(word, label) for word, (label, _fits) in self._filters().items()])
        self._which.setAccessibleName(_("Saringan"))
        self._which.show_chosen(["all"])
        self._which.changed.connect(self._on_which)
        self.table: RowsTable[CooperativeCard] = RowsTable(self._columns(), _("Daftar koperasi"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.row_opened.connect(lambda card: self.open_dossier(card.id, card.name))
        self._nothing = EmptyState(
            "cooperative",
            _("Tidak ada koperasi"),
            _("Tidak ada yang cocok dengan saringan ini, atau belum ada koperasi yang diterima dari pusat."),
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._nothing)
        tools = row(self._search, self._which, gap=LARGE, wide=1)
        every = widget_of(
            column(page_head(many("Koperasi")), tools, self._lists, gap=LARGE, margin=WIDE, wide=2)
        )
        self.dossier = DossierView(session)
        self.dossier.back_requested.connect(self.show_list)
        self._stack = QStackedWidget()
        self._stack.addWidget(every)
        self._stack.addWidget(self.dossier)
        self.setLayout(column(self._stack))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._on_focus)

    def open_first(self) -> None:
        """The table has the keyboard."""
        self._load()
        if self._stack.currentWidget() is self.dossier:
            self.dossier.load_again()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed in the dossier is saved."""
        self.dossier.leave()

    def act(self, key: str) -> bool:
        """Back to the list, or whatever the dossier makes of it."""
        acts: dict[str, Callable[[], object]] = {"back": self.show_list, "refresh": self._load}
        if key in acts:
            acts[key]()
            return True
        return self._stack.currentWidget() is self.dossier and self.dossier.act(key)

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """The dossier of its cooperative."""
        if cooperative_id is not None:
            name = next((card.name for card in self._cards if card.id == cooperative_id), "")
            is_whole = record_id == cooperative_id and kind == "cooperative"
            self.open_dossier(cooperative_id, name, "" if is_whole else kind, record_id)

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """The dossier, at the part that is open."""
        return self.dossier.open_record() if self._stack.currentWidget() is self.dossier else None

    def open_dossier(
        self, cooperative_id: UUID, name: str, kind: str = "", record_id: UUID | None = None
    ) -> None:
        """Show one cooperative, and put it in focus; `kind`: of the record that is wanted in it."""
        if name and cooperative_id != self._session.cooperative:
            self._session.focus_cooperative(cooperative_id, name)
            told = _("Semua halaman kini tentang {name}. Ganti di pojok kiri atas.")
            self._session.told.emit(told.format(name=short_name(name)))
        self._stack.setCurrentWidget(self.dossier)
        self.dossier.open(cooperative_id, kind, record_id)

    def show_list(self) -> None:
        """Back to the table, and to all cooperatives."""
        self.dossier.leave()
        self._stack.setCurrentIndex(0)
        self._session.focus_cooperative(None, "")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus(self, name: str) -> None:
        if self._stack.currentWidget() is not self.dossier:
            return
        if self._session.cooperative is None:
            self.show_list()
        else:
            self.dossier.open(self._session.cooperative, "")

    def _load(self) -> None:
        self._session.ask(partial(list_cooperatives, today=self._session.today), self._show, owner=self)

    def _show(self, cards: list[CooperativeCard]) -> None:
        if cards != self._cards or not self._is_loaded:
            self._cards, self._is_loaded = cards, True
            self._show_rows()

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self._which.show_chosen(["all"])
        self._show_rows()

    def _show_rows(self) -> None:
        text = self._search.text().casefold().strip()
        fits = self._filters()[(self._which.chosen or ("all",))[0]][1]
        shown = [card for card in self._cards if fits(card) and text in _words(card)]
        self.table.show_rows(shown)
        self._lists.setCurrentIndex(0 if shown else 1)

    def _filters(self) -> dict[str, tuple[str, Callable[[CooperativeCard], bool]]]:
        return {
            "all": (_("Semua"), lambda card: True),
            "overdue": (_("Janji lewat tenggat"), lambda card: card.overdue_promises > 0),
            "stale": (_("Lama tidak dikunjungi"), self._is_stale),
            "unsent": (_("Belum terkirim"), lambda card: card.unsent > 0),
        }

    def _is_stale(self, card: CooperativeCard) -> bool:
        return card.visited_on is None or (self._session.today - card.visited_on).days > _STALE_DAYS

    def _columns(self) -> tuple[TableColumn[CooperativeCard], ...]:
        def visited(card: CooperativeCard) -> str:
            return day_age(card.visited_on, self._session.today) if card.visited_on else _("belum pernah")

        return (
            TableColumn(
                _("Nama"),
                lambda card: short_name(card.name),
                lambda card: f"{int(card.is_withdrawn)} {card.name}",
                stretch=True,
            ),
            TableColumn(
                _("Kecamatan"),
                lambda card: card.subdistrict,
                lambda card: card.subdistrict,
                wide_only=_ALL_COLUMNS,
            ),
            TableColumn(
                _("Tahap"),
                lambda card: choice_label(Stage, card.stage),
                lambda card: card.stage,
                wide_only=_ALL_COLUMNS,
            ),
            TableColumn(
                _("Dikunjungi"),
                visited,
                lambda card: str(card.visited_on or ""),
                lambda card: "bad" if self._is_stale(card) else "",
            ),
            TableColumn(
                _("Buku diperiksa"),
                lambda card: short_month(card.checked_month) if card.checked_month else "–",
                lambda card: card.checked_month or "",
            ),
            TableColumn(
                many("Janji"),
                lambda card: number(card.open_promises) if card.open_promises else "–",
                lambda card: card.open_promises,
                is_figure=True,
            ),
            TableColumn(
                _("Lewat"),
                lambda card: number(card.overdue_promises) if card.overdue_promises else "–",
                lambda card: card.overdue_promises,
                lambda card: "bad" if card.overdue_promises else "",
                is_figure=True,
            ),
            TableColumn(
                _("Belum terkirim"),
                lambda card: number(card.unsent) if card.unsent else "–",
                lambda card: card.unsent,
                is_figure=True,
            ),
        )


def _words(card: CooperativeCard) -> str:
    return " ".join((card.name, card.village, card.subdistrict, card.nik)).casefold()
