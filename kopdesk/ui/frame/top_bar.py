"""Above the pages: the cooperative in focus, the way to everything, and the sync pill."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from kopdesk.ui.frame.sync_pill import SyncPill
from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.layouts import row
from kopdesk.wording.catalogue import _

_WIDEST_NAME = 420


class TopBar(QFrame):
    """Asks for the switcher, the finder and the page behind the pill."""

    switch_requested = Signal()
    find_requested = Signal()
    sync_page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._focus = QPushButton()
        self._focus.setProperty("kind", "quiet")
        self._focus.setAutoDefault(True)
        self._focus.setIcon(icon("cooperative"))
        self._focus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._focus.clicked.connect(self.switch_requested)
        self._find = QPushButton(_("Cari …"))
        self._find.setProperty("kind", "quiet")
        self._find.setAutoDefault(True)
        self._find.setIcon(icon("search", "quiet"))
        self._find.setToolTip(_("Cari koperasi, orang, kunjungan, atau perintah (Ctrl+K)"))
        self._find.clicked.connect(self.find_requested)
        self.pill = SyncPill()
        self.pill.clicked.connect(self.sync_page_requested)
        margin = (MEDIUM, SMALL, LARGE, SMALL)
        self._row = row(self._focus, self._find, None, self.pill, gap=SMALL, margin=margin)
        self.setLayout(self._row)
        self.show_cooperative("")

    def show_cooperative(self, name: str) -> None:
        """Its name, or that all of them are in sight."""
        shown = name or _("Semua koperasi")
        fitting = self._fitting(shown)
        self._focus.setText(fitting)
        self._focus.setToolTip(shown if fitting != shown else _("Pilih koperasi"))
        self._focus.setAccessibleName(_("Koperasi yang dibuka: {name}").format(name=shown))

    def show_training(self) -> None:
        """The word that nobody may overlook."""
        from kopdesk.ui.widgets.labels import LineLabel

        self._row.insertWidget(2, LineLabel(_("LATIHAN"), "strong", tone="warning"))

    def _fitting(self, name: str) -> str:
        metrics = self._focus.fontMetrics()
        if metrics.horizontalAdvance(name) <= _WIDEST_NAME:
            return name
        from PySide6.QtCore import Qt

        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDEST_NAME)
