"""A table of rows: columns are declared, sorting is by value and not by text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_SORT = Qt.ItemDataRole.UserRole
_TOP = QModelIndex()
_LEAST_SECTION, _WIDEST = 48, 10_000


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row]):
    """`text` is shown, `sort` orders, `tone` colours; `is_figure`: right-aligned.

    `wide_only`: left out where the table is narrower than so many pixels; `most`: its widest, in hundredths
    of the table.
    """

    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], str | int]
    tone: Callable[[Row], str] = lambda row: ""
    is_figure: bool = False
    stretch: bool = False
    wide_only: int = 0
    most: int = 0


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that are replaced as a whole; every row keeps its name, so that the choice outlives it."""

    def __init__(self, columns: Sequence[TableColumn[Row]]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Instead of those before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Of a plain table."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """As declared."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles stand over their columns as the cells do."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and (tone := column.tone(row)):
            return QColor(colour_of(tone))
        return column.sort(row) if role == _SORT else None


class _ToneKept(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """What is late stays red in the row that is chosen."""
        super().initStyleOption(option, index)
        if (colour := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)


class RowsTable(QTableView, Generic[Row]):
    """Enter or a click opens a row; arrows move by row, which `row_chosen` tells."""

    row_opened = Signal(object)
    row_chosen = Signal(object)

    def __init__(self, columns: Sequence[TableColumn[Row]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self.rows_model: RowsModel[Row] = RowsModel(columns)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.rows_model)
        self._sorted.setSortRole(_SORT)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setItemDelegate(_ToneKept(self))
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(CONTROL_HEIGHT + 4)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for at, column in enumerate(columns):
            mode = (
                QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(at, mode)
        header.setMinimumSectionSize(_LEAST_SECTION)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[Row], chosen: Callable[[Row], bool] | None = None) -> None:
        """The row that was chosen stays so, or the one that `chosen` names; else the first is."""
        current = self.current
        fits = chosen or (lambda row: row == current)
        self._is_showing = True
        self.rows_model.show_rows(rows)
        if not self.choose(fits) and rows:
            self.setCurrentIndex(self._sorted.index(0, 0))
        self._is_showing = False

    def choose(self, fits: Callable[[Row], bool]) -> bool:
        """Put the choice on the first row that fits; whether there is one. Nobody is told."""
        at = next((at for at, row in enumerate(self.rows_model.rows) if fits(row)), None)
        if at is None:
            return False
        before, self._is_showing = self._is_showing, True
        self.setCurrentIndex(self._sorted.mapFromSource(self.rows_model.index(at, 0)))
        self._is_showing = before
        return True

    @property
    def current(self) -> Row | None:
        """The row that is chosen."""
        index = self._sorted.mapToSource(self.currentIndex())
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """By somebody's key or click, and not because other rows are shown."""
        super().currentChanged(current, previous)
        if not self._is_showing and current.isValid() and current.row() != previous.row():
            self.row_chosen.emit(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow tables show what matters; the row itself has the rest."""
        super().resizeEvent(event)
        for at, column in enumerate(self.rows_model.columns):
            self.setColumnHidden(at, self.width() < column.wide_only)

    def sizeHintForColumn(self, at: int) -> int:
        """As wide as its content, up to what is declared."""
        most = self.rows_model.columns[at].most
        return min(super().sizeHintForColumn(at), most * self.width() // 100 if most else _WIDEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self.rows_model.rows[self._sorted.mapToSource(index).row()])


def _alignment(column: TableColumn[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
