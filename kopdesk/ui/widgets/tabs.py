"""Parts of a page, one at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget

from kopdesk.ui.theme.theme import icon
from kopdesk.wording.catalogue import _


class Tabs(QTabWidget):
    """`name`: what they are parts of, for screen readers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setAccessibleName(name)
        bar = self.tabBar()
        bar.setAccessibleName(name)
        bar.setExpanding(False)
        bar.setDrawBase(False)
        words = ("left", _("Geser ke kiri")), ("right", _("Geser ke kanan"))
        for button, (symbol, told) in zip(bar.findChildren(QToolButton), words, strict=False):
            button.setArrowType(Qt.ArrowType.NoArrow)
            button.setIcon(icon(symbol, "quiet"))
            button.setAccessibleName(told)  # Qt's own words are English
            button.setToolTip(told)
