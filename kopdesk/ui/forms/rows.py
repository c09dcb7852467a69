"""Rows of a record, such as findings: each with its own controls, one more at the press of a button."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QToolButton, QWidget

from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import next_key
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.forms.controls import leaf_control
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.buttons import leading, symbol_button
from kopdesk.ui.widgets.fields import Field, LineField, TextField
from kopdesk.ui.widgets.layouts import column, emptied, row

_BUTTON = "row button"


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One leaf of every row: its name, label, the control for it and how much of the width it takes."""

    name: str
    label: str
    make: Callable[[], QWidget]
    stretch: int = 1


@dataclass(frozen=True, slots=True)
class RowAction:
    """What else can be done with a row, by its key."""

    symbol: str
    name: str
    do: Callable[[str], object]


class RowsEditor(QWidget):
    """`changed` tells the leaves of a row that were typed, or that it was deleted.

    `per_line`: so many controls beside each other, each under its label; 0: all on one line, without labels.
    """

    changed = Signal(object)

    def __init__(
        self,
        group: str,
        columns: Sequence[RowColumn],
        add: str,
        remove: str,
        random_bytes: Callable[[int], bytes],
        parent: QWidget | None = None,
        *,
        per_line: int = 0,
        action: RowAction | None = None,
    ) -> None:
        super().__init__(parent)
        self._per_line, self._action = per_line, action
        self.group, self._columns = group, columns
        self._remove, self._random_bytes = remove, random_bytes
        self._rows: dict[str, dict[str, QWidget]] = {}
        self._list = column(gap=SMALL)
        self._add = leading(add, self.add, "plus")
        self.setLayout(column(self._list, row(self._add, None), gap=SMALL))

    def add(self) -> None:
        """An empty row, ready to be typed into. It is there once something is typed."""
        key = next_key(self._rows, self._random_bytes(8))
        self._make_row(key)
        next(iter(self._rows[key].values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_leaves(self, leaves: Leaves, *, is_other: bool) -> None:
        """The rows of the record, in the order of their keys; never into what somebody is typing."""
        found = _rows_of(self.group, leaves)
        kept = {key for key in self._rows if key in found or (not is_other and self._is_fresh(key))}
        if is_other or kept != self._rows.keys():
            self._drop(set() if is_other else kept)
        for key, values in found.items():
            if key not in self._rows:
                self._make_row(key)
            for name, control in self._rows[key].items():
                leaf_control(control).show_value(values.get(name))

    @property
    def current(self) -> str:
        """The key of the row that has the keyboard; empty if none has."""
        focused = QApplication.focusWidget()
        return next(
            (key for key, controls in self._rows.items() if _has(controls.values(), focused)),
            "",
        )

    def begin(self) -> None:
        """An empty row where there is none, without taking the keyboard."""
        if not self._rows:
            self._make_row(next_key((), self._random_bytes(8)))

    def remove(self, key: str) -> None:
        """Take a row away; what was saved of it can be brought back by undoing."""
        self.leave()
        self._on_removed(key)

    def allow(self, *, is_allowed: bool) -> None:
        """Whether rows may be typed into, added and taken away; empty ones go where they may not."""
        if not is_allowed and any(self._is_fresh(key) for key in self._rows):
            self._drop({key for key in self._rows if not self._is_fresh(key)})
        self._add.setVisible(is_allowed)
        for controls in self._rows.values():
            for control in controls.values():
                control.setEnabled(is_allowed)
        for button in self.findChildren(QToolButton, _BUTTON):
            button.setVisible(is_allowed)

    def typing_paths(self, focused: QWidget | None) -> set[str]:
        """Where somebody is typing."""
        return {
            f"{self.group}/{key}/{name}"
            for key, controls in self._rows.items()
            for name, control in controls.items()
            if control is focused and isinstance(control, LineField | TextField) and control.is_being_typed
        }

    def leave(self) -> None:
        """Take over what is being typed."""
        for controls in list(self._rows.values()):
            for control in controls.values():
                leaf_control(control).leave()

    def _make_row(self, key: str) -> None:
        controls: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setSpacing(SMALL)
        for at, one in enumerate(self._columns):
            control = one.make()
            control.setAccessibleName(one.label)
            if isinstance(control, LineField | TextField) and not self._per_line:
                control.setPlaceholderText(one.label)
            leaf_control(control).changed.connect(partial(self._on_changed, key, one.name))
            controls[one.name] = control
            place = divmod(at, self._per_line) if self._per_line else (0, at)
            cell = Field(one.label, control) if self._per_line else control
            grid.addWidget(cell, *place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place[1], one.stretch)
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addLayout(grid, 1)
        if self._action is not None:
            act = symbol_button(self._action.symbol, self._action.name, partial(self._action.do, key))
            act.setObjectName(_BUTTON)
            act.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        remove = symbol_button("close", self._remove, partial(self._on_removed, key))
        remove.setObjectName(_BUTTON)
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by keyboard: the row that has the focus goes
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setObjectName(key)
        self._rows[key] = controls
        self._list.addWidget(holder)

    def _drop(self, kept: set[str]) -> None:
        if not kept:
            emptied(self._list)
            self._rows.clear()
            return
        for at in reversed(range(self._list.count())):
            item = self._list.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.objectName() not in kept:
                self._list.removeWidget(widget)
                del self._rows[widget.objectName()]
                widget.deleteLater()

    def _is_fresh(self, key: str) -> bool:
        """A row that was added here and has nothing typed into it yet."""
        return all(leaf_control(control).value is None for control in self._rows[key].values())

    def _on_changed(self, key: str, name: str, value: Value) -> None:
        self.changed.emit({f"{self.group}/{key}/{name}": value})

    def _on_removed(self, key: str) -> None:
        is_fresh = self._is_fresh(key)
        self._drop(self._rows.keys() - {key})
        if not is_fresh:
            self.changed.emit({f"{self.group}/{key}/{DELETED}": True})


def _has(controls: Iterable[QWidget], focused: QWidget | None) -> bool:
    return focused is not None and any(one is focused or one.isAncestorOf(focused) for one in controls)


def _rows_of(group: str, leaves: Leaves) -> dict[str, Mapping[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for path, value in leaves.items():
        first, *rest = path.split("/", 2)
        if first == group and len(rest) == 2:
            found.setdefault(rest[0], {})[rest[1]] = value
    return {key: values for key, values in sorted(found.items()) if values.get(DELETED) is not True}
