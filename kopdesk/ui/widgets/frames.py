"""Cards, banners, empty pages, folds, side panels: what holds other things."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kopdesk.ui.theme.theme import icon, icon_pixmap, use_tone
from kopdesk.ui.theme.tokens import CONTROL_HEIGHT, ICON, LARGE, MEDIUM, SMALL, TIGHT, WIDE
from kopdesk.ui.widgets.buttons import plain, symbol_button
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.reading_order import in_reading_order
from kopdesk.wording.catalogue import _

_PANEL_WIDTH = 380
_EMPTY_WIDTH = 420
_ARRIVING_MS = 300

GUTTER = MEDIUM
"""The room a column keeps for its scroll bar: rows above and below it need as much at their right."""


class Card(QFrame):
    """A white sheet with a heading; `body` takes what is in it.

    `rows` above it takes row buttons: what they say stands under the heading, their focus frame outside.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body: QVBoxLayout = column(gap=SMALL, margin=(SMALL, 0, SMALL, 0))
        self.rows: QVBoxLayout = column(gap=0)
        self.heading = PlainLabel(title, "strong")
        self.heading.setContentsMargins(SMALL, 0, SMALL, 0)
        beside = LARGE - SMALL
        self.setLayout(
            column(self.heading, self.rows, self.body, gap=MEDIUM, margin=(beside, LARGE, beside, LARGE))
        )
        self.heading.setVisible(bool(title))  # not before it has a parent: it would be a window of its own


class Banner(QFrame):
    """One sentence about something that is so now, and what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._symbol = QLabel()
        self._sentence = PlainLabel()
        self.action = plain("", self._on_action)
        self._on_clicked: Callable[[], object] | None = None
        self._close = symbol_button("close", _("Tutup pemberitahuan"), self.hide)
        self.setLayout(
            row(
                self._symbol,
                self._sentence,
                self.action,
                self._close,
                margin=(MEDIUM, SMALL, SMALL, SMALL),
                wide=1,
            )
        )
        self.hide()

    def tell(
        self, tone: str, sentence: str, action: str = "", clicked: Callable[[], object] | None = None
    ) -> None:
        """Show it; `tone`: good, warning, bad, notice."""
        use_tone(self, tone)
        symbols = {"good": "check", "warning": "warning", "bad": "error", "notice": "info"}
        self._symbol.setPixmap(icon_pixmap(symbols[tone], self, tone))
        self._sentence.setText(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._on_clicked = clicked
        self.show()

    def _on_action(self) -> None:
        self.hide()
        if self._on_clicked is not None:
            self._on_clicked()


class EmptyState(QWidget):
    """What belongs here, and the first step."""

    def __init__(
        self,
        symbol: str,
        title: str,
        sentence: str,
        action: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = QLabel()
        picture.setPixmap(icon_pixmap(symbol, self, "quiet", 2 * ICON))
        labels = PlainLabel(title, "strong"), PlainLabel(sentence, "quiet")
        inner = column(gap=SMALL)
        inner.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in labels:
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(_EMPTY_WIDTH)
            label.setMinimumHeight(label.heightForWidth(_EMPTY_WIDTH))
            inner.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            inner.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(None, inner, None, margin=WIDE))


class Fold(QWidget):
    """A section that is folded until it is needed; `body` takes what is in it."""

    toggled = Signal(bool)

    def __init__(self, title: str, *, is_open: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QPushButton(title)
        self._button.setProperty("kind", "fold")
        self._button.setCheckable(True)
        self._button.setAutoDefault(True)
        self._button.setChecked(is_open)
        self._button.toggled.connect(self._on_toggled)
        self.body: QVBoxLayout = column(gap=MEDIUM, margin=(WIDE + TIGHT, TIGHT, 0, MEDIUM))
        self._content = widget_of(self.body)
        self.setLayout(column(self._button, self._content, gap=0))
        self.setFocusProxy(self._button)
        self._show(is_open)

    def open(self) -> None:
        """Fold it out."""
        self._button.setChecked(True)

    @property
    def is_open(self) -> bool:
        """Whether its content can be seen."""
        return self._button.isChecked()

    def _on_toggled(self, is_open: bool) -> None:
        self._show(is_open)
        self.toggled.emit(is_open)

    def _show(self, is_open: bool) -> None:
        self._button.setIcon(icon("down" if is_open else "right", "quiet"))
        self._button.setAccessibleDescription(_("terbuka") if is_open else _("terlipat"))
        self._content.setVisible(is_open)


class SidePanel(QFrame):
    """The thing itself beside the list it was chosen from."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setMinimumWidth(_PANEL_WIDTH)
        self.title = PlainLabel("", "title")
        self._close = symbol_button("close", _("Tutup panel"), self.close_panel)
        self.body: QVBoxLayout = column(gap=MEDIUM)
        head = row(self.title, self._close, wide=0)
        self.setLayout(column(head, self.body, gap=MEDIUM, margin=LARGE, wide=1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, from wherever in it, closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def close_panel(self) -> None:
        """Back to the list alone."""
        self.hide()
        self.closed.emit()


class Scroll(QScrollArea):
    """A column that may be longer than the window. Tab goes through it as one reads, whatever came later."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._keep_gutter)
        self._keep_gutter(0, 0)
        content.setProperty("kind", "content")
        self._content = content
        self.setWidget(content)
        self._later = _once(self, self._order)
        content.installEventFilter(self)
        self._later.start()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self._arriving = _once(self, lambda: None, _ARRIVING_MS)
        self._sight = _once(self, self._bring_in_sight)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something came or went: the order of Tab follows the layout."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self._arriving.isActive():
            self._sight.start()
        return False

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """What has the keyboard is in sight, also where nobody went there by Tab."""
        if now is not None and self._content.isAncestorOf(now):
            self._arriving.start()  # it may just have been made, and have no place yet
            self._sight.start()

    def _bring_in_sight(self) -> None:
        """With all that belongs to it (`together`); what does not fit gives way, at last to the cursor."""
        focused = QApplication.focusWidget()
        if focused is None or not self._content.isAncestorOf(focused):
            return
        for shown in (self._around(focused), focused):
            place = QRect(shown.mapTo(self._content, QPoint()), shown.size())
            if self._in_sight.contains(place):
                return
            around = place.height() // 2 + WIDE
            if 2 * around <= self.viewport().height():
                self.ensureVisible(place.left(), place.center().y(), 0, around)
                return
        self.ensureWidgetVisible(focused, 0, WIDE)

    @property
    def _in_sight(self) -> QRect:
        """What of the content can be seen now."""
        return QRect(-self._content.pos(), self.viewport().size())

    def _around(self, focused: QWidget) -> QWidget:
        above: QWidget | None = focused
        while above is not None and above is not self._content:
            if above.property("together"):
                return above
            above = above.parentWidget()
        return focused

    def _order(self) -> None:
        before: QWidget = self
        for widget in in_reading_order(self._content):
            QWidget.setTabOrder(before, widget)
            before = widget

    def minimumSizeHint(self) -> QSize:
        """Narrow windows scroll up and down, never sideways."""
        return QSize(self._content.minimumSizeHint().width() + GUTTER, 80)

    def _keep_gutter(self, least: int, most: int) -> None:
        """What is above and below the column keeps its right edge, whether there is a scroll bar or not."""
        self.setViewportMargins(0, 0, 0 if most > least else GUTTER, 0)


def _once(parent: QObject, do: Callable[[], object], after_ms: int = 0) -> QTimer:
    """A timer that goes with its parent: what is gone does nothing more."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(after_ms)
    made.timeout.connect(do)
    return made


def page_head(title: str) -> PlainLabel:
    """The name of a page, as high as where a button stands beside it: pages begin at one height."""
    made = PlainLabel(title, "title")
    made.setMinimumHeight(CONTROL_HEIGHT)
    return made


def line() -> QFrame:
    """A thin rule, where white space is not enough."""
    made = QFrame()
    made.setProperty("kind", "line")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
