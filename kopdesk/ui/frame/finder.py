"""Ctrl+K: type a few letters of anything, and go there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column
from kopdesk.wording.catalogue import _

_PAUSE_MS = 80
_WIDTH, _HEIGHT = 560, 420


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to go to. `detail` tells it from others that are called alike."""

    symbol: str
    text: str
    detail: str
    go: Callable[[], object]


class Finder(QFrame):
    """`search` looks a text up and hands over what it found, some time later."""

    closed = Signal()

    def __init__(
        self,
        search: Callable[[str, Callable[[Sequence[Hit]], None]], None],
        hint: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self._search = search
        self._asked = self._answered = 0
        self._goes_at_once = False
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Yang ditemukan"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._go)
        self._nothing = PlainLabel("", "quiet")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.line.textChanged.connect(self._on_typed)
        self.setLayout(column(self.line, self._nothing, self.list, gap=SMALL, margin=SMALL))
        self.resize(min(_WIDTH, parent.width() - 40), min(_HEIGHT, parent.height() - 80))
        self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 56)))
        self._look_up()

    def showEvent(self, event: QShowEvent) -> None:
        """The line is where one types."""
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it was closed."""
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the line keeps the keyboard."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps:
            last = self.list.count() - 1
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + steps[Qt.Key(event.key())])))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_to_what_was_typed()
            return True
        return False

    def _on_typed(self, _text: str) -> None:
        self._goes_at_once = False
        self._pause.start()

    def _go_to_what_was_typed(self) -> None:
        """At once, or as soon as it is found: the list may still be that of the letters before."""
        if self._pause.isActive():
            self._pause.stop()
            self._look_up()
        if self._answered != self._asked:
            self._goes_at_once = True
        elif (item := self.list.currentItem()) is not None:
            self._go(item)

    def _look_up(self) -> None:
        self._asked += 1
        self._search(self.line.text().strip(), partial(self._show, self._asked))

    def _show(self, asked: int, hits: Sequence[Hit]) -> None:
        if asked != self._asked:  # the answer to what was typed before
            return
        self._answered = asked
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(
                icon(hit.symbol, "quiet"), f"{hit.text}\n{hit.detail}" if hit.detail else hit.text
            )
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        text = self.line.text().strip()
        told = _("Tidak ada yang cocok dengan “{text}”. Coba sebagian namanya saja.").format(text=text)
        self._nothing.setText(told if text else _("Belum ada koperasi di laptop ini."))
        if self._goes_at_once:
            self._goes_at_once = False
            self._go_to_what_was_typed()

    def _go(self, item: QListWidgetItem) -> None:
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        hit.go()
