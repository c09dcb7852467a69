"""A grid for figures that behaves like a spreadsheet: type over, Enter down, Tab on, paste, fill down."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.feeding import Feeder
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT
from kopdesk.ui.widgets.grid_cells import GridColumn, GridRow, plain_text
from kopdesk.ui.widgets.grid_delegate import GridDelegate
from kopdesk.ui.widgets.grid_model import GridModel

_ROW_HEIGHT = CONTROL_HEIGHT - 4
_LEAST_WIDTH = 240
_WITHOUT_STEPS = 200
"""So many rows are taken over at once; more of them in steps, so that the window answers in between."""


class Grid(QTableView):
    """`changed` as `GridModel` says. `most_rows`: so many are in sight before it scrolls by itself."""

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
        super().__init__(parent)
        self.grid = GridModel(columns, today=today, group=group, new_key=new_key, completed=completed)
        self._most_rows = most_rows
        self._feeder = feeder or Feeder(self)
        self.setModel(self.grid)
        self._delegate = GridDelegate(self)
        self._delegate.left.connect(self._move)
        self.setItemDelegate(self._delegate)
        self.grid.changed.connect(self.changed)
        self.grid.faults_changed.connect(self.faults_changed)
        for resized in (self.grid.rowsInserted, self.grid.rowsRemoved, self.grid.modelReset):
            resized.connect(self.updateGeometry)
        self.setAccessibleName(name)
        self._dress()

    def _dress(self) -> None:
        self.setProperty("kind", "grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column takes what is left; where nothing is, the grid scrolls sideways: no heading is cut."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        least = [max(one.width, header.sectionSizeHint(at)) for at, one in enumerate(self.grid.columns)]
        left = max(0, self.viewport().width() - sum(least))
        for at, column in enumerate(self.grid.columns):
            self.setColumnWidth(at, least[at] + (left if column.stretch else 0))

    # What a form asks.

    def show_fixed(self, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """The rows there are, each with its key and label; a heading has no key."""
        self.grid.show_fixed(rows)

    def show_leaves(self, leaves: Leaves, *, is_other: bool) -> None:
        """From the disk; never into the cell that is being typed."""
        self.grid.show_leaves(leaves, is_other=is_other)

    def leave(self) -> None:
        """Take over what is being typed."""
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

    def go_to_fault(self) -> None:
        """The next cell that could not be read."""
        here = (self.currentIndex().row(), self.currentIndex().column())
        places = [(row, column) for row, column, _fault in self.grid.faults()]
        if places:
            row, column = next((place for place in places if place > here), places[0])
            self.setCurrentIndex(self.grid.index(row, column))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current_key(self) -> str:
        """Of the row that has the keyboard; empty if none."""
        index = self.currentIndex()
        return self.grid.rows[index.row()].key if index.isValid() and self.hasFocus() else ""

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in a spreadsheet; Ctrl+Tab leaves the grid."""
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
            self._move(-1 if shift else 1, 0)
        elif key == Qt.Key.Key_D and control:
            self.fill_down()
        elif key == Qt.Key.Key_Minus and control:
            self.remove_rows()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self._empty()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and control:
            super().focusNextPrevChild(not shift and key == Qt.Key.Key_Tab)
        elif not self._answer_flag(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The keys of the grid are its own while it has the keyboard; Ctrl+Z is the page's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (
                Qt.Key.Key_D,
                Qt.Key.Key_Minus,
                Qt.Key.Key_Tab,
                Qt.Key.Key_Backtab,
            ):
                event.accept()
                return True
            if event.key() == Qt.Key.Key_Delete and not control:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes from cell to cell, and on from the last one."""
        if self._step(1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)

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

    def _move(self, rows: int, columns: int) -> None:
        """So many rows down, or on in reading order."""
        if columns:
            if not self._step(columns):
                super().focusNextPrevChild(columns > 0)
            return
        index, step = self.currentIndex(), 1 if rows > 0 else -1
        at = index.row() + rows
        while 0 <= at < len(self.grid.rows) and self.grid.rows[at].is_heading:
            at += step
        if 0 <= at < len(self.grid.rows):
            self.setCurrentIndex(self.grid.index(at, index.column()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, step: int) -> bool:
        """To the next cell that can be typed into; False beyond the last."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        index, width = self.currentIndex(), len(self.grid.columns)
        at = index.row() * width + index.column() if index.isValid() else -1
        at += step
        while 0 <= at < len(self.grid.rows) * width:
            found = self.grid.index(at // width, at % width)
            if found.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(found)
                return True
            at += step
        return False

    # Blocks.

    def copy(self) -> None:
        """The chosen block, for a spreadsheet."""
        chosen = self._chosen()
        rows = sorted({row for row, _column in chosen})
        columns = sorted({column for _row, column in chosen})
        lines = ["\t".join(self._plain(row, column) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _plain(self, row: int, column: int) -> str:
        one, declared = self.grid.rows[row], self.grid.columns[column]
        if declared.name in one.faults:
            return one.faults[declared.name][0]
        return plain_text(declared, self.grid.value_at(one, declared))

    def _cut(self) -> None:
        self.copy()
        self._empty()

    def _empty(self) -> None:
        cells = [
            (row, column, "")
            for row, column in self._chosen()
            if not self.grid.columns[column].is_key and not self.grid.rows[row].is_blank
        ]
        self.grid.type_into(cells)

    def remove_rows(self) -> None:
        """The rows of the chosen cells."""
        self.grid.remove({row for row, _column in self._chosen()})

    def fill_down(self) -> None:
        """The first row of the chosen block into those below it."""
        chosen = self._chosen()
        if not chosen:
            return
        first = min(row for row, _column in chosen)
        self.grid.type_into(
            (row, column, self._plain(first, column))
            for row, column in chosen
            if row > first and not self.grid.columns[column].is_key
        )

    def _chosen(self) -> list[tuple[int, int]]:
        return sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())

    def _paste_clipboard(self) -> None:
        self.paste(QGuiApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """A block from a spreadsheet, from the current cell on; what cannot be read is only marked."""
        block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        index = self.currentIndex() if self.currentIndex().isValid() else self.grid.index(0, 0)
        if not text or not self.grid.rows:
            return
        known = len(self.grid.rows) - (1 if self.grid.rows[-1].is_blank else 0)
        over, beyond = block[: max(0, known - index.row())], block[max(0, known - index.row()) :]
        if len(over) > _WITHOUT_STEPS or len(beyond) > _WITHOUT_STEPS:
            self.busy_changed.emit(True)
            self._feeder.feed(self, self._paste_steps(over, beyond, index.row(), index.column()))
            return
        self.grid.type_into(_cells(block, index.row(), index.column(), len(self.grid.columns)))
        self._choose(index, len(block), max(map(len, block)))

    def _paste_steps(
        self, over: list[list[str]], beyond: list[list[str]], row: int, column: int
    ) -> Iterator[None]:
        """Read row by row, then shown and saved at once."""
        width = len(self.grid.columns)
        taken = {one.key for one in self.grid.rows}
        rows: list[GridRow] = []
        changes: dict[str, Value] = {}
        for line in beyond:
            made, brought = self.grid.read_row({c: t for _r, c, t in _cells([line], 0, column, width)}, taken)
            rows.append(made)
            changes |= brought
            yield
        cells = list(_cells(over, row, column, width))
        for at in range(0, len(cells), _WITHOUT_STEPS):
            self.grid.type_into(cells[at : at + _WITHOUT_STEPS])
            yield
        if rows:
            self.grid.take_rows(rows, changes)
        self.busy_changed.emit(False)

    def _choose(self, first: QModelIndex, rows: int, columns: int) -> None:
        last_row = min(first.row() + rows, len(self.grid.rows)) - 1
        last_column = min(first.column() + columns, len(self.grid.columns)) - 1
        flag = QItemSelectionModel.SelectionFlag
        for at in range(first.row(), last_row + 1):
            for place in range(first.column(), last_column + 1):
                self.selectionModel().select(self.grid.index(at, place), flag.Select)

    # Size.

    def sizeHint(self) -> QSize:
        """As high as its rows, up to so many."""
        rows = min(max(len(self.grid.rows), 1), self._most_rows)
        height = self.horizontalHeader().sizeHint().height() + rows * _ROW_HEIGHT + 2
        if self.horizontalScrollBar().maximum():
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Nothing of that is given up; the page scrolls."""
        return QSize(_LEAST_WIDTH, self.sizeHint().height())

    def _editor(self) -> QWidget | None:
        return self.indexWidget(self.currentIndex())


def _cells(block: list[list[str]], row: int, column: int, width: int) -> Iterator[tuple[int, int, str]]:
    for down, line in enumerate(block):
        for right, text in enumerate(line):
            if column + right < width:
                yield row + down, column + right, text
