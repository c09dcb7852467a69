"""Parts of a page, one at a time."""

from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget

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
        for button, told in zip(
            bar.findChildren(QToolButton), (_("Geser ke kiri"), _("Geser ke kanan")), strict=False
        ):
            button.setAccessibleName(told)  # Qt's own words are English
            button.setToolTip(told)
