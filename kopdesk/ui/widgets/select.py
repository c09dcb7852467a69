"""One of many choices, from a list that opens below."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import ICON, SMALL

_LEAST_SIGNS = 8


class SelectBox(QComboBox):
    """With an arrow that shows what it is; what is too long for it ends in …, whole as its tooltip.

    The wheel scrolls the page, not the choice.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_SIGNS)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentTextChanged.connect(self.setToolTip)

    def sizeHint(self) -> QSize:
        """As wide as its longest choice, which it need not get."""
        hint = super().sizeHint()
        texts = (self.itemText(at) for at in range(self.count()))
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        return QSize(max(hint.width(), widest + ICON + 4 * SMALL), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A form that is scrolled must not change."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame by the stylesheet; text and arrow here."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        inside = self.rect().adjusted(SMALL, 0, -SMALL, 0)
        arrow = inside.adjusted(inside.width() - ICON, 0, 0, 0)
        icon("down", "quiet").paint(painter, arrow)
        text = inside.adjusted(0, 0, -ICON - SMALL, 0)
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawItemText(text, Qt.AlignmentFlag.AlignVCenter, self.palette(), self.isEnabled(), shown)
