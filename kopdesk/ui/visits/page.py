"""Kunjungan: the month and the list on the left, the visit on the right."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget

from kopdesk.domain.records import RecordKey
from kopdesk.domain.visit import VisitState
from kopdesk.ui.documents.view import DocumentView
from kopdesk.ui.frame.finder import Finder
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.frame.searching import pick_cooperative
from kopdesk.ui.session import Session
from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, WIDE
from kopdesk.ui.visits.form import VisitForm
from kopdesk.ui.visits.minutes import prepare_minutes
from kopdesk.ui.visits.month import Month
from kopdesk.ui.widgets.buttons import plain, primary
from kopdesk.ui.widgets.frames import EmptyState
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.overview import VisitLine, list_visits
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_date
from kopdesk.wording.shortening import short_name

_LEFT, _LEFT_NARROW, _WIDE_PAGE = 330, 260, 1080


class VisitsPage(Page):
    """The list follows the cooperative in focus and the chosen day."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._visits: list[VisitLine] = []
        self._day: date | None = None
        self._wanted: UUID | None = None
        self._is_beginning = False
        self._month = Month(session.today)
        self._month.day_chosen.connect(self._on_day)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Daftar kunjungan"))
        self._list.setWordWrap(True)
        self._list.currentItemChanged.connect(self._on_chosen)
        nothing = PlainLabel(_("Belum ada kunjungan. Yang Anda catat muncul di sini."), "quiet")
        self._lists = QStackedWidget()
        self._lists.addWidget(self._list)
        self._lists.addWidget(widget_of(column(nothing, None)))
        self._new = plain(_("Kunjungan baru"), self.new_visit, "plus")
        self._form: VisitForm | None = None
        self._minutes: DocumentView | None = None
        self._empty = self._make_empty()
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        left = widget_of(column(row(self._new, None), self._month, self._lists, gap=MEDIUM, wide=2))
        self._left = left
        card = QFrame()
        card.setProperty("kind", "card")
        card.setLayout(column(self._right, margin=LARGE))
        self.setLayout(row(left, card, gap=LARGE, margin=WIDE, wide=1))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._on_focus)
        later = QTimer(self)  # goes with the page
        later.setSingleShot(True)
        later.timeout.connect(self._make_form)
        later.start()

    @property
    def form(self) -> VisitForm:
        """Of the visit that is open; large, and so made a moment after the page or when it is needed."""
        return self._form or self._make_form()

    @property
    def minutes(self) -> DocumentView:
        """Of the visit that is open."""
        if self._minutes is None:
            self._minutes = DocumentView(self._session, _("Kembali ke kunjungan"))
            self._minutes.back_requested.connect(self._back_to_form)
            self._right.addWidget(self._minutes)
        return self._minutes

    def _make_form(self) -> VisitForm:
        if self._form is None:
            self._form = VisitForm(self._session)
            self._form.shown.connect(self._on_form_shown)
            self._form.lost.connect(self._on_lost)
            self._right.addWidget(self._form)
        return self._form

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows keep the calendar, and give the form what they can."""
        super().resizeEvent(event)
        self._left.setFixedWidth(_LEFT if self.width() >= _WIDE_PAGE else _LEFT_NARROW)

    @property
    def visits(self) -> list[VisitLine]:
        """Of the cooperative in focus, newest first."""
        return self._visits

    def open_first(self) -> None:
        """The list has the keyboard, unless a visit is open."""
        self._load()
        if self._right.currentWidget() is self._empty:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed is saved."""
        if self._form is not None:
            self._form.leave()

    def act(self, key: str) -> bool:
        """New, undo, delete, back to the list."""
        acts: dict[str, Callable[[], object]] = {
            "new": self.new_visit,
            "delete": self.form.delete_chosen,
            "promise": self.form.promise_chosen,
            "refresh": self._load,
            "print": self._show_minutes,
            "seal": self._seal,
            "back": self._go_back,
        }
        if key in acts:
            acts[key]()
        return key in acts

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Open this visit."""
        self.form.leave()
        self._wanted = record_id
        self._open(record_id)
        if self._day is not None and not any(
            one.id == record_id and one.visited_on == self._day for one in self._visits
        ):
            self._month.choose_none()
        self._show_list()

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """The visit on the right, once it is there."""
        form = self._form.form if self._form is not None else None
        if form is None or form.is_new or self._right.currentWidget() is self._empty:
            return None
        return form.key.type, form.key.id, form.cooperative_id

    def new_visit(self) -> None:
        """Of the cooperative in focus; if none is, ask which."""
        self.form.leave()
        if self._session.cooperative is not None:
            self._begin(self._session.cooperative, self._session.cooperative_name)
        else:
            Finder(
                pick_cooperative(self._session, self._begin), _("Kunjungan ke koperasi mana?"), self.window()
            ).show()

    def _begin(self, cooperative_id: UUID, name: str) -> None:
        self.form.show_title(name)  # at once; the form says it again
        self._right.setCurrentWidget(self.form)
        values = {"visited_on": self._session.today.isoformat(), "zone": self._session.zone}
        self._is_beginning = True  # its first field takes the keyboard once it can be written into
        self.form.presenter.begin("visit", cooperative_id, values)

    def _show_minutes(self) -> None:
        """Of the visit that is open, with what has just been typed."""
        self.form.leave()
        form = self.form.form
        if form is None or form.is_new or form.is_deleted or self._right.currentWidget() is self._empty:
            self._session.told.emit(_("Buka kunjungan yang akan dicetak dulu."))
            return
        self._right.setCurrentWidget(self.minutes)
        self.minutes.show_document(
            partial(prepare_minutes, form.key.id, self._session.zone, self._session.program)
        )

    def _back_to_form(self) -> None:
        self.minutes.put_away()
        self._right.setCurrentWidget(self.form)
        self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        if self._right.currentWidget() is self.minutes:
            self._back_to_form()
        else:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _seal(self) -> None:
        form = self.form.form
        if form is None or form.is_deleted or form.is_new or not self.form.isVisible():
            return
        if form.leaves.get("state") != VisitState.SEALED:
            self.form.ask_seal()

    def _on_focus(self, name: str) -> None:
        """A visit of another cooperative than the one in focus does not stay beside its list."""
        form, focus = self._form.form if self._form is not None else None, self._session.cooperative
        if form is not None and focus is not None and form.cooperative_id != focus:
            self.form.leave()
            self._wanted = None
            self._right.setCurrentWidget(self._empty)
        self._load()

    def _load(self) -> None:
        look_up = partial(list_visits, cooperative_id=self._session.cooperative)
        self._session.ask(look_up, self._show, owner=self)

    def _show(self, visits: list[VisitLine]) -> None:
        if visits != self._visits or not visits:
            self._visits = visits
            counts = Counter(one.visited_on for one in visits if one.visited_on is not None)
            self._month.show_counts(counts)
            self._show_list()

    def _show_list(self) -> None:
        shown = [one for one in self._visits if self._day is None or one.visited_on == self._day]
        self._list.blockSignals(True)
        self._list.clear()
        for visit in shown:
            item = QListWidgetItem(_symbol(visit), _line(visit))
            item.setData(Qt.ItemDataRole.UserRole, visit)
            self._list.addItem(item)
            if visit.id == self._wanted:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)

        self._lists.setCurrentIndex(0 if self._visits else 1)

    def _on_day(self, day: date | None) -> None:
        self._day = day
        self._show_list()

    def _on_chosen(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if item is not None:
            visit: VisitLine = item.data(Qt.ItemDataRole.UserRole)
            if visit.id != self._wanted:
                self.form.leave()
                self._wanted = visit.id
                self._open(visit.id)

    def _open(self, visit_id: UUID) -> None:
        self._right.setCurrentWidget(self.form)
        self.form.presenter.open(RecordKey("visit", visit_id))

    def _on_form_shown(self, form: OpenForm) -> None:
        self.form.show_title(form.cooperative_name)
        if self._is_beginning and form.is_new:
            self._is_beginning = False
            self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)
        if form.key.id != self._wanted:
            self._wanted = form.key.id
            self._show_list()

    def _on_lost(self, error: Exception) -> None:
        """It was deleted before anything of it was sent: there is nothing to show, least of all another."""
        self._wanted = None
        self._right.setCurrentWidget(self._empty)
        self._session.failed.emit(error)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "visit",
            _("Pilih kunjungan"),
            _("Pilih kunjungan di kiri, atau catat yang baru. Isiannya tersimpan begitu ditinggalkan."),
            primary(_("Catat kunjungan"), self.new_visit),
        )


def _symbol(visit: VisitLine) -> QIcon:
    return icon("lock" if visit.state == VisitState.SEALED else "edit", "quiet")


def _line(visit: VisitLine) -> str:
    day = short_date(visit.visited_on) if visit.visited_on else _("tanpa tanggal")
    return f"{day}\n{short_name(visit.cooperative_name)}"
