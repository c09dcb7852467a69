"""Rows and columns with the distances of the tokens."""

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from kopdesk.ui.theme.tokens import SMALL

Item = QWidget | QLayout | int | None
Box = TypeVar("Box", bound=QBoxLayout)


def column(
    *items: Item, gap: int = SMALL, margin: int | tuple[int, int, int, int] = 0, wide: int | None = None
) -> QVBoxLayout:
    """Items under each other. A number is a distance; None, or the item at `wide`, takes what is left."""
    return _filled(QVBoxLayout(), items, gap, margin, wide)


def row(
    *items: Item, gap: int = SMALL, margin: int | tuple[int, int, int, int] = 0, wide: int | None = None
) -> QHBoxLayout:
    """The same beside each other."""
    return _filled(QHBoxLayout(), items, gap, margin, wide)


def widget_of(layout: QLayout, *, kind: str = "content", parent: QWidget | None = None) -> QWidget:
    """A widget that is nothing but this layout."""
    made = QWidget(parent)
    made.setProperty("kind", kind)
    made.setLayout(layout)
    return made


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets go with it."""
    while (item := layout.takeAt(0)) is not None:
        _let_go(item)


def _let_go(item: QLayoutItem) -> None:
    if (widget := item.widget()) is not None:
        widget.hide()
        widget.deleteLater()
    elif (inner := item.layout()) is not None:
        emptied(inner)
        inner.deleteLater()


def _filled(
    box: Box, items: tuple[Item, ...], gap: int, margin: int | tuple[int, int, int, int], wide: int | None
) -> Box:
    box.setSpacing(gap)
    left, top, right, bottom = (margin,) * 4 if isinstance(margin, int) else margin
    box.setContentsMargins(left, top, right, bottom)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
    if wide is not None:
        box.setStretch(wide, 1)
    return box


def keeps_height(widget: QWidget) -> None:
    """It is as high as its content, however much room there is."""
    policy = widget.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
    widget.setSizePolicy(policy)
