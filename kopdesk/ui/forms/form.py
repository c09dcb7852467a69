"""A form of one record: shows leaves in controls, reports what was typed, says what could not be saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Leaf
from kopdesk.domain.record_types import leaf_at
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.forms.controls import control_for, leaf_control
from kopdesk.ui.forms.presenter import FormPresenter
from kopdesk.ui.forms.rows import RowsEditor
from kopdesk.ui.history import Applying
from kopdesk.ui.session import Session
from kopdesk.ui.widgets.buttons import quiet
from kopdesk.ui.widgets.fields import Field, LineField, TextField, typed_line
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.labels import path_label
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.sentences import sentence_for

Result = TypeVar("Result")


class RowsOfForm(Protocol):
    """Several rows of a record: an editor for each, or a grid."""

    changed: SignalInstance

    def show_leaves(self, leaves: Leaves, *, is_other: bool) -> None: ...
    def allow(self, *, is_allowed: bool) -> None: ...
    def typing_paths(self, focused: QWidget | None) -> set[str]: ...
    def leave(self) -> None: ...


class RecordForm(QWidget):
    """Base of the forms: a page adds fields with `field` and lays them out as it likes."""

    shown = Signal(object)
    lost = Signal(Exception)

    def __init__(self, session: Session, record_type: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.record_type = session, record_type
        self.presenter = FormPresenter(self, _Owned(session, self), session.history)
        self.fields: dict[str, Field] = {}
        self.rows: list[RowsEditor] = []
        self.grids: list[RowsOfForm] = []
        self._form: OpenForm | None = None
        self._undo: QPushButton | None = None
        session.records_changed.connect(self._on_records_changed)
        session.history.applying.connect(self._on_applying)
        session.history.changed.connect(self._on_history)

    @property
    def form(self) -> OpenForm | None:
        """What is shown; None while nothing is."""
        return self._form

    def field(
        self,
        path: str,
        label: str = "",
        control: QWidget | None = None,
        *,
        on_typed: Callable[[Leaves], Leaves] = lambda values: values,
    ) -> Field:
        """A field for a leaf, with the control of its kind unless another is given.

        `on_typed`: what is saved when it was typed, where that is more than the leaf alone.
        """
        made = control or control_for(self._spec(path), lambda: self.session.today, path=path)
        field = Field(label or path_label(self.record_type, path), made)
        self.fields[path] = field
        leaf_control(field.control).changed.connect(partial(self._on_changed, path, on_typed))
        return field

    def rows_of(self, editor: RowsEditor) -> RowsEditor:
        """Rows of the record, each with controls of its own."""
        editor.changed.connect(self.save_rows)
        self.rows.append(editor)
        return editor

    def add_grid(self, grid: "RowsOfForm") -> None:
        """Rows of the record in a grid."""
        grid.changed.connect(self.save_rows)
        self.grids.append(grid)

    def show_again(self) -> None:
        """Fill what was added since the form was shown."""
        if self._form is not None:
            self.show_form(self._form)

    def save_rows(self, values: Leaves) -> None:
        """Leaves of a row were typed, or it was deleted."""
        self.presenter.save(values)

    def leave(self) -> None:
        """Take over what is being typed."""
        for field in self.fields.values():
            leaf_control(field.control).leave()
        for editor in (*self.rows, *self.grids):
            editor.leave()

    def show_form(self, form: OpenForm) -> None:
        """The presenter's word for what is on the disk now."""
        is_other = self._form is None or self._form.key != form.key
        if is_other:
            self.tell_dropped()
        self._form = form
        may_write = not form.is_read_only and not form.is_deleted
        for path, field in self.fields.items():
            if is_other:
                field.tell("")
                if (line := typed_line(field.control)) is not None:
                    line.begin_anew()
            leaf_control(field.control).show_value(form.leaves.get(path))
            leaf_control(field.control).setEnabled(may_write)
        for editor in (*self.rows, *self.grids):
            editor.show_leaves(form.leaves, is_other=is_other)
            editor.allow(is_allowed=may_write)
        self._on_history()
        self.shown.emit(form)

    @property
    def refused(self) -> Field | None:
        """The first field in which something stands that could not be taken over."""
        return next((field for field in self.fields.values() if field.control_is_refused), None)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Once all that was typed is saved; what could not be gets the keyboard instead."""
        self.leave()
        self.session.ask(lambda desk: None, lambda _: self._go_on(then), owner=self)

    def _go_on(self, then: Callable[[], object]) -> None:
        if (field := self.refused) is None:
            then()
        else:
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_dropped(self) -> None:
        """What could not be taken over goes with this record, and not unsaid."""
        if (field := self.refused) is not None and (line := typed_line(field.control)) is not None:
            told = _("Tidak tersimpan: “{typed}” di {field}.")
            self.session.told.emit(told.format(typed=line.text(), field=field.label.text().replace("&", "")))

    def typing_paths(self) -> frozenset[str]:
        """Where somebody is typing now."""
        focused = QApplication.focusWidget()
        found = {path for path, field in self.fields.items() if _is_typing(field.control, focused)}
        return frozenset(found.union(*(editor.typing_paths(focused) for editor in (*self.rows, *self.grids))))

    def tell_saved(self) -> None:
        """Only after the disk has it."""
        self.session.told.emit(_("Tersimpan di laptop"))

    def tell_fault(self, path: str, error: Exception) -> None:
        """Beside its field where there is one; what was typed stays."""
        if path not in self.fields:
            self.session.failed.emit(error)
            return
        field = self.fields[path]
        if isinstance(error, InvalidField):
            field.tell(reason_sentence(error.reason, error.detail))  # its label says already what it is about
        else:
            field.tell(sentence_for(error, self.record_type))
        kept = self.presenter.form
        if (line := typed_line(field.control)) is not None and kept is not None:
            line.keep_typed(kept.leaves.get(path))

    def tell_lost(self, error: Exception) -> None:
        """The record cannot be shown any more."""
        self.lost.emit(error)

    def _on_records_changed(self) -> None:
        self.presenter.reload()  # a method of the widget: the connection ends with it

    def undo_button(self) -> QPushButton:
        """Takes back what was changed last, while that is something of this record."""
        self._undo = quiet(_("Urungkan"), self.undo, "undo")
        self._on_history()
        return self._undo

    @property
    def can_undo(self) -> bool:
        """Whether what was changed last is something of this record."""
        return self._form is not None and self.session.history.is_about(self._form.key)

    def undo(self) -> None:
        """Take back what was changed last."""
        self.leave()
        self.session.history.undo()

    def _on_history(self) -> None:
        if self._undo is not None:
            self._undo.setEnabled(self.can_undo)

    def _on_applying(self, applying: Applying) -> None:
        has_joined = self.presenter.join(applying)
        if self.isVisible() and self._form is not None:
            applying.is_in_sight |= has_joined or applying.concerns(self._form.key)

    def _spec(self, path: str) -> Leaf:
        spec = leaf_at(self.record_type, path)
        assert spec is not None, f"no leaf {path} in {self.record_type}"
        return spec

    def _on_changed(self, path: str, on_typed: Callable[[Leaves], Leaves], value: Value) -> None:
        self.fields[path].tell("")
        self.presenter.save(on_typed({path: value}))


@dataclass(frozen=True, slots=True)
class _Owned:
    """The session, asked for a form: once that is gone what was typed is saved, and nobody is told."""

    session: Session
    owner: QWidget

    def ask(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.session.ask(use_case, done, failed, owner=self.owner)

    def change(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.session.change(use_case, done, failed, owner=self.owner)


def _is_typing(control: QWidget, focused: QWidget | None) -> bool:
    inner = focused if focused is not None and (focused is control or control.isAncestorOf(focused)) else None
    return isinstance(inner, LineField | TextField) and inner.is_being_typed


def caption(text: str) -> QLabel:
    """A heading within a form."""
    made = QLabel(text)
    made.setProperty("kind", "strong")
    return made
