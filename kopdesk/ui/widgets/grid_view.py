"""The look and the ways of a grid: its size, how the keyboard goes through it and out of it."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QToolTip,
    QWidget,
)

from kopdesk.ui.theme.theme import colours
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT
from kopdesk.ui.widgets.grid_delegate import GridDelegate
from kopdesk.ui.widgets.grid_model import GridModel

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = CONTROL_HEIGHT - 4
_LEAST_WIDTH = 240
_BAR = 3
_OWN_KEYS = (Qt.Key.Key_D, Qt.Key.Key_Minus, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
"""With Ctrl."""


class GridView(QTableView):
    """`fault_told`: why the current cell could not be read; empty where nothing is wrong with it."""

    fault_told = Signal(str)

    def __init__(self, grid: GridModel, most_rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self._most_rows = most_rows
        self._read_part = 0.0
        self.setModel(grid)
        self._delegate = GridDelegate(self)
        self._delegate.left.connect(self.move_on)
        self._delegate.gone.connect(self.go_out)
        self.setItemDelegate(self._delegate)
        for resized in (grid.rowsInserted, grid.rowsRemoved, grid.modelReset):
            resized.connect(self.updateGeometry)
        self._dress()

    def _dress(self) -> None:
        self.setProperty("kind", "grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        # Its own, always empty: otherwise it asks every row of every column whether it is chosen.
        header.setSelectionModel(QItemSelectionModel(self.grid, header))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column takes what is left; where nothing is, the grid scrolls sideways: no heading is cut."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        least = [max(one.width, header.sectionSizeHint(at)) for at, one in enumerate(self.grid.columns)]
        left = max(0, self.viewport().width() - sum(least))
        for at, column in enumerate(self.grid.columns):
            self.setColumnWidth(at, least[at] + (left if column.stretch else 0))

    # Keys.

    def event(self, event: QEvent) -> bool:
        """The keys of the grid are its own while it has the keyboard; Ctrl+Z is the page's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in (_OWN_KEYS if control else (Qt.Key.Key_Delete,)):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes from cell to cell, and on from the last one."""
        if self._step(1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)

    def go_out(self, is_next: bool) -> None:
        """To the next control, or the one before."""
        super().focusNextPrevChild(is_next)

    def move_on(self, rows: int, columns: int) -> None:
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

    # What is told and drawn.

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Who comes by keyboard to what could not be read is told why, as a mouse is by the tip."""
        super().currentChanged(current, previous)
        told = ""
        if current.isValid():
            row, column = self.grid.rows[current.row()], self.grid.columns[current.column()]
            told = str(current.data(Qt.ItemDataRole.ToolTipRole)) if column.name in row.faults else ""
        self.fault_told.emit(told)
        if told and self.hasFocus():
            place = self.viewport().mapToGlobal(self.visualRect(current).bottomLeft())
            QToolTip.showText(place, told, self)

    def show_progress(self, read: int, of: int) -> None:
        """So many rows of a long block are read."""
        self._read_part = read / of if of else 0.0
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Below the headings a bar grows while a long block is read."""
        super().paintEvent(event)
        if self._read_part:
            bar = QPainter(self.viewport())
            bar.fillRect(0, 0, round(self.viewport().width() * self._read_part), _BAR, colours().focus)

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
