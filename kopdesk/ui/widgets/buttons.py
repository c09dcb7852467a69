"""Buttons by what they are for."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from kopdesk.ui.theme.theme import icon


def primary(text: str, clicked: Callable[[], object], parent: QWidget | None = None) -> QPushButton:
    """The one action a page is there for. A page has at most one."""
    return _button(text, clicked, "primary", parent)


def plain(
    text: str, clicked: Callable[[], object], symbol: str = "", parent: QWidget | None = None
) -> QPushButton:
    """Any other action."""
    made = _button(text, clicked, "", parent)
    if symbol:
        made.setIcon(icon(symbol))
    return made


def quiet(
    text: str, clicked: Callable[[], object], symbol: str = "", parent: QWidget | None = None
) -> QPushButton:
    """An action that is seldom needed."""
    made = _button(text, clicked, "quiet", parent)
    if symbol:
        made.setIcon(icon(symbol, "quiet"))
    return made


def leading(
    text: str, clicked: Callable[[], object], symbol: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A quiet one where a line begins: its icon stands at the edge of what is above and below it."""
    made = quiet(text, clicked, symbol, parent)
    made.setProperty("edge", "left")
    return made


def link(text: str, clicked: Callable[[], object], parent: QWidget | None = None) -> QPushButton:
    """Leads somewhere else."""
    return _button(text, clicked, "link", parent)


def symbol_button(
    symbol: str, name: str, clicked: Callable[[], object], parent: QWidget | None = None
) -> QToolButton:
    """An icon alone; `name` is what it does, for the tip and for screen readers."""
    made = QToolButton(parent)
    made.setProperty("kind", "quiet")
    made.setIcon(icon(symbol, "quiet"))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.clicked.connect(lambda: clicked())
    return made


def _button(text: str, clicked: Callable[[], object], kind: str, parent: QWidget | None) -> QPushButton:
    made = QPushButton(text, parent)
    made.setProperty("kind", kind)
    made.setAutoDefault(True)  # Enter presses the one that has the keyboard, as Space does
    made.clicked.connect(lambda: clicked())
    return made
