"""A line of a list on a card that is a button."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.ui.widgets.lights import Lamp


def row_button(text: str, detail: str, clicked: Callable[[], object], *, tone: str = "") -> QPushButton:
    """A line of a list that leads somewhere: what it is, and below it what tells it from the others."""
    made = QPushButton()
    made.setProperty("kind", "row")
    made.setAutoDefault(True)
    made.setAccessibleName(f"{text}, {detail}" if detail else text)
    made.clicked.connect(lambda: clicked())
    lamp: QWidget = Lamp(tone) if tone else QWidget()
    lamp.setFixedWidth(14 if tone else 0)
    words = column(LineLabel(text), gap=0)
    if detail:
        words.addWidget(LineLabel(detail, "small", tone=tone if tone != "warning" else ""))
    made.setLayout(row(lamp, words, gap=SMALL if tone else 0, margin=(SMALL, 2, SMALL, 2)))
    made.setMinimumHeight(44 if detail else 34)
    return made
