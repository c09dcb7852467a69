"""Text that is shown as it is: never as markup, whoever wrote it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kopdesk.ui.theme.theme import use_tone


class PlainLabel(QLabel):
    """A text on as many lines as it needs. `kind`: title, strong, quiet, small, or nothing."""

    def __init__(
        self, text: str = "", kind: str = "", *, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def show_tone(self, tone: str) -> None:
        """Another meaning, shown by colour; the words have to say it too."""
        use_tone(self, tone)


class LineLabel(QLabel):
    """A text on one line; where it is too long for its place it ends in …, and the tip has it whole."""

    def __init__(
        self, text: str = "", kind: str = "", *, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """So short that its column may shrink."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("……")), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tip is there only where something is left out."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self._is_cut() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """As QLabel does, but for the end of the text."""
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.contentsRect(), self.alignment(), shown)

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
