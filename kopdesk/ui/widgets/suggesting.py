"""A line that offers what was typed before: arrows choose, Enter or Tab takes it."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QWidget

from kopdesk.ui.theme.theme import dress
from kopdesk.ui.widgets.fields import LineField


class SuggestField(LineField):
    """Anything may be typed; the suggestions only save typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list is a window of its own, opened from none."""
        super().focusInEvent(event)
        popup = self.completer().popup()
        if popup is not None and not popup.styleSheet():
            popup.setProperty("kind", "popup")
            dress(popup)

    def suggest(self, words: Sequence[str]) -> None:
        """From now on these."""
        self._words.setStringList(list(words))
