"""The sums of a grid's columns, below it and in line with them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kopdesk.ui.theme.tokens import CONTROL_HEIGHT, SMALL
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn, cell_text
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import column, widget_of
from kopdesk.wording.catalogue import _

_EDGE = SMALL + 3
"""From the edge of a column to its text, as in the cells and headings."""


class GridTotals(QWidget):
    """One line: a caption, and the sum of every column that is summed. It follows the grid's columns."""

    def __init__(self, grid: Grid, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid, self._title = grid, caption or _("Jumlah semua")
        self._caption = LineLabel("", "strong", parent=self)
        self._sums: list[tuple[int, GridColumn, LineLabel]] = []
        for at, one in enumerate(grid.grid.columns):
            if one.is_summed:
                told = LineLabel("", "strong", parent=self)
                told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._sums.append((at, one, told))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model = grid.grid
        for changed in (model.dataChanged, model.modelReset):
            changed.connect(self.refresh)
        grid.horizontalHeader().sectionResized.connect(self._place)
        grid.horizontalScrollBar().valueChanged.connect(self._place)
        self.refresh()

    def refresh(self) -> None:
        """Add up anew."""
        model = self._grid.grid
        names = {one.name for _at, one, _told in self._sums}
        is_whole = not any(row.faults and names & row.faults.keys() for row in model.rows)
        self._caption.setText(
            self._title if is_whole else _("{title}, tanpa yang belum terbaca").format(title=self._title)
        )
        said = []
        for _at, one, told in self._sums:
            told.setText(cell_text(one, model.sum_of(one)))
            said.append(f"{one.label} {told.text()}")
        self.setAccessibleName(f"{self._caption.text()}: {', '.join(said)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower or wider, as the grid."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = self._grid.viewport().x()
        header = self._grid.horizontalHeader()
        first = self.width()
        for at, _one, told in self._sums:
            start = left + header.sectionViewportPosition(at)
            told.setGeometry(start + _EDGE, 0, header.sectionSize(at) - 2 * _EDGE, self.height())
            first = min(first, start)
        self._caption.setGeometry(left + _EDGE, 0, max(0, first - left - 2 * _EDGE), self.height())


def with_totals(grid: Grid, caption: str = "") -> QWidget:
    """The grid, and right below it its totals."""
    return widget_of(column(grid, GridTotals(grid, caption), gap=0))
