"""The projection of a plan as a table: results, cash and the balance sheet, by year or by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kopdesk.domain.projection import PlanMonth
from kopdesk.domain.rounding import MONTHS
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT, MEDIUM, WEIGHT_STRONG
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.planning import PlanTold
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import short_month
from kopdesk.wording.figures import number
from kopdesk.wording.plan_taxes import tax_line

if TYPE_CHECKING:
    from kopdesk.ui.plans.plan_form import PlanForm

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """`figure`: of a month; None is a heading. `is_held`: of several months the last one counts."""

    label: str
    figure: Callable[[PlanMonth], int] | None = None
    is_held: bool = False
    is_strong: bool = False


LINES = (
    Line(N_("Hasil usaha")),
    Line(N_("Pendapatan"), lambda one: one.revenue),
    Line(N_("Laba kotor"), lambda one: one.margin),
    Line(N_("Upah"), lambda one: -one.staff),
    Line(N_("Belanja operasional"), lambda one: -one.expenses),
    Line(N_("Penyusutan"), lambda one: -one.depreciation),
    Line(N_("Bunga atau margin pinjaman"), lambda one: -one.interest),
    Line(N_("PPh final"), lambda one: -one.final_tax),
    Line(N_("PPh badan"), lambda one: -one.income_tax),
    Line(N_("SHU sebelum bagian desa"), lambda one: one.result, is_strong=True),
    Line(N_("Bagian untuk desa"), lambda one: -one.village),
    Line(N_("Uang masuk dan keluar")),
    Line(N_("Pencairan pinjaman"), lambda one: one.drawn),
    Line(N_("Dana lain"), lambda one: one.funds),
    Line(N_("Belanja modal"), lambda one: -one.invested),
    Line(N_("Angsuran pokok dan bunga"), lambda one: -one.debt_service),
    Line(N_("PPh badan dibayar"), lambda one: -one.tax_paid),
    Line(N_("Kas akhir"), lambda one: one.cash, is_held=True, is_strong=True),
    Line(N_("Posisi keuangan")),
    Line(N_("Kas"), lambda one: one.cash, is_held=True),
    Line(N_("Piutang"), lambda one: one.receivables, is_held=True),
    Line(N_("Persediaan"), lambda one: one.stock, is_held=True),
    Line(N_("Aset tetap"), lambda one: one.fixed_assets, is_held=True),
    Line(N_("Aset lain"), lambda one: one.other_assets, is_held=True),
    Line(N_("Jumlah aset"), lambda one: one.assets, is_held=True, is_strong=True),
    Line(N_("Utang dagang"), lambda one: one.payables, is_held=True),
    Line(N_("Utang pajak"), lambda one: one.tax_payable, is_held=True),
    Line(N_("Utang pinjaman"), lambda one: one.debt, is_held=True),
    Line(N_("Kewajiban lain"), lambda one: one.other_liabilities, is_held=True),
    Line(N_("Ekuitas"), lambda one: one.equity, is_held=True),
    Line(
        N_("Jumlah kewajiban dan ekuitas"),
        lambda one: one.payables + one.tax_payable + one.debt + one.other_liabilities + one.equity,
        is_held=True,
        is_strong=True,
    ),
)


class FiguresModel(QAbstractTableModel):
    """Spans of months as columns, lines as rows; figures are computed as they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[tuple[str, Sequence[PlanMonth]]] = []

    def show_spans(self, spans: list[tuple[str, Sequence[PlanMonth]]]) -> None:
        """Instead of those before."""
        self.beginResetModel()
        self._spans = spans
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """The lines, where there is something to show."""
        return 0 if parent.isValid() or not self._spans else len(LINES)

    def columnCount(self, parent: Index = _TOP) -> int:
        """The spans."""
        return 0 if parent.isValid() else len(self._spans)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Spans above, lines on the left."""
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return self._spans[section][0]
            return _(LINES[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_above = orientation == Qt.Orientation.Horizontal
            side = Qt.AlignmentFlag.AlignRight if is_above else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return _font(LINES[section], role) if orientation == Qt.Orientation.Vertical else None

    def figure(self, line: int, span: int) -> int | None:
        """In whole rupiah; None for a heading."""
        figure, months = LINES[line].figure, self._spans[span][1]
        if figure is None:
            return None
        return figure(months[-1]) if LINES[line].is_held else sum(map(figure, months))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; below nought in brackets, as statements write it."""
        line = LINES[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return _font(line, role)
        amount = self.figure(index.row(), index.column())
        if amount is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"({number(-amount)})" if amount < 0 else number(amount)
        if role == Qt.ItemDataRole.ForegroundRole and amount < 0 and line.is_strong:
            return QColor(colour_of("bad"))
        return None


class ProjectionPart(QWidget):
    """By year at first; months on request."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__()
        self._months: Sequence[PlanMonth] = ()
        self.which = Chips([("years", _("Per tahun")), ("months", _("Per bulan"))])
        self.which.setAccessibleName(_("Rentang"))
        self.which.show_chosen(["years"])
        self.which.changed.connect(self._on_which)
        self.model = FiguresModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Hitungan rencana"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.verticalHeader().setHighlightSections(False)
        self.table.verticalHeader().setDefaultSectionSize(CONTROL_HEIGHT - 4)
        self.table.setMinimumHeight((len(LINES) + 2) * (CONTROL_HEIGHT - 4))
        self.taxes = PlainLabel("", "small")
        self.setLayout(column(row(self.which, None), self.taxes, self.table, gap=MEDIUM, wide=2))
        form.told.connect(self._show)

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self.which.show_chosen(["years"])
        self._show_spans()

    def _show(self, told: PlanTold | None) -> None:
        self._months = told.outcomes[0].projection.months if told is not None else ()
        self.taxes.setText(
            tax_line(told.counted.taxes, told.outcomes[0].projection.tax_years) if told is not None else ""
        )
        self._show_spans()

    def _show_spans(self) -> None:
        months = self._months
        spans: list[tuple[str, Sequence[PlanMonth]]]
        if self.which.chosen == ("months",):
            spans = [(short_month(one.month), (one,)) for one in months]
        else:
            spans = [
                (_("Tahun {n}").format(n=begin // MONTHS + 1), months[begin : begin + MONTHS])
                for begin in range(0, len(months), MONTHS)
            ]
        self.model.show_spans(list(spans))


def _font(line: Line, role: int) -> QFont | None:
    if role != Qt.ItemDataRole.FontRole or not (line.is_strong or line.figure is None):
        return None
    font = QFont()
    font.setWeight(QFont.Weight(WEIGHT_STRONG))
    return font
