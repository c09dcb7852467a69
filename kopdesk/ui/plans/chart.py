"""Cash at the end of every month, drawn: where it falls below nought is seen before it is read."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kopdesk.domain.projection import PlanMonth
from kopdesk.ui.theme.theme import colour_of, colours
from kopdesk.ui.theme.tokens import SMALL, TEXT_SMALL
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_month
from kopdesk.wording.figures import rupiah

_HEIGHT, _LEAST_WIDTH = 150, 240


class CashChart(QWidget):
    """What it shows is also its accessible text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: Sequence[PlanMonth] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_LEAST_WIDTH, _HEIGHT)

    minimumSizeHint = sizeHint

    def show_months(self, months: Sequence[PlanMonth]) -> None:
        """Instead of those before; nothing is drawn for none."""
        self._months = months
        self.setVisible(bool(months))
        if months:
            lowest, last = min(months, key=lambda one: one.cash), months[-1]
            told = _("Kas akhir bulan: terendah {least} ({month}), terakhir {last}.")
            text = told.format(
                least=rupiah(lowest.cash), month=short_month(lowest.month), last=rupiah(last.cash)
            )
            self.setAccessibleName(text)
            self.setToolTip(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line for cash, a rule for nought, red where it is below."""
        if not self._months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(TEXT_SMALL)
        painter.setFont(font)
        line = painter.fontMetrics().height()
        box = QRectF(self.rect()).adjusted(0, line + SMALL, -1, -line - SMALL)
        cash = [one.cash for one in self._months]
        least, most = min(0, *cash), max(1, *cash)

        def place(at: int, amount: int) -> QPointF:
            x = box.left() + box.width() * at / max(1, len(cash) - 1)
            return QPointF(x, box.bottom() - box.height() * (amount - least) / (most - least))

        painter.setPen(QPen(QColor(colours().border), 1))
        painter.drawLine(place(0, 0), place(len(cash) - 1, 0))
        painter.setPen(QPen(QColor(colour_of("notice")), 2))
        painter.drawPolyline(QPolygonF([place(at, amount) for at, amount in enumerate(cash)]))
        painter.setPen(QPen(QColor(colour_of("bad")), 3))
        for at in range(1, len(cash)):
            if cash[at] < 0 or cash[at - 1] < 0:
                painter.drawLine(place(at - 1, cash[at - 1]), place(at, cash[at]))
        self._write(painter, line)

    def _write(self, painter: QPainter, line: int) -> None:
        painter.setPen(QColor(colour_of("quiet")))
        area = QRectF(self.rect())
        top = QRectF(area.left(), area.top(), area.width(), line)
        foot = QRectF(area.left(), area.bottom() - line, area.width(), line)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, _("Kas akhir bulan"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, short_month(self._months[0].month))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, short_month(self._months[-1].month))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight, rupiah(max(one.cash for one in self._months)))
