"""The column on the left: icon and word of every page, icons alone where the window is narrow."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QWidget

from kopdesk.ui.frame.pages import EVERY_PAGE, PAGES, SETTINGS, PageEntry
from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import ICON, MEDIUM, SMALL, TIGHT
from kopdesk.ui.widgets.layouts import column
from kopdesk.wording.catalogue import _

WIDTH, WIDTH_NARROW = 196, 60


class Navigation(QFrame):
    """Says which page is wanted."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setAccessibleName(_("Halaman"))
        self._buttons = {entry.word: self._button(entry) for entry in EVERY_PAGE}
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)
        self._name = QLabel("Kopdesk")
        self._name.setProperty("kind", "strong")
        self._name.setContentsMargins(SMALL, TIGHT, 0, MEDIUM)
        pages = [self._buttons[entry.word] for entry in PAGES]
        last = self._buttons[SETTINGS.word]
        self.setLayout(column(self._name, *pages, None, last, gap=2, margin=SMALL))
        self.narrow(False)

    def narrow(self, is_narrow: bool) -> None:
        """Icons alone, or with their words."""
        self.setFixedWidth(WIDTH_NARROW if is_narrow else WIDTH)
        self._name.setVisible(not is_narrow)
        for entry in EVERY_PAGE:
            button = self._buttons[entry.word]
            button.setText("" if is_narrow else _(entry.label))
            button.setToolTip(_name_of(entry) if is_narrow else "")

    def show_page(self, word: str) -> None:
        """Mark the page that is open: Tab stops at it, arrows go to the others."""
        from PySide6.QtCore import Qt  # not before the first picture

        self._buttons[word].setChecked(True)
        for other, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if other == word else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _button(self, entry: PageEntry) -> QPushButton:
        button = QPushButton(_(entry.label))
        button.setProperty("kind", "nav")
        button.setCheckable(True)
        button.setAutoDefault(True)
        button.setIcon(icon(entry.symbol))
        button.setIconSize(QSize(ICON, ICON))
        button.setAccessibleName(_name_of(entry))
        button.clicked.connect(lambda: self.page_requested.emit(entry.word))
        return button


def _name_of(entry: PageEntry) -> str:
    return _(entry.label).replace("&", "")
