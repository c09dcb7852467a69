"""What was promised at a visit: each promise a record of its own, typed where it was agreed."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kopdesk.domain.follow_up import FollowUpState
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.buttons import leading, symbol_button
from kopdesk.ui.widgets.fields import TextField
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.ui.widgets.suggesting import SuggestField
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.overview import promises_of_visit
from kopdesk.wording.catalogue import _


class PromiseLine(RecordForm):
    """One promise on one line: what, who, until when."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "follow_up", parent)
        self.responsible = SuggestField()
        self._remove = symbol_button("close", _("Hapus janji ini"), self.delete)
        fields = (
            self.field("promise", _("Apa"), TextField(1, 4)),
            self.field("responsible", _("Siapa"), self.responsible),
            self.field("due_on"),
        )
        line = row(*fields, self._remove, gap=SMALL)
        for at, share in enumerate((3, 3, 0)):
            line.setStretch(at, share)
            line.setAlignment(fields[at], Qt.AlignmentFlag.AlignTop)
        line.setAlignment(self._remove, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(line))
        self.shown.connect(self._on_shown)

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        return self.fields["promise"].control

    def delete(self) -> None:
        """It goes, and can be undone."""
        self.leave()
        if self.form is not None and self.form.is_new:
            self.hide()
        else:
            self.presenter.delete()

    def _on_shown(self, form: OpenForm) -> None:
        is_open = str(form.leaves.get("state") or FollowUpState.OPEN) == FollowUpState.OPEN
        may_write = is_open and not form.is_read_only and not form.is_deleted
        for field in self.fields.values():
            field.control.setEnabled(may_write)
        self._remove.setVisible(may_write)
        self.setVisible(not form.is_deleted)


class PromisesPanel(QWidget):
    """The promises of a visit; a new line is a promise as soon as something is typed into it.

    `adding`: one is begun, and its visit has to be there before it.
    """

    adding = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visit: OpenForm | None = None
        self._people: tuple[str, ...] = ()
        self.lines: dict[UUID, PromiseLine] = {}
        self._fresh: list[PromiseLine] = []
        self._list = column(gap=SMALL)
        self._add = leading(_("Tambah janji"), self.add, "plus")
        self.setLayout(column(self._list, row(self._add, None), gap=SMALL))
        session.records_changed.connect(self._load)

    def show_of(self, visit: OpenForm | None) -> None:
        """Those of this visit."""
        if visit is None or self._visit is None or visit.key != self._visit.key:
            for line in (*self.lines.values(), *self._fresh):
                line.leave()
                line.hide()
                line.deleteLater()
            self.lines, self._fresh = {}, []
        is_other = visit is not None and (self._visit is None or visit.key != self._visit.key)
        self._visit = visit
        self._add.setVisible(visit is not None and not visit.is_read_only and not visit.is_deleted)
        if is_other:
            self._load()

    def suggest(self, people: Sequence[str]) -> None:
        """Who may have promised something."""
        self._people = tuple(people)
        for line in (*self.lines.values(), *self._fresh):
            line.responsible.suggest(people)

    def add(self, values: Leaves | None = None) -> PromiseLine | None:
        """An empty line, or one that begins with what a finding says; None where no visit is open."""
        if self._visit is None:
            return None
        origin: Leaves = {
            "promised_on": self._session.today.isoformat(),
            "origin_type": "visit",
            "origin_id": str(self._visit.key.id),
        }
        self.adding.emit()
        line = self._line()
        self._fresh.append(line)
        line.presenter.begin("follow_up", self._visit.cooperative_id, {**origin, **(values or {})})
        line.first.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    @property
    def current(self) -> PromiseLine | None:
        """The line that has the keyboard."""
        focused = QApplication.focusWidget()
        lines = (*self.lines.values(), *self._fresh)
        return next((one for one in lines if focused is not None and one.isAncestorOf(focused)), None)

    def leave(self) -> None:
        """Take over what is being typed."""
        for line in (*self.lines.values(), *self._fresh):
            line.leave()

    def _line(self) -> PromiseLine:
        line = PromiseLine(self._session)
        line.responsible.suggest(self._people)
        self._list.addWidget(line)
        return line

    def _load(self) -> None:
        if self._visit is not None:
            key = self._visit.key
            self._session.ask(
                partial(promises_of_visit, visit_id=key.id), partial(self._show, key), owner=self
            )

    def _show(self, visit: RecordKey, found: list[UUID]) -> None:
        if self._visit is None or visit != self._visit.key:
            return
        for line in list(self._fresh):  # what was begun here is one of them now
            if line.form is not None and line.form.key.id in found:
                self.lines[line.form.key.id] = line
                self._fresh.remove(line)
        for gone in self.lines.keys() - set(found):
            line = self.lines.pop(gone)
            line.hide()
            line.deleteLater()
        for promise_id in found:
            if promise_id not in self.lines:
                self.lines[promise_id] = self._line()
                self.lines[promise_id].presenter.open(RecordKey("follow_up", promise_id))
