"""A state shown by colour, by shape and in words, with its age."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import row

_SIZE = 14


class Lamp(QWidget):
    """Full circle: good; triangle: warning; square: bad; ring: not known. Never colour alone."""

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone

    def sizeHint(self) -> QSize:
        """As high as a line of text allows."""
        return QSize(_SIZE, _SIZE)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the shape of its tone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(colour_of(self._tone or "quiet"))
        box = QRectF(
            (self.width() - _SIZE) / 2 + 1.5, (self.height() - _SIZE) / 2 + 1.5, _SIZE - 3, _SIZE - 3
        )
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if self._tone else Qt.BrushStyle.NoBrush)
        if self._tone == "warning":
            painter.drawPolygon(
                QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
            )
        elif self._tone == "bad":
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.drawEllipse(box)


class Light(QWidget):
    """A lamp, what it is about, and since when: ● Kunjungan  3 hari lalu."""

    def __init__(self, tone: str, subject: str, since: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        told = LineLabel(since, "small")
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row(Lamp(tone), LineLabel(subject), told, gap=SMALL, wide=1))
        self.setAccessibleName(f"{subject}: {since}")
