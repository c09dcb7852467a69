"""The order in which one reads: Tab goes through a page as its layouts have it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard in a widget, as its layouts have it and not as it was made.

    Also what only a click gives it to: the chip at which Tab stops is now this one, now that.
    """
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from in_reading_order(widget)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)


def go_to_next_stop(window: QWidget, *, forward: bool) -> bool:
    """Move the keyboard one stop on; False where there is no other.

    Qt also stops at what hands the keyboard on to one of its own. Where such a widget stands behind that one,
    Tab would go round in a part of the page for ever.
    """
    focused: QWidget | None = window.focusWidget()
    before = window if focused is None else focused
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    widget = _neighbour(before, forward=forward)
    while widget is not None and widget is not before:
        if _is_stop(widget, window):
            widget.setFocus(reason)
            return True
        widget = _neighbour(widget, forward=forward)
    return False


def _neighbour(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes_tab and widget.isEnabled() and widget.isVisibleTo(window) and widget.window() is window
