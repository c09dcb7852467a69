"""A grid for figures that behaves like a spreadsheet: type over, Enter down, Tab on, paste, fill down."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.feeding import Feeder
from kopdesk.ui.widgets.grid_blocks import block_of, text_of
from kopdesk.ui.widgets.grid_cells import GridColumn, plain_text
from kopdesk.ui.widgets.grid_delegate import GridDelegate
from kopdesk.ui.widgets.grid_entering import Entering
from kopdesk.ui.widgets.grid_model import GridModel
from kopdesk.ui.widgets.grid_view import GridView


class Grid(GridView):
    """`changed` as `GridModel` says. `most_rows`: so many are in sight before it scrolls by itself.

    `busy_changed`: whether a long block is being read; it is saved at the end, all at once.
    """

    changed = Signal(object)
    faults_changed = Signal(int)
    busy_changed = Signal(bool)
    allowed_changed = Signal(bool)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        name: str,
        *,
        today: Callable[[], date],
        group: str = "",
        new_key: Callable[[Iterable[str]], str] | None = None,
        completed: Callable[[str], Mapping[str, Value]] = lambda key: {},
        most_rows: int = 14,
        feeder: Feeder | None = None,
        parent: QWidget | None = None,
    ) -> None:
        model = GridModel(columns, today=today, group=group, new_key=new_key, completed=completed)
        super().__init__(model, most_rows, parent)
        self._entering = Entering(self.grid, feeder or Feeder(self), self)
        self._entering.busy_changed.connect(self.busy_changed)
        self._entering.progressed.connect(self.show_progress)
        self.grid.changed.connect(self.changed)
        self.grid.faults_changed.connect(self.faults_changed)
        self.setAccessibleName(name)

    # What a form asks.

    def show_fixed(self, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """The rows there are, each with its key and label; a heading has no key."""
        self.grid.show_fixed(rows)

    def show_leaves(self, leaves: Leaves, *, is_other: bool) -> None:
        """From the disk; never into the cell that is being typed."""
        if is_other:
            self._entering.drop()
        held = self._entering.held | ({self._typed_key} if self._typed_key else set())
        self.grid.show_leaves(leaves, is_other=is_other, held=held)

    def leave(self) -> None:
        """Take over what is being typed, and what is still being pasted."""
        self._entering.finish()
        if self.state() == QAbstractItemView.State.EditingState and (editor := self._editor()) is not None:
            self.commitData(editor)
            self.closeEditor(editor, GridDelegate.EndEditHint.NoHint)

    def allow(self, *, is_allowed: bool) -> None:
        """Whether cells may be typed into."""
        self.grid.allow(is_allowed=is_allowed)
        self.allowed_changed.emit(is_allowed)

    def typing_paths(self, focused: QWidget | None) -> set[str]:
        """The cell that is being typed into."""
        if focused is None or not self.isAncestorOf(focused) or self.state() != self.State.EditingState:
            return set()
        index = self.currentIndex()
        row, column = self.grid.rows[index.row()], self.grid.columns[index.column()]
        return {column.path.format(key=row.key)} if column.path and row.key else set()

    @property
    def _typed_key(self) -> str:
        """Of the row that is being typed into; empty if none."""
        index = self.currentIndex()
        is_typed = self.state() == QAbstractItemView.State.EditingState and index.isValid()
        return self.grid.rows[index.row()].key if is_typed else ""

    def go_to_fault(self) -> None:
        """The next cell that could not be read."""
        here = (self.currentIndex().row(), self.currentIndex().column())
        places = [(row, column) for row, column, _fault in self.grid.faults()]
        if places:
            row, column = next((place for place in places if place > here), places[0])
            self.setCurrentIndex(self.grid.index(row, column))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, path: str) -> bool:
        """The cell of a leaf, with the keyboard in it; whether there is one."""
        for at, row in enumerate(self.grid.rows):
            for place, column in enumerate(self.grid.columns):
                if row.key and column.path and column.path.format(key=row.key) == path:
                    self.setCurrentIndex(self.grid.index(at, place))
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False

    @property
    def current_key(self) -> str:
        """Of the row that has the keyboard; empty if none."""
        index = self.currentIndex()
        return self.grid.rows[index.row()].key if index.isValid() and self.hasFocus() else ""

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in a spreadsheet; Ctrl+Tab leaves the grid."""
        self._entering.finish()
        for standard, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self._cut),
            (QKeySequence.StandardKey.Paste, self._paste_clipboard),
        ):
            if event.matches(standard):
                act()
                return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.move_on(-1 if shift else 1, 0)
        elif key == Qt.Key.Key_D and control:
            self.fill_down()
        elif key == Qt.Key.Key_Minus and control:
            self.remove_rows()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.empty()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and control:
            self.go_out(not shift and key == Qt.Key.Key_Tab)
        elif not self._answer_flag(event):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens a cell: what is still being pasted comes first."""
        self._entering.finish()
        super().mouseDoubleClickEvent(event)

    def _answer_flag(self, event: QKeyEvent) -> bool:
        """Y and T answer a question of yes or no at once; the space bar changes the answer."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        column = self.grid.columns[index.column()]
        if not column.options:
            return False
        typed = event.text().casefold()
        if event.key() == Qt.Key.Key_Space:
            labels = ["", *(label for _value, label in column.options)]
            now = str(index.data(Qt.ItemDataRole.EditRole))
            at = labels.index(now) if now in labels else 0
            self.grid.setData(index, labels[(at + 1) % len(labels)] or labels[1])
            return True
        hits = [label for _value, label in column.options if typed and label.casefold().startswith(typed)]
        if len(hits) == 1 and typed.isalpha():
            self.grid.setData(index, hits[0])
            return True
        return False

    # Blocks.

    def copy(self) -> None:
        """The chosen block, for a spreadsheet."""
        rows, columns = self._chosen
        text = text_of((self._plain(row, column) for column in columns) for row in rows)
        QGuiApplication.clipboard().setText(text)

    def _plain(self, row: int, column: int) -> str:
        one, declared = self.grid.rows[row], self.grid.columns[column]
        if declared.name in one.faults:
            return one.faults[declared.name][0]
        return plain_text(declared, self.grid.value_at(one, declared))

    def _cut(self) -> None:
        self.copy()
        self.empty()

    def empty(self) -> None:
        """The cells of the chosen block, but for the numbers of rows."""
        rows, columns = self._chosen
        nothing = dict.fromkeys(self._typed_columns(columns), "")
        self._entering.enter(self._filled(rows), lambda _at: nothing)

    def remove_rows(self) -> None:
        """The rows of the chosen cells."""
        self._entering.finish()
        self.grid.remove(self._chosen[0])

    def fill_down(self) -> None:
        """The first row of the chosen block into those below it."""
        rows, columns = self._chosen
        if len(rows) < 2:
            return
        texts = {column: self._plain(rows[0], column) for column in self._typed_columns(columns)}
        self._entering.enter(self._filled(rows[1:]), lambda _at: texts)

    @property
    def _chosen(self) -> tuple[range, range]:
        """The rows and columns of the chosen block."""
        block = self.selectionModel().selection()
        if block.isEmpty():
            return range(0), range(0)
        parts = block.toList()
        rows = (min(one.top() for one in parts), max(one.bottom() for one in parts) + 1)
        columns = (min(one.left() for one in parts), max(one.right() for one in parts) + 1)
        return range(*rows), range(*columns)

    def _typed_columns(self, columns: range) -> list[int]:
        return [column for column in columns if not self.grid.columns[column].is_key]

    def _filled(self, rows: range) -> list[int]:
        """Without the empty row at the end: nothing was chosen there."""
        return [row for row in rows if not self.grid.rows[row].is_blank]

    def _paste_clipboard(self) -> None:
        self.paste(QGuiApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """A block from a spreadsheet, from the current cell on; what cannot be read is only marked."""
        self.leave()
        block = block_of(text)
        index = self.currentIndex() if self.currentIndex().isValid() else self.grid.index(0, 0)
        if not block or not self.grid.rows:
            return
        first, size = QPersistentModelIndex(index), (len(block), max(map(len, block)))
        width, left = len(self.grid.columns), index.column()
        self._entering.enter(
            range(index.row(), index.row() + len(block)),
            lambda at: dict(zip(range(left, width), block[at], strict=False)),
            lambda: self._choose(first, *size),
        )

    def _choose(self, first: QPersistentModelIndex, rows: int, columns: int) -> None:
        """What was pasted can be copied, filled or emptied at once."""
        last_row = min(first.row() + rows, len(self.grid.rows)) - 1
        last_column = min(first.column() + columns, len(self.grid.columns)) - 1
        block = QItemSelection(
            self.grid.index(first.row(), first.column()), self.grid.index(last_row, last_column)
        )
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _editor(self) -> QWidget | None:
        return self.indexWidget(self.currentIndex())
