"""Pembukuan: the matrix of months, and the check that is open."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.records import RecordKey
from kopdesk.rules.current import Rules, current_rules
from kopdesk.ui.books.check_form import CheckForm
from kopdesk.ui.books.matrix import Matrix, MatrixRow
from kopdesk.ui.books.putting_out import prepare_page
from kopdesk.ui.documents.view import DocumentView
from kopdesk.ui.frame.pages import Page
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import MEDIUM, SMALL, WIDE
from kopdesk.ui.widgets.buttons import leading, plain
from kopdesk.ui.widgets.frames import GUTTER, Banner, EmptyState, page_head
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.checking import CheckMonth, list_checks
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.overview import CooperativeCard, list_cooperatives
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import date_text, month_text
from kopdesk.wording.sentences import sentence_for
from kopdesk.wording.shortening import short_name


class BooksPage(Page):
    """A month is opened, or begun, where it stands in the matrix."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rules: Rules | None = None
        self._cards: list[CooperativeCard] = []
        self._checks: list[CheckMonth] = []
        self._wanted: Callable[[], object] | None = None
        self.form: CheckForm | None = None
        self._document: DocumentView | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_list())
        self._check = widget_of(self._make_check())
        self._stack.addWidget(self._check)
        self.setLayout(column(self._stack))
        session.records_changed.connect(self._load)
        session.cooperative_changed.connect(self._load)
        session.ask(lambda desk: current_rules(session.program.rules), self._on_rules, owner=self)
        self._widening = QTimer(self)
        self._widening.setSingleShot(True)
        self._widening.timeout.connect(self._show)

    def _make_list(self) -> QStackedWidget:
        self.matrix = Matrix()
        self.matrix.month_opened.connect(self._on_month)
        self._nothing = EmptyState(
            "books",
            _("Belum ada koperasi"),
            _("Koperasi yang Anda dampingi muncul di sini setelah sinkronisasi pertama."),
        )
        told = PlainLabel(_("Enter atau klik membuka pemeriksaan sebuah bulan, atau memulainya."), "quiet")
        self._lists = QStackedWidget()
        listed = column(page_head(_("Pembukuan")), told, self.matrix, gap=MEDIUM, margin=WIDE, wide=2)
        self._lists.addWidget(widget_of(listed))
        self._lists.addWidget(self._nothing)
        return self._lists

    def _make_check(self) -> QVBoxLayout:
        self._back = leading(_("Semua bulan"), self.show_list, "left")
        self._title = LineLabel("", "title")
        self._told = LineLabel("", "small")
        self._print = plain(_("Cetak"), lambda: self._session.act_requested.emit("print"), "print")
        self._banner = Banner()
        self._banner.hide()
        self._place = column()
        head = row(
            column(self._title, self._told, gap=0), self._print, gap=MEDIUM, wide=0, margin=(0, 0, GUTTER, 0)
        )
        return column(
            row(self._back, None),
            head,
            self._banner,
            self._place,
            gap=SMALL,
            margin=(WIDE, WIDE, WIDE - GUTTER, MEDIUM),
            wide=3,
        )

    @property
    def checks(self) -> list[CheckMonth]:
        """Of all cooperatives, newest month first."""
        return self._checks

    # What the frame asks.

    def open_first(self) -> None:
        """The matrix has the keyboard, unless a check is open."""
        self._load()
        if self._stack.currentWidget() is not self._check:
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed is saved."""
        if self.form is not None:
            self.form.leave()

    def act(self, key: str) -> bool:
        """Edit opens the chosen month; the rest is about the open check."""
        form = self.form if self._stack.currentIndex() else None
        acts: dict[str, Callable[[], object]] = {"refresh": self._load, "back": self._go_back}
        if form is None:
            acts["edit"] = self.matrix.open_current
        else:
            acts |= {
                "delete": form.delete,
                "promise": form.results.promise_chosen,
                "print": self._print_check,
            }
        if key in acts:
            acts[key]()
        return key in acts

    def show_record(self, kind: str, record_id: UUID, cooperative_id: UUID | None) -> None:
        """Open this check."""
        self._when_ready(partial(self._open, record_id))

    def open_record(self) -> tuple[str, UUID, UUID] | None:
        """The check that is open."""
        form = self.form.form if self.form is not None else None
        if form is None or form.is_new or self._stack.currentWidget() is not self._check:
            return None
        return form.key.type, form.key.id, form.cooperative_id

    def show_list(self) -> None:
        """Back to the months; the form goes, with all its parts it is the largest there is."""
        self._put_away()
        self._stack.setCurrentIndex(0)
        self._load()
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, cooperative_id: UUID, name: str, month: str) -> None:
        """A check of that month, empty."""
        self._session.focus_cooperative(cooperative_id, name)
        self._new_form(cooperative_id, name, month).begin(cooperative_id, month)

    def _print_check(self) -> None:
        """What is open is what is printed: on the part of the cash its minutes, otherwise the summary."""
        if self.form is not None:
            self._show_page("cash_count" if self.form.part == "cash" else "book_check")

    def _show_page(self, template: str) -> None:
        if self.form is None or self.form.form is None or self.form.form.is_new or self._rules is None:
            return
        self.leave()
        check_id = self.form.form.key.id
        if self._document is None:
            self._document = DocumentView(self._session, _("Kembali ke pemeriksaan"))
            self._document.back_requested.connect(self._back_to_check)
            self._stack.addWidget(self._document)
            self._document.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self._stack.setCurrentWidget(self._document)
        self._document.show_document(partial(prepare_page, template, check_id, self._rules, self._session))

    def _back_to_check(self) -> None:
        assert self._document is not None, "somebody comes back from it"
        self._document.put_away()
        self._stack.setCurrentWidget(self._check)

    def _go_back(self) -> None:
        if self._document is not None and self._stack.currentWidget() is self._document:
            self._back_to_check()
        else:
            self.show_list()

    # What comes and goes.

    def _on_rules(self, rules: Rules) -> None:
        self._rules = rules
        if rules.faults:
            self._banner.tell("warning", sentence_for(rules.faults[0]))
        self._try_wanted()

    def _load(self) -> None:
        today = self._session.today

        def look_up(desk: Desk) -> tuple[list[CooperativeCard], list[CheckMonth]]:
            return list_cooperatives(desk, today), list_checks(desk)

        self._session.ask(look_up, self._on_loaded, owner=self)

    def _on_loaded(self, found: tuple[list[CooperativeCard], list[CheckMonth]]) -> None:
        self._cards, self._checks = found
        self._show()
        self._try_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many months as there is room for."""
        super().resizeEvent(event)
        self._widening.start(0)

    def _show(self) -> None:
        focus = self._session.cooperative
        rows = []
        for card in self._cards:
            if focus is None or card.id == focus:
                checks: dict[str, CheckMonth] = {}
                for check in self._checks:
                    if check.cooperative_id == card.id:
                        checks.setdefault(check.period, check)
                rows.append(MatrixRow(card.id, card.name, checks))
        self.matrix.show_rows(rows, self._session.today)
        self._lists.setCurrentIndex(0 if rows else 1)

    def _on_month(self, cooperative_id: UUID, name: str, month: str) -> None:
        check = next(
            (one for one in self._checks if one.cooperative_id == cooperative_id and one.period == month),
            None,
        )
        if check is not None:
            self._when_ready(partial(self._open, check.id))
        else:
            self._when_ready(partial(self.begin, cooperative_id, name, month))

    def _when_ready(self, work: Callable[[], object]) -> None:
        self._wanted = work
        self._try_wanted()

    def _try_wanted(self) -> None:
        if self._wanted is not None and self._rules is not None and self._cards:
            work, self._wanted = self._wanted, None
            work()

    def _open(self, check_id: UUID) -> None:
        check = next((one for one in self._checks if one.id == check_id), None)
        cooperative_id = check.cooperative_id if check else None
        name = check.cooperative_name if check else ""
        form = self._new_form(cooperative_id, name, check.period if check else "")
        form.presenter.open(RecordKey("book_check", check_id))

    def _new_form(self, cooperative_id: UUID | None, name: str, month: str) -> CheckForm:
        assert self._rules is not None, "a form is made when the rules are read"
        self._put_away()
        card = next((one for one in self._cards if one.id == cooperative_id), None)
        self.form = CheckForm(self._session, self._rules, is_syariah=bool(card and card.is_syariah))
        self.form.deleted.connect(self._on_deleted)
        self.form.shown.connect(self._on_form_shown)
        self.form.page_requested.connect(self._show_page)
        self._place.addWidget(self.form)
        self._tell(name, month)
        self._stack.setCurrentWidget(self._check)
        self.form.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)  # arrows go from part to part
        return self.form

    def _put_away(self) -> None:
        """What is being typed is saved, whoever is still there to hear of it."""
        self.leave()
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _on_form_shown(self, form: OpenForm) -> None:
        name = next((one.name for one in self._cards if one.id == form.cooperative_id), "")
        self._tell(name, str(form.leaves.get("period") or ""))
        self._print.setEnabled(not form.is_new)
        self._told.setText(_state(form))

    def _tell(self, name: str, month: str) -> None:
        told = month_text(month) if month else _("tanpa bulan")
        self._title.setText(f"{short_name(name)} · {told}" if name else told)

    def _on_deleted(self) -> None:
        self._session.told.emit(_("Pemeriksaan dihapus. Ctrl+Z mengembalikannya."))


def _state(form: OpenForm) -> str:
    if form.leaves.get("state") != BookCheckState.CONCLUDED:
        return _("Draf: setiap bagian boleh diisi kapan saja.")
    day = str(form.leaves.get("checked_on") or "")
    told = date_text(date.fromisoformat(day)) if day else ""
    return _("Selesai diperiksa {day}; isinya tidak berubah lagi.").format(day=told)
