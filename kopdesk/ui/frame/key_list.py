"""F1: every key there is, as a list to read."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSlider, QDialog, QGridLayout, QWidget

from kopdesk.ui.frame.keys import IN_FORMS, KEYS
from kopdesk.ui.theme.tokens import LARGE, SMALL, WIDE
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.wording.catalogue import _


class KeyList(QDialog):
    """All keys, to be closed with any of Esc, Enter or F1."""

    def __init__(self, pages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Tombol papan ketik"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        rows = [(key.keys.replace("Left", "←"), _(key.told)) for key in KEYS]
        rows[1:1] = [
            (f"Ctrl+{at}", _("Halaman {page}").format(page=page)) for at, page in enumerate(pages, 1)
        ]
        rows += [(keys, _(told)) for keys, told in IN_FORMS]
        for at, (keys, told) in enumerate(rows):
            grid.addWidget(PlainLabel(keys, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(told), at, 1)
        scroll = Scroll(widget_of(column(grid, None)))
        close = plain(_("Tutup"), self.accept)
        close.setDefault(True)
        self.setLayout(
            column(PlainLabel(self.windowTitle(), "title"), scroll, row(None, close), gap=LARGE, margin=WIDE)
        )
        self.resize(560, 560)
        for key, step in (
            (Qt.Key.Key_Up, QAbstractSlider.SliderAction.SliderSingleStepSub),
            (Qt.Key.Key_Down, QAbstractSlider.SliderAction.SliderSingleStepAdd),
            (Qt.Key.Key_PageUp, QAbstractSlider.SliderAction.SliderPageStepSub),
            (Qt.Key.Key_PageDown, QAbstractSlider.SliderAction.SliderPageStepAdd),
        ):  # shortcuts: the button, which has the keyboard, would take the arrows for itself
            QShortcut(QKeySequence(key), self, partial(scroll.verticalScrollBar().triggerAction, step))
