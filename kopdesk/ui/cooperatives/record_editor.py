"""A record to change, on the place of its card: a control for every field, saved as it is left."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kopdesk.domain.fields import Kind, Leaf, group_of
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.states import Role
from kopdesk.ui.forms.controls import control_for
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.forms.rows import RowColumn, RowsEditor
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import LARGE, MEDIUM
from kopdesk.ui.widgets.buttons import plain, quiet
from kopdesk.ui.widgets.fields import Field
from kopdesk.ui.widgets.frames import Card
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.forms import OpenForm, typed_leaves
from kopdesk.wording.catalogue import _
from kopdesk.wording.labels import leaf_label, lowered, type_label
from kopdesk.wording.titles import record_title

ADDED_HERE = ("officer", "outlet", "asset", "competitor", "legal_document", "member_count", "problem")
"""The types that have no page of their own, and are the assistant's to keep."""
CHANGED_HERE = ("cooperative", "approval", *ADDED_HERE)
"""Besides those: the profile is there already, an approval begins in its plan."""
_WITH_ROWS = ("cooperative", "competitor")

_NOT_TYPED = (Kind.REFERENCE, Kind.VALUE, Kind.INSTANT)
_WHOLE_LINE = (Kind.TEXT,)
_COLUMNS_OF_ROWS = 3


class RecordEditor(RecordForm):
    """`finished`: the person is done with this one; everything is saved by then."""

    finished = Signal(object)

    def __init__(self, session: Session, record_type: str, parent: QWidget | None = None) -> None:
        super().__init__(session, record_type, parent)
        undo = self.undo_button()
        self._delete = quiet(_("Hapus"), self.delete, "delete")
        self._delete.setVisible(False)
        done = plain(_("Selesai mengubah"), self.finish, "check")
        card = Card()
        self._title = PlainLabel(type_label(record_type), "strong")
        head = row(self._title, undo, self._delete, done, wide=0)
        self._told = PlainLabel("", "small", tone="warning")
        self._told.hide()
        card.body.addLayout(head)
        card.body.addWidget(self._told)
        card.body.addLayout(self._lines())
        for group, row_form in group_of(TYPES[record_type].form).rows.items():
            if record_type in _WITH_ROWS:
                card.body.addWidget(
                    Field(leaf_label(TYPES[record_type].form, group), self._rows(group, row_form))
                )
        self.setLayout(column(card))
        self.shown.connect(self._on_shown)

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        return next(iter(self.fields.values())).control

    def delete(self) -> None:
        """It goes, and can be undone while this is open."""
        self.leave()
        self.presenter.delete()

    def finish(self) -> None:
        """Back to reading, once everything is saved; what could not be saved keeps the editor open."""
        self.when_saved(lambda: self.finished.emit(self))

    def _lines(self) -> QVBoxLayout:
        """Two fields beside each other; long texts take the whole line."""
        lines = column(gap=MEDIUM)
        waiting: Field | None = None
        for name, spec in typed_leaves(self.record_type, Role.ASSISTANT).items():
            if spec.kind in _NOT_TYPED:
                continue
            field = self.field(name)
            if spec.kind in _WHOLE_LINE:
                lines.addWidget(field)
            elif waiting is None:
                waiting = field
            else:
                lines.addLayout(_beside(waiting, field))
                waiting = None
        if waiting is not None:
            lines.addLayout(_beside(waiting, QWidget()))
        return lines

    def _rows(self, group: str, row_form: type) -> RowsEditor:
        columns = tuple(
            RowColumn(
                name, lowered(leaf_label(row_form, name)).capitalize(), partial(self._control, name, spec)
            )
            for name, spec in group_of(row_form).leaves.items()
            if spec.kind not in _NOT_TYPED
        )
        editor = RowsEditor(
            group,
            columns,
            _("Tambah"),
            _("Hapus baris ini"),
            self.session.program.random_bytes,
            per_line=_COLUMNS_OF_ROWS,
        )
        return self.rows_of(editor)

    def _control(self, name: str, spec: Leaf) -> QWidget:
        return control_for(spec, lambda: self.session.today, path=name)

    def _on_shown(self, form: OpenForm) -> None:
        self._title.setText(record_title(form.key.type, form.leaves, self.session.zone))
        self._told.setText(_("Dihapus. “Urungkan” atau Ctrl+Z mengembalikannya.") if form.is_deleted else "")
        self._told.setVisible(form.is_deleted)
        may_delete = self.record_type != "cooperative" and not form.is_new and not form.is_read_only
        self._delete.setVisible(may_delete and not form.is_deleted)


def _beside(one: QWidget, other: QWidget) -> QHBoxLayout:
    line = row(one, other, gap=LARGE)
    for at, widget in enumerate((one, other)):
        line.setStretch(at, 1)
        line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
    return line
