"""The one place of truth about the data, at the top of every page."""

from PySide6.QtWidgets import QPushButton, QWidget

from kopdesk.ui.frame.sync_view import Pill
from kopdesk.ui.theme.theme import icon, use_tone
from kopdesk.wording.catalogue import _


class SyncPill(QPushButton):
    """A click opens the list behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pill")
        self.setAutoDefault(True)

    def show_pill(self, shown: Pill) -> None:
        """Say it, by words, icon and colour."""
        self.setText(shown.text)
        self.setIcon(icon(shown.symbol, shown.tone))
        self.setAccessibleName(_("Keadaan data: {state}").format(state=shown.text))
        use_tone(self, shown.tone)
