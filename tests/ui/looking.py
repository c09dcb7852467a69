"""What can be seen in a window: its texts, what is cut off, what has no name, where the keyboard goes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from kopdesk.ui.widgets.labels import LineLabel


def seen(window: QWidget) -> Iterator[QWidget]:
    """Every widget of which something is in sight."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def texts(window: QWidget) -> Iterator[str]:
    """Everything that can be read, tips and names for screen readers too."""
    for widget in seen(window):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        if isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        if isinstance(widget, QComboBox):
            yield widget.currentText()
        if isinstance(widget, QTabBar):
            yield from (widget.tabText(at) for at in range(widget.count()))
        if isinstance(widget, QAbstractItemView):
            yield from _items(widget)


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for at_row in range(model.rowCount()):
        for at_column in range(columns):
            yield str(model.index(at_row, at_column).data() or "")
    if isinstance(view, QTableView):
        for at in range(columns):
            yield str(model.headerData(at, Qt.Orientation.Horizontal) or "")


def words(text: str) -> set[str]:
    """In lower case; what holds figures, such as a number at the centre, is no word."""
    return {word.casefold() for word in re.findall(r"\b[^\W\d_]{2,}\b", text)}


def cut(window: QWidget) -> Iterator[str]:
    """What needs more room than it has. What ends in … on purpose has its whole text as a tip."""
    for widget in seen(window):
        if isinstance(widget, LineLabel) and widget.toolTip():
            continue
        if told := _cut(widget):
            yield f"{type(widget).__name__} {told}"


def _cut(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        too_narrow = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        return widget.text() if needed > widget.height() + 1 or too_narrow else ""
    if isinstance(widget, QPushButton) and widget.text():
        hint = widget.sizeHint()
        is_cut = hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1
        return widget.text() if is_cut else ""
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        room = widget.width() - 20
        return widget.placeholderText() if _wide(widget, widget.placeholderText()) > room else ""
    if isinstance(widget, QComboBox):
        return widget.currentText() if _wide(widget, widget.currentText()) > widget.width() - 40 else ""
    if isinstance(widget, QTabBar):
        return ", ".join(
            widget.tabText(at)
            for at in range(widget.count())
            if _wide(widget, widget.tabText(at).replace("&&", "&")) > widget.tabRect(at).width()
        )
    if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        model = widget.model()
        return ", ".join(
            str(model.headerData(at, Qt.Orientation.Horizontal))
            for at in range(widget.count())
            if not widget.isSectionHidden(at) and widget.sectionSizeHint(at) > widget.sectionSize(at) + 1
        )
    return ""


def _wide(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab goes, in its order, beginning anywhere."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        can_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if can_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def never_reached(window: QWidget) -> Iterator[str]:
    """Stops that Tab does not come by, really pressed from stop to stop until it comes round."""
    wanted = stops(window)
    before = window.focusWidget()
    reached: list[QWidget] = []
    for _press in wanted:
        window.focusNextPrevChild(True)
        now = window.focusWidget()
        if now in reached:
            break
        reached.append(now)
    if before is not None:
        before.setFocus()
    for stop in wanted:
        if stop not in reached:
            yield _called(stop)


def nameless(window: QWidget) -> Iterator[str]:
    """What takes the keyboard and has nothing to say to a screen reader."""
    for widget in stops(window):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            yield f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def jumps(window: QWidget) -> Iterator[str]:
    """Where Tab goes back up within a column, or leaves it and comes again."""
    order = stops(window)
    columns = [_column_of(stop) for stop in order]
    for column in {id(one): one for one in columns if one is not None}.values():
        places = [at for at, one in enumerate(columns) if one is column]
        if places[-1] - places[0] >= len(places):
            yield f"{_called(order[places[0]])} … {_called(order[places[-1]])} with others between"
    for here, there in pairwise(order):
        one, other = _place(here, window), _place(there, window)
        if _column_of(here) is not _column_of(there):
            continue  # what is scrolled away stands nowhere
        if other.bottom() <= one.top() and other.left() < one.right() and one.left() < other.right():
            yield f"{_called(here)} -> {_called(there)}"


def _column_of(widget: QWidget) -> QScrollArea | None:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or type(widget).__name__


def primaries(window: QWidget) -> list[QPushButton]:
    """The primary buttons in sight."""
    return [one for one in seen(window) if isinstance(one, QPushButton) and one.property("kind") == "primary"]
