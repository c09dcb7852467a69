"""Cooperatives by months: what has been checked, and how it came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kopdesk.domain.book_check import BookCheckState, Conclusion
from kopdesk.domain.book_tests.material import month_before
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT
from kopdesk.usecases.checking import CheckMonth
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import short_month
from kopdesk.wording.shortening import short_name

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_TONES = {Conclusion.ORDERLY: "good", Conclusion.NEEDS_MENDING: "warning", Conclusion.ABSENT: "bad"}
_SIGNS = {"good": "✓", "warning": "△", "bad": "✕"}
_NAME_WIDTH, _MONTH_WIDTH = 220, 104


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A cooperative and its checks by month."""

    id: UUID
    name: str
    checks: dict[str, CheckMonth]


def months_until(today: date, count: int) -> list[str]:
    """The newest last: books are checked for a month that is over, or nearly."""
    months = [f"{today:%Y-%m}"]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months[::-1]


class _MatrixModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[MatrixRow] = ()
        self.months: list[str] = []

    def show_rows(self, rows: Sequence[MatrixRow], months: list[str]) -> None:
        self.beginResetModel()
        self.rows, self.months = rows, months
        self.endResetModel()

    def check_at(self, index: Index) -> CheckMonth | None:
        return self.rows[index.row()].checks.get(self.months[index.column() - 1])

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.months) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return short_month(self.months[section - 1]) if section else _("Koperasi")
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return left if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if not index.column():
            return short_name(row.name) if role == Qt.ItemDataRole.DisplayRole else None
        check = self.check_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(check)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = (
                _TONES.get(Conclusion(check.conclusion)) if check and check.conclusion in _TONES else "quiet"
            )
            return QColor(colour_of(tone or "quiet"))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            month = short_month(self.months[index.column() - 1])
            return f"{short_name(row.name)}, {month}: {_cell(check) or _('belum diperiksa')}"
        return None


def _cell(check: CheckMonth | None) -> str:
    """Short enough for a month: a sign and a word, and the colour besides."""
    if check is None:
        return "–"
    if check.state == BookCheckState.DRAFT or not check.conclusion:
        return "… " + _("Draf")
    tone = _TONES.get(Conclusion(check.conclusion), "") if check.conclusion in _TONES else ""
    words = {
        Conclusion.ORDERLY: _("Tertib"),
        Conclusion.NEEDS_MENDING: _("Dibenahi"),
        Conclusion.ABSENT: _("Kosong"),
    }
    word = words.get(Conclusion(check.conclusion)) if tone else choice_label(Conclusion, check.conclusion)
    return f"{_SIGNS.get(tone, '')} {word}".strip()


class Matrix(QTableView):
    """Enter or a click opens a check, or begins the one of that month."""

    month_opened = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _MatrixModel()
        self.setModel(self._model)
        self.setAccessibleName(_("Pemeriksaan per koperasi dan bulan"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(CONTROL_HEIGHT + 4)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[MatrixRow], today: date) -> None:
        """As many months as there is room for."""
        months = months_until(today, max(3, min(12, (self.width() - _NAME_WIDTH) // _MONTH_WIDTH)))
        here = self.currentIndex()
        self._model.show_rows(rows, months)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(0, _NAME_WIDTH)
        if rows:
            at = self._model.index(min(max(here.row(), 0), len(rows) - 1), len(months))
            self.setCurrentIndex(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def open_current(self) -> None:
        """The month that is chosen."""
        self._open(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.rows:
            row = self._model.rows[index.row()]
            month = (
                self._model.months[max(index.column(), 1) - 1] if index.column() else self._model.months[-1]
            )
            self.month_opened.emit(row.id, row.name, month)
