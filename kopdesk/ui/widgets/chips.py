"""Choices that can all be seen: a click or the space bar takes one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QWidget

from kopdesk.ui.theme.tokens import SMALL

_STEPS: Mapping[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class Chips(QWidget):
    """`choices`: word and label. One is chosen at a time, or with `many` any number of them."""

    changed = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._many = many
        self._buttons: dict[str, QPushButton] = {}
        flow = Flow()
        for word, label in choices:
            button = _Chip(label)
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.setAutoDefault(True)
            button.clicked.connect(lambda checked, word=word: self._on_clicked(word, checked))
            self._buttons[word] = button
            flow.addWidget(button)
        self.setLayout(flow)
        self._rove()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The words that are chosen, in the order of the choices."""
        return tuple(word for word, button in self._buttons.items() if button.isChecked())

    def show_chosen(self, words: Sequence[str]) -> None:
        """Without telling anybody."""
        for word, button in self._buttons.items():
            button.setChecked(word in words)
        self._rove()

    def setAccessibleName(self, name: str) -> None:
        """Each chip says what it is a choice of."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from chip to chip; Tab leaves them all."""
        buttons = list(self._buttons.values())
        at = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if event.key() not in _STEPS or at is None:
            super().keyPressEvent(event)
            return
        reached = buttons[(at + _STEPS[event.key()]) % len(buttons)]
        self._rove(reached)
        reached.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, word: str, checked: bool) -> None:
        if not self._many:
            for other, button in self._buttons.items():
                button.setChecked(checked and other == word)
        self._rove(self._buttons[word])
        self.changed.emit(self.chosen)

    def _rove(self, stop: QPushButton | None = None) -> None:
        """Tab stops once: at the chip that was used, or is chosen, or comes first."""
        buttons = list(self._buttons.values())
        stop = stop or next(
            (button for button in buttons if button.isChecked()), buttons[0] if buttons else None
        )
        for button in buttons:
            is_stop = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)


class _Chip(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A button would go to the next one of the page by itself; here its group knows better."""
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Flow(QLayout):
    """Items beside each other, going on in the next line as words do."""

    def __init__(self, gap: int = SMALL) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """The item itself, out of the layout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """So many lines."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line, as high as that is."""
        hints = [item.sizeHint() for item in self._items]
        width = sum(hint.width() + self._gap for hint in hints)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest alone."""
        hints = [item.minimumSize() for item in self._items]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden, and its gap with it
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, height = rect.x(), y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            height = max(height, size.height())
        return y + height - rect.y()
