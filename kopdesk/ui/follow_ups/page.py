"""Tindak Lanjut: what was promised, overdue first; the promise itself on the right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget

from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.records import RecordKey
from kopdesk.ui.follow_ups.form import FollowUpForm
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, WIDE
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.frames import EmptyState, SidePanel, page_head
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.tables import RowsTable, TableColumn
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.overview import Promise, list_promises
from kopdesk.wording.catalogue import _, many
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import short_date
from kopdesk.wording.labels import lowered
from kopdesk.wording.shortening import short_name

_ALL_COLUMNS, _MOST_COLUMNS = 860, 600
"""Pixels of width that the table needs for them."""
_RESPONSIBLE = 24


@dataclass(frozen=True, slots=True)
class _Filter:
    label: str
    fits: Callable[[Promise, date], bool]


class FollowUpsPage(Page):
    """Enter or a click opens a promise, and what is chosen then is what is open: nobody ends another one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._promises: list[Promise] = []
        self._just_ended: set[UUID] = set()
        self._which = Chips([(word, one.label) for word, one in _filters().items()])
        self._which.setAccessibleName(_("Saringan"))
        self._which.show_chosen(["open"])
        self._which.changed.connect(self._on_which)
        self.table: RowsTable[Promise] = RowsTable(self._columns(), _("Daftar janji"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.row_opened.connect(self._on_opened)
        self.table.row_chosen.connect(self._on_chosen)
        self.form = FollowUpForm(session)
        self.form.decided.connect(self._on_decided)
        self.form.shown.connect(self._on_shown)
        self._panel = SidePanel()
        self._panel.body.addWidget(self.form)
        self._panel.closed.connect(self._on_closed)
        self._panel.hide()
        split = QSplitter()
        self._nothing = EmptyState(
            "promise",
            _("Tidak ada janji di sini"),
            _("Janji dicatat di kunjungan: apa yang akan dikerjakan, oleh siapa, sampai kapan."),
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._nothing)
        split.addWidget(self._lists)
        split.addWidget(self._panel)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(LARGE)
        left = column(
            page_head(many("Tindak lanjut")), row(self._which, wide=0), split, gap=LARGE, margin=WIDE, wide=2
        )
        self.setLayout(column(widget_of(left)))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._load)

    def open_first(self) -> None:
        """The table has the keyboard."""
        self._just_ended.clear()
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed is saved."""
        self.form.leave()

    def act(self, key: str) -> bool:
        """Edit opens the chosen promise; undo and delete are the form's."""
        acts: dict[str, Callable[[], object]] = {
            "edit": self._open_current,
            "refresh": self._load,
            "back": self._panel.close_panel,
        }
        if key in acts:
            acts[key]()
        return key in acts

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Open this promise."""
        if not any(self._fits(one) for one in self._promises if one.id == record_id):
            self._which.show_chosen(["all"])
        self._open(record_id)
        self._show_rows()
        self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """The promise in the panel."""
        form = self.form.form
        if form is None or self._panel.isHidden():
            return None
        return form.key.type, form.key.id, form.cooperative_id

    @property
    def _opened(self) -> UUID | None:
        """The promise in the panel."""
        form = self.form.form
        return None if form is None or self._panel.isHidden() else form.key.id

    def _open(self, promise_id: UUID) -> None:
        if promise_id == self._opened:
            return
        self.form.leave()
        self._panel.title.setText(_("Janji"))
        self._panel.show()
        self.form.presenter.open(RecordKey("follow_up", promise_id))

    def _on_opened(self, promise: Promise) -> None:
        self._open(promise.id)
        self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, promise: Promise) -> None:
        """The panel follows; the keyboard stays where it is."""
        if not self._panel.isHidden():
            self._open(promise.id)

    def _open_current(self) -> None:
        if (promise := self.table.current) is not None:
            self._on_opened(promise)

    def _on_closed(self) -> None:
        self.form.leave()
        self._to_table()

    def _on_shown(self, form: OpenForm) -> None:
        self._panel.title.setText(short_name(form.cooperative_name) or _("Janji"))

    def _on_decided(self) -> None:
        """It stays in sight until another list is asked for: who ended it by mistake opens it again."""
        if (opened := self._opened) is not None:
            self._just_ended.add(opened)
        self._to_table()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        look_up = partial(list_promises, cooperative_id=self._session.cooperative)
        self._session.ask(look_up, self._show, owner=self)

    def _show(self, promises: list[Promise]) -> None:
        self._promises = promises
        self._show_rows()

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self._which.show_chosen(["open"])
        self._just_ended.clear()
        newest_first = chosen == ("closed",)
        order = Qt.SortOrder.DescendingOrder if newest_first else Qt.SortOrder.AscendingOrder
        self.table.sortByColumn(0, order)
        self._show_rows()

    def _fits(self, promise: Promise) -> bool:
        fits = _filters()[(self._which.chosen or ("open",))[0]].fits
        return promise.id in self._just_ended or fits(promise, self._session.today)

    def _show_rows(self) -> None:
        opened = self._opened
        shown = [one for one in self._promises if self._fits(one)]
        if opened is not None and not any(one.id == opened for one in shown):
            self._panel.close_panel()
            opened = None
        self.table.show_rows(shown, None if opened is None else lambda one: one.id == opened)
        self._lists.setCurrentWidget(self.table if shown else self._nothing)

    def _columns(self) -> tuple[TableColumn[Promise], ...]:
        def tone(promise: Promise) -> str:
            return "bad" if promise.is_overdue(self._session.today) else ""

        return (
            TableColumn(
                _("Tenggat"),
                lambda one: short_date(one.due_on) if one.due_on else "–",
                lambda one: str(one.due_on or "9999"),
                tone,
            ),
            TableColumn(_("Janji"), lambda one: one.text, lambda one: one.text, stretch=True),
            TableColumn(
                _("Penanggung jawab"),
                lambda one: one.responsible,
                lambda one: one.responsible,
                most=_RESPONSIBLE,
                wide_only=_ALL_COLUMNS,
            ),
            TableColumn(
                _("Koperasi"),
                lambda one: short_name(one.cooperative_name),
                lambda one: one.cooperative_name,
                wide_only=_MOST_COLUMNS,
            ),
            TableColumn(
                _("Keadaan"),
                lambda one: (
                    _("lewat tenggat") if tone(one) else lowered(choice_label(FollowUpState, one.state))
                ),
                lambda one: one.state,
                tone,
            ),
        )


def _filters() -> dict[str, _Filter]:
    return {
        "open": _Filter(_("Terbuka"), lambda one, today: one.state == FollowUpState.OPEN),
        "overdue": _Filter(_("Lewat tenggat"), lambda one, today: one.is_overdue(today)),
        "closed": _Filter(_("Selesai"), lambda one, today: one.state != FollowUpState.OPEN),
        "all": _Filter(_("Semua"), lambda one, today: True),
    }
